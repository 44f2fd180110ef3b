"""Birth dates: a day that somebody says to be one, or that is too long ago for a question about a service."""

import re
from collections.abc import Iterator

from bot.store.redact.marks import Span, spans
from bot.store.redact.view import says

_LAST = 2012
"""A bare date up to this year is taken for a birthday."""
_MONTHS = (
    "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек"
    "|yan|fev|iyun|iyul|avg|sent|okt|noy|dek)[a-zа-я]*"
)
_SAID = "[일이삼사오육칠팔구십공영유시천백]"
_DATE = (
    r"(?P<date>(?:\d{4}|\d{2})\s?(?:년생|년|年|[-./])\s?\d{1,2}\s?[월月./-]\s?\d{1,2}\s?[일日.]?"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})"
    rf"|\d{{4}}(?:-|\s)?(?:yil|year|г\.?|года?|nam),?\s\d{{1,2}}[-\s]{_MONTHS}|\d{{1,2}}[-\s]{_MONTHS},?\s\d{{4}}(?:-|\s)?(?:yil|г\.?|года?)"
    r"|\d{1,2} thang \d{1,2}(?: nam)? \d{4}"
    rf"|{_MONTHS}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th|-)?\s?(?:of )?{_MONTHS}\.?,?\s\d{{4}}"
    rf"|{_SAID}{{2,8}}년\s?{_SAID}{{1,2}}월\s?{_SAID}{{1,4}}일|\d{{1,2}}\s?월\s?\d{{1,2}}\s?일|\d{{8}}|\d{{6}})"
)
_BORN = re.compile(
    rf"(?<!\d){_DATE}(?=\s?(?:생|출생|태어|년생|에 태어|에 출생|\(생|born|出生|生|г\.\s?р|года рожд|y\.\s?b|tug'il))"
)
_CUED = re.compile(
    "(?:생년월일|생년 월일|생일|생신|탄신일|생월일|탄생|주민등록상|출생일|출생|생년|태어난|birth\\s?day|birth|born|d\\.?o\\.?b|sinh|ngay sinh|рожд[а-я]*|родил[а-я]*"
    f"|tug'ilgan[a-z]*|出生日期|出生|生日|生于)[^0-9a-z\n]{{0,3}}(?:[^\\d\n]{{0,9}}){_DATE}"
)
_HINTS = "생 탄신 주민등록상 태어 birth born dob d.o.b sinh рожд родил р. tug'il y. y.b 出生 生日 生于".split()
_FIGURE = re.compile("[0-9]")
_LONG_AGO = re.compile(r"(?<!\d)19\d\d\s?[년年]\s?\d{1,2}\s?[월月]\s?\d{1,2}\s?[일日]")
_OLD = re.compile(
    r"(?<![\d./-])(?:(\d{4})\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](\d{4}))\.?(?![-./]?\d)"
)
_YEARS = re.compile(r"(?<!\d)(?:\d{4}|\d{2})년생(?:\s?\d{1,2}월\s?\d{1,2}일)")
_TOUCHING = re.compile(rf"[가-힣]{{2,4}}\s?\({_DATE}\)")


def birth_spans(plain: str) -> Iterator[Span]:
    """Every birth date."""
    for pattern in (_BORN, _CUED) if says(plain, _HINTS) else ():
        yield from spans("birth", pattern, plain, "date")
    if _FIGURE.search(plain):
        yield from _written(plain)


def _written(plain: str) -> Iterator[Span]:
    """Where no word says that it is one."""
    yield from spans("birth", _TOUCHING, plain, "date")
    yield from spans("birth", _YEARS, plain)
    yield from spans("birth", _LONG_AGO, plain)
    for match in _OLD.finditer(plain):
        if int(match[1] or match[2]) <= _LAST:
            yield Span("birth", *match.span())

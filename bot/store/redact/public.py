"""What is public: every number, address of a site and word that the knowledge itself says."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.kb.load import Knowledge
from bot.kb.texts import texts
from bot.store.redact.view import View

_ASKED = frozenset(("aliases", "questions", "examples", "cues", "fillers"))
"""Fields that hold what citizens say: no long number is public because somebody asked about it."""
_OFTEN = 3
"""So many examples of what is not ours must say a number before it counts as known."""
NUMBER = re.compile(r"(?<![\d.,/-])\d(?:[\d.,/-]*\d)?")
_PHONE = re.compile(r"(?<![\d-])\d{3,4}-\d{3,4}(?:-\d{4})?(?![\d-])")
_YEARS = re.compile(r"(?:19|20)\d\d-(?:19|20)\d\d")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_WORD = re.compile("[가-힣]{2,}")
_LATIN = re.compile("[a-z][a-z0-9]+")
_LONGEST = 4
"""Digits that a number out of somebody's question may have, unless it is written with thousands."""
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


@dataclass(frozen=True)
class Public:
    """What may stay: ``phones`` as digits, ``numbers`` as written, ``hosts`` of sites.

    ``words``, ``heads`` (their first three syllables) and ``latin`` tell names and ids from ordinary words.
    """

    phones: frozenset[str]
    numbers: frozenset[str]
    hosts: frozenset[str]
    words: frozenset[str]
    heads: frozenset[str]
    latin: frozenset[str]
    places: frozenset[str]
    phone: re.Pattern[str] | None = None
    """Any of ``phones``, as it may be typed."""

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Public":
        told = list(_told(knowledge))
        words = frozenset(word for _, text in told for word in _WORD.findall(text))
        taught = frozenset(word for _, text in knowledge.urgent.examples for word in _WORD.findall(text))
        phones = frozenset(_phones(knowledge, told))
        return cls(
            phones=phones,
            numbers=frozenset(_numbers(told)),
            hosts=frozenset(host for field, text in told if field not in _ASKED for host in _HOST.findall(text)),
            words=words | taught,
            heads=frozenset(word[:3] for word in words | taught),
            latin=frozenset(word for _, text in told for word in _LATIN.findall(text)),
            places=frozenset(View.of(place).plain for place in knowledge.city.places),
            phone=_typed(phones),
        )


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _typed(phones: frozenset[str]) -> re.Pattern[str] | None:
    if not phones:
        return None
    by_length = sorted(phones, key=len, reverse=True)
    typed = (phone if len(phone) <= _LONGEST else "[-. ]?".join(phone) for phone in by_length)
    return re.compile(rf"(?<!\d)(?:{'|'.join(typed)})(?!\d)")


def _told(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every text of the knowledge with the field that it stands in, plain; neither danger's examples nor golden questions."""
    said = (knowledge.city, knowledge.programmes, knowledge.phrases, knowledge.elsewhere, knowledge.hotlines)
    for path, text in texts((*said, knowledge.translations)):
        field = next((part for part in reversed(path) if isinstance(part, str)), "")
        yield field, View.of(text).plain


def _phones(knowledge: Knowledge, told: list[tuple[str, str]]) -> Iterator[str]:
    """Numbers that may be called, as digits."""
    yield from (digits(hotline.number) for hotline in knowledge.hotlines.hotlines)
    contacts = [knowledge.city.contact, *(c for programme in knowledge.programmes for c in programme.contacts)]
    yield from (digits(contact.phone) for contact in contacts if contact.phone)
    for field, text in told:
        if field not in (*_ASKED, "url"):
            yield from (digits(phone) for phone in _PHONE.findall(text) if not _YEARS.fullmatch(phone))


def _numbers(told: list[tuple[str, str]]) -> Iterator[str]:
    """Numbers of four digits and more, as they are written; fewer stay by themselves."""
    examples: Counter[str] = Counter()
    for field, text in told:
        for number in NUMBER.findall(text) if field != "url" else ():
            is_short = len(digits(number)) <= _LONGEST or _THOUSANDS.fullmatch(number)
            if len(digits(number)) < _LONGEST or not is_short:
                continue
            if field != "examples":
                yield number
            examples[number] += field == "examples"
    yield from (number for number, count in examples.items() if count >= _OFTEN)

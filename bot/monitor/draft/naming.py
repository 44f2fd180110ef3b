"""One item of a list → the names of the programmes in it, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.monitor.draft.phrase import trimmed
from bot.monitor.draft.words import (
    ABSTRACT,
    ACTIONS,
    COUNTED,
    GENERIC,
    HEADS,
    KEYS,
    LEADING,
    THEME,
    TITLES,
)

LONGEST, _SHORT = 40, 5
_TOLD = re.compile(r"\s*(?:[:：│→⇒]|\s[—–―-]\s|\s(?=\d{2,4}-\d{3,4}))")
_ASIDE = re.compile(r"\s*\((?![A-Za-z]{2,}\))[^)]*\)?")
_LABEL = re.compile(r"^(?:\([^)]{2,14}\)|\[[^\]]{2,14}\])\s*")
_LAST = re.compile(
    r"\s등(?=$|[\s을이의에과도,.은]|으로|로)|등\s?(?:을|이|의|에|도|은)?\s?(?:[다-힣\d]+\s?(?:가지|개|종))"
)
_AND = re.compile(r"\s및\s|,\s+|\s?·\s?|(?<=[가-힣])[와과]\s")
_GLUED = re.compile(
    r"(?<=[가-힣]사업)(?=[가-힣]{2,})(?!(?:단|장|자|비|소|을|은|이|의|에|과|도|으|부|별|성|체|화|명|계))"
)
_QUOTED = re.compile(r"[‘'“\"「『<]([^’'”\"」』>]{2,30})[’'”\"」』>]")
_SENTENCE = re.compile(r"(?:다|요|까)[.?!]?[”\"]?$|[.?!]$")
_BAD_END = re.compile(
    r"(?:성|부족|우려|위해|위하여|접속|확인|제출|취소|미만|이상|이하|여부|경우|예정|따라|대비|포함|감소|증가|발생)$"
)
_STREET = re.compile(r"[가-힣\d]{1,8}(?:로|길|동|역|구|읍|면|리|군|시|도)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name inside an item, where it starts there, what is done with it, and whether its words speak for it."""

    name: str
    start: int
    end: int
    is_likely: bool


def named(item: str) -> list[Named]:
    """The programmes that an item names, in order.

    >>> [n.name for n in named("전국 유일 로보캅 순찰대 및 시민안전지킴이 운영")]
    ['로보캅 순찰대', '시민안전지킴이']
    """
    start, head = _head(item)
    if not head.strip() or _SENTENCE.search(head) or head.replace(" ", "") in KEYS:
        return []
    found = [_one(head, begin, end) for begin, end in _parts(head)]
    return [Named(n.name, n.start + start, n.end + start, n.is_likely) for n in found if n]


def _head(item: str) -> tuple[int, str]:
    """The item without its label and without what is told about it; and how much was taken from its beginning."""
    start = label.end() if (label := _LABEL.match(item)) else 0
    while lead := LEADING.match(item[start:]):
        start += lead.end()
    text = _untold(item[start:])
    skipped = trimmed(text)
    return start + skipped, text[skipped:].rstrip(" ,.;")


def _untold(text: str) -> str:
    """Without what stands behind a colon or a dash, and without "and so on" at the end."""
    for cut in (_TOLD, _LAST):
        found = cut.search(text)
        if found and (cut is _TOLD or not _is_head_at_end(text[found.end() :])):
            text = text[: found.start()]
    return text


def _is_head_at_end(rest: str) -> bool:
    """More of the item comes behind "등": the name itself."""
    words = [w for w in _ASIDE.sub("", rest).split() if w not in ACTIONS]
    return len(words) > 1 and _is_head(words[-1])


def _parts(head: str) -> Iterator[tuple[int, int]]:
    """Where the item falls into several names."""
    begin = 0
    for sign in sorted((*_AND.finditer(head), *_GLUED.finditer(head)), key=lambda m: m.start()):
        if _parts_at(head[begin : sign.start()], sign[0], head[sign.end() :]):
            yield begin, sign.start()
            begin = sign.end()
    yield begin, len(head)


def _parts_at(left: str, sign: str, right: str) -> bool:
    if not left.strip() or not right.strip() or left.count("(") > left.count(")") or _is_open(left):
        return False
    last, first = left.split()[-1], right.split()[0]
    if _is_action(right.split()[0]) and len(right.split()) == 1:
        return False
    if sign in ("와 ", "과 "):
        return last in ACTIONS
    if sign.strip() == "·":
        return _is_head(last) and _is_head(first) and all(_is_action(w) for w in right.split()[1:])
    return not sign.strip() or last not in ABSTRACT


def _is_open(left: str) -> bool:
    return left.count("‘") > left.count("’") or left.count("“") > left.count("”")


def _one(head: str, begin: int, end: int) -> Named | None:
    while begin < end and head[begin] in " ,·":
        begin += 1
    while lead := LEADING.match(head[begin:end]):
        begin += lead.end()
    text = head[begin:end]
    if (quoted := _QUOTED.search(text)) and not _is_action(quoted[1]):
        return Named(quoted[1], begin + quoted.start(1), begin + quoted.end(1), True)
    name, has_action, has_count = _bare(text)
    at = begin + max(0, text.find(name[:6]))
    if not _is_name(name, has_action, has_count):
        return None
    return Named(name, at, end, has_action or _is_head(name.split()[-1]) or bool(THEME.search(name)))


def _bare(text: str) -> tuple[str, bool, bool]:
    """The item without brackets, numbers and what is done at its end; a short word alone keeps what is done."""
    plain = _ASIDE.sub("", text).strip(" ,.·‘’“”'\"")
    words, has_action = plain.split(), False
    has_count = bool(COUNTED.search(" " + plain))
    while words:
        without = COUNTED.sub("", " " + " ".join(words)).strip() if has_count else " ".join(words)
        words = without.split()
        if not words or words[-1] not in {*ACTIONS, "및"}:
            break
        words, has_action = words[:-1], True
    if len(words) < 2 and len("".join(words)) < _SHORT and has_action:
        return plain, True, has_count
    return " ".join(words), has_action, has_count


def _is_name(name: str, has_action: bool, has_count: bool) -> bool:
    words = name.split()
    if not 3 <= len(name) <= LONGEST or not re.search(r"[가-힣A-Za-z]{2}", name):
        return False
    if words[-1].endswith(tuple(TITLES)) and not _is_head(words[-1]) and not has_action:
        return False
    if has_count and not has_action and len(words) == 1 and not _is_head(words[0]):
        return False
    if _BAD_END.search(name) and not has_action:
        return False
    is_street = len(words) == 1 and _STREET.fullmatch(name) and not _is_head(name)
    return not is_street and not all(
        w in GENERIC or w in ACTIONS or (w.endswith("사업") and w[:-2] in GENERIC | {""}) for w in words
    )


def _is_action(text: str) -> bool:
    return text in ACTIONS


def _is_head(word: str) -> bool:
    return word.endswith(HEADS)

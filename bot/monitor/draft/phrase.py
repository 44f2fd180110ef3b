"""Where a name in running text begins: to the left of its last word, over words that carry no ending."""

from __future__ import annotations

import re

from bot.monitor.draft.words import ADNOMINAL, KEPT, LEADING, STOPS, TITLES

_BROKEN = re.compile(r"[,.?!:;△▲◇■“”‘’\"()]$")
_APART = frozenset(
    {
        "간",
        "및",
        "다음",
        "후",
        "뒤",
        "중",
        "관련",
        "등",
        "등의",
        "내",
        "이",
        "그",
        "이런",
        "이러한",
        "이번",
        "해당",
        "일환인",
        "시가",
        "군이",
        "구가",
        "시는",
        "군은",
        "구는",
    }
)
_DAY = re.compile(r"\d+[월일]|\d{4}년|\d[\d,.]*(?:개|곳|명|대|건|개소|기|종|점)[이가을를은는도]?")
_LATIN = re.compile(r"\([A-Za-z]+\)$")
_WORDS, _LONG = 5, 18


def beginning(text: str, at: int, words: int = _WORDS) -> int:
    """The place where the name begins of which a word stands at ``at``."""
    for _ in range(words):
        before = text[:at].rstrip()
        word = before.split(" ")[-1] if before else ""
        if not word or _ends(word):
            break
        at = len(before) - len(word)
    while lead := LEADING.match(text[at:]):
        at += lead.end()
    return at


def trimmed(text: str) -> int:
    """How much of a long phrase is said about its name: all up to the last "which does …"."""
    words = text.split(" ")
    if len(words) < 4 or len(text) <= _LONG:
        return 0
    last = max((i for i, word in enumerate(words[:-1]) if ADNOMINAL.search(word) and not KEPT.match(word)), default=-1)
    return len(" ".join(words[: last + 1])) + 1 if last >= 0 else 0


def _ends(word: str) -> bool:
    """A word that does not belong to the name on its right."""
    if (
        (_BROKEN.search(word) and not _LATIN.search(word))
        or word in _APART
        or _DAY.fullmatch(word)
        or word.endswith(tuple(TITLES))
    ):
        return True
    return bool(STOPS.search(word)) and not KEPT.match(word)

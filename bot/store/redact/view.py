"""One plain form for all the ways to write the same thing, with the way back to where it stands.

Full-width, circled and Arabic-Indic digits become 0-9; accents, zero-width and combining characters go; split Hangul is
joined; Latin look-alikes in a Latin word become Latin. What rules find in ``plain`` is cut out of the text as typed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.store.redact.marks import MARK

STOP = "ꙮ"
"""A letter that stands for a mark: no rule reads over it."""

_SIMPLE = re.compile(r"[\t\n -~가-힣ㄱ-ㅎㅏ-ㅣ]*")
_SPLIT = re.compile("[가-힣ᄀ-ᄒ][ᅡ-ᅵ]?[ᆨ-ᇂ]?")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_UNMARKED = str.maketrans("đıøłħŧĐØŁĦŦ’‘ʻʼ`´ʹ＇", "diolhtDOLHT''''''''")
_DASHES = frozenset("‐‑‒–—―⁃−﹘﹣－ー─━")
_SQUARED = {chr(base + i): chr(97 + i) for base in (0x1F130, 0x1F150, 0x1F170) for i in range(26)}
_FOREIGN = re.compile("[Ͱ-ϿЀ-ӿ]")
_LOOKALIKE = str.maketrans("аеорсухіјѕѵһԁԛԝкмтвнοαρνικυτχε", "aeopcyxijsvhdqwkmtbhoapvikutxe")
_MIXED = re.compile(r"[a-z0-9Ͱ-ϿЀ-ӿ]+")
_LATIN = re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class View:
    """``plain`` is for the rules, ``cased`` the same with capitals; ``at`` leads from its characters to the text's."""

    text: str
    plain: str
    cased: str
    at: tuple[int, ...] | None

    @classmethod
    def of(cls, text: str) -> "View":
        if _SIMPLE.fullmatch(text):
            return cls(text, text.lower(), text, None)
        stops = _stops(text)
        if stops and _SIMPLE.fullmatch(MARK.sub("", text)):
            cased, at = _unmarked(text, stops)
            return cls(text, cased.lower(), cased, (*at, len(text)))
        chars, at = _folded(text, stops)
        cased, at = _joined(chars, at)
        return cls(text, _latinized(_lower(cased)), cased, (*at, len(text)))

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of ``plain`` stands in the text, with what is unseen inside and behind it."""
        if self.at is None:
            return start, end
        while end < len(self.plain) and self.at[end] == self.at[end - 1]:
            end += 1
        return self.at[start], self.at[end]


def says(plain: str, hints: Iterable[str]) -> bool:
    """Whether any of these stands in a text: much faster than a pattern that would find nothing."""
    return any(hint in plain for hint in hints)


def _stops(text: str) -> dict[int, int]:
    return {m.start(): m.end() for m in MARK.finditer(text)}


def _unmarked(text: str, stops: dict[int, int]) -> tuple[str, list[int]]:
    """A text that is plain but for its marks."""
    at: list[int] = []
    done = 0
    for start, end in stops.items():
        at += range(done, start + 1)
        done = end
    at += range(done, len(text))
    return MARK.sub(STOP, text), at


def _folded(text: str, stops: dict[int, int]) -> tuple[list[str], list[int]]:
    chars: list[str] = []
    at: list[int] = []
    until = 0
    for i, char in enumerate(text):
        if i in stops:
            until = stops[i]
        folded = fold(char) if i >= until else STOP if i in stops else ""
        chars.extend(folded)
        at.extend([i] * len(folded))
    return chars, at


@lru_cache(maxsize=8192)
def fold(char: str) -> str:
    """The plain form of one character: none, one or several."""
    if "가" <= char <= "힣" or "\u3130" <= char <= "\u318f" or char == "\n":
        return char
    if char.isspace():
        return " "
    if char in _FILLERS or unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc"):
        return ""
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    if char in _DASHES:
        return "-"
    base = _SQUARED.get(char, char)
    plain = "".join(c for c in unicodedata.normalize("NFKD", base) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain.translate(_UNMARKED)) or char


def _lower(cased: str) -> str:
    """Small letters, one for one."""
    lower = cased.lower()
    return lower if len(lower) == len(cased) else "".join(c if len(c.lower()) > 1 else c.lower() for c in cased)


def _joined(chars: list[str], at: list[int]) -> tuple[str, list[int]]:
    """Hangul typed in pieces, put together."""
    text = "".join(chars)
    if not any("\u1100" <= c <= "\u11ff" for c in chars):
        return text, at
    out: list[str] = []
    back: list[int] = []
    done = 0
    for match in _SPLIT.finditer(text):
        out += text[done : match.start()]
        back += at[done : match.start()]
        joined = unicodedata.normalize("NFC", match[0])
        out += joined
        back += [at[match.start()]] * len(joined)
        done = match.end()
    return "".join(out) + text[done:], back + at[done:]


def _latinized(plain: str) -> str:
    """Greek and Cyrillic letters inside Latin words, as the Latin letters that they pass for."""
    if not _FOREIGN.search(plain):
        return plain
    return _MIXED.sub(lambda m: m[0].translate(_LOOKALIKE) if _LATIN.search(m[0]) else m[0], plain)

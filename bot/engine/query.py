"""One message, read: normalised, the keyboard put right, cut to what matters, initials told from words."""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.engine import hangul
from bot.engine.grams import squashed
from bot.engine.normalize import keyed, normalize

_LATIN = re.compile("[a-z]")
_WORD = re.compile(r"\S+")
_INITIALS = re.compile(r"[ㄱ-ㅎ]{2,}")
_KNOWN_SHARE = 0.85
_STRAY_SHARE = 0.3


@dataclass(frozen=True)
class Query:
    """What was typed, ready to be compared. ``repaired`` tells that the keyboard was in the wrong language."""

    text: str
    repaired: bool = False
    whole: str = ""
    """The text before it was cut to what matters."""

    @cached_property
    def letters(self) -> str:
        return squashed(self.text)

    @cached_property
    def initials(self) -> str:
        """The consonants of words given only by their initials (ㅂㅇㅇ ㅂㅅ), without spaces; digits and Latin kept."""
        if not any(_INITIALS.fullmatch(word) for word in self.text.split()):
            return ""
        return "".join(w for w in self.text.split() if _INITIALS.fullmatch(w) or w.isascii())

    @cached_property
    def words(self) -> str:
        """The text without the words given only by initials."""
        return " ".join(word for word in self.text.split() if not _INITIALS.fullmatch(word))

    @cached_property
    def is_hangul(self) -> bool:
        """At least a fifth of the letters are Hangul, so that spelling can tell something."""
        return sum(map(hangul.is_syllable, self.text)) * 5 >= len(self.text.replace(" ", ""))


def read(text: str, latin: frozenset[str], syllables: frozenset[str]) -> Query:
    """Read a message. ``latin`` and ``syllables`` are the words and syllables that the knowledge uses."""
    plain = normalize(text)
    korean = _retyped(text, plain, latin, syllables) if _LATIN.search(plain) else plain
    if korean != plain:
        return Query(normalize(korean), repaired=True)
    whole = hangul.mended(plain)
    english = plain if whole != plain and not hangul.stray_vowels(whole) else _in_latin(plain)
    return Query(english, repaired=True) if english != plain else Query(whole)


def _retyped(text: str, plain: str, latin: frozenset[str], syllables: frozenset[str]) -> str:
    """As if typed with the keyboard in Korean. Capitals first: Shift tells 예 from 에, and both are known."""
    keys = dict.fromkeys((keyed(text), plain))
    typed = (_in_hangul(key, latin, syllables) for key in keys)
    return max((plain if text in keys else text for text in typed), key=lambda t: _known(t, syllables))


def _known(text: str, syllables: frozenset[str]) -> int:
    return sum(char in syllables for char in text)


def _in_hangul(text: str, latin: frozenset[str], syllables: frozenset[str]) -> str:
    """Latin words as the Korean that the same keys type, if nearly all of it is Korean as we know it."""
    words = [w for w in text.split() if w.isascii() and w.isalpha() and w.lower() not in latin]
    typed = {word: hangul.typed_in_hangul(word) for word in words}
    total = sum(len(t) for t in typed.values())
    known = sum(char in syllables for t in typed.values() for char in t)
    if total < 2 or known < total * _KNOWN_SHARE:
        return text
    return _WORD.sub(lambda word: typed.get(word[0], word[0]), text)


def _in_latin(text: str) -> str:
    """Hangul as the Latin that the same keys type, if vowels stand alone too often for Korean."""
    size = len(text.replace(" ", ""))
    if not size or hangul.stray_vowels(text) < max(2, size * _STRAY_SHARE):
        return text
    return hangul.typed_in_latin(text).lower()

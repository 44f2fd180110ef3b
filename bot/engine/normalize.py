"""Text as people type it → text that can be compared.

``STEPS`` runs in order, each a function from text to text that changes nothing when it is applied twice.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, reduce

from bot.engine import hangul

Step = Callable[[str], str]

MAX_CHARS = 1000
"""More of a message than this is not read: what it wants stands in it earlier (speed: DESIGN section 5)."""

_NOT_TEXT = re.compile(r"[^\w\s]|_")
_FEELINGS = re.compile(r"(?<![ㄱ-ㅣ])(?>(?:[ㅋㅎㅠㅜㅡ]|ㄷㄷ+|ㅇㅇ+)+)(?![ㄱ-ㅣ])")
_REPEATED = re.compile(r"(\D)\1{2,}")
_BUT_JAMO = re.compile("[^\u3130-\u318f]+")
_CONJOINING = {
    **{0x1100 + i: letter for i, letter in enumerate(hangul.INITIALS)},
    **{0x1161 + i: letter for i, letter in enumerate(hangul.VOWELS)},
    **{0x11A7 + i: letter for i, letter in enumerate(hangul.FINALS) if letter},
}
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff\u0400-\u04ff]")
_UNCOMPOSED = {"đ": "d", "ı": "i"}
"""Letters whose mark is part of them."""
_SPACES = re.compile(r"\s+")


def cut(text: str) -> str:
    """At most ``MAX_CHARS`` characters, without the last torn word."""
    if len(text) <= MAX_CHARS:
        return text
    head = text[:MAX_CHARS]
    return head.rsplit(None, 1)[0] if " " in head.strip() else head


def compose(text: str) -> str:
    """NFKC: full-width letters, split syllables and look-alikes become one form.

    Letters standing alone (ㅋ) stay what keyboards type; NFKC alone would make them half of a syllable.
    """
    joined = unicodedata.normalize("NFC", text)
    plain = _BUT_JAMO.sub(lambda run: unicodedata.normalize("NFKC", run[0]), joined)
    return plain.translate(_CONJOINING)


def lower(text: str) -> str:
    return text.lower()


def depunctuate(text: str) -> str:
    """Punctuation, symbols, emoji and control characters become spaces."""
    kept = (" " if unicodedata.category(c)[0] in "CSPZ" else c for c in text)
    return _NOT_TEXT.sub(" ", "".join(kept))


def squeeze(text: str) -> str:
    """A character said three times or more is said twice; runs of spaces are one."""
    return _SPACES.sub(" ", _REPEATED.sub(r"\1\1", text)).strip()


def unfeel(text: str) -> str:
    """Laughter and tears (ㅋㅋ, ㅠㅠ, ㅎㅎ) go, unless nothing else would be left."""
    rest = _SPACES.sub(" ", _FEELINGS.sub(" ", text)).strip()
    return rest or text


STEPS: tuple[Step, ...] = (cut, compose, cut, lower, compose, depunctuate, squeeze, unfeel)


def bare(text: str) -> str:
    """A normalised text without accents: Vietnamese is often typed so, Russian without the dots of ё."""
    if not _ACCENTED.search(text):
        return text
    plain = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(_UNCOMPOSED.get(char, char) for char in plain))


def keyed(text: str) -> str:
    """Like ``normalize``, but capitals stay: with Shift the same key types another Korean letter."""
    return reduce(lambda value, step: step(value), (step for step in STEPS if step is not lower), text)


@lru_cache(maxsize=8)
def normalize(text: str) -> str:
    """The comparable form of a message: lower case letters, digits and single spaces.

    One message is asked for several times in a row; no more than a few are remembered.
    """
    return reduce(lambda value, step: step(value), STEPS, text)

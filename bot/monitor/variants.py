"""How people get a phrasing wrong: no spaces, a slip of a finger, initials alone, the keyboard left in English."""

import zlib

from bot.engine import hangul

_SHORTEST = 4
"""A text of fewer syllables and letters is another text with one of them wrong."""
_NEIGHBOURS = {
    **dict(zip("ㅏㅓㅗㅜㅡㅣㅐㅔ", "ㅓㅏㅜㅗㅜㅏㅔㅐ", strict=True)),
    **dict(zip("ㅑㅕㅛㅠ", "ㅕㅑㅠㅛ", strict=True)),
}
"""The vowels that are next to each other on the keyboard or sound alike."""


def tight(text: str) -> str | None:
    """Without spaces; None where there are none."""
    return text.replace(" ", "") if " " in text.strip() else None


def latin(text: str) -> str | None:
    """As typed with the keyboard in English; None for a text that has Latin letters or digits of its own."""
    if any(char.isascii() and char.isalnum() for char in text) or not any(map(hangul.is_syllable, text)):
        return None
    return hangul.typed_in_latin(text)


def initials(text: str) -> str | None:
    """The first consonants alone; None for a text of fewer than three syllables or with anything but syllables."""
    words = text.split()
    syllables = "".join(words)
    if len(syllables) < 3 or not all(map(hangul.is_syllable, syllables)):
        return None
    return hangul.initials(" ".join(words))


def typo(text: str) -> str | None:
    """With one wrong vowel, always the same in the same text; None where that would be another word."""
    if len(text.replace(" ", "")) < _SHORTEST:
        return None
    places = [i for i, char in enumerate(text) if hangul.is_syllable(char) and _slipped(char)]
    if not places:
        return None
    at = places[zlib.crc32(text.encode()) % len(places)]
    return text[:at] + (_slipped(text[at]) or "") + text[at + 1 :]


def _slipped(syllable: str) -> str | None:
    """The syllable with the vowel next to its own."""
    initial, vowel, *final = tuple(hangul.letters(syllable))
    wrong = _NEIGHBOURS.get(vowel)
    out = hangul.compose("".join((initial, wrong, *final))) if wrong else ""
    return out if len(out) == 1 else None

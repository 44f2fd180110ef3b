"""What is under a Hangul syllable: letters, initials, and the keys that type it.

Letters are compatibility jamo at keystroke level: ``와`` is ``ㅇㅗㅏ`` and ``닭`` is ``ㄷㅏㄹㄱ``, so one wrong
key is one wrong letter. The key table is the standard two-set (두벌식) layout, KS X 5002.
"""

import re
from itertools import pairwise

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏ,ㅐ,ㅑ,ㅒ,ㅓ,ㅔ,ㅕ,ㅖ,ㅗ,ㅗㅏ,ㅗㅐ,ㅗㅣ,ㅛ,ㅜ,ㅜㅓ,ㅜㅔ,ㅜㅣ,ㅠ,ㅡ,ㅡㅣ,ㅣ"
VOWELS = _VOWELS.split(",")
_FINALS = ",ㄱ,ㄲ,ㄱㅅ,ㄴ,ㄴㅈ,ㄴㅎ,ㄷ,ㄹ,ㄹㄱ,ㄹㅁ,ㄹㅂ,ㄹㅅ,ㄹㅌ,ㄹㅍ,ㄹㅎ,ㅁ,ㅂ,ㅂㅅ,ㅅ,ㅆ,ㅇ,ㅈ,ㅊ,ㅋ,ㅌ,ㅍ,ㅎ"
FINALS = _FINALS.split(",")
_KEYS = {
    **dict(zip("rRseEfaqQtTdwWczxvg", INITIALS, strict=True)),
    **dict(zip("koiOjpuPhynbml", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ", strict=True)),
}
_LETTER_TO_KEY = {letter: key for key, letter in _KEYS.items()}
_COMPOUND = {  # compatibility letters that take two keystrokes
    **dict(zip("ㅘㅙㅚㅝㅞㅟㅢ", ["ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"], strict=True)),
    **dict(zip("ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ", [f for f in FINALS if len(f) == 2], strict=True)),
}
_FIRST, _LAST = ord("가"), ord("힣")
_PIECES = re.compile(r"[ㄱ-ㅎ]*[ㄱ-ㅎ][ㅏ-ㅟㅢㅣ][ㄱ-ㅣ]*(?<![ㅠㅜㅡ])")
_BARE_VOWEL = re.compile(r"(?<=[가-힣])[ㅏ-ㅛㅝ-ㅟㅢㅣ](?![ㄱ-ㅣ])")


def is_syllable(char: str) -> bool:
    return _FIRST <= ord(char) <= _LAST


def is_consonant(char: str) -> bool:
    """A consonant standing alone, as in ㅂㅇㅇ; two-letter finals such as ㄳ count."""
    return "ㄱ" <= char <= "ㅎ"


def is_vowel(char: str) -> bool:
    """A vowel standing alone, as in ㅠㅠ."""
    return "ㅏ" <= char <= "ㅣ"


def letters(text: str) -> str:
    """The text with every syllable taken apart; other characters stay.

    >>> letters("버스 N60")
    'ㅂㅓㅅㅡ N60'
    """
    return "".join(_letters(char) for char in text)


def _letters(char: str) -> str:
    if not is_syllable(char):
        return _COMPOUND.get(char, char)
    initial, rest = divmod(ord(char) - _FIRST, 588)
    vowel, final = divmod(rest, 28)
    return INITIALS[initial] + VOWELS[vowel] + FINALS[final]


def initials(text: str) -> str:
    """The first consonant of every syllable; other characters stay.

    >>> initials("부엉이 버스")
    'ㅂㅇㅇ ㅂㅅ'
    """
    return "".join(INITIALS[(ord(c) - _FIRST) // 588] if is_syllable(c) else c for c in text)


def typed_in_hangul(keys: str) -> str:
    """What Latin keys would have typed with the keyboard in Korean.

    >>> typed_in_hangul("qndjddl qjtm")
    '부엉이 버스'
    """
    return compose("".join(_KEYS.get(k) or _KEYS.get(k.lower()) or k for k in keys))


def typed_in_latin(text: str) -> str:
    """What Hangul would have typed with the keyboard in English.

    >>> typed_in_latin("ㅐ지 ㅠㅕㄴ")
    'owl bus'
    """
    return "".join(_LETTER_TO_KEY.get(letter, letter) for letter in letters(text))


def compose(typed: str) -> str:
    """Letters put together into syllables as an input method does it."""
    out: list[str] = []
    rest = typed
    while rest:
        syllable, used = _syllable(rest)
        out.append(syllable)
        rest = rest[used:]
    return "".join(out)


def has_pieces(text: str) -> bool:
    """Is a syllable of the text typed in pieces?"""
    return mended(text) != text


def mended(text: str) -> str:
    """Syllables that were typed in pieces put together; initials and feelings (ㅂㅇㅇ, ㅠㅠ) stay.

    >>> mended("ㅅㅏㄹ려 주세ㅛ")
    '살려 주세요'
    """
    whole = _PIECES.sub(lambda run: compose(letters(run[0])), text)
    return _BARE_VOWEL.sub(lambda found: compose("ㅇ" + letters(found[0])), whole)


def _syllable(typed: str) -> tuple[str, int]:
    """The first syllable of a run of letters, and how many letters it took."""
    vowel = _longest(typed[1:], VOWELS) if typed[0] in INITIALS else ""
    if not vowel:
        return typed[0], 1
    used = 1 + len(vowel)
    final = _final(typed[used:])
    code = (INITIALS.index(typed[0]) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final)
    return chr(_FIRST + code), used + len(final)


def _final(rest: str) -> str:
    """The longest final consonant that leaves the next vowel its own initial."""
    for size in (2, 1):
        final, following = rest[:size], rest[size : size + 1]
        if len(final) == size and final in FINALS and not is_vowel(following or " "):
            return final
    return ""


def _longest(rest: str, table: list[str]) -> str:
    return next((rest[:size] for size in (2, 1) if rest[:size] in table and rest[:size]), "")


def stray_vowels(text: str) -> int:
    """How many different neighbours are vowels standing alone: many mean English on a Korean keyboard."""
    return sum(is_vowel(a) and a != b for a, b in pairwise(text + " "))

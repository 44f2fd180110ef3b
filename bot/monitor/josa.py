"""The right particle after a Korean word, so that sentences for staff can be read aloud."""

from bot.engine import hangul

_DIGITS = "영일이삼사오육칠팔구"


def josa(word: str, closed: str, open_: str) -> str:
    """``closed`` after a final consonant, ``open_`` after a vowel; both where the word does not tell.

    >>> josa("버스", "이라고", "라고"), josa("가로등", "이라고", "라고"), josa("N60", "은", "는")
    ('라고', '이라고', '은')
    """
    last = next((char for char in reversed(word) if char.isalnum()), "")
    last = _DIGITS[int(last)] if last.isascii() and last.isdigit() else last
    if not last or not hangul.is_syllable(last):
        return f"{closed}({open_})"
    return closed if (ord(last) - ord("가")) % 28 else open_

"""Where do digits stand in a plain text: in figures, in letters that look like figures, in words?"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.store.redact.spoken import (
    COMMON,
    HAN_RUN,
    HANGUL_RUN,
    HANGUL_UNIT,
    VALUE_RUN,
    WORDS,
    han_digits,
    hangul_digits,
    value_digits,
)

Sort = Literal["figures", "code", "looks", "hangul", "value", "words", "han"]


class Piece(NamedTuple):
    """A few digits in a row; ``inner`` is where the first and the last of them stand."""

    start: int
    end: int
    digits: str
    sort: Sort
    inner: tuple[int, int]
    is_common: bool = False
    is_led: bool = False
    """A code of which the letters say that a number follows: tel010."""

    @property
    def is_weak(self) -> bool:
        """Whether it may well be no number at all."""
        return self.sort == "value" or (self.sort not in ("figures", "code") and len(self.digits) < 3)


PARTICLE = (
    "에다가|에다|에서|에|이고요|이구요|이고|이구|고요|구요|고|요|이요|이에요|예요|입니다|입니당|임다|이다|임|으로|로|번으로|번이고"
    "|번이요|번입니다|번에|번이|번|호|은|는|이|가|을|를|다시|의|이랑|랑|하고|인데요|인데|이라고|라고|이야|야|이여|여|이네요"
    "|네요|거든요|이거든요|이며|며|구|ㅇㅇ"
)
_TOKEN = re.compile(
    r"(?P<figures>[0-9a-zа-яα-ω|](?:'?[0-9a-zа-яα-ω|ㅣ])*)|(?P<hangul>[가-힣ㅇ]+)|(?P<han>[〇\u3400-\u9fff]+)"
)
_RUN = re.compile(f"(?:{HANGUL_RUN.pattern}|ㅇ)+")
_SUFFIXES = frozenset(("이", "일", "구", "ㅇ", "ㅇㅇ"))
"""Behind a figure these are no digits: 112이, 3일, 70이구요."""
_DIGIT = re.compile("[0-9]")
_LOOKS = {**dict.fromkeys("oоοq", "0"), **dict.fromkeys("ilіι|ㅣ", "1")}
_LOOSE = {"s": "5", "z": "2", "з": "3", "b": "8", "б": "6", "g": "9"}
_AS_DIGITS = str.maketrans(_LOOKS | _LOOSE)
_SURE = "".join(_LOOKS)
_FIGURES = re.compile(rf"[0-9{re.escape(_SURE)}](?:[0-9{re.escape(_SURE)}]|[{''.join(_LOOSE)}](?=[0-9]))*")
_LOOKALIKE = frozenset(("oio", "olo", "ooo", "o|o", "οιο"))
_MEASURE = re.compile("([0-9]+)(?:kg|km|cm|mm|g|m|h|k|w|v|l|ml|mb|gb|st|nd|rd|th)")
_LED = re.compile("(?:tel|t|p|hp|h|ph|mob|mobile|phone|call|fax|no|num|nr|sdt|dt|тел)[0-9]")
_INSIDE = re.compile("zero|one|two|three|four|five|six|seven|eight|nine")
_ENDING = re.compile(f"(?:{PARTICLE})?")
_MAYBE = re.compile(
    rf"[0-9a-zа-я]|{HANGUL_UNIT}{{3,}}|(?:{HANGUL_UNIT}{{1,2}}\W{{1,3}}){{3}}|[십백천]|{HAN_RUN.pattern}"
)
_MEASURED = frozenset("年月日号號个個人元岁歲点點")


def may_have(plain: str) -> bool:
    """Whether it is worth looking: a figure, a few digits that are said, or words that no quick look can judge."""
    return _MAYBE.search(plain) is not None


def pieces(plain: str) -> Iterator[Piece]:
    """All pieces of digits, in order."""
    for token in _TOKEN.finditer(plain):
        if token["figures"]:
            yield from _latin(token[0], token.start())
        elif token["hangul"]:
            yield from _hangul(plain, token[0], token.start())
        else:
            yield from _han(plain, token[0], token.start())


def _latin(token: str, at: int) -> Iterator[Piece]:
    if measure := _MEASURE.fullmatch(token):
        token = measure[1]
    end = at + len(token)
    token = _INSIDE.sub(_in_figures, token) if _DIGIT.search(token) else token
    if _DIGIT.search(token):
        found = [m.start() for m in _DIGIT.finditer(token)]
        bare = token.replace("_", "")
        is_number = _FIGURES.fullmatch(bare) is not None and (2 * len(found) >= len(bare) or bare == "o1o")
        digits = token.translate(_AS_DIGITS).replace("_", "") if is_number else "".join(token[i] for i in found)
        inner = (at, end) if is_number else (at + found[0], at + found[-1] + 1)
        yield Piece(at, end, digits, "figures" if is_number else "code", inner, is_led=_LED.match(token) is not None)
    elif token in WORDS:
        yield Piece(at, end, WORDS[token], "words", (at, end), token in COMMON)
    elif token in _LOOKALIKE:
        yield Piece(at, end, token.translate(_AS_DIGITS), "looks", (at, end))


def _in_figures(match: re.Match[str]) -> str:
    """A number's name as its figure, as long as before, so that places stay."""
    return WORDS[match[0]] + "_" * (len(match[0]) - 1)


def _hangul(plain: str, token: str, at: int) -> Iterator[Piece]:
    value = VALUE_RUN.match(plain, at)
    if value and _ENDING.fullmatch(token, value.end() - at):
        yield Piece(*value.span(), value_digits(value[0]), "value", value.span())
        return
    for run in _RUN.finditer(token):
        start, end = at + run.start(), at + run.end()
        digits = "".join("0" if unit == "ㅇ" else hangul_digits(unit) for unit in re.split("(ㅇ)", run[0]) if unit)
        is_glued = _is_digit(plain, end) or (_is_digit(plain, start - 1) and run[0] not in _SUFFIXES)
        is_whole = not run.start() and _ENDING.fullmatch(token, run.end()) is not None
        is_joined = _is_digit(plain, start - 1) and not is_glued
        is_said = run[0].strip("ㅇ") != ""
        if is_glued or (is_said and (len(digits) >= 4 or (is_whole and not is_joined))):
            yield Piece(start, end, digits, "hangul", (start, end))


def _is_digit(plain: str, at: int) -> bool:
    return 0 <= at < len(plain) and plain[at] in "0123456789"


def _han(plain: str, token: str, at: int) -> Iterator[Piece]:
    for run in HAN_RUN.finditer(token):
        start, end = at + run.start(), at + run.end()
        if plain[end : end + 1] not in _MEASURED or end == len(plain):
            yield Piece(start, end, han_digits(run[0]), "han", (start, end))

"""What does a button carry? Short ASCII codes, so that buttons of years ago still lead somewhere.

``p:owl-bus`` the card, ``p:owl-bus:cost`` with what was asked for; ``m:`` more, ``l:`` less, ``s:`` sources,
``c:going-home`` a category, ``g:vi`` a language, ``n:fire`` where the numbers of a danger card were read,
``menu`` the menu anew, ``back`` the menu in place; ``v:<number>:u`` a vote (u up, d down, m nothing found).
A code's meaning never changes: what means something else gets another letter.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from bot.kb.model import ASPECTS, Aspect
from bot.store.questions import VOTES, Vote

MOST_BYTES = 64

_DATA = re.compile(r"([a-z]{1,8})(?::([a-z0-9-]{1,40}))?(?::([a-z]{1,12}))?", re.ASCII)


class Code(StrEnum):
    """What a press asks for."""

    CARD = "p"
    MORE = "m"
    LESS = "l"
    SOURCES = "s"
    CATEGORY = "c"
    SPEAK = "g"
    NUMBERS = "n"
    MENU = "menu"
    BACK = "back"


_BARE = (Code.MENU, Code.BACK)


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed: what for, about which programme or category, and what had been asked of it."""

    code: Code
    id: str = ""
    aspect: Aspect | None = None

    @property
    def data(self) -> str:
        """What the button carries."""
        return ":".join(part for part in (self.code, self.id, self.aspect) if part)

    @property
    def in_place(self) -> bool:
        """Whether the message with the button changes; otherwise a new one answers."""
        return self.code not in (Code.CARD, Code.MENU, Code.NUMBERS)


def parse(data: str | None) -> Press | None:
    """What a button carries, or None when it is not (or no longer) one of ours."""
    match = _DATA.fullmatch(data or "")
    if match is None or match[1] not in list(Code):
        return None
    code, id_, aspect = Code(match[1]), match[2] or "", match[3]
    if (code in _BARE) == bool(id_) or (aspect and aspect not in ASPECTS):
        return None
    return Press(code, id_, cast(Aspect | None, aspect))


_BALLOT = re.compile(r"v:([0-9a-z]{1,12}):([a-z])", re.ASCII)
_LETTERS: dict[str, Vote] = {vote[0]: vote for vote in VOTES}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote on the answer to one question, by its number in the store."""

    question: int
    vote: Vote

    @property
    def data(self) -> str:
        """What the button carries."""
        return f"v:{_base36(self.question)}:{self.vote[0]}"


def ballot(data: str | None) -> Ballot | None:
    """The vote that a button carries, or None."""
    match = _BALLOT.fullmatch(data or "")
    if match is None or (vote := _LETTERS.get(match[2])) is None:
        return None
    return Ballot(int(match[1], 36), vote)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"

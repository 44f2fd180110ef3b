"""What does a button carry? Short ASCII codes, so that buttons of years ago still lead somewhere.

``p:owl-bus`` the card, ``p:owl-bus:cost`` with what was asked for; ``m:`` more, ``l:`` less, ``s:`` sources,
``c:going-home`` a category, ``g:vi`` a language, ``n:fire`` where the numbers of a danger card were read,
``menu`` the menu anew, ``back`` the menu in place. A code's meaning never changes:
what means something else gets another letter.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from bot.kb.model import ASPECTS, Aspect

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

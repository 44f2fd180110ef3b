"""What comes of working on one update, beside what was sent: written by the handlers, read by the worker."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from bot.store.database import Op
from bot.store.inbox import Rank


@dataclass
class Deed:
    """``ops`` are written in the transaction that ends the update. ``later``: try again in so many seconds.

    ``is_last``: no further attempt follows, so a failure is apologised for.
    """

    rank: Rank = Rank.ORDINARY
    is_last: bool = True
    ops: list[Op[Any]] = field(default_factory=list)
    later: float | None = None
    error: Exception | None = None


CURRENT: ContextVar[Deed | None] = ContextVar("deed", default=None)


def current() -> Deed:
    """The deed of the update that this task works on."""
    return CURRENT.get() or Deed()

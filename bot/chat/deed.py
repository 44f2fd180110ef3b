"""What comes of working on one update, beside what was sent: written by the handlers, read by the worker."""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from bot.chat.gate import Pass
from bot.store.database import Op
from bot.store.inbox import Rank


@dataclass
class Deed:
    """``ops`` are written in the transaction that ends the update. ``later``: try again in so many seconds.

    ``gate``: held by a message that is on its way or has arrived. ``is_last``: no further attempt follows, so that a
    failure is apologised for. ``since``: when the update came in.
    """

    rank: Rank = Rank.ORDINARY
    is_last: bool = True
    since: float = field(default_factory=time.time)
    ops: list[Op[Any]] = field(default_factory=list)
    later: float | None = None
    gate: Pass | None = None
    error: Exception | None = None

    def leave_gate(self) -> None:
        """Let the next message go."""
        if self.gate:
            self.gate.leave()
            self.gate = None


CURRENT: ContextVar[Deed | None] = ContextVar("deed", default=None)


def current() -> Deed:
    """The deed of the update that this task works on."""
    return CURRENT.get() or Deed()

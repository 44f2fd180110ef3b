"""How many messages may be on their way unrecorded? One: whatever ends the process repeats at most that one.

A message holds the gate from before it leaves until its update is out of the inbox. Nobody waits for a slow one: after
a second it counts no more, and where the line is long the gate widens. What is about danger does not come here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_SLOW_SECONDS = 1.0
_LONG_SECONDS = 3.0
_LOOK_SECONDS = 0.25


class Pass:
    """Given to a message that may leave; ``leave`` may be called twice."""

    def __init__(self, gate: Gate, at: float) -> None:
        self._gate, self.at = gate, at

    def leave(self) -> None:
        """The message is recorded, or known not to have arrived."""
        self._gate.left(self)


class Gate:
    """First come, first served."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._inside: set[Pass] = set()
        self._line = asyncio.Lock()
        self._freed = asyncio.Event()

    async def enter(self) -> Pass:
        """Wait until a message may leave."""
        joined = self._clock()
        async with self._line:
            while not self._is_open(joined):
                self._freed.clear()
                try:
                    await asyncio.wait_for(self._freed.wait(), _LOOK_SECONDS)
                except TimeoutError:
                    continue
            found = Pass(self, self._clock())
            self._inside.add(found)
            return found

    def _is_open(self, joined: float) -> bool:
        """The longer the first in line has waited, the more may be on their way."""
        now = self._clock()
        slow = sum(now - each.at > _SLOW_SECONDS for each in self._inside)
        more = max(0, int(now - joined - _LONG_SECONDS))
        return len(self._inside) - slow < 1 + more

    def left(self, gone: Pass) -> None:
        """See ``Pass.leave``."""
        self._inside.discard(gone)
        self._freed.set()

"""What a long command is doing, for the person who waits: nothing at first, then a line that changes."""

import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 1.0
"""Nobody needs to hear of what takes fewer seconds."""
_EVERY = 0.2
_BLANK = 60


class Progress:
    """Writes to ``out`` how far a step is. On a terminal one line changes; in a file each step is a line of its own."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out, self._clock = out, clock
        self._began = self._told = clock()
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        now = self._clock()
        is_new = step != self._step
        if now - self._began < PATIENCE or (not is_new and now - self._told < _EVERY):
            return
        self._step, self._told = step, now
        if self._out.isatty():
            self._out.write(f"\r{f'{step} {done:,}/{total:,}':<{_BLANK}}")
        elif is_new:
            self._out.write(f"{step} ({total:,}) …\n")
        self._out.flush()

    def end(self) -> None:
        """Nothing is left of the line."""
        if self._step and self._out.isatty():
            self._out.write(f"\r{'':<{_BLANK}}\r")
            self._out.flush()

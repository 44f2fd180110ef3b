"""Which codes of trouble did the log name last? For a glance from the chat; the log itself says more."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass

_MOST = 200


@dataclass(frozen=True, slots=True)
class Trouble:
    """A code, when it came last (seconds since 1970), and how often among the lines that are remembered."""

    code: str
    at: float
    times: int


class Recent(logging.Handler):
    """Remembers warnings and worse, of each only its time and its code: to be added to the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: deque[tuple[float, str]] = deque(maxlen=_MOST)

    def emit(self, record: logging.LogRecord) -> None:
        """Lines of libraries have no code and are passed over."""
        if code := getattr(record, "code", None):
            self._lines.append((record.created, str(code)))

    def last(self, most: int = 5) -> list[Trouble]:
        """Different codes, the newest first."""
        found: dict[str, Trouble] = {}
        for at, code in reversed(list(self._lines)):
            before = found.get(code, Trouble(code, at, 0))
            found[code] = Trouble(code, before.at, before.times + 1)
        return list(found.values())[:most]

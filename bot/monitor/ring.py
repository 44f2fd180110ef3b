"""The last few thousand log lines in memory, redacted as in the log, for the console to search."""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.config import Settings
from bot.monitor.hide import Redact
from bot.monitor.log import formatter, worth_a_line

LINES = 5000
_HEAD = ("time", "level", "logger", "event", "code")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log. ``fields``: all that it says beside."""

    time: str
    level: str
    logger: str
    code: str
    event: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``level``: this one or worse; ``code``: how it begins; ``words``: anywhere in the line."""

    level: str = "DEBUG"
    code: str = ""
    words: str = ""


class Ring(logging.Handler):
    """Beyond ``lines`` the oldest go."""

    def __init__(self, redact: Redact, lines: int = LINES) -> None:
        super().__init__()
        self._lines: deque[tuple[int, str]] = deque(maxlen=lines)
        self.addFilter(worth_a_line)
        self.setFormatter(formatter(redact, "json"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line; what cannot be formatted is told by the handler that writes the log."""
        try:
            self._lines.append((record.levelno, self.format(record)))
        except Exception:
            self._lines.append((logging.ERROR, json.dumps({"logger": record.name, "event": "(E601)"})))

    def search(self, wanted: Wanted, most: int = 100, skip: int = 0) -> list[Line]:
        """Lines that fit, newest first."""
        out: list[Line] = []
        for line in self._fitting(wanted):
            if skip:
                skip -= 1
            elif len(out) < most:
                out.append(line)
            else:
                break
        return out

    def _fitting(self, wanted: Wanted) -> Iterator[Line]:
        least, words = logging.getLevelName(wanted.level), wanted.words.casefold()
        assert self.lock
        with self.lock:
            kept = list(self._lines)
        for level, text in reversed(kept):
            if level < least or words not in text.casefold():
                continue
            line = _read(text)
            if line.code.startswith(wanted.code):
                yield line


def _read(text: str) -> Line:
    told = json.loads(text)
    head = {name: str(told.pop(name, "")) for name in _HEAD}
    return Line(**head, fields=told)


def begin(settings: Settings) -> Ring:
    """Keep lines from now on, in place of a ring that was there."""
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, Ring)]:
        root.removeHandler(old)
    ring = Ring(Redact.of(settings))
    root.addHandler(ring)
    return ring


def running() -> Ring | None:
    """The ring that keeps lines now."""
    return next((handler for handler in logging.getLogger().handlers if isinstance(handler, Ring)), None)

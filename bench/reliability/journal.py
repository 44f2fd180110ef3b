"""What a bot wrote into its log about things that went wrong: one JSON object a line, or words of somebody else."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_TRACEBACK = "Traceback (most recent call last)"
_NOBODY = ("asyncio", "uvicorn")
"""Loggers that speak up where nobody else caught it."""
_HANDLERS = "bot/chat/handlers.py"


@dataclass(frozen=True)
class Faults:
    """Tracebacks: by event; those that nobody caught; those that went through a handler; one of these in words."""

    events: Counter[str]
    uncaught: int
    in_handlers: int
    sample: str


def faults(written: str) -> Faults:
    """Read a log."""
    events, uncaught, inside, sample = Counter[str](), 0, 0, ""
    for line in _with_traceback(written):
        row = _row(line)
        events[str(row.get("event", "outside the log"))] += 1
        is_uncaught = not row or str(row.get("logger", "")).startswith(_NOBODY)
        uncaught, inside = uncaught + is_uncaught, inside + (_HANDLERS in line)
        if not sample and (is_uncaught or _HANDLERS in line):
            sample = " ".join(line.split())[-400:]
    return Faults(events, uncaught, inside, sample)


def _with_traceback(written: str) -> Iterator[str]:
    """Lines with one in them; of a bare one also what follows up to the next line of the log."""
    bare: list[str] = []
    for line in (*written.splitlines(), "{}"):
        if bare and not line.startswith("{") and _TRACEBACK not in line:
            bare.append(line)
            continue
        if bare:
            yield "\n".join(bare)
            bare = []
        if _TRACEBACK in line:
            if line.startswith("{"):
                yield line
            else:
                bare = [line]


def _row(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

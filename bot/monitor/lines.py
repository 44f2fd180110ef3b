"""How does a log line look? As JSON for machines, as text for people: one line, whatever stands in it."""

import json
import re
from typing import Any

from structlog.typing import EventDict, WrappedLogger

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Line ends would forge lines, escapes steer the terminal, halves of a character break the file."""
_BLOCKS = ("exception", "stack_info")
"""Many lines of text, which follow the first."""
_LONGEST, _LONGEST_BLOCK = 2000, 20000
"""How many letters of a value, and of such a block, are written."""


def shortened(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A proxy's page of errors in place of an answer must not fill the disk."""
    return {name: _cut(value, _LONGEST_BLOCK if name in _BLOCKS else _LONGEST) for name, value in event.items()}


def _cut(value: Any, most: int) -> Any:
    text = value if isinstance(value, str) else _shown(value) if isinstance(value, list | dict) else ""
    return f"{text[:most]}… ({len(text)})" if len(text) > most else value


def json_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """One JSON object."""
    text = json.dumps(event, ensure_ascii=False, default=str)
    return _UNPRINTED.sub(_escaped, text)


def text_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """One line for people; the lines of an exception follow it, set in."""
    head = f"{event.pop('time')} {event.pop('level').upper():<8} {event.pop('logger')}: {event.pop('event')}"
    blocks = [str(event.pop(name)) for name in _BLOCKS if event.get(name)]
    first = _UNPRINTED.sub(_escaped, head + "".join(f" {name}={_shown(value)}" for name, value in event.items()))
    return "\n".join([first, *(f"  {_UNPRINTED.sub(_escaped, line)}" for b in blocks for line in b.splitlines())])


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"

"""JSON lines: one object a line, and a line ends at ``\\n`` alone. What is wrong is told with its line."""

import json
from pathlib import Path
from typing import Any

from bot.errors import UsageError


def lines(path: Path) -> list[str]:
    """The lines of a file.

    Raises UsageError that names it.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error


def row(line: str | bytes, where: str, shape: str) -> dict[str, Any]:
    """The object of one line. ``shape``: what is expected, for the message.

    Raises UsageError that begins with ``where``.
    """
    try:
        found = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except ValueError as error:
        raise wrong(where, shape, error) from error
    except RecursionError as error:
        raise wrong(where, shape, "brackets within brackets, too deep to read") from error
    if not isinstance(found, dict):
        raise wrong(where, shape, f"this is a {type(found).__name__}")
    return found


def text(row: dict[str, Any], key: str, where: str, shape: str, default: str | None = None) -> str:
    """A text of an object; ``default`` where there is none, None: there must be one.

    Raises UsageError that begins with ``where``.
    """
    value = row.get(key, default)
    if isinstance(value, str):
        return value
    raise wrong(where, shape, f"{key} is not a text" if key in row else f"there is no {key}")


def wrong(where: str, shape: str, why: object) -> UsageError:
    """What to raise for a line that is not as expected."""
    return UsageError(f"{where}: expected {shape}: {why}")

"""What must be known of an update before anybody looks closer: tolerant of every shape, never raises."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_MOST_ID = 2**63 - 1
_MOST_PAYLOAD = 256 * 1024
"""Characters. Telegram's longest message is some 30,000 of them, entities included."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """``text`` is what was written, also below a picture; ``user`` who wrote or pressed (None: nobody known)."""

    update_id: int
    chat: int
    user: int | None
    text: str
    payload: str
    is_for_us: bool = True


def incoming(update: object, bot_id: int = 0, username: str = "") -> Incoming | None:
    """Read an update; None where it has no usable number. ``is_for_us``: in a group only where the bot is spoken to."""
    if not isinstance(update, dict) or (number := _integer(update.get("update_id"))) is None or number < 0:
        return None
    query = _dict(update.get("callback_query"))
    message = _dict(query.get("message")) or _dict(update.get("message"))
    chat = _integer(_dict(message.get("chat")).get("id"))
    user = _integer(_dict((query or message).get("from")).get("id"))
    text = _text(message) if not query else ""
    payload = _payload(update)
    known = bool(query or message) and 0 < len(payload) <= _MOST_PAYLOAD
    is_for_us = known and (bool(query) or _is_spoken_to(message, text, bot_id, username))
    return Incoming(number, number if chat is None else chat, user, text, payload, is_for_us)


def _payload(update: object) -> str:
    """Empty for what is nested so deep that nobody can write it, or read it again."""
    try:
        return json.dumps(update, separators=(",", ":"))
    except (RecursionError, ValueError):
        return ""


def _is_spoken_to(message: dict[str, Any], text: str, bot_id: int, username: str) -> bool:
    if _dict(message.get("chat")).get("type") == "private":
        return True
    answered = _dict(_dict(message.get("reply_to_message")).get("from")).get("id")
    return text.startswith("/") or answered == bot_id or f"@{username}".lower() in text.lower()


def _text(message: dict[str, Any]) -> str:
    found = message.get("text") or message.get("caption") or ""
    return found if isinstance(found, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _integer(value: object) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool) and -_MOST_ID <= value <= _MOST_ID
    return value if is_number and isinstance(value, int) else None

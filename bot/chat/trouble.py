"""Which kind of trouble with Telegram is this, as ``Metrics.telegram_error`` counts it? Kinds, never words."""

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

_KINDS: tuple[tuple[type[TelegramError], str], ...] = (
    (Conflict, "conflict"),
    (RetryAfter, "flood"),
    (Forbidden, "forbidden"),
    (TimedOut, "timeout"),
    (BadRequest, "refused"),
    (InvalidToken, "refused"),
)
_NEVER_ARRIVED = ("httpx.", "Unknown error in HTTP")
"""How messages begin where nothing came back; else Telegram (or a proxy) answered with 5xx."""


def trouble(error: TelegramError) -> str:
    """One of ``TROUBLES``, or ``other``."""
    for kind, name in _KINDS:
        if isinstance(error, kind):
            return name
    if isinstance(error, NetworkError):
        return "network" if error.message.startswith(_NEVER_ARRIVED) else "server"
    return "other"

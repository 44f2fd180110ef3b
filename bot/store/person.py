"""Who asked, as a number that says nothing: salted hashes, which nobody can turn back without the salt (ID_PEPPER)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from bot.config import Settings

_BITS = 53
"""Of a question's number: fits a signed 64-bit column, JSON and JavaScript."""


@dataclass(frozen=True, slots=True)
class Pepper:
    """The salt."""

    _key: bytes

    @classmethod
    def of(cls, settings: Settings) -> Pepper:
        """From ID_PEPPER; without it from the bot's token, which every replica has and no database."""
        if settings.id_pepper is not None:
            return cls(settings.id_pepper.reveal().encode())
        return cls(hmac.digest(settings.token.encode(), b"pepper", hashlib.sha256))

    def person(self, number: int) -> str:
        """A user or a chat (Telegram's private chats have their user's number)."""
        return hmac.digest(self._key, f"person:{number}".encode(), hashlib.sha256)[:16].hex()

    def question(self, update_id: int, date: int) -> int:
        """The number of the question in an update: the same for every repeat of it, foreseen by nobody."""
        digest = hmac.digest(self._key, f"question:{update_id}:{date}".encode(), hashlib.sha256)
        return int.from_bytes(digest[:8]) >> (64 - _BITS)

"""In which order are updates worked on? One after the other within a chat, side by side between chats."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

ADMITTED = 100_000
"""Updates that may wait for their turn. Not the number at work at once: one that waits for its own chat, or because
Telegram asks that chat to be patient, must not take another chat's place. Requests at once are bounded by the outbox.
"""


class Lanes(BaseUpdateProcessor):
    """A lock for each chat, which lives as long as somebody holds it or waits for it."""

    __slots__ = ("_locks",)

    def __init__(self) -> None:
        super().__init__(ADMITTED)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._locks)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for this chat's earlier updates, then go."""
        async with self._lane(update):
            await coroutine

    def _lane(self, update: object) -> asyncio.Lock:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            return asyncio.Lock()
        if (lock := self._locks.get(chat.id)) is None:
            lock = self._locks[chat.id] = asyncio.Lock()
        return lock

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

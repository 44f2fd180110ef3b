"""How fast may the bot send? So many messages a second in all, evenly; one a second to a chat. Danger never waits.

Evenly, because of two messages that left at the same moment a sudden end of the process could repeat both.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

PER_CHAT_SECONDS = 1.0
_CHATS = 20_000


class Pace:
    """Gives out turns. ``per_second`` is Telegram's limit for a bot, 30 without a special agreement."""

    def __init__(
        self,
        per_second: float = 30.0,
        per_chat: float = PER_CHAT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._gap, self._per_chat, self._clock, self._sleep = 1 / per_second, per_chat, clock, sleep
        self._free_at = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    async def turn(self, chat: int | None, urgent: bool = False) -> None:
        """Wait until a message may go to this chat; None: a change of one that is there."""
        now = self._clock()
        mine = now if chat is None or urgent else max(now, self._chats.get(chat, 0.0))
        if chat is not None:
            self._note(chat, mine)
        if urgent:
            return
        if mine > now:
            await self._sleep(mine - now)
        now = self._clock()
        at = max(now, self._free_at)
        self._free_at = at + self._gap
        if at > now:
            await self._sleep(at - now)

    def _note(self, chat: int, at: float) -> None:
        self._chats[chat] = max(at + self._per_chat, self._chats.get(chat, 0.0))
        self._chats.move_to_end(chat)
        while len(self._chats) > _CHATS:
            self._chats.popitem(last=False)

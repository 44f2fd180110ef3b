"""Asks Telegram for updates (long polling) and confirms those that are safe, no other."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot
from telegram.error import Conflict, TelegramError

from bot.chat.incoming import incoming
from bot.chat.intake import Full, Intake, Safe

log = logging.getLogger(__name__)

POLL_SECONDS = 30
_HELD_SECONDS = 0.5
"""The pause between looks while some updates are not safe yet: Telegram hands them out again at once."""
_GET_UPDATES = "get_Updates"
"""Becomes getUpdates; spelled so, the library does not advise its own method."""
_FIRST_DELAY, _MOST_DELAY = 1.0, 30.0


class PollTrouble:
    """Says once in a while why no updates come. Called at every failed attempt; pauses between them grow to 30 s."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        every: float = 60.0,
        hear: Callable[[TelegramError | None], object] = lambda _: None,
    ) -> None:
        """``hear`` hears of every failure, and with None that it is over."""
        self._clock, self._every, self.hear = clock, every, hear
        self._said: dict[type[TelegramError], float] = {}

    def __call__(self, error: TelegramError) -> None:
        self.hear(error)
        now, kind = self._clock(), type(error)
        if now - self._said.get(kind, -self._every) < self._every:
            return
        self._said[kind] = now
        if isinstance(error, Conflict):
            log.error(
                "another process asks Telegram for this bot's updates, so this one gets none: stop the other one, "
                "give this one another TELEGRAM_BOT_TOKEN, or set WEBHOOK_URL for several at once",
                extra={"code": "E401"},
            )
        else:
            told = {"code": "E402", "error": f"{kind.__name__}: {error}"}
            log.warning("no updates from Telegram, trying again", extra=told)


@dataclass
class Poller:
    """``allowed``: the kinds of updates that are wanted. ``reached_at`` is when Telegram last answered (monotonic)."""

    bot: Bot
    intake: Intake
    allowed: tuple[str, ...]
    trouble: PollTrouble = field(default_factory=PollTrouble)
    reached_at: float | None = None
    _next: int | None = None
    _held: dict[int, Safe] = field(default_factory=dict)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until ``stop``, then confirm what is safe."""
        polling = asyncio.create_task(self._poll())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((polling, stopping), return_when=asyncio.FIRST_COMPLETED)
        for task in (polling, stopping):
            task.cancel()
        results = await asyncio.gather(polling, stopping, return_exceptions=True)
        if isinstance(results[0], Exception):
            raise results[0]

    async def confirm(self) -> None:
        """Tell Telegram what is safe, so that it is not brought again. Not doing so costs nothing but time."""
        self._let_go()
        if self._next is None:
            return
        try:
            await asyncio.wait_for(self._updates(0, 1), 2.0)
        except (TelegramError, TimeoutError) as error:
            log.info("the last updates could not be confirmed", extra={"code": "I402", "error": type(error).__name__})

    async def _poll(self) -> None:
        delay = _FIRST_DELAY
        while True:
            try:
                updates = await self._updates(0 if self._held else POLL_SECONDS, 100)
                await self._accept(updates)
                self.reached_at, delay = time.monotonic(), _FIRST_DELAY
                self.trouble.hear(None)
            except (TelegramError, Full) as error:
                if isinstance(error, TelegramError):
                    self.trouble(error)
                await asyncio.sleep(delay)
                delay = min(2 * delay, _MOST_DELAY)
            if self._held:
                await asyncio.sleep(_HELD_SECONDS)
                self._let_go()

    async def _accept(self, updates: list[Any]) -> None:
        me = self.bot.bot
        read = [incoming(update, me.id, me.username or "") for update in updates]
        found = [each for each in read if each is not None and each.update_id not in self._held]
        safe = await self.intake.accept(found) if found else []
        self._held |= {each.update_id: future for each, future in zip(found, safe, strict=True)}
        self._next = max([self._next or 0, *(each.update_id + 1 for each in found)])
        self._let_go()

    def _let_go(self) -> None:
        self._held = {number: safe for number, safe in self._held.items() if not safe.done()}

    @property
    def _offset(self) -> int | None:
        """The first update that is not safe, else the next that may come: all before it are confirmed."""
        return min(self._held, default=self._next)

    async def _updates(self, timeout: int, limit: int) -> list[Any]:
        """As they came: python-telegram-bot would refuse a whole batch for one update that it cannot read."""
        given = {"offset": self._offset, "timeout": timeout, "limit": limit, "allowed_updates": list(self.allowed)}
        wanted = {name: value for name, value in given.items() if value is not None}
        found: Any = await self.bot.do_api_request(_GET_UPDATES, api_kwargs=wanted, read_timeout=timeout + 10)
        return found if isinstance(found, list) else []

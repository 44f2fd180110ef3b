"""Tells Telegram where to deliver, and looks whether it does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from bot.monitor.alerts import Alerts

log = logging.getLogger(__name__)

_LOOK_SECONDS = 60.0
_CONNECTIONS = 40
_MANY = 100
"""Updates that wait at Telegram: worth a word."""


@dataclass
class Hook:
    """``url`` is the public address, path included. ``reached_at``: when Telegram last answered (monotonic)."""

    bot: Bot
    url: str
    secret: str
    allowed: tuple[str, ...]
    alerts: Alerts
    hear: Callable[[TelegramError], object] = lambda _: None
    reached_at: float | None = None
    waiting: int = 0

    async def set(self) -> None:
        """Deliver here from now on; nothing that waits is dropped. Raises TelegramError."""
        await self.bot.set_webhook(
            self.url, secret_token=self.secret, allowed_updates=self.allowed, max_connections=_CONNECTIONS
        )
        self.reached_at = time.monotonic()

    async def watch(self, stop: asyncio.Event) -> None:
        """Look every minute, and set it again where somebody has changed it."""
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
            except TimeoutError:
                await self.look()

    async def look(self) -> None:
        """What Telegram says of the webhook."""
        try:
            info = await self.bot.get_webhook_info()
            self.reached_at, self.waiting = time.monotonic(), info.pending_update_count
            if info.url != self.url:
                log.error("the webhook was changed by somebody else: it is set again", extra={"code": "E409"})
                await self.set()
        except TelegramError as error:
            log.warning("the webhook cannot be looked at", extra={"code": "E410", "error": type(error).__name__})
            self.hear(error)
            return
        if self.waiting >= _MANY or (info.last_error_date and time.time() - info.last_error_date.timestamp() < 120):
            told = {"code": "E411", "waiting": self.waiting, "error": info.last_error_message}
            log.warning("Telegram has trouble delivering to the webhook", extra=told)
            self.alerts.trouble("webhook", f"텔레그램에 {self.waiting}건이 밀려 있습니다.")
        else:
            self.alerts.over("webhook")

"""From a row of the inbox to the handlers."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.chat.deed import Unreadable, current
from bot.chat.wordless import wordless
from bot.store.inbox import Row

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turns:
    """Works on rows by the application's handlers."""

    app: Application[Any, Any, Any, Any, Any, Any]

    async def handle(self, row: Row) -> None:
        """Answer an update. Raises Unreadable for one that is not as Telegram makes them."""
        try:
            update = Update.de_json(json.loads(row.payload), self.app.bot)
        except Exception as error:
            raise Unreadable(type(error).__name__) from error
        await self.app.process_update(update)


async def unexpected(_: object, context: Any) -> None:
    """The application's error handler: what failed outside of any answer counts as an attempt."""
    log.error("an error outside of any answer", exc_info=wordless(context.error), extra={"code": "E104"})
    current().error = context.error

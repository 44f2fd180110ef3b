"""From a row of the inbox to the handlers."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Chat, Update
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
        if not _is_whole(update):
            raise Unreadable("no chat, no date or no number")
        await self.app.process_update(update)


def _is_whole(update: Update) -> bool:
    """Whether what handlers rely on is there: the library takes anything for a chat or its number."""
    message, known = update.message, (update.effective_chat, update.effective_user)
    if message is not None and not (isinstance(message.chat, Chat) and isinstance(message.date, datetime)):
        return False
    return all(isinstance(who.id, int) for who in known if who is not None)


async def unexpected(_: object, context: Any) -> None:
    """The application's error handler: what failed outside of any answer counts as an attempt."""
    log.error("an error outside of any answer", exc_info=wordless(context.error), extra={"code": "E104"})
    current().error = context.error

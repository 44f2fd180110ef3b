"""Which update leads to which reply? A few lines each: who is spoken to is decided here, what is said in ``talk``."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update, User
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.chat.outbox import Outbox, To
from bot.chat.render import Pages
from bot.chat.reply import Reply
from bot.chat.talk import Talk
from bot.kb.model import LANGUAGES, Language

log = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE


@dataclass
class Turn:
    """One update being answered: knows whether anything went out yet."""

    outbox: Outbox
    to: To
    answered: bool = False

    async def say(self, reply: Reply) -> None:
        """Send a reply."""
        self.answered = await self.outbox.send(self.to, reply) or self.answered

    async def change(self, message: int, reply: Reply) -> None:
        """Put a reply in place of a message."""
        self.answered = await self.outbox.edit(self.to, message, reply) or self.answered


@dataclass(frozen=True)
class Handlers:
    """The handlers, and what they share."""

    talk: Talk
    outbox: Outbox

    def all(self) -> list[BaseHandler[Any, Any, Any]]:
        """To be added in this order: the first that fits takes the update. Edits and channel posts fit none."""
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("start", self.start, filters=new),
            CommandHandler("help", self.help, filters=new),
            CommandHandler("menu", self.menu, filters=new),
            CommandHandler("language", self.language, filters=new),
            MessageHandler(new & (filters.TEXT | filters.CAPTION), self.question),
            MessageHandler(new & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self.no_text),
            CallbackQueryHandler(self.press),
        ]

    async def start(self, update: Update, _: Context) -> None:
        """/start: the first screen, by name."""
        if message := update.message:
            async with self._turn(_to(message)) as turn:
                await turn.say(self._pages(update).start(message.from_user.first_name if message.from_user else ""))

    async def help(self, update: Update, _: Context) -> None:
        """/help"""
        if message := update.message:
            async with self._turn(_to(message)) as turn:
                await turn.say(self._pages(update).help())

    async def menu(self, update: Update, _: Context) -> None:
        """/menu"""
        if message := update.message:
            async with self._turn(_to(message)) as turn:
                await turn.say(self._pages(update).menu())

    async def language(self, update: Update, _: Context) -> None:
        """/language"""
        if message := update.message:
            async with self._turn(_to(message)) as turn:
                await turn.say(self._pages(update).languages())

    async def question(self, update: Update, context: Context) -> None:
        """A message in words, also below a picture: answered if the bot is spoken to."""
        message = update.message
        if message is None or (text := spoken(message, context.bot.id, context.bot.username)) is None:
            return
        async with self._turn(_to(message)) as turn:
            await turn.say(await asyncio.to_thread(self.talk.ask, message.chat_id, text, spoken_by(message.from_user)))

    async def no_text(self, update: Update, _: Context) -> None:
        """A sticker, a picture, a voice: said once for a whole album."""
        message = update.message
        if message is None or (
            message.media_group_id and self.talk.memory.seen(message.chat_id, message.media_group_id)
        ):
            return
        async with self._turn(_to(message)) as turn:
            await turn.say(self._pages(update).no_text())

    async def press(self, update: Update, _: Context) -> None:
        """A button: acknowledged first, so that it stops blinking whatever comes."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        message = query.message
        to = _to(message, quote=False) if isinstance(message, Message) else To(message.chat.id)
        async with self._turn(to) as turn:
            await self.outbox.acknowledge(to.chat, query.id)
            reply, in_place = self.talk.press(to.chat, query.data, spoken_by(query.from_user))
            if in_place and message.is_accessible:
                await turn.change(message.message_id, reply)
            else:
                await turn.say(reply)

    def _pages(self, update: Update) -> Pages:
        chat = update.effective_chat
        return self.talk.pages(chat.id if chat else 0, spoken_by(update.effective_user))

    @asynccontextmanager
    async def _turn(self, to: To) -> AsyncIterator[Turn]:
        """The last net: whatever goes wrong is logged, and apologised for if no answer went out."""
        turn = Turn(self.outbox, to)
        self.talk.memory.unblock(to.chat)
        try:
            yield turn
        except Exception:
            log.exception("an update could not be answered", extra={"code": "E201"})
            if not turn.answered:
                await turn.say(self.talk.pages(to.chat).apology())


def spoken_by(user: User | None) -> Language | None:
    """The language that a user's Telegram is in, if it is one that a knowledge can have (IETF tag: ``zh-hans``)."""
    code = (user.language_code or "").split("-")[0].lower() if user else ""
    return next((language for language in LANGUAGES if language == code), None)


def spoken(message: Message, bot_id: int, username: str) -> str | None:
    """What is said to the bot, without its name; None when it is not spoken to.

    In a group that takes its @name or a reply to it; what other bots say is never for it, or two would never stop.
    """
    text = message.text or message.caption or ""
    sender = message.from_user
    if sender and sender.is_bot and message.sender_chat is None:
        return None
    if message.chat.type == message.chat.PRIVATE:
        return text
    name = re.compile(rf"@{re.escape(username)}\b", re.IGNORECASE)
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    if not name.search(text) and not (answered and answered.id == bot_id):
        return None
    return name.sub(" ", text).strip()


def _to(message: Message, quote: bool = True) -> To:
    """Where the answer goes: in a group it quotes its question."""
    private = message.chat.type == message.chat.PRIVATE
    quoted = message.message_id if quote and not private else None
    return To(message.chat_id, quoted, message.message_thread_id if message.is_topic_message else None)

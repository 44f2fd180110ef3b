"""Which update leads to which reply? A few lines each: who is spoken to is decided here, what is said in ``talk``."""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram import CallbackQuery, Message, Update, User
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.chat.buttons import Ballot, ballot
from bot.chat.deed import current
from bot.chat.notes import Notes
from bot.chat.outbox import Outbox, To
from bot.chat.render import Pages
from bot.chat.reply import Button, Reply, Rows
from bot.chat.talk import Said, Talk
from bot.chat.threads import Threads
from bot.chat.told import Told
from bot.chat.wordless import wordless
from bot.engine.answer import Urgent
from bot.kb.model import LANGUAGES, Language
from bot.store.inbox import Rank

log = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_TYPING_SECONDS = 0.7
"""An answer that takes longer is announced."""


@dataclass
class Turn:
    """One update being answered: knows whether anything went out yet."""

    outbox: Outbox
    to: To
    answered: bool = False

    async def say(self, reply: Reply) -> bool:
        """Send a reply; whether it arrived."""
        has_arrived = await self.outbox.send(self.to, reply)
        self.answered = has_arrived or self.answered
        return has_arrived

    async def change(self, message: int, reply: Reply) -> None:
        """Put a reply in place of a message."""
        self.answered = await self.outbox.edit(self.to, message, reply) or self.answered


@dataclass(frozen=True)
class Handlers:
    """The handlers, and what they share. ``threads`` runs the engine, one more pool what sounds like danger."""

    talk: Talk
    outbox: Outbox
    notes: Notes
    threads: Threads = field(default_factory=Threads)
    told: Told = field(default_factory=Told)

    def all(self) -> list[BaseHandler[Any, Any, Any]]:
        """To be added in this order: the first that fits takes the update. Edits and channel posts fit none."""
        new = filters.UpdateType.MESSAGE
        pages = ("start", "help", "menu", "language", "privacy")
        return [
            *(CommandHandler(name, partial(self.page, name), filters=new) for name in pages),
            CommandHandler("forget", self.forget, filters=new),
            MessageHandler(new & (filters.TEXT | filters.CAPTION), self.question),
            MessageHandler(new & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self.no_text),
            CallbackQueryHandler(self.press),
        ]

    async def page(self, name: str, update: Update, _: Context) -> None:
        """A command that shows a page."""
        if message := update.message:
            async with self._turn(_to(message)) as turn:
                if not await self._is_too_much(turn, update):
                    await turn.say(self._page(name, message, self._pages(update)))

    def _page(self, name: str, message: Message, pages: Pages) -> Reply:
        match name:
            case "start":
                return pages.start(message.from_user.first_name if message.from_user else "")
            case "help":
                return pages.help()
            case "language":
                return pages.languages()
            case "privacy":
                return pages.house.privacy(self.notes.days)
            case _:
                return pages.menu()

    async def forget(self, update: Update, _: Context) -> None:
        """/forget: nothing is kept of this person any more."""
        message = update.message
        if message is None or message.from_user is None:
            return
        async with self._turn(_to(message)) as turn:
            pages = self._pages(update)
            done = await self.notes.forget(message.from_user.id)
            await turn.say(pages.house.forgotten(done))

    async def question(self, update: Update, context: Context) -> None:
        """A message in words, also below a picture: answered if the bot is spoken to."""
        message = update.message
        if message is None or (text := spoken(message, context.bot.id, context.bot.username)) is None:
            return
        number = self.notes.number(update.update_id, int(message.date.timestamp()))
        tell = partial(self.talk.tell, message.chat_id, text, spoken_by(message.from_user), number)
        async with self._turn(_to(message)) as turn:
            said = await self._typing_meanwhile(message.chat_id, self.threads.run(tell))
            if not isinstance(said.answer, Urgent) and await self._is_too_much(turn, update):
                return
            if await turn.say(said.reply) and said.answer is not None:
                deed = current()
                self.told.answered(said.answer, time.time() - deed.since, said.lang, said.steps, number)
                user = message.from_user.id if message.from_user else message.chat_id
                deed.ops += await asyncio.to_thread(self.notes.question, number, user, text, said)

    async def no_text(self, update: Update, _: Context) -> None:
        """A sticker, a picture, a voice: said once for a whole album."""
        message = update.message
        if message is None or (
            message.media_group_id and self.talk.memory.seen(message.chat_id, message.media_group_id)
        ):
            return
        async with self._turn(_to(message)) as turn:
            if not await self._is_too_much(turn, update) and not await turn.say(self._pages(update).no_text()):
                self.talk.memory.unsee(message.chat_id)

    async def press(self, update: Update, _: Context) -> None:
        """A button: acknowledged first, so that it stops blinking whatever comes."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        message = query.message
        to = _to(message, quote=False) if isinstance(message, Message) else To(message.chat.id)
        async with self._turn(to) as turn:
            if cast := ballot(query.data):
                return await self._vote(to, query, cast)
            await self.outbox.acknowledge(to.chat, query.id)
            if current().rank < Rank.ORDINARY:
                return
            reply, in_place = self.talk.press(to.chat, query.data, spoken_by(query.from_user))
            if in_place and message.is_accessible and isinstance(message, Message):
                await turn.change(message.message_id, Reply(reply.html, (*reply.buttons, *_votes_below(message))))
            else:
                await turn.say(reply)

    async def _vote(self, to: To, query: CallbackQuery, cast: Ballot) -> None:
        hint = self.talk.memory.heard(to.chat) or spoken_by(query.from_user)
        pages = self.talk.pages(to.chat, hint)
        is_known = await self.notes.vote(query.from_user.id, cast)
        if is_known:
            self.told.voted(cast.vote)
        words = pages.house.voted(cast.vote) if is_known else pages.phrases.errors.old_button
        await self.outbox.acknowledge(to.chat, query.id, words)

    async def _typing_meanwhile(self, chat: int, answer: asyncio.Future[Said]) -> Said:
        done, _ = await asyncio.wait([answer], timeout=_TYPING_SECONDS)
        if not done:
            await self.outbox.typing(chat)
        return await answer

    async def _is_too_much(self, turn: Turn, update: Update) -> bool:
        """Whether this person asked too much at once; said kindly the first time."""
        rank = current().rank
        if rank == Rank.NOTICE:
            await turn.say(self._pages(update).house.slow_down())
        return rank < Rank.ORDINARY

    def _pages(self, update: Update) -> Pages:
        chat = update.effective_chat
        return self.talk.pages(chat.id if chat else 0, spoken_by(update.effective_user))

    @asynccontextmanager
    async def _turn(self, to: To) -> AsyncIterator[Turn]:
        """The last net: what goes wrong is tried again where it can be, at the end apologised for if nothing went out.

        What is known of the chat is read before, and written with the answer where it changed.
        """
        turn, deed = Turn(self.outbox, to), current()
        self.talk.memory.unblock(to.chat)
        try:
            await self.notes.recall(to.chat)
            before = self.notes.state(to.chat)
            yield turn
            if self.notes.state(to.chat) != before:
                deed.ops.append(self.notes.remember(to.chat))
        except Exception as error:
            if turn.answered:
                told = {"code": "E207"}
                log.error("something failed beside an answer that went out", exc_info=wordless(error), extra=told)
                return
            log.error("an update could not be answered", exc_info=wordless(error), extra={"code": "E201"})
            deed.error = error
            if deed.is_last:
                await turn.say(self.talk.pages(to.chat).apology())


def spoken_by(user: User | None) -> Language | None:
    """The language that a user's Telegram is in, if it is one that a knowledge can have (IETF tag: ``zh-hans``)."""
    code = str(user.language_code or "").split("-")[0].lower() if user else ""
    return next((language for language in LANGUAGES if language == code), None)


def spoken(message: Message, bot_id: int, username: str) -> str | None:
    """What is said to the bot, without its name; None when it is not spoken to.

    In a group that takes its @name or a reply to it; what other bots say is never for it, or two would never stop.
    """
    text = str(message.text or message.caption or "")
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


def _votes_below(message: Message) -> Rows:
    """The vote buttons of a card stay below it while it changes in place."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    found = [row for row in rows if all(isinstance(b.callback_data, str) and ballot(b.callback_data) for b in row)]
    return tuple(tuple(Button(b.text, str(b.callback_data)) for b in row) for row in found)

"""Commands for those who run the bot. To everybody else they are words like any other: no handler here takes them."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot, BotCommand, BotCommandScopeChat, Message, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot.chat import admin_words as words
from bot.chat.outbox import Outbox, To
from bot.chat.reply import Reply, escape
from bot.kb.load import Knowledge
from bot.monitor.recent import Recent
from bot.monitor.vigil import Vigil
from bot.store import monthly, stats
from bot.store.database import Trouble
from bot.store.monthly import Days
from bot.store.stats import Count

log = logging.getLogger(__name__)

_DAYS = 30
_TOP = 10


@dataclass
class Admin:
    """``ids``: who; ``room``: the alert chat, where they may ask too (elsewhere only in private).

    ``checks``: what must be well → what is wrong. ``reload`` looks at the knowledge now and tells what came of it; None
    where nobody watches it.
    """

    ids: tuple[int, ...]
    room: int | None
    outbox: Outbox
    vigil: Vigil
    checks: Callable[[], Mapping[str, str]]
    reload: Callable[[], Awaitable[str]] | None = None
    recent: Recent = field(default_factory=Recent)
    begun: float = field(default_factory=time.monotonic)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """To be added before the citizens'."""
        if not self.ids:
            return []
        where = filters.ChatType.PRIVATE if self.room is None else filters.ChatType.PRIVATE | filters.Chat(self.room)
        who = filters.UpdateType.MESSAGE & filters.User(self.ids) & where
        deeds = {
            "status": self.status,
            "stats": self.stats,
            "missed": self.missed,
            "reload": self.look_again,
            "mute": self.mute,
        }
        return [CommandHandler(name, partial(self._do, deed), filters=who) for name, deed in deeds.items()]

    async def announce(self, bot: Bot, ordinary: Mapping[str, str]) -> None:
        """Give each admin a menu of their own, after the citizens' ``ordinary`` one. Not doing so stops nothing."""
        commands = [BotCommand(name, text[:256]) for name, text in {**ordinary, **words.COMMANDS}.items()]
        for admin in self.ids:
            try:
                await bot.set_my_commands(commands, scope=BotCommandScopeChat(admin))
            except TelegramError as error:  # most often: this admin has never written to the bot
                told = {"code": "E412", "admin": self.ids.index(admin) + 1, "error": str(error)}
                log.warning("an admin's commands could not be announced", extra=told)

    async def _do(
        self, deed: Callable[[Message], Awaitable[str]], update: Update, _: ContextTypes.DEFAULT_TYPE
    ) -> None:
        """What a command says is sent. An admin is told of a failure; it is not tried again."""
        message = update.message
        if message is None:
            return
        try:
            told = await deed(message)
        except Trouble:
            told = words.NO_DATABASE
        except Exception:
            log.exception("an admin's command failed", extra={"code": "E208"})
            told = words.FAILED
        if told:
            await self.outbox.send(_to(message), Reply(escape(told)))

    async def status(self, _: Message) -> str:
        """/status"""
        vigil, now = self.vigil, time.monotonic()
        found = words.Status(
            wrong=self.checks(),
            waiting=vigil.depth.waiting,
            oldest=vigil.oldest(),
            owed=vigil.store.owes,
            silence=vigil.silence(),
            knowledge=self._knowledge.version,
            knowledge_age=now - vigil.since,
            has_encoder=vigil.has_encoder(),
            uptime=now - self.begun,
            quiet=vigil.alerts.quiet_seconds,
            troubles=self.recent.last(),
            zone=self._zone,
        )
        return words.status(found)

    async def stats(self, message: Message) -> str:
        """/stats: a picture, with the sum below it."""
        days = self._days()
        hours = await self.vigil.store.read(stats.counts("hour", days.first, days.last))
        if not hours:
            return words.NO_QUESTIONS
        programmes = await self.vigil.store.read(stats.counts("programme", days.first, days.last))
        picture = await asyncio.to_thread(_drawn, self._knowledge, days, hours, programmes)
        await self.outbox.picture(_to(message), picture, words.stats(stats.summed(hours, "part"), _DAYS))
        return ""

    async def missed(self, _: Message) -> str:
        """/missed: never what was asked."""
        gaps = await self.vigil.store.read(monthly.gaps(self._days()))
        topics = {topic.id: topic.name for topic in self._knowledge.elsewhere.topics}
        return words.missed(gaps, _names(self._knowledge), topics, _DAYS)

    async def look_again(self, _: Message) -> str:
        """/reload"""
        return words.NO_RELOAD if self.reload is None else await self.reload()

    async def mute(self, message: Message) -> str:
        """/mute 60"""
        given = (message.text or "").split()[1:]
        if len(given) != 1 or not re.fullmatch(r"[0-9]{1,5}", given[0]) or int(given[0]) > words.MOST_MINUTES:
            return words.MUTE_USAGE
        self.vigil.alerts.mute(int(given[0]) * 60)
        return words.muted(int(given[0]))

    @property
    def _knowledge(self) -> Knowledge:
        return self.vigil.knowledge()

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._knowledge.city.time_zone)

    def _days(self) -> Days:
        return Days.until(datetime.now(self._zone).date(), _DAYS)


def _drawn(knowledge: Knowledge, days: Days, hours: list[Count], programmes: list[Count]) -> bytes:
    """For a thread: takes a second the first time."""
    from bot.monitor.pictures import bars, by_day, by_hour, drawn_in, png

    labels = drawn_in()
    names = _names(knowledge) if labels.is_korean else {}
    top = sorted(stats.summed(programmes, "name").items(), key=lambda row: (-row[1], row[0]))[:_TOP]
    draws = [by_day(stats.crossed(hours, "day", "part"), days.all, labels)]
    if top:
        draws.append(bars(labels.top, [(names.get(id_, id_), n) for id_, n in top]))
    draws.append(by_hour(stats.crossed(hours, "name", "part"), labels))
    return png(draws, [3.4, *([0.7 + 0.36 * len(top)] if top else []), 2.8])


def _names(knowledge: Knowledge) -> dict[str, str]:
    return {programme.id: programme.name for programme in knowledge.programmes}


def _to(message: Message) -> To:
    return To(message.chat_id, None, message.message_thread_id if message.is_topic_message else None)

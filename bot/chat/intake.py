"""The one way in, for polling and webhook alike: an update is safe once it is in the inbox, or answered.

Danger is seen here, at a glance, and worked on at once: before limits, before the database.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.chat.flood import Flood
from bot.chat.incoming import Incoming
from bot.chat.item import Item
from bot.chat.memory import Recent
from bot.chat.work import Work
from bot.store.database import Trouble
from bot.store.inbox import Rank, Row
from bot.store.keeper import Store

Safe = asyncio.Future[None]
_LATELY = 50_000
"""Numbers of updates that are safe or in hand: repeats are dropped also while the database is in trouble or new."""


class Full(Exception):
    """The database is in trouble and memory holds as much as it may: bring the update again later."""


@dataclass
class Intake:
    """``glance`` tells danger from a text within a millisecond."""

    store: Store
    work: Work
    glance: Callable[[str], bool]
    flood: Flood = field(default_factory=Flood)
    clock: Callable[[], float] = time.time
    last_at: float = 0.0
    _lately: Recent[bool] = field(default_factory=lambda: Recent[bool](_LATELY, None, time.monotonic))
    _judged: Recent[Rank] = field(default_factory=lambda: Recent[Rank](_LATELY, None, time.monotonic))
    """What there was no room for comes again, and is not to count against its sender again."""

    async def accept(self, found: Sequence[Incoming]) -> list[Safe]:
        """Take updates in; one future each, done when that update may be acknowledged. Raises Full."""
        now = self.last_at = self.clock()
        once = {each.update_id: each for each in found}.values()
        fresh = [row for each in once if (row := self._row(each, now)) is not None]
        urgent = [self.work.take(row, is_new=_future()) for row in fresh if row.rank == Rank.URGENT]
        held = await self._keep(fresh, urgent) if fresh else {}
        return [held.get(each.update_id) or self._known(each.update_id) for each in found]

    def _row(self, update: Incoming, now: float) -> Row | None:
        """None: nothing is to be done, or it is being done."""
        if not update.is_for_us or update.update_id in self.work.hand or self._lately.get(update.update_id):
            return None
        rank = self._judged.get(update.update_id)
        if rank is None:
            rank = self.flood.judge(update.user or update.chat)
        if update.text and rank != Rank.URGENT and self.glance(update.text):
            rank = Rank.URGENT
        return None if rank is None else Row(update.update_id, update.chat, rank, update.payload, now)

    async def _keep(self, rows: list[Row], urgent: list[Item]) -> dict[int, Safe]:
        try:
            new = await self.store.put(rows)
        except Trouble:
            return self._from_memory(rows, urgent)
        for row in rows:
            self._lately.put(row.update_id, True)
        for item in urgent:
            item.is_stored = True
            _answer(item, item.row.update_id in new)
        self.work.put([row for row in rows if row.update_id in new and row.rank != Rank.URGENT])
        return {}

    def _from_memory(self, rows: list[Row], urgent: list[Item]) -> dict[int, Safe]:
        for item in urgent:
            _answer(item, True)
            self._lately.put(item.row.update_id, True)
        others = [row for row in rows if row.rank != Rank.URGENT and row.update_id not in self.work.hand]
        if self.work.is_full:
            for row in others:
                self._judged.put(row.update_id, row.rank)
            raise Full
        items = [self.work.take(row) for row in others]
        for item in items:
            self._lately.put(item.row.update_id, True)
        return {item.row.update_id: item.done for item in [*urgent, *items]}

    def _known(self, update_id: int) -> Safe:
        """Safe already, or in hand from memory."""
        item = self.work.hand.get(update_id)
        if item is not None and not item.is_stored:
            return item.done
        return _safe()


def _answer(item: Item, is_new: bool) -> None:
    if item.is_new is not None and not item.is_new.done():
        item.is_new.set_result(is_new)


def _future() -> asyncio.Future[bool]:
    return asyncio.get_running_loop().create_future()


def _safe() -> Safe:
    future: Safe = asyncio.get_running_loop().create_future()
    future.set_result(None)
    return future

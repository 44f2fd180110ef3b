"""Who works on what waits? Rows of the inbox, claimed in batches; what came while the database was in trouble, from
memory; danger at once, past every queue.

Handling is at least once: a row leaves the inbox in the transaction that records its answer. One that ended the process
before (``tries``) runs alone the next time, so that it takes no other down, and is set aside after three attempts.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat.deed import CURRENT, Deed, Unreadable
from bot.chat.item import Item
from bot.chat.lanes import Lanes
from bot.chat.memory import Recent
from bot.chat.shape import shape
from bot.chat.wordless import wordless
from bot.store import inbox
from bot.store.database import Trouble, in_turn
from bot.store.inbox import TRIES, Rank, Row
from bot.store.keeper import Change, Store

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Claimed rows in hand: most of them wait for the network or for their turn to send."""
MOST_IN_HAND = 2_000
"""Together with what is answered from memory."""
_IDLE_SECONDS = 0.25
"""Rows of other replicas and rows put off become due without a signal."""
_AGAIN_SECONDS = 1.0
"""So often rows that were tried before are looked for."""
_EXPIRED_SECONDS = 24 * 3600.0

Handle = Callable[[Row], Awaitable[None]]
Report = Callable[[str, Row], Awaitable[None]]


@dataclass
class Work:
    """``handle`` answers an update and notes in its ``Deed`` what comes of it; ``report`` hears what is set aside."""

    store: Store
    handle: Handle
    report: Report
    clock: Callable[[], float] = time.time
    hand: dict[int, Item] = field(default_factory=dict)
    _mirror: OrderedDict[int, Row] = field(default_factory=OrderedDict)
    _ended: Recent[bool] = field(default_factory=lambda: Recent[bool](MOST_IN_HAND, None, time.monotonic))
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _claimed: int = 0
    _looked_at: float = float("-inf")
    _lanes: Lanes = field(default_factory=Lanes)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.store.listen(self._on_change)
        self.store.in_hand = lambda: list(self.hand)

    @property
    def is_full(self) -> bool:
        """Whether nothing more can be taken into memory."""
        return len(self.hand) >= MOST_IN_HAND

    def put(self, rows: Sequence[Row]) -> None:
        """These rows are in the inbox now: somebody may claim them."""
        if not self.store.is_shared:
            if not self.store.is_up:  # it failed meanwhile: nobody claims, and the file may never come back
                return self._take_all(rows)
            self._mirror.update((row.update_id, row) for row in rows)
            while len(self._mirror) > MOST_IN_HAND:
                self._mirror.popitem(last=False)
        self._wake.set()

    def take(self, row: Row, is_stored: bool = False, is_new: asyncio.Future[bool] | None = None) -> Item:
        """Work on this row from memory, now."""
        item = self._item(replace(row, tries=max(row.tries, 1)), is_stored, is_new)
        self._start(self._work(item))
        return item

    def _is_known(self, row: Row) -> bool:
        """Whether it is in hand, or was answered from memory while the claim was on its way."""
        return row.update_id in self.hand or bool(self._ended.get(row.update_id))

    def _item(self, row: Row, is_stored: bool, is_new: asyncio.Future[bool] | None = None) -> Item:
        item = Item(row, is_stored, asyncio.get_running_loop().create_future(), is_new)
        self._mirror.pop(row.update_id, None)
        self.hand[row.update_id] = item
        return item

    async def run(self, stop: asyncio.Event) -> None:
        """Claim and work until ``stop``; then finish what is in hand."""
        while not stop.is_set():
            self._wake.clear()
            if not await self._claim():
                await self._idle(stop)
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _idle(self, stop: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(event.wait()) for event in (self._wake, stop)]
        await asyncio.wait(waits, timeout=_IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _claim(self) -> bool:
        """Take what there is room for; whether it is worth looking again at once."""
        room = AT_ONCE - self._claimed
        if room <= 0 or not self.store.is_up:
            return False
        try:
            if time.monotonic() - self._looked_at > _AGAIN_SECONDS:
                if await self._retry():
                    return True
                self._looked_at = time.monotonic()
            rows = await self.store.claim(room)
        except Trouble:
            return False
        for row in rows:
            if not self._is_known(row):
                self._start(self._claimed_work(self._item(row, is_stored=True)))
        return bool(rows)

    async def _retry(self) -> bool:
        """One row that was tried before, alone, so that it takes no other down. Whether there was one."""
        if not await self.store.read(inbox.waits_again(self.clock())):
            return False
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_AGAIN_SECONDS)
        for row in await self.store.claim(1, again=True):
            if self._is_known(row):
                return False
            if row.tries > TRIES:
                await self._set_aside(row, "the process ended while it was worked on")
            else:
                await self._claimed_work(self._item(row, is_stored=True))
            return True
        return False

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _claimed_work(self, item: Item) -> None:
        self._claimed += 1
        try:
            await self._work(item)
        finally:
            self._claimed -= 1
            self._wake.set()

    async def _work(self, item: Item) -> None:
        try:
            if await item.is_repeat():
                return
            if item.row.rank == Rank.URGENT:
                await self._until_done(item)
            else:
                async with self._lanes.of(item.row.chat):
                    await self._until_done(item)
        finally:
            self.hand.pop(item.row.update_id, None)
            if not item.done.done():
                item.done.set_result(None)

    async def _until_done(self, item: Item) -> None:
        """Attempts, until it is answered, set aside or given back to the inbox."""
        while True:
            deed = await self._attempt(item.row)
            try:
                wait = self._wait(item.row, deed)
                if await self._is_settled(item, deed, wait):
                    return
            finally:
                deed.leave_gate()
            await asyncio.sleep(wait or 0.0)
            item.row = replace(item.row, tries=item.row.tries + (deed.error is not None))

    async def _is_settled(self, item: Item, deed: Deed, wait: float | None) -> bool:
        """Whether the row is out of hand: answered, set aside, or back in the inbox."""
        row = item.row
        if wait is None:
            await self._end(row, deed)
            return True
        if not item.is_stored or not self.store.is_up:
            return False
        forgive = deed.error is None
        await self.store.settle(inbox.release(row.update_id, self.store.owner, self.clock() + wait, forgive))
        return True

    async def _attempt(self, row: Row) -> Deed:
        deed = Deed(row.rank, max(row.tries, 1) >= TRIES, row.received_at)
        token = CURRENT.set(deed)
        try:
            await self.handle(row)
        except Unreadable as error:
            deed.error, deed.is_last = error, True
        except Exception as error:
            told = {"code": "E205", "row": row.update_id}
            log.error("an update could not be read", exc_info=wordless(error), extra=told)
            deed.error = error
        finally:
            CURRENT.reset(token)
        return deed

    def _wait(self, row: Row, deed: Deed) -> float | None:
        """Seconds until the next attempt; None: there is none."""
        if deed.error is not None:
            return None if deed.is_last else 0.3 * max(row.tries, 1)
        if deed.later is not None and self.clock() - row.received_at < _EXPIRED_SECONDS:
            return deed.later
        return None

    async def _end(self, row: Row, deed: Deed) -> None:
        self._ended.put(row.update_id, True)
        if deed.error is not None:
            return await self._set_aside(row, type(deed.error).__name__)
        if deed.later is not None:
            return await self._set_aside(row, "it could not be delivered for a day")
        try:
            await self.store.settle(in_turn(inbox.finish(row.update_id), *deed.ops))
        except Exception as error:
            log.error("an answer could not be recorded", exc_info=wordless(error), extra={"code": "E502"})
            await self.store.settle(inbox.finish(row.update_id))

    async def _set_aside(self, row: Row, error: str) -> None:
        log.error(
            "an update is set aside", extra={"code": "E206", "row": row.update_id, "tries": row.tries, "error": error}
        )
        await self.store.settle(inbox.set_aside(row, self.clock(), error, shape(row.payload)))
        await self.report(error, row)

    async def _on_change(self, change: Change) -> None:
        """The database failed: what this process put there and nobody has in hand goes on from memory."""
        if change.is_up:
            self._wake.set()
            return
        self._take_all(list(self._mirror.values()))

    def _take_all(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.update_id not in self.hand:
                self.take(row, is_stored=True)

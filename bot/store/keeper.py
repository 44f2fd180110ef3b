"""The store as the bot uses it: a database in trouble costs no answer.

While it is up every operation goes to it. When it fails, the store says so once (``listen``), refuses at once instead
of making anybody wait, looks every second whether the database is back (a file that is rubbish is set aside and a new
one begun), writes what it owes, and says that too.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import inbox
from bot.store.database import Database, Op, Trouble

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

LEASE_SECONDS = 10.0
_LOOK_SECONDS = 1.0
_RENEW_EVERY = LEASE_SECONDS / 4
_MOST_OWED = 20_000
"""Finished work that could not be written yet. Beyond it the oldest is dropped: those updates are answered twice."""
_PULSE = text("INSERT INTO pulse (id, at) VALUES (1, :at) ON CONFLICT (id) DO UPDATE SET at = excluded.at")


@dataclass(frozen=True, slots=True)
class Change:
    """The database came into trouble (``is_up`` false), or out of it. ``why``: its own words, never a citizen's."""

    is_up: bool
    why: str


Listener = Callable[[Change], Awaitable[None]]


class Store:
    """``async with Store(url) as store``. ``owner`` names this process in the rows that it claims."""

    def __init__(self, url: str, clock: Callable[[], float] = time.time) -> None:
        self.database = Database(url)
        self.owner = secrets.token_hex(8)
        self.is_up = False
        self.why = "not opened yet"
        self.in_hand: Callable[[], Sequence[int]] = tuple
        """The updates that this process works on: their leases are renewed."""
        self._clock = clock
        self._owed: deque[Op[object]] = deque(maxlen=_MOST_OWED)
        self._listeners: list[Listener] = []
        self._lock: TextIO | None = None
        self._task: asyncio.Task[None] | None = None
        self._failed, self._ended = asyncio.Event(), asyncio.Event()
        self._renewed = time.monotonic()

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work with the same database."""
        return not self.database.is_sqlite

    @property
    def owes(self) -> int:
        """Finished work that is not written yet."""
        return len(self._owed)

    def listen(self, listener: Listener) -> None:
        """Call this at every change; recovery is told after what was owed is written."""
        self._listeners.append(listener)

    async def __aenter__(self) -> Store:
        """Open it. Trouble is no error here: the store is down then, and looks for the database.

        Raises StoreError where another process owns the file, or a later version of this program wrote it.
        """
        if self.database.file:
            try:
                self._lock = self.database.file.own()
            except OSError as error:
                log.error("the folder of the database cannot be used", extra={"code": "E503", "error": str(error)})
        try:
            aside = await self.database.reopen()
            if aside:
                _say_aside(aside)
            await self._settle(is_start=True)
        except Trouble as error:
            await self._fail(error)
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._ended.set()
        self._failed.set()
        if self._task:  # not cancelled: half a connection is closed by nobody, and its thread keeps the process alive
            await self._task
        try:
            with suppress(Trouble):  # what is owed and cannot be written is answered again after the next start
                if self._owed and not self.is_up:
                    await self.database.reopen()
                await self._pay()
            await self.database.close()
        finally:
            if self._lock:
                self._lock.close()

    async def write(self, op: Op[ResultT]) -> ResultT:
        """Do it now. Raises Trouble, at once while the database is known to be in trouble."""
        if not self.is_up:
            raise Trouble(self.why)
        try:
            return await self.database.write(op)
        except Trouble as error:
            await self._fail(error)
            raise

    async def read(self, op: Op[ResultT]) -> ResultT:
        """The same for what changes nothing. Raises Trouble."""
        if not self.is_up:
            raise Trouble(self.why)
        return await self.database.read(op)

    async def settle(self, op: Op[object]) -> None:
        """Do it now, or as soon as the database is back."""
        try:
            await self.write(op)
        except Trouble:
            self._owed.append(op)

    async def rub_out(self) -> None:
        """What was deleted is to be in no file any more. Raises StoreError."""
        if self.database.file:
            await asyncio.to_thread(self.database.file.checkpoint)

    async def put(self, rows: Sequence[inbox.Row]) -> set[int]:
        """Keep updates; the numbers of those that did not come before. Raises Trouble."""
        now = self._clock()
        return await self.write(inbox.put(rows, now, self.owner, now + LEASE_SECONDS))

    async def claim(self, most: int, again: bool = False) -> list[inbox.Row]:
        """Rows to work on, first to be worked on first; ``again``: those that were tried before. Raises Trouble."""
        now = self._clock()
        return await self.write(inbox.claim(self.owner, now, now + LEASE_SECONDS, most, again))

    async def _fail(self, error: Trouble) -> None:
        if not self.is_up and self._failed.is_set():
            return
        self.is_up, self.why = False, str(error)
        self._failed.set()
        log.error("the database is in trouble, answers go on from memory", extra={"code": "E501", "error": self.why})
        await self._tell(Change(False, self.why))

    async def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            await listener(change)

    async def _watch(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._failed.wait(), _LOOK_SECONDS)
            if self._ended.is_set():
                return
            try:
                if self._failed.is_set():
                    await self._heal()
                await self._look()
            except Trouble:
                continue
            except Exception:
                log.exception("the look after the database failed", extra={"code": "E505"})
                await asyncio.sleep(_LOOK_SECONDS)

    async def _look(self) -> None:
        if self.database.is_replaced:
            await self._fail(Trouble("the file of the database was moved, deleted or replaced"))
        elif self.is_up:
            await self.write(self._pulse())
            if time.monotonic() - self._renewed > _RENEW_EVERY:
                self._renewed = time.monotonic()
                await self.write(self._renewal())

    async def _heal(self) -> None:
        """Try until the database can be written again."""
        while not self._ended.is_set():
            try:
                if aside := await self.database.reopen():
                    _say_aside(aside)
                await self._settle()
                log.info("the database is back", extra={"code": "I501"})
                return
            except Trouble as error:
                self.why = str(error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), _LOOK_SECONDS)

    async def _settle(self, is_start: bool = False) -> None:
        """Take up work again: what an earlier process left is free at once where no other process can be at it."""
        await self.database.write(self._pulse())
        if is_start and not self.is_shared:
            await self.database.write(inbox.free_all)
        await self.database.write(self._renewal())
        await self._pay()
        if self.is_shared and not is_start:  # other replicas pay first too, before anybody claims
            await asyncio.sleep(2 * _LOOK_SECONDS)
            await self._pay()
        self._failed.clear()
        was_down, self.is_up, self.why = not self.is_up, True, ""
        if was_down:
            await self._tell(Change(True, ""))

    async def _pay(self) -> None:
        while self._owed:
            op = self._owed[0]
            try:
                await self.database.write(op)
            except Trouble:
                raise
            except Exception as error:  # of its own fault, now and ever: the others are not to wait behind it
                log.error("an answer could not be recorded", extra={"code": "E502", "error": type(error).__name__})
            if self._owed and self._owed[0] is op:
                self._owed.popleft()

    def _renewal(self) -> Op[None]:
        return inbox.renew(self.owner, self._clock() + LEASE_SECONDS, self.in_hand())

    def _pulse(self) -> Op[None]:
        async def op(connection: AsyncConnection) -> None:
            await connection.execute(_PULSE, {"at": self._clock()})

        return op


def _say_aside(path: Path) -> None:
    log.error("the database was rubbish: it is set aside, a new one begins", extra={"code": "E504", "aside": path.name})

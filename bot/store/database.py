"""One connection that writes, in turn: whatever waits for it at the same time shares a transaction, so that under load
a commit is paid once for many. Readers have connections of their own.

An operation is a function of a connection; it may run twice (again alone, where a neighbour failed) and must touch
nothing but the database.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StoreError
from bot.store import sqlite
from bot.store.migrate import migrate

ResultT = TypeVar("ResultT")
Op = Callable[[AsyncConnection], Awaitable[ResultT]]

_TOGETHER = 64
"""Operations of one transaction at most."""
_CONNECT_SECONDS, _COMMAND_SECONDS = 3.0, 5.0
_OURS = (IntegrityError, DataError, ProgrammingError)
"""Mistakes of a statement, not trouble of the database; they fail alone."""
_GONE = frozenset({"42P01", "42501", "3F000"})
"""What PostgreSQL says where tables were dropped, or may not be used any more: trouble of the database after all."""


class Trouble(StoreError):
    """The database cannot be reached, is full, locked or broken."""


@dataclass
class _Job:
    op: Op[Any]
    result: asyncio.Future[Any]


class Database:
    """``open`` it first. ``write`` and ``read`` raise Trouble where the database, not the statement, is at fault."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        driver = "sqlite+aiosqlite" if self.is_sqlite else "postgresql+asyncpg"
        self._url = parsed.set(drivername=driver).render_as_string(hide_password=False)
        on_disk = self.is_sqlite and parsed.database not in (None, "", ":memory:")
        self.file = sqlite.File(Path(str(parsed.database))) if on_disk else None
        self._identity: tuple[int, int] | None = None
        self._jobs: asyncio.Queue[_Job] = asyncio.Queue()
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._task: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Connect and bring the tables up to date. Raises Trouble."""
        for last in (False, False, True):
            since = time.monotonic()
            try:
                await self._open()
                break
            except Trouble as error:
                # two processes that begin a file at once are refused without any wait
                if last or "locked" not in str(error) or time.monotonic() - since > sqlite.BUSY_SECONDS / 2:
                    raise
                await asyncio.sleep(sqlite.BUSY_SECONDS / 10)
        self._identity = self.file.identity if self.file else None
        self._task = self._task or asyncio.create_task(self._work())

    async def _open(self) -> None:
        try:
            if self.file:
                self.file.prepare()
            async with self._connect().begin() as connection:
                await migrate(connection)
        except (DBAPIError, OSError, TimeoutError) as error:
            await self._disconnect()
            raise Trouble(_reason(error)) from error
        except StoreError:
            await self._disconnect()
            raise

    async def close(self) -> None:
        """Finish what was asked for, then disconnect."""
        if self._task:
            await self._jobs.join()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        await self._disconnect()

    async def reopen(self) -> Path | None:
        """Connect anew. A file that is no database is set aside first: where it is then. Raises Trouble.

        Never in the middle of a transaction: what waits for a connection that was closed would wait for ever.
        """
        async with self._turn:
            return await self._reopen()

    async def _reopen(self) -> Path | None:
        await self._disconnect()
        aside = self.file.set_aside() if self.file and self.file.is_rubbish else None
        try:
            await self.open()
            await self._check()
        except Trouble as error:
            if self.file is None or not _is_broken(error):
                raise
            await self._disconnect()
            aside = self.file.set_aside()
            await self.open()
        return aside

    async def _check(self) -> None:
        """Whether what was opened is whole; looked at only after trouble, since it reads the whole file."""
        if self._writer is None or self.file is None:
            return
        try:
            async with self._writer.begin() as connection:
                found = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar_one()
        except (DBAPIError, OSError) as error:
            raise Trouble(_reason(error)) from error
        if found != "ok":
            raise Trouble(f"malformed: {found}")

    @property
    def is_replaced(self) -> bool:
        """Whether the file that was opened is not the one that stands there now, or was written over."""
        if self.file is None or self._identity is None:
            return False
        return self.file.identity != self._identity or self.file.is_rubbish

    async def write(self, op: Op[ResultT]) -> ResultT:
        """Run an operation in a transaction."""
        result: asyncio.Future[ResultT] = asyncio.get_running_loop().create_future()
        self._jobs.put_nowait(_Job(op, result))
        return await result

    async def read(self, op: Op[ResultT]) -> ResultT:
        """Run an operation that changes nothing, beside the writer."""
        engine = self._reader
        if engine is None:
            raise Trouble("not connected")
        if self.is_sqlite and engine is self._writer:  # one connection alone: a reader would end the writer's work
            return await self.write(op)
        try:
            async with engine.connect() as connection:
                return await op(connection)
        except (DBAPIError, OSError, TimeoutError) as error:
            if _is_ours(error):
                raise
            raise Trouble(_reason(error)) from error

    def _connect(self) -> AsyncEngine:
        if self.is_sqlite:
            self._writer = sqlite.writer(self._url)
            self._reader = sqlite.reader(self._url) if self.file else self._writer
            return self._writer
        arguments = {"timeout": _CONNECT_SECONDS, "command_timeout": _COMMAND_SECONDS}
        self._writer = self._reader = create_async_engine(
            self._url, pool_size=3, hide_parameters=True, connect_args=arguments
        )
        return self._writer

    async def _disconnect(self) -> None:
        engines = {engine for engine in (self._writer, self._reader) if engine}
        self._writer = self._reader = None
        for engine in engines:
            await engine.dispose()

    async def _work(self) -> None:
        while True:
            jobs = [await self._jobs.get()]
            while len(jobs) < _TOGETHER and not self._jobs.empty():
                jobs.append(self._jobs.get_nowait())
            try:
                await self._together(jobs)
            finally:
                for _ in jobs:
                    self._jobs.task_done()

    async def _together(self, jobs: list[_Job]) -> None:
        try:
            results = await self._transaction(jobs)
        except Exception as error:
            if len(jobs) == 1:
                _fail(jobs[0], error)
            elif isinstance(error, Trouble):
                for job in jobs:
                    _fail(job, error)
            else:
                for job in jobs:
                    await self._together([job])
            return
        for job, result in zip(jobs, results, strict=True):
            if not job.result.done():
                job.result.set_result(result)

    async def _transaction(self, jobs: list[_Job]) -> list[Any]:
        async with self._turn:
            if self._writer is None:
                raise Trouble("not connected")
            try:
                async with self._writer.begin() as connection:
                    return [await job.op(connection) for job in jobs]
            except (DBAPIError, OSError, TimeoutError) as error:
                if _is_ours(error):
                    raise
                raise Trouble(_reason(error)) from error


def _fail(job: _Job, error: Exception) -> None:
    if not job.result.done():
        job.result.set_exception(error)


def _is_ours(error: Exception) -> bool:
    """Whether the statement is at fault, not the database."""
    return isinstance(error, _OURS) and getattr(error.orig, "sqlstate", None) not in _GONE


def _reason(error: BaseException) -> str:
    """What happened, without the statement and its values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return f"{type(cause).__name__}: {str(cause).splitlines()[0] if str(cause) else ''}"[:200]


def _is_broken(error: Trouble) -> bool:
    return any(words in str(error) for words in ("not a database", "malformed", "file is encrypted"))


def in_turn(*ops: Op[Any]) -> Op[None]:
    """Several operations as one."""

    async def op(connection: AsyncConnection) -> None:
        for each in ops:
            await each(connection)

    return op

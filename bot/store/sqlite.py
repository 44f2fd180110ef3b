"""What SQLite needs beside SQL: pragmas, immediate transactions, a file that is the one we opened, and one owner."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.errors import StoreError

_HEADER = b"SQLite format 3\x00"
BUSY_SECONDS = 1.0
"""How long a statement waits for another program's lock before answers go on from memory."""
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_size_limit = 16777216",
)


def writer(url: str) -> AsyncEngine:
    """An engine of one connection whose transactions take the write lock at their beginning."""
    engine = create_async_engine(
        url, poolclass=StaticPool, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}
    )
    _prepare(engine, "BEGIN IMMEDIATE", *_PRAGMAS)
    return engine


def reader(url: str) -> AsyncEngine:
    """An engine that only reads, beside the writer."""
    engine = create_async_engine(
        url, pool_size=2, max_overflow=4, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}
    )
    _prepare(engine, "BEGIN", f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}", "PRAGMA query_only = ON")
    return engine


def _prepare(engine: AsyncEngine, begin: str, *pragmas: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # or the driver begins transactions on its own
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


@dataclass(frozen=True)
class File:
    """The file of a database, its neighbours, and which file it was when it was opened."""

    path: Path

    def prepare(self) -> None:
        """A folder for it, and a file that only its owner reads."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))

    @property
    def identity(self) -> tuple[int, int] | None:
        """What tells this file from one that was put in its place; None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @property
    def is_rubbish(self) -> bool:
        """Whether what is there is no database (an empty file becomes one)."""
        try:
            with self.path.open("rb") as file:
                head = file.read(len(_HEADER))
        except OSError:
            return False
        return bool(head) and head != _HEADER

    def set_aside(self) -> Path:
        """Rename the file and its neighbours, for a person to look at; where it is now."""
        target = self.path.with_name(f"{self.path.name}.broken-{int(time.time())}")
        for suffix in ("", "-wal", "-shm"):
            part = self.path.with_name(self.path.name + suffix)
            if part.exists():
                part.rename(target.with_name(target.name + suffix))
        return target

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that what was deleted is nowhere any more.

        Raises StoreError where the file is gone, rubbish, or never at rest for so long.
        """
        try:
            address = f"{self.path.absolute().as_uri()}?mode=rw"  # a file that is gone is not to be made anew
            with closing(sqlite3.connect(address, timeout=BUSY_SECONDS, uri=True)) as connection:
                (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"the write-ahead log cannot be emptied: {error}") from error
        if is_busy:
            raise StoreError("the write-ahead log cannot be emptied: the database is at work")

    def own(self) -> TextIO:
        """A lock that lasts until it is closed, or this process ends. Raises StoreError where another holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = self.path.with_name(f"{self.path.name}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise StoreError(
                f"another bot already works with {self.path}: stop it, or set DATABASE_URL to PostgreSQL for several"
            ) from None
        return lock

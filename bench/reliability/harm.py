"""Ways to harm a database, each until the end of a block. What cannot be done here raises Impossible and says why."""

import asyncio
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.reliability.postgres import Postgres
from bench.reliability.world import World

TMPFS = "8m"
RUBBISH = 256 * 1024
_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
connection.execute("begin exclusive")
print("locked", flush=True)
sys.stdin.read()
connection.execute("rollback")
"""


class Impossible(Exception):
    """This machine does not allow it."""


class Harming(Protocol):
    """Harms the database of a world until the end of the block."""

    def __call__(self, world: World) -> AbstractAsyncContextManager[None]: ...


@dataclass(frozen=True)
class Harm:
    """``setting`` is there from before the bot starts. ``lasts``: the trouble is there until the end of the block, so
    that the lamp must be red then; otherwise the bot may have healed itself at once."""

    name: str
    act: Harming
    lasts: bool
    setting: Harming


@asynccontextmanager
async def nothing(world: World) -> AsyncIterator[None]:
    """No harm."""
    yield


@asynccontextmanager
async def small_disk(world: World) -> AsyncIterator[None]:
    """The database lives on a disk of a few megabytes."""
    where = world.database.parent
    if os.geteuid():
        raise Impossible("only root may mount a small disk")
    made = await asyncio.to_thread(_done, "mount", "-t", "tmpfs", "-o", f"size={TMPFS},mode=777", "tmpfs", str(where))
    if made.returncode:
        raise Impossible(f"mounting a small disk is not allowed here: {made.stderr.strip()}")
    try:
        yield
    finally:
        await asyncio.gather(*(replica.kill() for replica in world.replicas))
        await asyncio.to_thread(_done, "umount", "-l", str(where))


@asynccontextmanager
async def full(world: World) -> AsyncIterator[None]:
    """Not a byte is left on the small disk."""
    filler = world.database.with_name("filler")
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    yield
    filler.unlink()


@asynccontextmanager
async def locked(world: World) -> AsyncIterator[None]:
    """Another process holds the database and does not let go."""
    pipe = asyncio.subprocess.PIPE
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _LOCK, str(world.database), stdin=pipe, stdout=pipe
    )
    assert other.stdin
    assert other.stdout
    if (await other.stdout.readline()).strip() != b"locked":
        raise Impossible("the database could not be locked")
    try:
        yield
    finally:
        other.stdin.close()
        await other.wait()


@asynccontextmanager
async def overwritten(world: World) -> AsyncIterator[None]:
    """Rubbish is written over the file, as ``cp`` does it."""
    world.database.touch()
    size = max(RUBBISH, world.database.stat().st_size)
    with world.database.open("r+b") as file:
        file.write(secrets.token_bytes(size))
    yield


@asynccontextmanager
async def replaced(world: World) -> AsyncIterator[None]:
    """Another file, of rubbish, takes the name, as ``mv`` does it."""
    other = world.database.with_name("rubbish")
    other.write_bytes(secrets.token_bytes(RUBBISH))
    other.replace(world.database)
    yield


@asynccontextmanager
async def deleted(world: World) -> AsyncIterator[None]:
    """The file and its companions are gone."""
    for path in _files(world.database):
        path.unlink()
    yield


def stopped(postgres: Postgres) -> Harming:
    """The server is down."""

    @asynccontextmanager
    async def act(world: World) -> AsyncIterator[None]:
        await asyncio.to_thread(postgres.stop)
        try:
            yield
        finally:
            await asyncio.to_thread(postgres.start)

    return act


def _done(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _files(database: Path) -> list[Path]:
    return [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]


HARMS = (
    Harm("The disk is full", full, True, small_disk),
    Harm("The database is locked", locked, True, nothing),
    Harm("Rubbish is written over the database", overwritten, False, nothing),
    Harm("A file of rubbish takes the database's place", replaced, False, nothing),
    Harm("The database is deleted", deleted, False, nothing),
)
"""What can happen to a SQLite file."""

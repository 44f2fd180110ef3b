"""A copy of the database that can be put back. What waits in the inbox stays behind: it is a citizen's raw words, and
an answer to it a day later helps nobody.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.migrate import migrations
from bot.store.sqlite import File

_TABLES = ("questions", "votes", "people")
_ALIVE_SECONDS = 10.0
"""A running bot writes its pulse every second."""


def copy(source: Path, target: Path) -> Mapping[str, int]:
    """Copy a SQLite database that others may be writing to; how many rows of each table the copy has.

    The copy is there whole or not at all. Raises StoreError, OSError.
    """
    if not source.is_file():
        raise StoreError(f"{source}: there is no such database")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=10)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DELETE FROM inbox")
            connection.commit()
        found = look(part)
        part.replace(target)
        return found
    except sqlite3.Error as error:
        raise StoreError(f"{source}: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def look(path: Path) -> Mapping[str, int]:
    """Rows of each table in a copy. Raises StoreError for what is no whole database of ours, or of a later version."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (whole,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if whole != "ok":
                raise StoreError(f"{path}: {whole}")
            (version,) = connection.execute("SELECT max(version) FROM schema_version").fetchone()
            if version is None or version > len(migrations()):
                raise StoreError(f"{path}: of version {version}, this program knows {len(migrations())}")
            return {table: _count(connection, table) for table in _TABLES}
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}") from error


def _count(connection: sqlite3.Connection, table: str) -> int:
    (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found)


def put_back(source: Path, file: File) -> Path | None:
    """Put a copy in the place of the database; where what was there is now.

    Raises StoreError while a bot works with it, or where the copy is none.
    """
    look(source)
    with file.own():
        part = file.path.with_name(f"{file.path.name}.part")
        shutil.copyfile(source, part)
        part.chmod(0o600)
        aside = _set_aside(file.path)
        part.replace(file.path)
    return aside


def _set_aside(path: Path) -> Path | None:
    """With its neighbours: a write-ahead log of another file would spoil the one that is put here."""
    target = path.with_name(f"{path.name}.before-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(target.with_name(target.name + suffix))
    return target if target.exists() else None


def dump(url: str, target: Path) -> None:
    """The same of PostgreSQL, by its own program. Raises StoreError."""
    part = target.with_name(f"{target.name}.part")
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--exclude-table-data=inbox", f"--file={part}")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def load(url: str, source: Path) -> None:
    """Put a dump in the place of what is in PostgreSQL: all of it or nothing. Raises StoreError."""
    _run(url, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", source)


def _run(url: str, program: str, *arguments: str | Path) -> None:
    """The password is told in the environment: a command line can be read by everybody on the machine."""
    if shutil.which(program) is None:
        raise StoreError(f"{program} is not installed here (Debian: postgresql-client)")
    address = make_url(url)
    command: Sequence[str | Path] = (program, *arguments, f"--dbname={address.set(password=None)}")
    secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StoreError(f"{program}: {done.stderr.strip()[-500:]}")


async def is_alive(connection: AsyncConnection) -> bool:
    """Whether a bot works with this database now."""
    at = (await connection.execute(text("SELECT max(at) FROM pulse"))).scalar()
    return at is not None and time.time() - float(at) < _ALIVE_SECONDS

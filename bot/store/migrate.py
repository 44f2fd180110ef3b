"""Numbered migrations, each applied once, in order, also when two replicas start at once.

``migrations/0001_start.sql``: plain SQL for SQLite and PostgreSQL alike; statements end with ``;`` at a line's end.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError

FOLDER = Path(__file__).with_name("migrations")
_LOCK = 0x5AFE_B07
"""Of PostgreSQL's advisory locks the one that migrations take. SQLite's write lock needs no name."""
_COMMENT = re.compile(r"--[^\n]*")
_VERSIONS = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"


def migrations(folder: Path = FOLDER) -> list[tuple[int, str, list[str]]]:
    """Number, name and statements of each, in order."""
    found = [(int(path.name[:4]), path.stem, _statements(path)) for path in sorted(folder.glob("[0-9]*.sql"))]
    if [number for number, *_ in found] != list(range(1, len(found) + 1)):
        raise StoreError(f"migrations are not numbered 1, 2, 3 …: {[name for _, name, _ in found]}")
    return found


def _statements(path: Path) -> list[str]:
    plain = _COMMENT.sub("", path.read_text("utf-8"))
    return [part.strip() for part in re.split(r";\s*\n", plain + "\n") if part.strip()]


async def migrate(connection: AsyncConnection, folder: Path = FOLDER) -> int:
    """Bring a database up to date within the transaction that ``connection`` is in; the version it has then.

    Raises StoreError for a database of a later version of this program.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    await connection.execute(text(_VERSIONS))
    done = (await connection.execute(text("SELECT coalesce(max(version), 0) FROM schema_version"))).scalar_one()
    known = migrations(folder)
    if done > len(known):
        raise StoreError(f"the database is of version {done}, this program knows {len(known)}: install a newer one")
    for number, name, statements in known[done:]:
        for statement in statements:
            await connection.execute(text(statement))
        await connection.execute(
            text("INSERT INTO schema_version (version, name) VALUES (:number, :name)"), {"number": number, "name": name}
        )
    return len(known)

"""``backup`` and ``restore``: the database as one file, also while the bot runs, and back again."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.config import Settings
from bot.errors import StoreError, UsageError
from bot.store import backup as copies
from bot.store.database import Database

_NAMES = {"questions": "질문", "votes": "표", "people": "고른 언어"}


def run(settings: Settings, command: str, path: Path) -> int:
    """One of the two commands. Raises UsageError, StoreError."""
    try:
        return backup(settings, path) if command == "backup" else restore(settings, path)
    except OSError as error:
        raise UsageError(f"{command}: {path}을(를) 쓰거나 읽을 수 없습니다: {error.strerror}") from error


def backup(settings: Settings, target: Path) -> int:
    """A new file with everything but what waits for an answer."""
    if target.exists():
        raise UsageError(f"backup: {target}이(가) 이미 있습니다. 다른 이름을 주세요.")
    target.parent.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    told = "PostgreSQL"
    if database.is_sqlite:
        if database.file is None:
            raise UsageError("backup: DATABASE_URL이 파일이 아니라서 뜰 것이 없습니다.")
        told = _told(copies.copy(database.file.path, target))
    else:
        copies.dump(settings.database_url, target)
    sys.stdout.write(f"{target}에 백업했습니다: {told}, {target.stat().st_size / 1e6:.1f} MB\n")
    return 0


def restore(settings: Settings, source: Path) -> int:
    """Put it in the place of the present database, which is set aside (SQLite)."""
    if not source.is_file():
        raise UsageError(f"restore: {source} 파일이 없습니다.")
    database = Database(settings.database_url)
    if database.file:
        found = copies.look(source)
        aside = copies.put_back(source, database.file)
        kept = f" 전에 있던 것은 {aside}에 두었습니다." if aside else ""
        sys.stdout.write(f"되살렸습니다: {_told(found)}.{kept}\n")
    else:
        _refuse_beside_a_bot(database)
        copies.load(settings.database_url, source)
        sys.stdout.write("PostgreSQL에 되살렸습니다.\n")
    sys.stdout.write("봇을 켜면 새 판에 맞추고, 남기는 날이 지난 것을 지웁니다.\n")
    return 0


def _refuse_beside_a_bot(database: Database) -> None:
    async def look() -> bool:
        await database.open()
        try:
            return await database.read(copies.is_alive)
        finally:
            await database.close()

    if asyncio.run(look()):
        raise StoreError("restore: 이 데이터베이스로 일하는 봇이 켜져 있습니다. 모두 끄고 10초 뒤에 다시 하세요.")


def _told(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{_NAMES[table]} {many:,}" for table, many in rows.items())

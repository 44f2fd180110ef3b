"""Deleting records from the command line, also while the bot runs: ``purge`` and ``forget``."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable

from bot.config import Settings
from bot.errors import SettingsError
from bot.store import retention
from bot.store.database import Database, Op
from bot.store.person import Pepper

Gone = dict[str, int]
_NOTHING = "남은 기록이 없었습니다(ID_PEPPER나 토큰을 바꾸었다면 그 전의 기록은 찾지 못합니다)"
_NAMES = {"questions": "질문", "votes": "표", "people": "고른 언어", "set_aside": "따로 둔 것", "seen": "받은 번호"}


def purge(settings: Settings, days: int | None) -> int:
    """Delete what is older than ``days``. Raises SettingsError, StoreError."""
    if days is not None and not 0 <= days <= 3650:
        raise SettingsError(f"purge --days: 0부터 3650까지의 수여야 하는데 {days}입니다.")
    kept = settings.retention_days if days is None else days
    gone = _done(settings, retention.purge(time.time(), kept))
    sys.stdout.write(f"{kept}일보다 오래된 기록을 지웠습니다: {_told(gone)}\n")
    return 0


def forget(settings: Settings, user: int) -> int:
    """Delete all that is kept of a person. Raises SettingsError without a token or ID_PEPPER, StoreError."""
    gone = _done(settings, retention.forget(Pepper.of(settings).person(user)))
    found = _told(gone) if any(gone.values()) else _NOTHING
    sys.stdout.write(f"그 사람의 기록을 지웠습니다: {found}\n")
    return 0


def _told(gone: Gone) -> str:
    return ", ".join(f"{_NAMES[table]} {rows}" for table, rows in gone.items() if table in _NAMES)


def _done(settings: Settings, op: Op[Gone]) -> Gone:
    async def work(database: Database) -> Gone:
        gone = await database.write(op)
        if database.file:
            await asyncio.to_thread(database.file.checkpoint)
        return gone

    return asyncio.run(_with(settings, work))


async def _with(settings: Settings, work: Callable[[Database], Awaitable[Gone]]) -> Gone:
    database = Database(settings.database_url)
    await database.open()
    try:
        return await work(database)
    finally:
        await database.close()

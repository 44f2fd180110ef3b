"""What a report of some days tells beyond the counts of ``stats.py``: read from the questions that are still kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Op


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last, both included, as in ``2026-11-01``."""

    first: str
    last: str

    @classmethod
    def until(cls, last: date, many: int) -> Days:
        """So many days, of which ``last`` is the last."""
        return cls((last - timedelta(days=many - 1)).isoformat(), last.isoformat())

    @classmethod
    def month(cls, year: int, month: int) -> Days:
        """A whole one."""
        after = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1).isoformat(), (after - timedelta(days=1)).isoformat())

    @property
    def all(self) -> list[str]:
        """Each day."""
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions without an answer: the nearest programme, the topic that they were about, the number of one of them."""

    near: str | None
    topic: str | None
    n: int
    row: int


_NEAR: Mapping[str, str] = {
    "sqlite": "json_extract(candidates, '$[0][0]')",
    "postgresql": "CAST(candidates AS json) -> 0 ->> 0",
}
_GAPS = (
    "SELECT {near} AS near, topic, count(*) AS n, max(id) AS newest FROM questions "
    "WHERE outcome = 'none' AND day BETWEEN :first AND :last GROUP BY 1, 2 ORDER BY n DESC, newest"
)


def gaps(days: Days) -> Op[list[Gap]]:
    """What could not be answered, most often first; without a word of it."""

    async def op(connection: AsyncConnection) -> list[Gap]:
        statement = text(_GAPS.format(near=_NEAR[connection.dialect.name]))
        return [Gap(*row) for row in await connection.execute(statement, asdict(days))]

    return op


@dataclass(frozen=True, slots=True)
class Used:
    """A version of the knowledge, the days on which it answered, and how many questions."""

    version: str
    first: str
    last: str
    n: int


_USED = text(
    "SELECT knowledge, min(day) AS since, max(day) AS until, count(*) FROM questions "
    "WHERE day BETWEEN :first AND :last GROUP BY knowledge ORDER BY since, until, knowledge"
)


def used(days: Days) -> Op[list[Used]]:
    """Which knowledge answered when."""

    async def op(connection: AsyncConnection) -> list[Used]:
        return [Used(*row) for row in await connection.execute(_USED, asdict(days))]

    return op

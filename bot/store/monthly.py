"""What was asked in a span of days, counted where it is stored: numbers for pictures and the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Op

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Days:
    """From the day ``first`` until the day before ``after``, both as in ``2026-11-01``."""

    first: str
    after: str

    @classmethod
    def until(cls, last: date, many: int) -> Days:
        """So many days, of which ``last`` is the last."""
        return cls((last - timedelta(days=many - 1)).isoformat(), (last + timedelta(days=1)).isoformat())

    @classmethod
    def month(cls, year: int, month: int) -> Days:
        """A whole one. Raises ValueError for none of the calendar."""
        return cls(date(year, month, 1).isoformat(), date(year + month // 12, month % 12 + 1, 1).isoformat())

    @property
    def all(self) -> list[str]:
        """Each day."""
        first, after = date.fromisoformat(self.first), date.fromisoformat(self.after)
        return [(first + timedelta(days=number)).isoformat() for number in range((after - first).days)]


@dataclass(frozen=True, slots=True)
class Cell:
    """So many questions of one day, hour, outcome and language."""

    day: str
    hour: int
    outcome: str
    language: str
    many: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions without an answer: what they were nearest to, what else they were about, the number of one of them."""

    near: str | None
    topic: str | None
    many: int
    newest: int


@dataclass(frozen=True, slots=True)
class Words:
    """The same redacted question without an answer, so many times."""

    normal: str
    near: str | None
    many: int
    newest: int


@dataclass(frozen=True, slots=True)
class Voted:
    """Votes of one kind on the answers with a programme; None: on those without one."""

    programme: str | None
    vote: str
    many: int


@dataclass(frozen=True, slots=True)
class Used:
    """A version of the knowledge, and the questions that it answered."""

    version: str
    first: str
    last: str
    many: int


_WITHIN = "day >= :first AND day < :after"
_CELLS = (
    f"SELECT day, hour, outcome, language, count(*) AS many FROM questions WHERE {_WITHIN} "
    "GROUP BY day, hour, outcome, language"
)
_PROGRAMMES = (
    f"SELECT programme, count(*) AS many FROM questions WHERE {_WITHIN} AND programme IS NOT NULL "
    "GROUP BY programme ORDER BY many DESC, programme"
)
_SPENT = f"SELECT {{ms}} AS ms, count(*) AS many FROM questions WHERE {_WITHIN} GROUP BY 1 ORDER BY 1"
_SAID: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"{near}": "json_extract(candidates, '$[0][0]')", "{ms}": "CAST(ms AS INTEGER)"},
    "postgresql": {"{near}": "CAST(candidates AS json) -> 0 ->> 0", "{ms}": "CAST(floor(ms) AS INTEGER)"},
}
"""What the two databases say differently."""
_GAPS = (
    f"SELECT {{near}} AS near, topic, count(*) AS many, max(id) AS newest FROM questions "
    f"WHERE {_WITHIN} AND outcome = 'none' GROUP BY 1, 2 ORDER BY many DESC, newest"
)
_TEXTS = (
    f"SELECT normal, max({{near}}) AS near, count(*) AS many, max(id) AS newest FROM questions "
    f"WHERE {_WITHIN} AND outcome = 'none' AND normal IS NOT NULL "
    "GROUP BY normal ORDER BY many DESC, newest LIMIT :most"
)
_VOTES = (
    "SELECT programme, vote, count(*) AS many FROM votes JOIN questions ON questions.id = votes.question "
    f"WHERE {_WITHIN} GROUP BY programme, vote ORDER BY many DESC, programme, vote"
)
_KNOWLEDGE = (
    "SELECT knowledge AS version, min(day) AS first, max(day) AS last, count(*) AS many FROM questions "
    f"WHERE {_WITHIN} GROUP BY knowledge ORDER BY first, last, version"
)


def cells(days: Days) -> Op[list[Cell]]:
    """All questions, by everything that a picture needs."""
    return _rows(Cell, _CELLS, days)


def programmes(days: Days) -> Op[list[tuple[str, int]]]:
    """How often each programme was the answer, most often first."""
    return _pairs(_PROGRAMMES, days)


def spent(days: Days) -> Op[list[tuple[int, int]]]:
    """Whole milliseconds → questions that took so long, quickest first."""
    return _pairs(_SPENT, days)


def gaps(days: Days) -> Op[list[Gap]]:
    """What could not be answered, most often first; without a word of it."""
    return _rows(Gap, _GAPS, days)


def texts(days: Days, most: int) -> Op[list[Words]]:
    """The questions without an answer that came most often, redacted."""
    return _rows(Words, _TEXTS, days, most=most)


def votes(days: Days) -> Op[list[Voted]]:
    """What people thought of the answers of these days."""
    return _rows(Voted, _VOTES, days)


def knowledge(days: Days) -> Op[list[Used]]:
    """Which knowledge answered when."""
    return _rows(Used, _KNOWLEDGE, days)


def percentile(found: Sequence[tuple[int, int]], share: float) -> int | None:
    """The milliseconds (rounded up) within which that share of the questions was answered; None: no question."""
    left = share * sum(many for _, many in found)
    for ms, many in found:
        left -= many
        if left <= 0:
            return ms + 1
    return None


def _rows(kind: type[RowT], statement: str, days: Days, **more: object) -> Op[list[RowT]]:
    async def op(connection: AsyncConnection) -> list[RowT]:
        return [kind(**row) for row in await _read(connection, statement, days, more)]

    return op


def _pairs(statement: str, days: Days) -> Op[list[tuple[Any, int]]]:
    async def op(connection: AsyncConnection) -> list[tuple[Any, int]]:
        return [tuple(row.values()) for row in await _read(connection, statement, days, {})]

    return op


async def _read(
    connection: AsyncConnection, statement: str, days: Days, more: Mapping[str, object]
) -> Sequence[Mapping[str, Any]]:
    for place, words in _SAID[connection.dialect.name].items():
        statement = statement.replace(place, words)
    found = await connection.execute(text(statement), asdict(days) | dict(more))
    return [dict(row) for row in found.mappings()]

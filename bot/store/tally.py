"""Counts of questions and votes by the city's day, kept in the transaction that keeps the question itself.

They hold numbers alone and outlive the questions. ``stats.py`` reads them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

Kind = Literal["hour", "language", "programme", "topic", "pace", "vote"]
"""name · part: hour · outcome, language · outcome, programme · aspect, topic · "", upper bound of ms · "",
programme or "" · vote (of the day of the question)."""
PACES = (5, 10, 20, 30, 50, 100, 200, 500, 1000, 5000)
"""Upper bounds of the classes of milliseconds; beyond the last: ``MORE``. A migration knows them too."""
MORE = "more"

Entry = tuple[Kind, str, str]
"""Kind, name, part."""

_SHARD = {"sqlite": "0", "postgresql": "pg_backend_pid()"}
"""Two transactions at once never wait for each other's rows, in whatever order they come to them."""
_ADD = (
    "INSERT INTO tallies (day, kind, name, part, shard, n) VALUES {rows} "
    "ON CONFLICT (kind, day, name, part, shard) DO UPDATE SET n = tallies.n + excluded.n"
)


def pace(ms: float) -> str:
    """The class of a time."""
    return next((str(bound) for bound in PACES if ms <= bound), MORE)


async def add(connection: AsyncConnection, day: str, entries: list[Entry], n: int = 1) -> None:
    """Count ``n`` more of each; no entry twice."""
    given: dict[str, object] = {"day": day, "n": n}
    for i, (kind, name, part) in enumerate(entries):
        given |= {f"kind{i}": kind, f"name{i}": name, f"part{i}": part}
    await connection.execute(_statement(connection.dialect.name, len(entries)), given)


@lru_cache
def _statement(dialect: str, many: int) -> TextClause:
    rows = ", ".join(f"(:day, :kind{i}, :name{i}, :part{i}, {_SHARD[dialect]}, :n)" for i in range(many))
    return text(_ADD.format(rows=rows))

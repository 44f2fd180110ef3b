"""Figures and texts for whoever looks after the bot, as operations that only read. Days are the city's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Op
from bot.store.questions import Vote
from bot.store.tally import MORE, PACES, Kind


@dataclass(frozen=True, slots=True)
class Count:
    """How many; ``name`` and ``part`` are told at ``tally.Kind``. What was added up over is ""."""

    day: str
    name: str
    part: str
    n: int


By = Literal["day", "name", "part"]
ALL: tuple[By, ...] = get_args(By)
_COUNTS = (
    "SELECT {shown}, sum(n) FROM tallies WHERE kind = :kind AND day BETWEEN :first AND :last "
    "GROUP BY {by} HAVING sum(n) > 0 ORDER BY {by}"
)


def counts(kind: Kind, first: str, last: str, by: Sequence[By] = ALL) -> Op[list[Count]]:
    """From the first day to the last (2026-11-01), both included, in order; the database adds up what is not ``by``."""
    shown = ", ".join(column if column in by else "''" for column in ALL)
    statement = text(_COUNTS.format(shown=shown, by=", ".join(by)))

    async def op(connection: AsyncConnection) -> list[Count]:
        found = (await connection.execute(statement, {"kind": kind, "first": first, "last": last})).all()
        return [Count(day, name, part, int(n)) for day, name, part, n in found]

    return op


def summed(rows: Iterable[Count], by: By) -> dict[str, int]:
    """Counts added up: name → how many, in the order of their first appearance."""
    out: dict[str, int] = {}
    for row in rows:
        key = getattr(row, by)
        out[key] = out.get(key, 0) + row.n
    return out


def crossed(rows: Iterable[Count], by: By, beside: By) -> dict[str, dict[str, int]]:
    """The same in two directions: outer key → inner key → how many."""
    out: dict[str, dict[str, int]] = {}
    for row in rows:
        inner = out.setdefault(getattr(row, by), {})
        key = getattr(row, beside)
        inner[key] = inner.get(key, 0) + row.n
    return out


def within(paces: Mapping[str, int], share: float) -> float | None:
    """Milliseconds within which this share (0–1) of the answers came, to the bound of a class; None: there were none.

    Infinite where it is beyond the last class. ``paces``: ``summed(counts("pace", …), "name")``.
    """
    total = sum(paces.values())
    if not total:
        return None
    reached = 0
    for bound in PACES:
        reached += paces.get(str(bound), 0)
        if reached >= share * total:
            return float(bound)
    assert MORE in paces
    return float("inf")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions without an answer that have the same normal form; ``sample``: one of them, redacted."""

    normal: str
    n: int
    last: str
    language: str
    sample: str


_UNANSWERED = text(
    "SELECT normal, count(*) AS n, max(day) AS last FROM questions "
    "WHERE outcome = 'none' AND normal IS NOT NULL AND day BETWEEN :first AND :last "
    "GROUP BY normal ORDER BY n DESC, last DESC, normal LIMIT :most OFFSET :skip"
)
_SAMPLE = text(
    "SELECT coalesce(text, normal), language FROM questions "
    "WHERE outcome = 'none' AND normal = :normal AND day = :day LIMIT 1"
)


def unanswered(first: str, last: str, most: int = 50, skip: int = 0) -> Op[list[Unanswered]]:
    """What was asked most without an answer."""

    async def op(connection: AsyncConnection) -> list[Unanswered]:
        given = {"first": first, "last": last, "most": most, "skip": skip}
        found = (await connection.execute(_UNANSWERED, given)).all()
        out = []
        for normal, n, day in found:
            sample, language = (await connection.execute(_SAMPLE, {"normal": normal, "day": day})).one()
            out.append(Unanswered(normal, n, day, language, sample))
        return out

    return op


@dataclass(frozen=True, slots=True)
class Opinion:
    """A vote and the question that it is about. ``text`` is redacted; None where none was kept."""

    question: int
    at: float
    vote: str
    outcome: str
    programme: str | None
    candidates: str
    language: str
    text: str | None


_OPINIONS = text(
    "SELECT q.id, v.at, v.vote, q.outcome, q.programme, q.candidates, q.language, q.text "
    "FROM (SELECT question, vote, at FROM votes WHERE vote = :vote ORDER BY at DESC LIMIT :most OFFSET :skip) AS v "
    "JOIN questions AS q ON q.id = v.question ORDER BY v.at DESC"
)


def opinions(vote: Vote, most: int = 50, skip: int = 0) -> Op[list[Opinion]]:
    """The newest votes of a kind."""

    async def op(connection: AsyncConnection) -> list[Opinion]:
        found = (await connection.execute(_OPINIONS, {"vote": vote, "most": most, "skip": skip})).all()
        return [Opinion(*row) for row in found]

    return op


_EXTENT = text("SELECT min(day), max(day) FROM tallies WHERE kind = 'hour'")


async def extent(connection: AsyncConnection) -> tuple[str, str] | None:
    """The first and the last day with a question; None: there is none."""
    first, last = (await connection.execute(_EXTENT)).one()
    return (first, last) if first else None

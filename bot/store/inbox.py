"""Updates that wait for their answer, as operations on a connection. Times are seconds since 1970.

A row is claimed by an owner until its lease ends; an owner that dies renews nothing, and the row is free again. Of one
chat only the first row can be claimed, so that its order holds whoever works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import BigInteger, Column, Float, MetaData, SmallInteger, Table, Text, bindparam, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Op

TRIES = 3
"""An update that ended the process, or failed, so often is set aside."""
SEEN_SECONDS = 48 * 3600.0

_META = MetaData()
_SEEN = Table("seen", _META, Column("update_id", BigInteger, primary_key=True), Column("at", Float))
_INBOX = Table(
    "inbox",
    _META,
    Column("update_id", BigInteger, primary_key=True),
    Column("chat", BigInteger),
    Column("rank", SmallInteger),
    Column("payload", Text),
    Column("received_at", Float),
    Column("owner", Text),
    Column("lease_until", Float),
    Column("tries", SmallInteger),
)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


class Rank(IntEnum):
    """Whose turn is earlier."""

    URGENT = 1
    """Danger: whoever put it works on it at once."""
    ORDINARY = 0
    NOTICE = -1
    """Beyond what one person may ask: looked at for danger, else asked to slow down."""
    LIMITED = -2
    """The same, without a word: it was said already."""


@dataclass(frozen=True, slots=True)
class Row:
    """One update. ``payload`` is Telegram's JSON; ``tries`` counts the attempts, this one included."""

    update_id: int
    chat: int
    rank: Rank
    payload: str
    received_at: float
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Depth:
    """How many rows wait, and since when the oldest does."""

    waiting: int
    oldest: float | None


def put(rows: Sequence[Row], now: float, owner: str, until: float) -> Op[set[int]]:
    """Keep updates; the numbers of those that are new. What is urgent belongs to ``owner`` from the beginning."""

    async def op(connection: AsyncConnection) -> set[int]:
        dialect = connection.dialect.name
        numbers = [{"update_id": row.update_id, "at": now} for row in rows]
        statement = _insert(dialect, _SEEN).on_conflict_do_nothing().returning(_SEEN.c.update_id)
        new = set((await connection.execute(statement, numbers)).scalars())
        wanted = [_values(row, owner, until) for row in rows if row.update_id in new]
        if wanted:
            await connection.execute(_insert(dialect, _INBOX).on_conflict_do_nothing(), wanted)
        return new

    return op


def _values(row: Row, owner: str, until: float) -> dict[str, object]:
    mine = row.rank == Rank.URGENT
    return {
        "update_id": row.update_id,
        "chat": row.chat,
        "rank": int(row.rank),
        "payload": row.payload,
        "received_at": row.received_at,
        "owner": owner if mine else None,
        "lease_until": until if mine else 0.0,
        "tries": int(mine),
    }


_FREE = """
    SELECT mine.update_id FROM inbox AS mine
    WHERE mine.lease_until <= :now AND mine.not_before <= :now
      AND (mine.tries > 0) = (:again = 1)
      AND (mine.rank = 1 OR NOT EXISTS (
          SELECT 1 FROM inbox AS earlier
          WHERE earlier.chat = mine.chat AND earlier.update_id < mine.update_id AND earlier.rank < 1))
"""
_CLAIM = f"""
UPDATE inbox SET owner = :owner, lease_until = :until, tries = tries + 1
WHERE update_id IN ({_FREE}
    ORDER BY mine.rank DESC, mine.update_id LIMIT :most {{lock}})
RETURNING update_id, chat, rank, payload, received_at, tries
"""
_CLAIM_OF = {
    "sqlite": text(_CLAIM.format(lock="")),
    "postgresql": text(_CLAIM.format(lock="FOR UPDATE OF mine SKIP LOCKED")),
}


def claim(owner: str, now: float, until: float, most: int, again: bool = False) -> Op[list[Row]]:
    """Take up to ``most`` rows: what is urgent first, then the oldest; of each chat the first alone.

    ``again``: of those that were tried before, and only those; otherwise of the others.
    """

    async def op(connection: AsyncConnection) -> list[Row]:
        given = {"owner": owner, "now": now, "until": until, "most": most, "again": int(again)}
        found = (await connection.execute(_CLAIM_OF[connection.dialect.name], given)).all()
        rows = [Row(number, chat, Rank(rank), body, at, tries) for number, chat, rank, body, at, tries in found]
        return sorted(rows, key=lambda row: (-row.rank, row.update_id))

    return op


_WAITS_AGAIN = text(f"SELECT EXISTS ({_FREE})")


def waits_again(now: float) -> Op[bool]:
    """Whether a row that was tried before could be claimed."""

    async def op(connection: AsyncConnection) -> bool:
        return bool((await connection.execute(_WAITS_AGAIN, {"now": now, "again": 1})).scalar_one())

    return op


_FINISH = text("DELETE FROM inbox WHERE update_id = :update_id")


def finish(update_id: int) -> Op[None]:
    """The update is answered."""

    async def op(connection: AsyncConnection) -> None:
        await connection.execute(_FINISH, {"update_id": update_id})

    return op


_RELEASE = text(
    "UPDATE inbox SET owner = NULL, lease_until = 0, not_before = :not_before, tries = tries - :forgive "
    "WHERE update_id = :update_id AND owner = :owner"
)


def release(update_id: int, owner: str, not_before: float, forgive: bool) -> Op[None]:
    """Give a row back for later; ``forgive``: the attempt was no fault of its own and does not count."""

    async def op(connection: AsyncConnection) -> None:
        given = {"update_id": update_id, "owner": owner, "not_before": not_before, "forgive": int(forgive)}
        await connection.execute(_RELEASE, given)

    return op


_RENEW = text("UPDATE inbox SET lease_until = :until WHERE owner = :owner AND update_id IN :held").bindparams(
    bindparam("held", expanding=True, type_=BigInteger)
)


def renew(owner: str, until: float, held: Sequence[int]) -> Op[None]:
    """The owner lives: the leases of what it has in hand last longer.

    A claim whose answer was lost on the way is in nobody's hand: its lease ends, and the row is free again.
    """

    async def op(connection: AsyncConnection) -> None:
        if held:
            await connection.execute(_RENEW, {"owner": owner, "until": until, "held": list(held)})

    return op


_TAKE_ALL = text("UPDATE inbox SET owner = NULL, lease_until = 0")


async def free_all(connection: AsyncConnection) -> None:
    """Nobody else can be at work (one process owns the database): what an earlier one left is free at once."""
    await connection.execute(_TAKE_ALL)


_SET_ASIDE = text(
    "INSERT INTO set_aside (update_id, at, tries, error, shape) VALUES (:update_id, :at, :tries, :error, :shape) "
    "ON CONFLICT (update_id) DO UPDATE SET at = excluded.at, tries = excluded.tries, error = excluded.error"
)


def set_aside(row: Row, now: float, error: str, shape: str) -> Op[None]:
    """Give a row up; what it looked like stays, its words do not."""

    async def op(connection: AsyncConnection) -> None:
        given = {"update_id": row.update_id, "at": now, "tries": row.tries, "error": error, "shape": shape}
        await connection.execute(_SET_ASIDE, given)
        await connection.execute(_FINISH, {"update_id": row.update_id})

    return op


_DEPTH = text("SELECT count(*), min(received_at) FROM inbox")


async def depth(connection: AsyncConnection) -> Depth:
    """What waits, work in progress included."""
    waiting, oldest = (await connection.execute(_DEPTH)).one()
    return Depth(waiting, oldest)

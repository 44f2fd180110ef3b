"""What goes, and when: rows past their time, and all rows of a person who asks to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Op
from bot.store.inbox import SEEN_SECONDS

DAY = 86_400.0
SHOWN_SECONDS = 600.0
"""How long a follow-up ("how much is it?") may be about the programme that was shown."""

TALLY_DAYS = 3 * 366
"""Numbers alone say nothing of anybody; three years let a month be seen beside that of the year before."""
ACCESS_DAYS = 2 * 366
"""Who looked at what is kept longer than what was looked at; the law wants a year at least."""

_PURGE = {
    "questions": "DELETE FROM questions WHERE at < :before",
    "votes": "DELETE FROM votes WHERE at < :before OR NOT EXISTS (SELECT 1 FROM questions WHERE id = votes.question)",
    "shown": "UPDATE people SET shown = NULL WHERE shown IS NOT NULL AND shown_at < :shown_before",
    "people": "DELETE FROM people WHERE at < :before OR (language IS NULL AND shown IS NULL)",
    "set_aside": "DELETE FROM set_aside WHERE at < :before",
    "seen": "DELETE FROM seen WHERE at < :seen_before",
    "tallies": "DELETE FROM tallies WHERE day < :tallies_before",
    "access": "DELETE FROM access WHERE at < :access_before",
}
_FORGET = {
    "votes": "DELETE FROM votes WHERE person = :person "
    "OR question IN (SELECT id FROM questions WHERE person = :person)",
    "questions": "DELETE FROM questions WHERE person = :person",
    "people": "DELETE FROM people WHERE person = :person",
}


def purge(now: float, days: int) -> Op[dict[str, int]]:
    """Delete what is older than ``days``; how many rows of each table.

    Update numbers go after 48 hours, counts and the access log after years.
    """
    times = {
        "before": now - days * DAY,
        "seen_before": now - SEEN_SECONDS,
        "shown_before": now - SHOWN_SECONDS,
        "access_before": now - ACCESS_DAYS * DAY,
        "tallies_before": datetime.fromtimestamp(now - TALLY_DAYS * DAY, UTC).date().isoformat(),
    }
    return _all(_PURGE, times)


def forget(person: str) -> Op[dict[str, int]]:
    """Delete everything of a person; how many rows of each table."""
    return _all(_FORGET, {"person": person})


def _all(statements: Mapping[str, str], given: Mapping[str, object]) -> Op[dict[str, int]]:
    async def op(connection: AsyncConnection) -> dict[str, int]:
        gone = {}
        for table, statement in statements.items():
            used = {name: value for name, value in given.items() if f":{name}" in statement}
            gone[table] = (await connection.execute(text(statement), used)).rowcount
        return gone

    return op

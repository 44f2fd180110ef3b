"""Who looked at what in the console, and when (개인정보 보호법 제29조). Kept longer than what was looked at."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Op

Deed = Literal["login", "refused", "logout", "view", "try", "check", "rollback"]

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Access:
    """``who``: the name given at login. ``session``: tells logins apart, opens nothing. ``about``: which page."""

    at: float
    who: str
    address: str
    session: str
    deed: str
    about: str
    status: int


_NOTE = text(
    "INSERT INTO access (at, who, address, session, deed, about, status) "
    "VALUES (:at, :who, :address, :session, :deed, :about, :status)"
)


def note(seen: Access) -> Op[None]:
    """Keep one."""
    values = {name: printed(value) if isinstance(value, str) else value for name, value in asdict(seen).items()}

    async def op(connection: AsyncConnection) -> None:
        await connection.execute(_NOTE, values)

    return op


def printed(words: str) -> str:
    """In one line that every database takes."""
    return _UNPRINTED.sub(" ", words)[:_LONGEST]


_LATEST = text(
    "SELECT at, who, address, session, deed, about, status FROM access ORDER BY at DESC LIMIT :most OFFSET :skip"
)


def latest(most: int = 100, skip: int = 0) -> Op[list[Access]]:
    """The newest first."""

    async def op(connection: AsyncConnection) -> list[Access]:
        return [Access(*row) for row in (await connection.execute(_LATEST, {"most": most, "skip": skip})).all()]

    return op

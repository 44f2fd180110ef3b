"""Questions that staff should look at, and what they decided about them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Op

Why = Literal["none", "elsewhere", "choices", "down", "missing"]
WHYS: tuple[Why, ...] = get_args(Why)
State = Literal["new", "pending", "done", "ignored"]
STATES: tuple[State, ...] = get_args(State)
Deed = Literal["phrasing", "example", "draft", "later", "ignore", "close", "split"]
Decided = Mapping[str, "Decision | None"]
"""Decisions by the key of a phrase; None: none any more."""
_MOST = 20_000
"""The newest of so many questions are looked at."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question that was no help, redacted. ``normal`` is its text as it was compared."""

    id: int
    at: float
    person: str
    language: str
    text: str
    normal: str
    why: Why


@dataclass(frozen=True, slots=True)
class Decision:
    """``target``: the programme, topic or file that it concerns. ``at``: seconds since 1970."""

    state: State
    deed: Deed
    target: str | None
    at: float


def key_of(normal: str) -> str:
    """What names a phrase in the decisions: nobody reads the phrase itself there."""
    return hashlib.sha256(normal.encode("utf-8", "replace")).hexdigest()[:24]


_ASKED = text(
    "SELECT id, at, person, language, text, normal, outcome, topic, "
    + ", ".join(
        f"(SELECT count(*) FROM votes WHERE question = questions.id AND vote = '{vote}') AS {vote}_votes"
        for vote in ("up", "down", "missing")
    )
    + " FROM questions WHERE normal IS NOT NULL AND normal <> '' AND text IS NOT NULL AND at >= :since "
    "ORDER BY at DESC, id DESC LIMIT :most"
)


def asked(since: float = 0.0) -> Op[list[Row]]:
    """What was not answered, offered as choices, or answered to no use, newest first."""

    async def op(connection: AsyncConnection) -> list[Row]:
        found = await connection.execute(_ASKED, {"since": since, "most": _MOST})
        rows = [(row, _why(row.outcome, row.topic, (row.up_votes, row.down_votes, row.missing_votes))) for row in found]
        return [Row(row.id, row.at, row.person, row.language, row.text, row.normal, why) for row, why in rows if why]

    return op


def _why(outcome: str, topic: str | None, votes: Sequence[int]) -> Why | None:
    """Why staff should look at it; None where somebody was helped."""
    up, down, missing = votes
    if missing or down:
        return "missing" if missing else "down"
    if up or outcome not in ("none", "choices"):
        return None
    if outcome == "choices":
        return "choices"
    return "elsewhere" if topic else "none"


_DECISIONS = text("SELECT phrase, state, deed, target, at FROM decisions")
_DECIDE = text(
    "INSERT INTO decisions (phrase, state, deed, target, at) VALUES (:phrase, :state, :deed, :target, :at) "
    "ON CONFLICT (phrase) DO UPDATE SET state = excluded.state, deed = excluded.deed, target = excluded.target, "
    "at = excluded.at"
)
_FORGET = text("DELETE FROM decisions WHERE phrase = :phrase")


def decisions() -> Op[dict[str, Decision]]:
    """Every decision by the key of its phrase."""

    async def op(connection: AsyncConnection) -> dict[str, Decision]:
        found = await connection.execute(_DECISIONS)
        return {row.phrase: Decision(_state(row.state), cast(Deed, row.deed), row.target, row.at) for row in found}

    return op


def _state(told: str) -> State:
    return next((state for state in STATES if state == told), "new")


def decide(wanted: Decided) -> Op[None]:
    """Keep decisions by key in place of what was; None takes one back."""

    async def op(connection: AsyncConnection) -> None:
        for phrase, one in sorted(wanted.items()):
            if one is None:
                await connection.execute(_FORGET, {"phrase": phrase})
                continue
            values = {"state": one.state, "deed": one.deed, "target": one.target, "at": one.at}
            await connection.execute(_DECIDE, {"phrase": phrase, **values})

    return op

"""What is kept of a question, and what people thought of its answer. Texts come in redacted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import tally
from bot.store.database import Op

Vote = Literal["up", "down", "missing"]
VOTES: tuple[Vote, ...] = get_args(Vote)


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its answer. ``day`` (2026-11-25) and ``hour`` (0–23) are the city's, ``at`` seconds since 1970.

    ``text`` (redacted) and ``normal`` (as it was compared) are None where nobody will read them. ``candidates``: the
    best three with their probability. ``ms``: from the engine's start to its answer.
    """

    id: int
    at: float
    day: str
    hour: int
    person: str
    language: str
    outcome: str
    programme: str | None
    aspect: str | None
    topic: str | None
    candidates: tuple[tuple[str, float], ...]
    text: str | None
    normal: str | None
    knowledge: str
    ms: float


_COLUMNS = (
    "id", "at", "day", "hour", "person", "language", "outcome", "programme", "aspect", "topic", "candidates", "text",
    "normal", "knowledge", "ms",
)  # fmt: skip
_RECORD = text(
    f"INSERT INTO questions ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)}) "
    "ON CONFLICT (id) DO NOTHING RETURNING id"
)


def record(question: Question) -> Op[None]:
    """Keep a question; a repeat of it changes nothing."""

    async def op(connection: AsyncConnection) -> None:
        values = {name: getattr(question, name) for name in _COLUMNS}
        values["candidates"] = json.dumps(question.candidates)
        values["text"], values["normal"] = _storable(question.text), _storable(question.normal)
        if (await connection.execute(_RECORD, values)).first():
            await tally.add(connection, question.day, _entries(question))

    return op


def _entries(question: Question) -> list[tally.Entry]:
    """What a question counts as."""
    out: list[tally.Entry] = [
        ("hour", str(question.hour), question.outcome),
        ("language", question.language, question.outcome),
        ("pace", tally.pace(question.ms), ""),
    ]
    if question.programme is not None:
        out.append(("programme", question.programme, question.aspect or ""))
    if question.topic is not None:
        out.append(("topic", question.topic, ""))
    return out


def _storable(words: str | None) -> str | None:
    """Without what no database takes: NUL, halves of surrogate pairs."""
    return None if words is None else words.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


_VOTE = text(
    "INSERT INTO votes (question, person, vote, at) "
    "SELECT CAST(:question AS BIGINT), CAST(:person AS TEXT), CAST(:vote AS TEXT), CAST(:at AS DOUBLE PRECISION) "
    "WHERE EXISTS (SELECT 1 FROM questions WHERE id = :question) "
    "ON CONFLICT (question, person) DO UPDATE SET vote = excluded.vote, at = excluded.at RETURNING question"
)
_BEFORE = text(
    "SELECT questions.day, questions.programme, votes.vote FROM questions "
    "LEFT JOIN votes ON votes.question = questions.id AND votes.person = :person WHERE questions.id = :question"
)
_KEEP_TEXT = text("UPDATE questions SET text = :text, normal = :normal WHERE id = :question AND text IS NULL")
_DROP_TEXT = text(
    "UPDATE questions SET text = NULL, normal = NULL WHERE id = :question AND outcome = 'found' "
    "AND NOT EXISTS (SELECT 1 FROM votes WHERE question = :question AND vote <> 'up')"
)


def vote(question: int, person: str, choice: Vote, at: float, words: tuple[str, str] | None = None) -> Op[bool]:
    """One vote a person, changed by the next one. Whether there is such a question.

    ``words``: the redacted text and its normal form, kept where the answer was no help, dropped where it was after all.
    """

    async def op(connection: AsyncConnection) -> bool:
        given = {"question": question, "person": person, "vote": choice, "at": at}
        before = (await connection.execute(_BEFORE, {"question": question, "person": person})).first()
        if before is None or (await connection.execute(_VOTE, given)).first() is None:
            return False
        await _count(connection, choice, *before)
        if choice == "up":
            await connection.execute(_DROP_TEXT, {"question": question})
        elif words:
            told, normal = map(_storable, words)
            await connection.execute(_KEEP_TEXT, {"question": question, "text": told, "normal": normal})
        return True

    return op


async def _count(connection: AsyncConnection, choice: str, day: str, programme: str | None, before: str | None) -> None:
    """The vote counts on the day of its question, in place of the one before."""
    if before == choice:
        return
    await tally.add(connection, day, [("vote", programme or "", choice)])
    if before:
        await tally.add(connection, day, [("vote", programme or "", before)], n=-1)


@dataclass(frozen=True, slots=True)
class Person:
    """What is remembered of a chat: the language that it chose, the programme that it was shown last, and when."""

    language: str | None = None
    shown: str | None = None
    shown_at: float = 0.0


_RECALL = text("SELECT language, shown, shown_at FROM people WHERE person = :person")


def recall(person: str) -> Op[Person]:
    """What is known of a chat; nothing of a new one."""

    async def op(connection: AsyncConnection) -> Person:
        found = (await connection.execute(_RECALL, {"person": person})).first()
        return Person(*found) if found else Person()

    return op


_REMEMBER = text(
    "INSERT INTO people (person, language, shown, shown_at, at) VALUES (:person, :language, :shown, :shown_at, :at) "
    "ON CONFLICT (person) DO UPDATE SET language = excluded.language, shown = excluded.shown, "
    "shown_at = excluded.shown_at, at = excluded.at"
)


_FORGET = text("DELETE FROM people WHERE person = :person")


def remember(person: str, known: Person, at: float) -> Op[None]:
    """Keep it, in place of what was; where there is nothing to keep, no row either."""

    async def op(connection: AsyncConnection) -> None:
        if known.language is None and known.shown is None:
            await connection.execute(_FORGET, {"person": person})
            return
        given = {"language": known.language, "shown": known.shown, "shown_at": known.shown_at}
        await connection.execute(_REMEMBER, {"person": person, "at": at, **given})

    return op

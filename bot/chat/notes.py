"""What is written down of a conversation, and what is read again: redacted, by salted hash, through the store."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.buttons import Ballot
from bot.chat.deed import current
from bot.chat.memory import Memory, Recent
from bot.chat.talk import Said
from bot.engine.answer import OUTCOMES, Choices, Found, Missed
from bot.engine.normalize import MAX_CHARS, normalize
from bot.errors import StoreError
from bot.kb.load import Knowledge
from bot.kb.model import LANGUAGES
from bot.store import questions, retention
from bot.store.database import Op, Trouble
from bot.store.inbox import Rank
from bot.store.keeper import Store
from bot.store.person import Pepper
from bot.store.questions import Person, Question
from bot.store.redact import Redactor

_TEXTS, _TEXT_SECONDS = 5_000, 3600.0
"""Redacted texts of answered questions wait in memory alone for a 👎; after that the vote counts without them."""
_SHOWN_DIGITS = 4
_URGENT_SECONDS = 0.2


@dataclass
class Notes:
    """``days``: how long questions are kept."""

    store: Store
    pepper: Pepper
    memory: Memory
    days: int = 90
    clock: Callable[[], float] = time.time
    _redactors: dict[str, Redactor] = field(default_factory=dict)
    _texts: Recent[tuple[str, str]] = field(
        default_factory=lambda: Recent[tuple[str, str]](_TEXTS, _TEXT_SECONDS, time.monotonic)
    )

    def number(self, update_id: int, date: int) -> int:
        """The number of the question in an update."""
        return self.pepper.question(update_id, date)

    def question(self, number: int, user: int, text: str, told: Said) -> list[Op[Any]]:
        """What is kept of a question; nothing where none was asked. Takes a millisecond or two: for a thread."""
        answer = told.answer
        if answer is None:
            return []
        now = self.clock()
        there = datetime.fromtimestamp(now, ZoneInfo(told.knowledge.city.time_zone))
        words = self._words(number, text, told)
        found = Question(
            id=number,
            at=now,
            day=there.date().isoformat(),
            hour=there.hour,
            person=self.pepper.person(user),
            language=told.lang,
            outcome=OUTCOMES[type(answer)],
            programme=answer.id if isinstance(answer, Found) else None,
            aspect=answer.aspect,
            topic=answer.topic if isinstance(answer, Missed) else None,
            candidates=tuple((hit.id, round(hit.score, _SHOWN_DIGITS)) for hit in answer.hits[:3]),
            text=words[0] if words else None,
            normal=words[1] if words else None,
            knowledge=told.knowledge.version,
            ms=round(told.ms, 2),
        )
        return [questions.record(found)]

    def _words(self, number: int, text: str, told: Said) -> tuple[str, str] | None:
        """The redacted text and its normal form, where somebody will read them."""
        if not isinstance(told.answer, Found | Choices | Missed):
            return None
        clean = self._redactor(told.knowledge).redact(text[:MAX_CHARS])
        words = clean, normalize(clean)
        if not isinstance(told.answer, Found):
            return words
        self._texts.put(number, words)
        return None

    def _redactor(self, knowledge: Knowledge) -> Redactor:
        if (found := self._redactors.get(knowledge.version)) is None:
            found = Redactor.of(knowledge)
            self._redactors = {knowledge.version: found}
        return found

    async def vote(self, user: int, cast: Ballot) -> bool:
        """Count a vote, or change it. Whether the question is still known; in trouble it is counted later."""
        words = self._texts.get(cast.question)
        op = questions.vote(cast.question, self.pepper.person(user), cast.vote, self.clock(), words)
        try:
            return await self.store.write(op)
        except Trouble:
            await self.store.settle(op)
            return True

    async def recall(self, chat: int) -> None:
        """Read what is stored of a chat, at its first message; each time where other processes write it too.

        Danger does not wait for it.
        """
        if self.memory.knows(chat) and not self.store.is_shared:
            return
        patience = _URGENT_SECONDS if current().rank == Rank.URGENT else None
        try:
            known = self.store.write(questions.recall(self.pepper.person(chat)))
            person = await asyncio.wait_for(known, patience)
        except (Trouble, TimeoutError):
            return
        language = next((known for known in LANGUAGES if known == person.language), None)
        age = self.clock() - person.shown_at
        self.memory.restore(chat, language, person.shown if age < retention.SHOWN_SECONDS else None, age)

    def state(self, chat: int) -> tuple[str | None, str | None, float]:
        """What of a chat is worth keeping: its language, the programme it was shown, and when (to the second)."""
        language, shown = self.memory.language(chat), self.memory.shown(chat)
        return language, shown, round(self.clock() - self.memory.shown_age(chat)) if shown else 0.0

    def remember(self, chat: int) -> Op[Any]:
        """Keep that."""
        return questions.remember(self.pepper.person(chat), Person(*self.state(chat)), self.clock())

    async def forget(self, user: int) -> bool:
        """Delete all that is kept of a person; whether it could be done now."""
        self.memory.forget(user)  # a private chat has its user's number
        try:
            await self.store.write(retention.forget(self.pepper.person(user)))
        except Trouble:
            return False
        with suppress(StoreError):  # what is deleted stays deleted; its traces go with the next purge at the latest
            await self.store.rub_out()
        return True

"""A stream of questions from many chats, and which answer belongs to which.

In one chat each subject is asked about once, so that (chat, subject) names a question: the answers are curated and
cannot carry a number. A chat that has asked about everything is followed by a new person's.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from itertools import count

from bench.reliability.tally import Asked, Subject, Tally, tally
from bot.web.standin import Chat, Message, Standin
from bot.web.standin.journal import Journal, Kind


class Ear(Journal):
    """Hears each message at the moment when it arrives in its chat."""

    def __init__(self) -> None:
        super().__init__()
        self.hearers: list[Callable[[Message], object]] = []

    def note(self, kind: Kind, thing: object = None) -> None:
        """Something changed; an edit or a deletion is no arrival."""
        super().note(kind, thing)
        if isinstance(thing, Message) and thing.sender.is_bot and not thing.edits and not thing.deleted:
            for hear in self.hearers:
                hear(thing)


class Flow:
    """Asks in ``wide`` chats in turn, ``burst`` questions in a row in each, so that order within a chat is tested."""

    def __init__(
        self, tg: Standin, subjects: Sequence[Subject], *, wide: int = 100, burst: int = 2, seed: int = 1
    ) -> None:
        self._tg, self._subjects, self._burst = tg, subjects, burst
        self._random = random.Random(seed)
        self._marks = sorted(subjects, key=lambda subject: -len(subject.mark))
        self._ours: set[int] = set()
        self._chats = [self._new_chat() for _ in range(wide)]
        self._turn = 0
        self.asked: list[Asked] = []
        self.strays: list[str] = []
        self._open: dict[tuple[int, str], Asked] = {}
        self._numbers = count(1)
        self._waiting: set[int] = set()
        self._news = asyncio.Event()
        ear = tg.state.journal
        assert isinstance(ear, Ear)
        ear.hearers.append(self.hear)

    @property
    def outstanding(self) -> int:
        """How many questions have no answer yet."""
        return len(self._waiting)

    def ask(self) -> Asked:
        """The next question."""
        seat = self._turn // self._burst % len(self._chats)
        self._turn += 1
        chat, left = self._chats[seat]
        subject = left.pop()
        if not left:
            self._chats[seat] = self._new_chat()
        one = Asked(next(self._numbers), chat.id, len(self._subjects) - len(left), subject, time.monotonic())
        self.asked.append(one)
        self._open[chat.id, subject.id] = one
        self._waiting.add(one.number)
        self._tg.say(chat, None, subject.question)
        return one

    async def stream(self, number: int, rate: float, clump: int = 1) -> None:
        """Ask so many, so many a second, ``clump`` of them at a time, whether answers come or not."""
        start = time.monotonic()
        for done in range(number):
            if done % clump == 0:
                await asyncio.sleep(max(0.0, start + done / rate - time.monotonic()))
            self.ask()

    async def window(self, seconds: float, wide: int) -> None:
        """For so long keep so many questions unanswered: each answer brings the next question."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            while self.outstanding < wide:
                self.ask()
            await self._wait(end - time.monotonic())

    async def drained(self, quiet: float, after: float = 0.0) -> bool:
        """Wait until all is answered, then for late doubles; false once nothing came for ``quiet`` seconds."""
        while self.outstanding:
            if not await self._wait(quiet):
                return False
        await asyncio.sleep(after)
        return True

    def tally(self) -> Tally:
        """The figures so far."""
        return tally(self.asked, self.strays)

    def hear(self, message: Message) -> None:
        """Whose answer is it?"""
        first = message.text.partition("\n")[0]
        subject = next((subject for subject in self._marks if subject.mark in first), None)
        one = self._open.get((message.chat.id, subject.id)) if subject else None
        if message.chat.id not in self._ours:
            return
        if one is None:
            self.strays.append(message.text)
            return
        one.answers.append(time.monotonic())
        self._waiting.discard(one.number)
        self._news.set()

    def _new_chat(self) -> tuple[Chat, list[Subject]]:
        left = list(self._subjects)
        self._random.shuffle(left)
        chat = self._tg.private(self._tg.user())
        self._ours.add(chat.id)
        return chat, left

    async def _wait(self, seconds: float) -> bool:
        """Whether an answer came within so many seconds."""
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return False
        return True

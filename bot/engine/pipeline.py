"""Text → Answer, in reading order: read, judge, rank, decide. Pure and immutable; new knowledge is a new engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.engine.answer import Answer, Choices, Found, Hit
from bot.engine.aspects import Aspects
from bot.engine.calibration import Calibration, shipped
from bot.engine.decide import SHOWN, decide
from bot.engine.encode import Encoder, Progress
from bot.engine.index import owners_of, phrases_of
from bot.engine.normalize import normalize
from bot.engine.query import Query
from bot.engine.rank import Scored, rank
from bot.engine.search import Search
from bot.kb.load import Knowledge


@dataclass(frozen=True)
class Explained:
    """Everything about one answer: how it was read, all owners ranked, the milliseconds of each step."""

    query: Query
    ranked: tuple[Scored, ...]
    answer: Answer
    steps: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Engine:
    """One city's knowledge, ready to answer."""

    knowledge: Knowledge
    search: Search
    aspects: Aspects
    calibration: Calibration

    @classmethod
    def build(
        cls,
        knowledge: Knowledge,
        encoder: Encoder | None,
        keep: Path | None = None,
        progress: Progress | None = None,
        recall: bool = False,
    ) -> Engine:
        """Compute all that can be computed once; ``Search.of`` says what ``keep`` and ``recall`` are."""
        return cls(
            knowledge=knowledge,
            search=Search.of(owners_of(knowledge), phrases_of(knowledge), encoder, keep, progress, recall),
            aspects=Aspects.of(knowledge.phrases[knowledge.city.languages[0]]),
            calibration=shipped(encoder is not None),
        )

    @property
    def encoder(self) -> Encoder | None:
        """What tells meaning; None: search goes by spelling alone."""
        return self.search.encoder

    def answer(self, text: str, about: str | None = None) -> Answer:
        """The answer to a message. ``about`` is the id of the programme last shown in this chat, if any."""
        query = self.search.read(text)
        if about and self._follows_up(query, about):
            return Found((Hit(about, 1.0),), self.aspects.asked(query.text), follow_up=True)
        return self._decide(query, rank(self.search.see(query), self.calibration))

    def explain(self, text: str, clock: Callable[[], float] = time.perf_counter) -> Explained:
        """The same with everything that was seen on the way; ``clock`` in seconds."""
        marks = [("", clock())]
        query = self.search.read(text)
        marks.append(("read", clock()))
        seen = self.search.see(query)
        marks.append(("encode", clock()))
        ranked = rank(seen, self.calibration)
        marks.append(("rules", clock()))
        answer = self._decide(query, ranked)
        marks.append(("decide", clock()))
        steps = tuple((name, (at - marks[i][1]) * 1000) for i, (name, at) in enumerate(marks[1:]))
        return Explained(query, ranked, answer, steps)

    def _follows_up(self, query: Query, about: str) -> bool:
        known = self.knowledge.programme(about) is not None
        return known and self.aspects.asked(query.text) is not None and self.aspects.names_nothing(query.text)

    def _decide(self, query: Query, ranked: tuple[Scored, ...]) -> Answer:
        aspect = self.aspects.asked(query.text)
        saved = self._saved(query)
        if len(saved) == 1:
            rest = tuple(row for row in ranked if row.owner.id != saved[0])
            return Found((Hit(saved[0], 1.0), *_hits(rest)[: SHOWN - 1]), aspect)
        if saved:
            return Choices(tuple(Hit(id_, round(1 / len(saved), 4)) for id_ in saved[:SHOWN]), aspect)
        return decide(ranked, self.calibration.bands, aspect)

    def _saved(self, query: Query) -> list[str]:
        """The programmes that have exactly this phrasing: staff have already said what it means."""
        same = normalize(query.text).replace(" ", "")
        return sorted(self.search.index.exact.get(same, ()))


def _hits(ranked: tuple[Scored, ...]) -> list[Hit]:
    return [Hit(row.owner.id, round(row.probability, 4)) for row in ranked if row.owner.kind == "programme"]

"""Text → Answer, in reading order: danger first, then read, judge, rank, decide. Pure and immutable."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.engine.answer import Answer, Choices, Found, Hit, Urgent
from bot.engine.aspects import Aspects
from bot.engine.calibration import Calibration, cautious, shipped
from bot.engine.decide import SHOWN, decide, nearest
from bot.engine.encode import Encoder, Kept, Progress, Recalling, Vectors
from bot.engine.guard import Alarm, Guard
from bot.engine.index import owners_of, phrases_of
from bot.engine.keep import Shelf
from bot.engine.language import Languages
from bot.engine.normalize import normalize
from bot.engine.places import Places
from bot.engine.query import Query
from bot.engine.rank import Scored, rank
from bot.engine.search import Search
from bot.kb.load import Knowledge
from bot.kb.model import Aspect, Language

log = logging.getLogger(__name__)

_SURE = 0.97
"""Search takes back a doubtful alarm where it is as sure as this of an ordinary message."""


Mark = Callable[[str], object]


def _unmarked(step: str) -> None:
    """Nobody holds a watch."""


@dataclass(frozen=True)
class Explained:
    """Everything about one answer: the alarm, how it was read, all owners ranked, the milliseconds of each step."""

    alarm: Alarm
    query: Query
    ranked: tuple[Scored, ...]
    answer: Answer
    language: Language | None
    steps: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Engine:
    """One city's knowledge, ready to answer. New knowledge is a new engine."""

    knowledge: Knowledge
    guard: Guard
    search: Search
    languages: Languages
    aspects: Mapping[Language, Aspects]
    calibration: Calibration

    @classmethod
    def build(
        cls,
        knowledge: Knowledge,
        encoder: Encoder | None,
        keep: Path | None = None,
        progress: Progress | None = None,
        recall: bool = False,
        ready: Path | None = None,
    ) -> Engine:
        """Compute all that can be computed once. ``keep``: the folder of vectors and weights between runs.

        ``ready``: a folder of the same that came with the knowledge, so that the first start is quick.
        ``recall``: phrasings that are asked as questions are not embedded again (for checks).
        """
        owners, phrases = owners_of(knowledge), phrases_of(knowledge)
        texts = [phrase.text for phrase in phrases]
        shelf = Shelf(keep, ready) if keep else None
        kept = Kept(encoder, shelf, progress) if encoder and shelf else None
        search = Search.of(owners, phrases, encoder, shelf, kept, Places.of(knowledge, owners))
        guard = guard_of(knowledge, encoder, texts, shelf, kept)
        if kept:
            kept.settle()
        if kept and recall:
            known = Recalling(kept, [*texts, *guard.alarms.texts])
            search, guard = search.by(known), guard.by(known)
        return cls(
            knowledge=knowledge,
            guard=guard,
            search=search,
            languages=Languages.of(knowledge.city.languages[0], spoken(knowledge)),
            aspects={language: Aspects.of(phrases) for language, phrases in knowledge.phrases.items()},
            calibration=shipped(encoder is not None),
        )

    @property
    def encoder(self) -> Encoder | None:
        """What tells meaning; None: search goes by spelling alone."""
        return self.search.encoder

    def language(self, text: str, hint: Language | None = None) -> Language | None:
        """The language of a message, None if it is none of ours; ``hint`` where it is too short to say."""
        if self.search.read(text).repaired:
            return self.languages.first
        return self.languages.tell(text, hint)

    def glance(self, text: str) -> bool:
        """Whether a message looks like danger to the written rules alone: a hint within a millisecond, no answer."""
        return self.guard.glance(text)

    def answer(self, text: str, about: str | None = None, mark: Mark = _unmarked) -> Answer:
        """The answer to a message. ``about`` is the id of the programme last shown in this chat, if any.

        ``mark`` hears the name of each step when it is done, for whoever holds a watch.
        """
        first = self.guard.read(text)
        vector = self.guard.embed(first)
        mark("encode")
        alarm = self.guard.judge(text, first, vector)
        mark("danger")
        if alarm.is_danger and (urgent := self._urgent(alarm, text, first, vector)):
            return urgent
        query = self.search.read(text)
        mark("read")
        if about and self._follows_up(query, about):
            return Found((Hit(about, 1.0),), self._asked(query), follow_up=True)
        ranked = self._rank(query, first, vector)
        mark("rules")
        return self._decide(query, ranked)

    def explain(self, text: str, clock: Callable[[], float] = time.perf_counter) -> Explained:
        """The same with everything that was seen on the way; ``clock`` in seconds."""
        marks = [("", clock())]
        first = self.guard.read(text)
        vector = self.guard.embed(first)
        marks.append(("encode", clock()))
        alarm = self.guard.judge(text, first, vector)
        marks.append(("danger", clock()))
        query = self.search.read(text)
        marks.append(("read", clock()))
        ranked = self._rank(query, first, vector)
        marks.append(("rules", clock()))
        urgent = self._urgent(alarm, text, first, vector) if alarm.is_danger else None
        answer = urgent or self._decide(query, ranked)
        marks.append(("decide", clock()))
        steps = tuple((name, (at - marks[i][1]) * 1000) for i, (name, at) in enumerate(marks[1:]))
        return Explained(alarm, query, ranked, answer, self.language(text), steps)

    def _urgent(self, alarm: Alarm, text: str, first: Query, vector: Vectors | None) -> Urgent | None:
        """The numbers; whatever goes wrong in search, they stay.

        None: the alarm is doubtful, and search is sure that the message is an ordinary question.
        """
        ranked: tuple[Scored, ...] = ()
        try:
            ranked = self._rank(self.search.read(text), first, vector)
        except Exception:
            log.exception("search failed beside an emergency", extra={"code": "E203"})
        if ranked and alarm.is_doubtful and surest(ranked) >= _SURE:
            return None
        kind, hits = self.guard.urgent.kind(alarm.kind) or self.guard.urgent.kinds[-1], nearest(ranked)
        asks = hits[0].id if hits and hits[0].score >= self.calibration.bands.answer else None
        return Urgent(kind.id, kind.hotlines, alarm.probability, asks, hits)

    def _rank(self, query: Query, first: Query, vector: Vectors | None) -> tuple[Scored, ...]:
        known = vector if query.words == first.text else None
        return rank(self.search.see(query, known), self.calibration)

    def _asked(self, query: Query) -> Aspect | None:
        return self._aspects(query).asked(query.text)

    def _aspects(self, query: Query) -> Aspects:
        first = self.languages.first
        language = first if query.repaired else self.languages.tell(query.text)
        return self.aspects.get(language or first, self.aspects[first])

    def _follows_up(self, query: Query, about: str) -> bool:
        aspects = self._aspects(query)
        known = self.knowledge.programme(about) is not None
        return known and aspects.asked(query.text) is not None and aspects.names_nothing(query.text)

    def _decide(self, query: Query, ranked: tuple[Scored, ...]) -> Answer:
        aspect = self._asked(query)
        saved = self.saved(query)
        if len(saved) == 1:
            rest = tuple(row for row in ranked if row.owner.id != saved[0])
            return Found((Hit(saved[0], 1.0), *nearest(rest)[: SHOWN - 1]), aspect)
        if saved:
            return Choices(tuple(Hit(id_, round(1 / len(saved), 4)) for id_ in saved[:SHOWN]), aspect)
        return decide(ranked, self.calibration.bands, aspect)

    def saved(self, query: Query) -> list[str]:
        """The programmes that have exactly this phrasing: staff have already said what it means."""
        same = normalize(query.whole or query.text).replace(" ", "")
        return sorted(self.search.index.exact.get(same, ()))


def surest(ranked: Sequence[Scored]) -> float:
    """How sure search is (0–1) that a message is for one programme, or for none."""
    return max(ranked[0].probability, sum(row.probability for row in ranked if row.owner.kind != "programme"))


def guard_of(
    knowledge: Knowledge,
    encoder: Encoder | None,
    everyday: Sequence[str],
    keep: Shelf | None = None,
    kept: Encoder | None = None,
) -> Guard:
    """The guard of a knowledge."""
    caution = cautious(encoder is not None)
    return Guard.of(knowledge.urgent, knowledge.hotlines, encoder, caution, everyday, keep, kept)


def spoken(knowledge: Knowledge) -> dict[Language, list[str]]:
    """Texts of the knowledge by language, from which languages are told apart."""
    out: dict[Language, list[str]] = {language: [] for language in knowledge.city.languages}
    out[knowledge.city.languages[0]] += [text for p in knowledge.programmes for text in p.phrasings]
    for language, found in knowledge.translations.items():
        out[language] += [text for t in found.values() for text in (t.name, t.summary, *t.details, *t.questions)]
    for language, phrases in knowledge.phrases.items():
        if language != knowledge.city.languages[0]:
            out[language] += [text for talk in phrases.smalltalk for text in talk.examples]
    for language, text in knowledge.urgent.examples:
        out.setdefault(language, []).append(text)
    return out

"""Does every phrasing lead to its own programme, also the way people really type it? For editors, in Korean.

What is exactly a phrasing is found without a search; what only resembles one is compared by letters, and the least
certain are asked in earnest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from bot.engine.answer import Answer, Found, Hit, Urgent
from bot.engine.decide import decide
from bot.engine.guard import Alarm
from bot.engine.pipeline import Engine
from bot.engine.query import Query
from bot.engine.rank import rank
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Programme
from bot.kb.reader import Path_
from bot.monitor import variants
from bot.monitor.content import at
from bot.monitor.josa import josa
from bot.monitor.led import led, shown

IN_EARNEST = 40
"""So many of the least certain variants of a kind are asked: each takes ten milliseconds and more."""
_CERTAIN = 0.02
"""Letters that speak for the own programme by more than this are enough."""

Phrasing: TypeAlias = tuple[Programme, Path_, str]
Tick: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True)
class Once:
    """Asks an engine each thing once. An exact phrasing of which ``alarms`` say that it is calm needs no search."""

    engine: Engine
    alarms: Mapping[str, Alarm] = field(default_factory=dict)
    _answers: dict[str, Answer] = field(default_factory=dict, init=False)

    @property
    def knowledge(self) -> Knowledge:
        return self.engine.knowledge

    def answer(self, text: str) -> Answer:
        if text not in self._answers:
            own = self.engine.saved(self.engine.search.read(text)) if self._is_calm(text) else []
            self._answers[text] = Found((Hit(own[0], 1.0),)) if len(own) == 1 else self.engine.answer(text)
        return self._answers[text]

    def _is_calm(self, text: str) -> bool:
        return text in self.alarms and not self.alarms[text].is_danger


@dataclass(frozen=True)
class Way:
    """One way to get a phrasing wrong, and how an editor calls it."""

    name: str
    typed: str
    spoil: Callable[[str], str | None]


WAYS = (
    Way("띄어쓰기 없이", "띄어 쓰지 않고", variants.tight),
    Way("영문 자판", "영문 자판으로", variants.latin),
    Way("오타", "오타를 내어", variants.typo),
)
INITIALS = Way("초성", "초성만", variants.initials)


@dataclass(frozen=True, slots=True)
class Variant:
    """A phrasing as somebody might type it."""

    phrasing: Phrasing
    text: str

    @property
    def id(self) -> str:
        return self.phrasing[0].id


def spoiled(way: Way, phrasings: Iterable[Phrasing]) -> list[Variant]:
    """The phrasings that can be typed so."""
    return [Variant(phrasing, typed) for phrasing in phrasings if (typed := way.spoil(phrasing[2]))]


def astray(once: Once, way: Way, typed: Sequence[Variant], tick: Tick) -> Iterator[Problem]:
    """Variants that lead elsewhere."""
    for variant in doubtful(once.engine, typed, tick):
        answer = once.answer(variant.text)
        if variant.id not in shown(answer) and not isinstance(answer, Urgent):
            yield _told(once.knowledge, way, variant, answer)


def doubtful(engine: Engine, typed: Sequence[Variant], tick: Tick) -> list[Variant]:
    """The variants that are no exact phrasing and that letters do not clearly give to their own, worst first."""
    owners = {owner.id: n for n, owner in enumerate(engine.search.index.owners) if owner.kind == "programme"}
    found: list[tuple[float, int]] = []
    for number, variant in enumerate(typed):
        tick(number, len(typed))
        query = engine.search.read(variant.text)
        if variant.id not in engine.saved(query):
            lead = _lead(engine, query, owners[variant.id])
            found += [(lead, number)] if lead < _CERTAIN else []
    return [typed[number] for _, number in sorted(found)[:IN_EARNEST]]


def _lead(engine: Engine, query: Query, owner: int) -> float:
    """By how much letters speak for an owner rather than for the best other."""
    learned = engine.search.learned
    scores = learned.by_letters(learned.spelling.vector(query.words))
    return float(scores[owner] - np.delete(scores, owner).max(initial=-1.0))


def by_initials(engine: Engine, typed: Sequence[Variant], tick: Tick) -> Iterator[Problem]:
    """Names that their initials do not lead to. Meaning tells nothing of initials, so that only the rules are asked."""
    for number, variant in enumerate(typed):
        tick(number, len(typed))
        ranked = rank(engine.search.see(engine.search.read(variant.text)), engine.calibration)
        answer = decide(ranked, engine.calibration.bands, None)
        if variant.id not in shown(answer):
            yield _told(engine.knowledge, INITIALS, variant, answer)


def _told(knowledge: Knowledge, way: Way, variant: Variant, answer: Answer) -> Problem:
    programme, path, text = variant.phrasing
    told = f"'{text}'{josa(text, '을', '를')} {way.typed} '{variant.text}'(으)로 적으면 {led(answer)}"
    return at(knowledge, programme, path, f"{told}. 이 사업에 비슷한 표현을 더하거나, 짧으면 더 긴 이름을 쓰세요.")

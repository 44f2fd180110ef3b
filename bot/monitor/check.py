"""Does the knowledge behave? Phrasings, golden questions, cards and dates; messages for editors, in Korean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, assert_never

from bot.engine.answer import Answer, Chat, Choices, Found, Missed, Urgent
from bot.engine.pipeline import Engine
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Golden, GoldenFile, Programme
from bot.kb.reader import Path_
from bot.monitor.drill import drill
from bot.monitor.translations import translations
from bot.monitor.words import unspeakable

FEWEST_PHRASINGS = 40


@dataclass(frozen=True)
class Report:
    """``mistakes`` must be mended before the change goes live; ``warnings`` should be looked at."""

    mistakes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    checked: int


class Asked(Protocol):
    """What is asked: an engine, or one that remembers."""

    @property
    def knowledge(self) -> Knowledge: ...

    def answer(self, text: str) -> Answer: ...


@dataclass(frozen=True)
class Once:
    """Asks an engine each thing once, since several checks look at the same answers."""

    engine: Engine
    _answers: dict[str, Answer] = field(default_factory=dict, init=False)

    @property
    def knowledge(self) -> Knowledge:
        return self.engine.knowledge

    def answer(self, text: str) -> Answer:
        if text not in self._answers:
            self._answers[text] = self.engine.answer(text)
        return self._answers[text]


def check(engine: Engine, today: date, unfit: Iterable[Problem] = ()) -> Report:
    """Everything that can be told without Telegram. The loader has passed already.

    ``unfit``: what the chat layer found too long to be shown.
    """
    knowledge, once = engine.knowledge, Once(engine)
    mistakes = [*lost(once), *golden(once), *unspeakable(knowledge), *unfit]
    warnings = [*alarming(once), *drill(engine.guard, knowledge), *translations(knowledge)]
    warnings += [*overdue(knowledge, today), *thin(knowledge)]
    checked = sum(len(p.phrasings) for p in knowledge.programmes) + len(knowledge.golden)
    return Report(tuple(sorted(mistakes)), tuple(sorted(warnings)), checked)


def lost(engine: Asked) -> Iterator[Problem]:
    """Phrasings that do not lead to their own programme."""
    for programme, path, text in _phrasings(engine.knowledge):
        answer = engine.answer(text)
        if programme.id not in _shown(answer) and not isinstance(answer, Urgent):
            told = f"'{text}'라고 물으면 {_led(answer)}. 다른 사업의 표현과 겹치지 않게 고치세요."
            yield _at(engine.knowledge, programme, path, told)


def alarming(engine: Asked) -> Iterator[Problem]:
    """Phrasings of programmes that sound like danger, so that the numbers come first: right or not, people must say."""
    for programme, path, text in _phrasings(engine.knowledge):
        if isinstance(answer := engine.answer(text), Urgent):
            told = f"'{text}'라고 물으면 위험 카드({answer.kind})가 먼저 나갑니다. 위험한 말이 아니면"
            yield _at(engine.knowledge, programme, path, f"{told} urgent.yaml의 harmless에 예로 더하세요.")


def _shown(answer: Answer) -> tuple[str, ...]:
    """The programmes that the citizen is shown."""
    match answer:
        case Found():
            return (answer.id,)
        case Choices():
            return tuple(hit.id for hit in answer.hits)
        case Urgent():
            return (answer.asks,) if answer.asks else ()
        case Missed() | Chat():
            return ()
        case _:
            assert_never(answer)


def _led(answer: Answer) -> str:
    """Where a message leads, for the editor."""
    if shown := _shown(answer):
        ids = ", ".join(f"'{id_}'" for id_ in shown)
        return f"{ids}(으)로 갑니다" if isinstance(answer, Found) else f"{ids} 가운데에서 고르게 합니다"
    if isinstance(answer, Chat):
        return f"인사나 잡담('{answer.kind}')으로 알아듣습니다"
    if isinstance(answer, Missed) and answer.topic:
        return f"우리 사업이 아닌 것('{answer.topic}')으로 알아듣습니다"
    return "답을 찾지 못합니다"


def golden(engine: Asked) -> Iterator[Problem]:
    """Golden questions that do not get their answer."""
    for where, document in engine.knowledge.documents.items():
        if where.startswith("questions/"):
            for i, question in enumerate(GoldenFile.model_validate(document.data).questions):
                if message := _broken(engine.answer(question.q), question):
                    yield document.problem(("questions", i, "q"), message)


def _broken(answer: Answer, question: Golden) -> str | None:
    if not question.accept:
        if not isinstance(answer, Found):
            return None
        return f"'{question.q}'는 우리 사업이 아닌데 '{answer.id}' 답이 나갑니다. elsewhere.yaml에 예를 더하세요."
    told = f"'{question.q}'의 답으로 {list(question.accept)}이(가) 나오지 않습니다. 그 사업에 비슷한 표현을 더하세요."
    return None if set(_shown(answer)) & set(question.accept) else told


def overdue(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Cards whose review date has passed."""
    for programme in knowledge.programmes:
        if date.fromisoformat(programme.review_by) < today:
            yield _at(
                knowledge, programme, ("review_by",), "검토할 날이 지났습니다. 사실을 다시 확인하고 날짜를 고치세요."
            )


def thin(knowledge: Knowledge) -> Iterator[Problem]:
    """Programmes with few phrasings: varied phrasings are what the search learns from."""
    for programme in knowledge.programmes:
        if (count := len(programme.phrasings)) < FEWEST_PHRASINGS:
            yield _at(
                knowledge,
                programme,
                ("questions",),
                f"표현이 {count}개뿐입니다. {FEWEST_PHRASINGS}개 이상이 되게 더하세요.",
            )


def _phrasings(knowledge: Knowledge) -> Iterator[tuple[Programme, Path_, str]]:
    for programme in knowledge.programmes:
        yield programme, ("name",), programme.name
        yield from ((programme, ("aliases", i), text) for i, text in enumerate(programme.aliases))
        yield from ((programme, ("questions", i), text) for i, text in enumerate(programme.questions))


def _at(knowledge: Knowledge, programme: Programme, path: Path_, message: str) -> Problem:
    return knowledge.documents[f"programs/{programme.id}.yaml"].problem(path, message)

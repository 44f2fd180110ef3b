"""Does the knowledge behave? Content, phrasings, golden questions, danger, what is not ours; for editors, in Korean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Protocol, TypeAlias

from bot.engine.answer import Answer, Found, Urgent
from bot.engine.crowd import alarms
from bot.engine.pipeline import Engine
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Golden, GoldenFile
from bot.monitor import alike, content
from bot.monitor.behave import INITIALS, WAYS, Once, Tick, astray, by_initials, spoiled
from bot.monitor.content import at, phrasings
from bot.monitor.drill import drill
from bot.monitor.josa import josa
from bot.monitor.led import led, shown
from bot.monitor.translations import translations
from bot.monitor.words import unspeakable

Say: TypeAlias = Callable[[str, int, int], None]
"""Hears what is looked at now: the step, how much of it is done, how much there is."""
EVERY = 20
"""One example in so many of what is not ours is asked."""


@dataclass(frozen=True)
class Row:
    """One line of the table: what was looked at, how many, and what was found."""

    name: str
    seen: int
    mistakes: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Report:
    """``mistakes`` must be mended before the change goes live; ``warnings`` should be looked at."""

    mistakes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    checked: int
    rows: tuple[Row, ...] = field(default=(), compare=False)


class Asked(Protocol):
    """What is asked: an engine, or one that remembers."""

    @property
    def knowledge(self) -> Knowledge: ...

    def answer(self, text: str) -> Answer: ...


def check(
    engine: Engine,
    today: date,
    unfit: Iterable[Problem] = (),
    say: Say = lambda *_: None,
    is_partial: bool = False,
) -> Report:
    """Everything that can be told without Telegram. The loader has passed already.

    ``unfit``: what the chat layer found too long to be shown. ``is_partial``: the engine goes by spelling and the bot
    by meaning too, so that what only meaning can tell is no mistake.
    """
    rows = tuple(chain(_content(engine.knowledge, today, unfit), _behaviour(engine, say, is_partial)))
    checked = sum(len(p.phrasings) for p in engine.knowledge.programmes) + len(engine.knowledge.golden)
    mistakes = sorted(problem for row in rows for problem in row.mistakes)
    warnings = sorted(problem for row in rows for problem in row.warnings)
    return Report(tuple(mistakes), tuple(warnings), checked, rows)


def _content(knowledge: Knowledge, today: date, unfit: Iterable[Problem]) -> Iterator[Row]:
    """What can be told by reading alone."""
    files, programmes = len(knowledge.documents), len(knowledge.programmes)
    yield Row("형식과 연결", files)
    told = (*unspeakable(knowledge), *unfit)
    yield Row("보낼 글", files, told)
    dates = (*content.overdue(knowledge, today), *content.misdated(knowledge, today))
    yield Row("날짜와 검토", programmes, (), dates)
    yield Row("표현의 수와 폭", programmes, (), (*content.thin(knowledge), *content.broad(knowledge)))
    yield Row("번역", sum(map(len, knowledge.translations.values())), (), tuple(translations(knowledge)))


def _behaviour(engine: Engine, say: Say, is_partial: bool) -> Iterator[Row]:
    """What can be told by asking."""
    knowledge, all_ = engine.knowledge, list(phrasings(engine.knowledge))
    texts = [text for _, _, text in all_]
    say("표현 그대로", 0, len(texts))
    once = Once(engine, alarms(engine.guard, texts))
    yield Row("표현 그대로", len(all_), tuple(lost(once)))
    for way in WAYS:
        typed = spoiled(way, all_)
        yield Row(way.name, len(typed), (), tuple(astray(once, way, typed, _tick(say, way.name))))
    names = spoiled(INITIALS, [phrasing for phrasing in all_ if phrasing[1][0] != "questions"])
    yield Row(INITIALS.name, len(names), (), tuple(by_initials(engine, names, _tick(say, INITIALS.name))))
    yield from _meaning(once, say, is_partial)
    heard = () if is_partial else (*alarming(once), *drill(engine.guard, knowledge))
    yield Row("위험한 말", 0 if is_partial else len(knowledge.urgent.examples), (), heard)


def _meaning(once: Once, say: Say, is_partial: bool) -> Iterator[Row]:
    """Golden questions, what is not ours, and programmes that are hard to tell apart."""
    engine, knowledge = once.engine, once.knowledge
    say("꼭 지킬 질문", 0, len(knowledge.golden))
    lost = tuple(golden(once))
    yield Row("꼭 지킬 질문", len(knowledge.golden), *(((), lost) if is_partial else (lost, ())))
    topics = sum(len(topic.examples) for topic in knowledge.elsewhere.topics)
    yield Row("우리 사업이 아닌 것", topics // EVERY, (), tuple(strange(once, _tick(say, "우리 사업이 아닌 것"))))
    said = alike.said(engine)
    say("비슷한 사업", 0, len(said))
    twins = alike.twins(knowledge, [one for _, one in said])
    yield Row("비슷한 사업", len(knowledge.programmes), (), (*twins, *alike.confused(engine, said)))


def _tick(say: Say, name: str) -> Tick:
    return lambda done, total: say(name, done, total)


def lost(engine: Asked) -> Iterator[Problem]:
    """Phrasings that do not lead to their own programme."""
    for programme, path, text in phrasings(engine.knowledge):
        answer = engine.answer(text)
        if programme.id not in shown(answer) and not isinstance(answer, Urgent):
            told = (
                f"'{text}'{josa(text, '이라고', '라고')} 물으면 {led(answer)}. 다른 사업의 표현과 겹치지 않게 고치세요."
            )
            yield at(engine.knowledge, programme, path, told)


def alarming(engine: Asked) -> Iterator[Problem]:
    """Phrasings of programmes that sound like danger, so that the numbers come first: right or not, people must say."""
    for programme, path, text in phrasings(engine.knowledge):
        if isinstance(answer := engine.answer(text), Urgent):
            told = f"'{text}'{josa(text, '이라고', '라고')} 물으면 위험 카드({answer.kind})가 먼저 나갑니다."
            yield at(
                engine.knowledge, programme, path, f"{told} 위험한 말이 아니면 urgent.yaml의 harmless에 예로 더하세요."
            )


def strange(engine: Asked, tick: Tick = lambda *_: None) -> Iterator[Problem]:
    """Examples of what is not ours that get an answer of ours."""
    document = engine.knowledge.documents["elsewhere.yaml"]
    topics = engine.knowledge.elsewhere.topics
    asked = [(i, j, text) for i, topic in enumerate(topics) for j, text in enumerate(topic.examples)][::EVERY]
    for number, (i, j, text) in enumerate(asked):
        tick(number, len(asked))
        if isinstance(answer := engine.answer(text), Found):
            told = f"'{text}'{josa(text, '은', '는')} 우리 사업이 아닌데 '{answer.id}' 답이 나갑니다."
            yield document.problem(("topics", i, "examples", j), f"{told} 비슷한 예를 더하세요.")


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
    return None if set(shown(answer)) & set(question.accept) else told

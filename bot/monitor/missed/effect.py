"""What a change would do to answers, before it is made: the group's own questions, and those that staff promised."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.answer import Answer, Choices, Found, Urgent
from bot.engine.pipeline import Engine
from bot.engine.rebuild import rebuilt
from bot.kb.load import Knowledge
from bot.kb.model import Golden
from bot.monitor.missed.group import Group, answered

_ASKED = 5
"""Of a group's questions so many are asked."""


@dataclass(frozen=True)
class Effect:
    """``told``: each question with its answer as in ``Group.now``. ``broken``: golden questions that lose theirs."""

    told: tuple[tuple[str, str], ...]
    broken: tuple[str, ...]


def effect(old: Engine, knowledge: Knowledge, group: Group) -> Effect:
    """Takes a second or two: for a thread. What learning anew will add later is only estimated (``rebuild.py``)."""
    new = rebuilt(old, knowledge, old.encoder).engine
    told = tuple((text, answered(new.answer(text))) for text in group.texts[:_ASKED])
    broken = (one.q for one in knowledge.golden if not _kept(new, one) and _kept(old, one))
    return Effect(told, tuple(broken))


def _kept(engine: Engine, golden: Golden) -> bool:
    answer = engine.answer(golden.q)
    if not golden.accept:
        return not isinstance(answer, Found)
    return bool(_shown(answer) & set(golden.accept))


def _shown(answer: Answer) -> set[str]:
    """The programmes that the citizen is shown."""
    if isinstance(answer, Found):
        return {answer.id}
    if isinstance(answer, Choices):
        return {hit.id for hit in answer.hits}
    return {answer.asks} if isinstance(answer, Urgent) and answer.asks else set()

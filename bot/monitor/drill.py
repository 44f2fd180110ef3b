"""Does the guard still hear what danger sounds like? Its own examples, asked as messages; for editors, in Korean."""

from collections.abc import Mapping, Sequence
from itertools import chain

from bot.engine.crowd import alarms
from bot.engine.guard import Guard
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Language
from bot.kb.reader import Path_

WHERE = "urgent.yaml"
EVERY = 10
"""One example of so many is asked: each takes a few milliseconds, and there are thousands."""
BAR = 0.03
"""The share of wrong ones above which an editor hears of it."""
SHOWN = 10

Example = tuple[Path_, str]


def drill(guard: Guard, knowledge: Knowledge) -> list[Problem]:
    """Examples of danger that pass for harmless, and harmless ones that raise the alarm: a line each if too many."""
    urgent = knowledge.urgent
    danger = [_examples(("kinds", i, "examples"), kind.examples) for i, kind in enumerate(urgent.kinds)]
    harmless = _examples(("harmless", "examples"), urgent.harmless.examples)
    missed = "위험 예를 위험으로 알아보지 못합니다. 그 kind의 signs에 규칙을 쓰거나 비슷한 예를 더하세요"
    false = "harmless 예에 위험 카드가 나갑니다. harmless에 비슷한 예를 더하거나 signs의 규칙을 좁히세요"
    return [
        *_told(guard, knowledge, list(chain(*danger))[::EVERY], True, missed),
        *_told(guard, knowledge, harmless[::EVERY], False, false),
    ]


def _examples(path: Path_, examples: Mapping[Language, Sequence[str]]) -> list[Example]:
    return [((*path, lang, i), text) for lang, texts in examples.items() for i, text in enumerate(texts)]


def _told(guard: Guard, knowledge: Knowledge, asked: list[Example], is_danger: bool, what: str) -> list[Problem]:
    heard = alarms(guard, [text for _, text in asked])
    wrong = [(path, text) for path, text in asked if heard[text].is_danger != is_danger]
    if len(wrong) <= BAR * len(asked):
        return []
    document = knowledge.documents[WHERE]
    shown = ", ".join(f"{WHERE}:{document.line(path)} '{text[:40]}'" for path, text in wrong[:SHOWN])
    share = f"살펴본 {len(asked)}개 가운데 {len(wrong)}개({len(wrong) / len(asked):.0%})"
    return [document.problem(wrong[0][0], f"{what}({share}): {shown}")]

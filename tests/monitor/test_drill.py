"""Examples of danger that pass for harmless, harmless ones that raise the alarm: one line for editors, if too many."""

from types import SimpleNamespace

import pytest

from bot.kb.load import load
from bot.monitor.drill import EVERY, SHOWN, drill

WHERE = "urgent.yaml"


class Deaf:
    """A guard that hears danger in everything but some texts, and in nothing but some others."""

    def __init__(self, missed=(), false=()):
        self.missed, self.false, self.asked = missed, false, []

    def look(self, text):
        self.asked.append(text)
        wrong = text in self.missed or text in self.false
        return SimpleNamespace(is_danger=text.startswith("위험") != wrong)


@pytest.fixture(autouse=True)
def _one_by_one(monkeypatch):
    """These guards have nothing but ``look``."""
    monkeypatch.setattr("bot.monitor.drill.alarms", lambda guard, texts: {text: guard.look(text) for text in texts})


@pytest.fixture
def knowledge(town):
    """400 examples of each kind, one a line."""
    for old, word in (("[칼 든 사람이 쫓아와요]", "위험"), ("[배고파 죽겠다]", "농담")):
        rows = "".join(f"\n      - {word} {n}" for n in range(400))
        town.change(WHERE, f"examples: {{ko: {old}}}", f"examples:\n      ko:{rows}")
    return load(town.root)


def texts(word, count):
    """The first texts that are asked."""
    return [f"{word} {n * EVERY}" for n in range(count)]


def test_a_guard_that_hears_all_is_left_alone(knowledge):
    guard = Deaf()
    assert drill(guard, knowledge) == []
    assert guard.asked == [*texts("위험", 40), *texts("농담", 40)]


def test_three_in_a_hundred_may_be_wrong(knowledge):
    assert drill(Deaf(texts("위험", 1), texts("농담", 1)), knowledge) == []


def test_missed_danger_is_one_line_with_the_places(knowledge, town):
    (problem,) = drill(Deaf(missed=texts("위험", 2)), knowledge)
    first = town.line(WHERE, "      - 위험 0")
    assert (problem.where, problem.line) == (WHERE, first)
    assert problem.message == (
        "위험 예를 위험으로 알아보지 못합니다. 그 kind의 signs에 규칙을 쓰거나 비슷한 예를 더하세요"
        f"(살펴본 40개 가운데 2개(5%)): {WHERE}:{first} '위험 0', {WHERE}:{first + 10} '위험 10'"
    )


def test_false_alarms_are_one_line_with_the_places(knowledge, town):
    (problem,) = drill(Deaf(false=texts("농담", 3)), knowledge)
    assert (problem.where, problem.line) == (WHERE, town.line(WHERE, "      - 농담 0"))
    assert problem.message.startswith("harmless 예에 위험 카드가 나갑니다. harmless에 비슷한 예를 더하거나 signs의")
    assert problem.message.count(f"{WHERE}:") == 3


def test_ten_places_are_enough(knowledge):
    told = [
        problem.message.count(f"{WHERE}:") for problem in drill(Deaf(texts("위험", 40), texts("농담", 40)), knowledge)
    ]
    assert told == [SHOWN, SHOWN]


def test_the_tiny_town_passes_its_drill(town):
    engine = town.engine()
    assert drill(engine.guard, engine.knowledge) == []

"""Phrasings as people really type them: each finds its own programme, or an editor hears of it."""

import pytest

from bot.engine.answer import Choices, Found, Hit, Missed, Urgent
from bot.engine.crowd import alarms
from bot.monitor import behave
from bot.monitor.behave import INITIALS, WAYS, Once, Variant, astray, by_initials, doubtful, spoiled
from bot.monitor.content import phrasings

LAMP = "programs/lamp.yaml"
TIGHT, LATIN, TYPO = WAYS


def quiet(done, total):
    """Nobody waits."""


class Told(Once):
    """Answers everything that is asked in earnest in one way."""

    def __init__(self, engine, answer):
        super().__init__(engine)
        self.given = answer

    def answer(self, text):
        return self.given


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_phrasing_of_a_good_town_finds_its_own_programme(town, way):
    engine = town.engine()
    typed = spoiled(way, phrasings(engine.knowledge))
    assert len(typed) > 100
    assert list(astray(Once(engine), way, typed, quiet)) == []


def test_every_name_of_a_good_town_is_found_by_its_initials(town):
    engine = town.engine()
    assert list(by_initials(engine, spoiled(INITIALS, phrasings(engine.knowledge)), quiet)) == []


@pytest.fixture
def doubted(town, monkeypatch):
    """An engine with one phrasing that letters would give to others."""
    monkeypatch.setattr(behave, "_CERTAIN", 2.0)
    engine = town.engine()
    return engine, [v for v in spoiled(TYPO, phrasings(engine.knowledge)) if v.phrasing[2] == "보안등 고장 얼마예요"]


@pytest.mark.parametrize(
    ("answer", "led"),
    [
        (Found((Hit("patrol", 0.9),)), "'patrol'(으)로 갑니다"),
        (Missed((Hit("lamp", 0.1),)), "답을 찾지 못합니다"),
        (Choices((Hit("patrol", 0.5), Hit("owl-bus", 0.4))), "'patrol', 'owl-bus' 가운데에서 고르게 합니다"),
    ],
)
def test_a_typo_that_leads_elsewhere_is_told_at_the_line_of_its_phrasing(doubted, answer, led):
    engine, typed = doubted
    (problem,) = astray(Told(engine, answer), TYPO, typed, quiet)
    assert problem.where == LAMP
    assert problem.message.startswith(f"'보안등 고장 얼마예요'를 오타를 내어 '{typed[0].text}'(으)로 적으면 {led}. ")


@pytest.mark.parametrize(
    "answer",
    [Found((Hit("lamp", 0.9),)), Choices((Hit("patrol", 0.5), Hit("lamp", 0.4))), Urgent("attack", ("112",), 0.9)],
)
def test_a_typo_that_is_answered_offered_or_sounds_like_danger_is_fine(doubted, answer):
    engine, typed = doubted
    assert list(astray(Told(engine, answer), TYPO, typed, quiet)) == []


def test_only_so_many_are_asked_in_earnest_the_least_certain_first(town, monkeypatch):
    monkeypatch.setattr(behave, "IN_EARNEST", 3)
    engine = town.engine()
    lamp = engine.knowledge.programme("lamp")
    strange = [
        Variant((lamp, ("name",), text), text) for text in ("심야 노선 얼마", "골목 보안둥", "보안등 고쟝", "귀가 버스")
    ]
    assert [variant.text for variant in doubtful(engine, strange, quiet)] == ["심야 노선 얼마", "귀가 버스"]


def test_initials_that_lead_nowhere_are_told(town):
    town.change(LAMP, "aliases: [", "aliases: [퀭퀭퀭퀭퀭, ")
    engine = town.engine()
    lamp = engine.knowledge.programme("lamp")
    (problem,) = by_initials(engine, [Variant((lamp, ("aliases", 0), "퀭퀭퀭퀭퀭"), "ㅍㅎㅌㅊ ㄹㄹㄹ")], quiet)
    assert (problem.where, problem.line) == (LAMP, 25)
    assert "초성만 'ㅍㅎㅌㅊ ㄹㄹㄹ'(으)로 적으면" in problem.message


def test_an_exact_phrasing_that_is_calm_is_found_without_a_search(town):
    engine = town.engine()
    heard = alarms(engine.guard, ["가로등", "칼 든 사람이 쫓아와요"])
    once = Once(engine, heard)
    assert once.answer("가로등") == Found((Hit("lamp", 1.0),))
    assert isinstance(once.answer("칼 든 사람이 쫓아와요"), Urgent)
    assert once.answer("막차 놓치면 얼마예요").hits == engine.answer("막차 놓치면 얼마예요").hits

"""Probabilities add up to at most one, every owner is ranked once, and ties never depend on luck."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.engine.calibration import Bands, Calibration
from bot.engine.rank import judged, probabilities, rank
from bot.engine.rules import RULES
from bot.engine.search import Search

NUMBER = st.floats(-50, 50)
ROWS = st.lists(st.tuples(NUMBER, NUMBER, st.booleans()), min_size=1, max_size=6)


def calibration(ours: float = 0.0, nobody: float = 0.0, weights: tuple[float, ...] = (1.0, 2.0)) -> Calibration:
    return Calibration(weights, ours, nobody, Bands(0.7, 0.2, 0.5))


def chances(rows: list[tuple[float, float, bool]], by: Calibration) -> NDArray[np.float64]:
    return probabilities(np.array([row[:2] for row in rows]), np.array([row[2] for row in rows]), by)


@given(ROWS, NUMBER, NUMBER)
def test_probabilities_are_a_softmax_with_nobody(
    rows: list[tuple[float, float, bool]], ours: float, nobody: float
) -> None:
    scores = [one + 2 * two + ours * mine for one, two, mine in rows]
    top = max(*scores, nobody)
    total = sum(math.exp(score - top) for score in scores) + math.exp(nobody - top)
    slow = [math.exp(score - top) / total for score in scores]
    assert chances(rows, calibration(ours, nobody)) == pytest.approx(slow, abs=1e-9)


@given(ROWS, st.floats(-1e6, 1e6))
def test_probabilities_never_add_up_to_more_than_one(rows: list[tuple[float, float, bool]], nobody: float) -> None:
    by = calibration(nobody=nobody, weights=(1e4, -1e4))
    found = chances(rows, by)
    assert (found >= 0).all()
    assert found.sum() <= 1 + 1e-9


def test_what_is_missing_to_one_is_nobodys() -> None:
    assert chances([(0, 0, True), (0, 0, False)], calibration()).tolist() == pytest.approx([1 / 3, 1 / 3])
    assert chances([(0, 0, True)], calibration(nobody=math.log(3))).tolist() == pytest.approx([1 / 4])
    assert chances([(0, 0, True)], calibration(ours=math.log(3))).tolist() == pytest.approx([3 / 4])


def test_many_messages_are_judged_as_one_by_one() -> None:
    given_ = np.random.default_rng(0).normal(size=(4, 5, 2))
    ours = np.array([True, True, False, True, False])
    by = calibration(0.5, 0.25)
    together = probabilities(given_, ours, by)
    assert together == pytest.approx(np.stack([probabilities(one, ours, by) for one in given_]))


@settings(max_examples=50)
@given(text=st.text(max_size=30) | st.sampled_from(["부엉이 버스", "ㅂㅇㅇ ㅂㅅ", "세금", "안녕", "골목이 어두워요"]))
def test_every_owner_is_ranked_once_best_first(meaning: Search, make: SimpleNamespace, text: str) -> None:
    ranked = rank(meaning.see(meaning.read(text)), make.calibration())
    assert sorted(row.owner for row in ranked) == sorted(meaning.index.owners)
    assert [(-row.probability, row.owner.id) for row in ranked] == sorted(
        (-row.probability, row.owner.id) for row in ranked
    )
    assert 0 <= sum(row.probability for row in ranked) <= 1 + 1e-9


def test_ties_are_broken_by_id(spelling: Search, make: SimpleNamespace) -> None:
    ranked = rank(spelling.see(spelling.read("")), make.calibration())
    assert [row.owner.id for row in ranked] == [
        *("hello", "tax", "thanks", "weather"),
        *("owl-bus", "restroom-bell", "safe-return", "smart-cctv"),
    ]


def test_each_row_carries_what_each_rule_gave_it(spelling: Search, make: SimpleNamespace) -> None:
    seen = spelling.see(spelling.read("부엉이버스 어디"))
    given_ = judged(seen)
    assert given_.shape == (len(spelling.index.owners), len(RULES))
    for row in rank(seen, make.calibration()):
        number = spelling.index.owners.index(row.owner)
        assert row.given == pytest.approx([float(rule.give(seen)[number]) for rule in RULES])
        assert row.given == tuple(given_[number])

"""The fitted numbers are complete, in order, and of the right kind of search."""

import pytest

from bot.engine.calibration import Bands, Calibration, shipped
from bot.engine.rules import RULES

TABLE = {
    "weights": {rule.name: float(number) for number, rule in reversed(list(enumerate(RULES)))},
    "bias": {"ours": -1.0, "nobody": 0.5},
    "bands": {"chat": 0.5, "offer": 0.2, "answer": 0.7},
}


def test_weights_stand_in_the_order_of_the_rules() -> None:
    weights = tuple(map(float, range(len(RULES))))
    assert Calibration.of(TABLE) == Calibration(weights, -1.0, 0.5, Bands(answer=0.7, offer=0.2, chat=0.5))


@pytest.mark.parametrize(("part", "key"), [("weights", RULES[-1].name), ("bias", "ours"), ("bias", "nobody")])
def test_a_number_that_is_missing_is_no_zero(part: str, key: str) -> None:
    rest = {name: value for name, value in TABLE[part].items() if name != key}
    with pytest.raises(KeyError, match=key):
        Calibration.of(TABLE | {part: rest})


def test_bands_need_all_three_edges() -> None:
    with pytest.raises(TypeError):
        Calibration.of(TABLE | {"bands": {"answer": 0.7}})


@pytest.mark.parametrize("has_encoder", [True, False])
def test_the_shipped_numbers_are_complete_and_their_bands_in_order(has_encoder: bool) -> None:
    numbers = shipped(has_encoder)
    assert len(numbers.weights) == len(RULES)
    assert 0 < numbers.bands.offer < numbers.bands.answer < 1
    assert 0 < numbers.bands.chat < 1


def test_search_by_spelling_has_numbers_of_its_own() -> None:
    assert shipped(True) != shipped(False)
    assert dict(zip((rule.name for rule in RULES), shipped(True).weights, strict=True))["meaning"] > 0

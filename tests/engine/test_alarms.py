"""What danger sounds like is learned once, kept, and learned anew when the examples change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.engine import alarms as module
from bot.engine.alarms import Alarms, Rows
from bot.engine.encode import Vectors
from bot.engine.keep import Shelf
from bot.kb.urgent import Harmless, Kind, Urgent

FIRE = Kind.model_construct(
    id="fire", examples={"ko": ("집에 불이 났어요", "연기가 나요"), "en": ("my house is on fire",)}
)
ATTACK = Kind.model_construct(id="attack", examples={"ko": ("칼 든 사람이 있어요",)})
QUIET = Harmless(examples={"ko": ("불닭 매워요", "칼국수 맛집"), "en": ("fire sale",)})


def urgent(*kinds: Kind, harmless: Harmless = QUIET) -> Urgent:
    return Urgent(kinds=kinds or (FIRE, ATTACK), harmless=harmless)


class Flames:
    """Danger points one way, what is harmless another, by a list of words."""

    dim = 2

    def __init__(self, name: str = "flames-1") -> None:
        self.name = name

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.array(
            [[1, 0] if any(w in t for w in ("났", "연기", "든", "on fire")) else [0, 1] for t in texts], np.float32
        )


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each time that weights are learned."""
    times: list[str] = []
    ridge = module.ridge

    def counted(*arguments: Any) -> Any:
        times.append("ridge")
        return ridge(*arguments)

    monkeypatch.setattr(module, "ridge", counted)
    return times


def test_weights_are_kept_on_the_shelf_and_used_again(tmp_path: Path, learned: list[str]) -> None:
    rows, shelf = Rows.of(urgent()), Shelf(tmp_path)
    first, again = Alarms.learn(rows, None, shelf), Alarms.learn(rows, None, shelf)
    assert len(learned) == 1
    assert first.judge("연기가 나요", None)[0] == again.judge("연기가 나요", None)[0] == "fire"
    assert again.judge("연기가 나요", None)[1] == pytest.approx(first.judge("연기가 나요", None)[1], abs=0.01)


def test_what_was_shipped_is_used_at_the_first_start(tmp_path: Path, learned: list[str]) -> None:
    rows = Rows.of(urgent())
    Alarms.learn(rows, None, Shelf(tmp_path / "shipped"))
    Alarms.learn(rows, None, Shelf(tmp_path / "ours", tmp_path / "shipped"))
    assert len(learned) == 1
    assert not (tmp_path / "ours").exists()


@pytest.mark.parametrize(
    "changed",
    [
        urgent(FIRE),
        urgent(ATTACK, FIRE),
        urgent(FIRE, ATTACK, harmless=Harmless(examples={"ko": ("불닭 매워요", "칼국수 맛집", "불꽃놀이")})),
    ],
    ids=["a kind went", "the order changed", "a harmless example came"],
)
def test_weights_are_learned_anew_when_the_examples_change(tmp_path: Path, learned: list[str], changed: Urgent) -> None:
    Alarms.learn(Rows.of(urgent()), None, Shelf(tmp_path))
    Alarms.learn(Rows.of(changed), None, Shelf(tmp_path))
    assert len(learned) == 2


def test_another_encoder_learns_anew_and_none_has_a_place_of_its_own(tmp_path: Path, learned: list[str]) -> None:
    rows, shelf = Rows.of(urgent()), Shelf(tmp_path)
    for encoder in (Flames(), None, Flames(), None, Flames("flames-2")):
        Alarms.learn(rows, encoder, shelf)
    assert len(learned) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alarms-both.npz", "alarms-letters.npz"]


def test_without_a_shelf_it_is_learned_every_time(learned: list[str]) -> None:
    for _ in range(2):
        Alarms.learn(Rows.of(urgent()), None)
    assert len(learned) == 2


def test_without_a_vector_letters_alone_judge_and_meaning_says_nothing() -> None:
    seen = Alarms.learn(Rows.of(urgent()), Flames())
    kind, (meaning, letters) = seen.judge("집에 불이 났어요", None)
    assert (kind, meaning, letters > 0) == ("fire", 0.0, True)
    kind, (meaning, letters) = seen.judge("칼국수 맛집", None)
    assert (meaning, letters < 0) == (0.0, True)


def test_with_a_vector_meaning_speaks_too() -> None:
    encoder = Flames()
    seen = Alarms.learn(Rows.of(urgent()), encoder)
    danger = seen.judge("수박", encoder.embed(["연기"])[0])[1][0]
    quiet = seen.judge("수박", encoder.embed(["수박"])[0])[1][0]
    assert danger > 0 > quiet


def test_the_kind_is_the_one_whose_examples_it_sounds_like() -> None:
    seen = Alarms.learn(Rows.of(urgent()), None)
    texts = ("집에 불이 났어요", "칼 든 사람이 있어요", "MY HOUSE is on fire!")
    assert [seen.judge(text, None)[0] for text in texts] == ["fire", "attack", "fire"]


def test_an_example_is_one_row_however_it_is_typed() -> None:
    kind = Kind.model_construct(id="fire", examples={"ko": ("불났어요!", "불났어요", "?!")})
    rows = Rows.of(Urgent(kinds=(kind,), harmless=Harmless(examples={"ko": ("매워요",)})))
    assert (rows.texts, rows.kind_of, rows.kinds) == (("불났어요", "매워요"), (0, -1), ("fire",))


def test_each_row_aims_at_its_kind_and_at_danger_or_none() -> None:
    rows = Rows(("불", "칼", "떡"), (0, 1, -1), ("fire", "attack"))
    assert rows.targets.tolist() == [[1, 0, 1], [0, 1, 1], [0, 0, -1]]

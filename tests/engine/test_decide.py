"""How sure is sure enough: every band to its very edge."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.answer import Answer, Chat, Choices, Found, Hit, Missed
from bot.engine.calibration import Bands
from bot.engine.decide import SHOWN, decide, nearest
from bot.engine.index import Kind, Owner
from bot.engine.rank import Scored

BANDS = Bands(answer=0.7, offer=0.3, chat=0.5)
KINDS: list[Kind] = ["programme", "elsewhere", "smalltalk"]
LETTER: dict[str, Kind] = {"p": "programme", "e": "elsewhere", "s": "smalltalk"}


def ranked(**chances: float) -> tuple[Scored, ...]:
    """Owners by name: p… are programmes, e… elsewhere topics, s… smalltalk; best first."""
    rows = [Scored(Owner(LETTER[id_[0]], id_), (), chance) for id_, chance in chances.items()]
    return tuple(sorted(rows, key=lambda row: (-row.probability, row.owner.id)))


def hits(**chances: float) -> tuple[Hit, ...]:
    return tuple(Hit(id_, chance) for id_, chance in chances.items())


@pytest.mark.parametrize(
    ("chances", "answer"),
    [
        ({"p1": 0.7}, Found(hits(p1=0.7))),
        ({"p1": 0.6999}, Choices(hits(p1=0.6999))),
        ({"p1": 0.3, "p2": 0.1}, Choices(hits(p1=0.3, p2=0.1))),
        ({"p1": 0.2999, "p2": 0.2999, "p3": 0.2999}, Missed(hits(p1=0.2999, p2=0.2999, p3=0.2999))),
        ({"s1": 0.5, "p1": 0.4}, Chat("s1", hits(p1=0.4))),
        ({"s1": 0.4999, "p1": 0.4}, Choices(hits(p1=0.4))),
        ({"s1": 0.26, "s2": 0.24, "p1": 0.4}, Chat("s1", hits(p1=0.4))),
        ({"e1": 0.5, "p1": 0.29}, Missed(hits(p1=0.29), topic="e1")),
        ({"e1": 0.2, "e2": 0.3, "p1": 0.29}, Missed(hits(p1=0.29), topic="e2")),
        ({"e1": 0.4999}, Missed(())),
        ({"e1": 0.6, "p1": 0.3}, Choices(hits(p1=0.3))),
        ({}, Missed(())),
    ],
)
def test_each_band_begins_where_it_says(chances: dict[str, float], answer: Answer) -> None:
    assert decide(ranked(**chances), BANDS, None) == answer


def test_a_sure_programme_is_answered_before_any_greeting() -> None:
    greedy = Bands(answer=0.3, offer=0.1, chat=0.5)
    assert decide(ranked(s1=0.6, p1=0.3), greedy, None) == Found(hits(p1=0.3))


@pytest.mark.parametrize("chances", [{"p1": 0.9}, {"p1": 0.5}, {"p1": 0.1}, {"s1": 0.9}])
def test_what_was_asked_for_is_told_with_every_answer(chances: dict[str, float]) -> None:
    assert decide(ranked(**chances), BANDS, "cost").aspect == "cost"


def test_at_most_three_programmes_are_shown_and_nothing_else() -> None:
    rows = ranked(e1=0.3, p4=0.05, p2=0.2, s1=0.1, p3=0.1, p1=0.123456)
    assert nearest(rows) == hits(p2=0.2, p1=0.1235, p3=0.1)


CHANCES = st.lists(st.tuples(st.sampled_from(KINDS), st.floats(0, 1)), max_size=9)


@given(CHANCES, st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1)))
def test_any_ranking_has_an_answer(chances: Sequence[tuple[Kind, float]], edges: tuple[float, float, float]) -> None:
    rows = tuple(Scored(Owner(kind, f"x{n}"), (), chance) for n, (kind, chance) in enumerate(chances))
    answer = decide(rows, Bands(*edges), None)
    assert answer.hits == nearest(rows)
    assert len(answer.hits) <= SHOWN
    if isinstance(answer, Found | Choices):
        assert answer.hits[0].score >= min(edges[:2])

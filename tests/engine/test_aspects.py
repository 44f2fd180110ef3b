"""What is asked about a programme, whatever the spaces; and whether anything is named at all."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.aspects import Aspects
from bot.kb.model import ASPECTS, Aspect


@pytest.fixture(scope="module")
def aspects(make: SimpleNamespace) -> Aspects:
    return Aspects.of(make.phrases())


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("부엉이버스 요금이 얼마예요", "cost"),
        ("얼 마", "cost"),
        ("몇시에 와요", "when"),
        ("cctv가 얼마나 많아요", "figures"),
        ("정류장은 몇 시까지", "where"),
        ("어디 몇 대", "where"),
        ("얼마 어디", "where"),
        ("부엉이버스", None),
        ("", None),
    ],
)
def test_the_longest_cue_tells_what_is_asked(aspects: Aspects, text: str, aspect: Aspect | None) -> None:
    assert aspects.asked(text) == aspect


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("그거 얼마예요?", True),
        ("그건 어디에서 타요", True),
        ("몇시인가요", True),
        ("", True),
        ("cctv 얼마", False),
        ("안심귀가 어디", False),
        ("가 얼마", True),
        ("가나 얼마", False),
        ("n60 얼마", False),
        ("비상벨 얼마", False),
    ],
)
def test_cues_and_fillers_and_a_letter_name_nothing(aspects: Aspects, text: str, nothing: bool) -> None:
    assert aspects.names_nothing(text) is nothing


def test_cues_are_longest_first_then_in_the_order_of_aspects(aspects: Aspects) -> None:
    sizes = [len(cue) for cue, _ in aspects.cues]
    assert sizes == sorted(sizes, reverse=True)
    twos = [aspect for cue, aspect in aspects.cues if len(cue) == 2]
    assert twos == sorted(twos, key=ASPECTS.index)
    assert ("몇시", "when") in aspects.cues
    assert aspects.fillers == ("인가요", "그거", "그건", "에서", "예요", "타요", "요", "이")


@given(st.text(max_size=40))
def test_any_text_asks_for_something_known_or_nothing(aspects: Aspects, text: str) -> None:
    assert aspects.asked(text) in (*ASPECTS, None)
    assert aspects.names_nothing(text) in (True, False)

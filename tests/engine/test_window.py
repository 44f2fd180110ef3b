"""A life story is cut to the sentence that asks."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.search import Search
from bot.engine.window import READ, telling

STORY = "저는 여기서 삼십 년을 살았는데 요즘 무릎도 아프고 손주도 보고 김치도 담그고 그럽니다 "
ASKS = "막차 끊겼는데 집에 어떻게 가요 "


@pytest.mark.parametrize("before", range(0, 12))
def test_the_sentence_that_asks_is_found_wherever_it_stands(spelling: Search, before: int) -> None:
    text = STORY * before + ASKS + STORY * (11 - before)
    short = telling(text.strip(), spelling.learned)
    assert "끊겼는데 집에" in short
    assert len(short) <= READ + 1


def test_a_message_of_readable_length_is_read_whole(spelling: Search) -> None:
    text = (STORY * 9)[:READ]
    assert telling(text, spelling.learned) == text
    assert len(telling(text + "가", spelling.learned)) <= READ + 1


@pytest.mark.parametrize(("first", "last"), [("부엉이버스", "화장실 비상벨"), ("화장실 비상벨", "부엉이버스")])
def test_the_two_best_parts_keep_their_order(spelling: Search, first: str, last: str) -> None:
    short = telling(f"{first} {STORY * 8}{last}", spelling.learned)
    assert (short.startswith(first), short.endswith(last)) == (True, True)


def test_where_nothing_tells_the_beginning_is_read(spelling: Search) -> None:
    text = "".join(f"{letter:80}" for letter in "abcde")
    assert telling(text, spelling.learned).split() == ["a", "b"]


@pytest.mark.parametrize("size", [161, 199, 200, 201, 999])
def test_the_very_end_is_read_too(spelling: Search, size: int) -> None:
    noise = "".join(random.Random(0).choices("xyzwvu", k=size - 6))
    assert "부엉이버스" in telling(f"{noise} 부엉이버스", spelling.learned)


@given(st.text(max_size=60), st.integers(1, 40))
def test_any_text_is_cut_to_pieces_of_itself(spelling: Search, text: str, times: int) -> None:
    long = text * times
    short = telling(long, spelling.learned)
    assert short == long or len(short) <= READ + 1
    assert set(short) <= {*long, " "}

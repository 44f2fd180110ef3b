"""Each step survives any text and settles; what people type becomes comparable."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.normalize import MAX_CHARS, STEPS, Step, normalize


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@given(text=st.text(max_size=60))
def test_each_step_survives_any_text_and_settles(step: Step, text: str) -> None:
    assert step(step(text)) == step(text)


@pytest.mark.parametrize(
    ("typed", "comparable"),
    [
        ("부엉이버스!!ㅋㅋㅋㅋ ㅠㅠ", "부엉이버스"),
        ("ㅂㅇㅇ ㅂㅅ", "ㅂㅇㅇ ㅂㅅ"),
        ("ㅋㅋㅋㅋ", "ㅋㅋ"),
        ("ＣＣＴＶ 어디…", "cctv 어디"),
        (unicodedata.normalize("NFD", "안심귀가"), "안심귀가"),
        ("안\u200b전\x00 <b>귀가</b>", "안 전 b 귀가 b"),
        ("좋아요오오오오", "좋아요오오"),
        ("🙏🙏", ""),
    ],
)
def test_what_people_type_becomes_comparable(typed: str, comparable: str) -> None:
    assert normalize(typed) == comparable


def test_a_long_message_is_cut_between_words() -> None:
    assert normalize("가나 " * 5000).endswith("가나")
    assert len(normalize("가나 " * 5000)) <= MAX_CHARS


def test_laughter_that_ends_in_a_consonant_takes_no_time() -> None:
    began = time.perf_counter()
    assert normalize("ㅋㅎ" * 500 + "ㄱ")
    assert time.perf_counter() - began < 1

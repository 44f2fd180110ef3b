"""How people get a phrasing wrong, always in the same way."""

import pytest

from bot.monitor.variants import initials, latin, tight, typo


@pytest.mark.parametrize(
    ("text", "told"), [("부엉이 버스 얼마", "부엉이버스얼마"), ("부엉이버스", None), (" 버스 ", None)]
)
def test_without_spaces(text, told):
    assert tight(text) == told


@pytest.mark.parametrize(
    ("text", "told"), [("부엉이 버스", "qndjddl qjtm"), ("예약", "dPdir"), ("N60번", None), ("CCTV", None), ("?", None)]
)
def test_with_the_keyboard_left_in_english(text, told):
    assert latin(text) == told


@pytest.mark.parametrize(
    ("text", "told"), [("부엉이 버스", "ㅂㅇㅇ ㅂㅅ"), ("버스", None), ("N60 버스", None), ("어디서 타요?", None)]
)
def test_with_initials_alone(text, told):
    assert initials(text) == told


def test_a_typo_is_one_wrong_vowel():
    wrong = typo("부엉이버스 요금")
    assert len(wrong) == len("부엉이버스 요금")
    assert sum(a != b for a, b in zip(wrong, "부엉이버스 요금", strict=True)) == 1
    assert typo("부엉이버스 요금") == wrong


@pytest.mark.parametrize("text", ["버스", "N60", "CCTV 60", "이리"])
def test_what_would_be_another_word_gets_no_typo(text):
    assert typo(text) is None

"""Letters, initials and keys of Hangul."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import hangul

SYLLABLES = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), max_size=30)


@given(SYLLABLES)
def test_letters_taken_apart_compose_to_the_same_syllables(text: str) -> None:
    assert hangul.compose(hangul.letters(text)) == text


@given(SYLLABLES)
def test_a_wrong_keyboard_can_always_be_undone(text: str) -> None:
    assert hangul.typed_in_hangul(hangul.typed_in_latin(text)) == text


@pytest.mark.parametrize(
    ("keys", "korean"), [("qndjddl qjtm", "부엉이 버스"), ("dkswjs", "안전"), ("ekfr", "닭"), ("dho", "왜")]
)
def test_keys_become_the_korean_that_was_meant(keys: str, korean: str) -> None:
    assert hangul.typed_in_hangul(keys) == korean


def test_initials_keep_what_is_not_hangul() -> None:
    assert hangul.initials("지능형 CCTV 3대") == "ㅈㄴㅎ CCTV 3ㄷ"


@given(st.text(max_size=80))
def test_no_text_breaks_anything(text: str) -> None:
    hangul.letters(text)
    hangul.initials(text)
    hangul.typed_in_hangul(text)
    hangul.typed_in_latin(text)

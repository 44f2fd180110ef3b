"""Buttons: short enough for Telegram, and those of years ago do not break anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.buttons import MOST_BYTES, Code, Press, parse
from bot.kb.model import ASPECTS

IDS = st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,2}", fullmatch=True)
PRESSES = st.builds(
    Press,
    st.sampled_from([Code.CARD, Code.MORE, Code.LESS, Code.SOURCES]),
    IDS,
    st.none() | st.sampled_from(ASPECTS),
) | st.sampled_from([Press(Code.MENU), Press(Code.BACK), Press(Code.CATEGORY, "night")])


@given(PRESSES)
def test_what_a_button_carries_leads_back_and_fits(press):
    assert parse(press.data) == press
    assert press.data.isascii()
    assert 1 <= len(press.data.encode()) <= MOST_BYTES


def test_the_longest_id_fits():
    assert len(Press(Code.SOURCES, "x" * 40, "contact").data.encode()) <= MOST_BYTES


@given(st.none() | st.text() | st.from_regex(r"[a-z]{0,5}:?[a-z-]{0,9}:?[a-z]{0,9}", fullmatch=True))
def test_anything_else_is_taken_quietly(data):
    press = parse(data)
    assert press is None or press.data == data


@pytest.mark.parametrize(
    "data", [None, "", "p", "p:", "menu:x", "x:owl-bus", "p:owl-bus:colour", "p:부엉이", "p:a:cost:b", "M:a"]
)
def test_unknown_and_old_data_is_none(data):
    assert parse(data) is None


def test_the_shape_is_a_promise_to_old_messages():
    assert Press(Code.CARD, "owl-bus", "cost").data == "p:owl-bus:cost"
    assert [Press(code, "a").data for code in (Code.CARD, Code.MORE, Code.LESS, Code.SOURCES, Code.CATEGORY)] == [
        "p:a", "m:a", "l:a", "s:a", "c:a",
    ]  # fmt: skip
    assert (Press(Code.MENU).data, Press(Code.BACK).data) == ("menu", "back")

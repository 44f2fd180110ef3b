"""A look at an update that nothing can surprise."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.incoming import incoming

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["update_id", "message", "callback_query", "from", "chat", "id", "type", "text", "caption"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def message(text="버스", kind="private", **more):
    chat = {"id": 7 if kind == "private" else -5, "type": kind}
    return {"update_id": 1, "message": {"chat": chat, "from": {"id": 7}, "text": text, **more}}


@given(JSON)
def test_it_takes_anything(update):
    found = incoming(update)
    assert found is None or json.loads(found.payload or "null") is not None or not found.is_for_us


def test_who_wrote_what_where():
    found = incoming(message("버스", "group"), 42, "safe_bot")
    assert (found.update_id, found.chat, found.user, found.text) == (1, -5, 7, "버스")
    press = {"update_id": 2, "callback_query": {"from": {"id": 8}, "message": message(kind="group")["message"]}}
    found = incoming(press)
    assert (found.chat, found.user, found.text, found.is_for_us) == (-5, 8, "", True)


def test_what_stands_below_a_picture_counts_as_text():
    assert incoming(message(None, caption="살려 주세요")).text == "살려 주세요"


@pytest.mark.parametrize("number", [None, "1", True, -1, 2**63, 1.5])
def test_without_a_usable_number_it_is_no_update(number):
    assert incoming({"update_id": number, "message": {}}) is None


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (message("아무 말", "group"), False),
        (message("@Safe_Bot 버스", "group"), True),
        (message("/help", "supergroup"), True),
        (message("버스", "group", reply_to_message={"from": {"id": 42}}), True),
        (message("버스", "group", reply_to_message={"from": {"id": 43}}), False),
        (message("버스"), True),
        ({"update_id": 1, "edited_message": {}}, False),
        ({"update_id": 1}, False),
        (message("x" * 300_000), False),
    ],
)
def test_in_a_group_only_what_is_said_to_the_bot_is_for_it(update, expected):
    assert incoming(update, 42, "safe_bot").is_for_us is expected


def test_what_is_nested_beyond_reason_is_not_for_us_and_no_error():
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    assert not incoming({"update_id": 1, "message": {"chat": {"type": "private"}, "x": deep}}).is_for_us
    while isinstance(deep, list):  # or its end is one recursion
        deep = deep.pop()


def test_halves_of_letters_survive():
    found = incoming(message("\ud83d"))
    assert found.payload.isascii()
    assert json.loads(found.payload) == message("\ud83d")

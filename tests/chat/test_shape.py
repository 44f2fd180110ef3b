"""What is kept of an update that was set aside: what it looked like, none of its words."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.shape import shape


def test_keys_and_kinds_alone():
    payload = {"message": {"chat": {"id": 777123456}, "text": "제 번호는 010-1234-5678", "ok": True, "list": [1, "x"]}}
    found = json.loads(shape(json.dumps(payload)))
    assert found == {"message": {"chat": {"id": "int"}, "text": "str of 19", "ok": "bool", "list": ["int", "str of 1"]}}


@given(st.text(alphabet="0123456789가나", min_size=8))
def test_no_word_gets_through(words):
    found = shape(json.dumps({"message": {"text": words, "list": [words, {"x": words}]}}))
    assert words not in found


def test_it_is_short_whatever_comes():
    assert len(shape(json.dumps({f"key{n}": {f"{m}" * 99: 1 for m in range(50)} for n in range(50)}))) <= 2000
    assert shape("[" * 100_000).startswith("no JSON")
    assert shape("rubbish 010-1234-5678") == "no JSON, 21 characters"

"""What the buttons of a vote carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.buttons import MOST_BYTES, Ballot, ballot, parse
from bot.store.questions import VOTES


@given(st.integers(0, 2**53 - 1), st.sampled_from(VOTES))
def test_a_vote_leads_back_to_its_question_and_fits(number, vote):
    cast = Ballot(number, vote)
    assert ballot(cast.data) == cast
    assert len(cast.data.encode()) <= MOST_BYTES
    assert parse(cast.data) is None, "no other button"


@given(st.none() | st.text() | st.from_regex(r"v:[0-9a-z]{0,14}:[a-z]{0,2}", fullmatch=True))
def test_anything_else_is_taken_quietly(data):
    cast = ballot(data)
    assert cast is None or 0 <= cast.question < 2**63


@pytest.mark.parametrize("data", [None, "", "v:", "v:1", "v:1:x", "v::u", "v:-1:u", "v:1:up", "V:1:u", "v:가:u"])
def test_what_is_no_vote(data):
    assert ballot(data) is None

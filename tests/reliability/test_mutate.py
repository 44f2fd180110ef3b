"""The fuzzer's updates: the same for the same seed, of both kinds, and never the end of the fuzzer itself."""

import json
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.reliability.mutate import MAX_BYTES, Mutator
from bench.reliability.seeds import seeds
from bot.web.standin import Standin

SEEDS = seeds(Standin(), 3)
KINDS = {
    "message", "edited_message", "callback_query", "channel_post", "my_chat_member", "chat_member", "inline_query",
    "poll", "poll_answer", "message_reaction",
}  # fmt: skip


def read(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def test_it_starts_from_every_kind_of_update() -> None:
    assert {kind for update in SEEDS for kind in update if kind != "update_id"} == KINDS


@settings(deadline=None)  # the machine may be busy
@given(seed=st.integers(0, 2**32))
def test_the_same_seed_brings_the_same_updates(seed: int) -> None:
    one, other = Mutator(SEEDS, seed), Mutator(SEEDS, seed)
    bodies = list(islice(one, 20))
    assert bodies == list(islice(other, 20))
    assert all(isinstance(body, bytes) for body in bodies)


def test_some_can_be_read_and_some_cannot_and_all_differ() -> None:
    bodies = list(islice(Mutator(SEEDS, 5), 500))
    readable = [body for body in bodies if isinstance(read(body), dict)]
    assert 150 < len(readable) < 450
    assert len(set(bodies)) > 450
    numbers = [
        update["update_id"] for body in readable if isinstance(update := read(body), dict) and "update_id" in update
    ]
    assert len({str(number) for number in numbers}) > len(readable) * 0.8


def test_the_seeds_stay_as_they_were() -> None:
    before = json.dumps(SEEDS)
    list(islice(Mutator(SEEDS, 6), 500))
    assert json.dumps(SEEDS) == before


def test_spoilt_bytes_stay_within_what_a_body_may_hold() -> None:
    unreadable = [body for body in islice(Mutator(SEEDS, 7), 500) if read(body) is None]
    assert max(map(len, unreadable)) <= MAX_BYTES

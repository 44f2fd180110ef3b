"""What is remembered, for how long, and never more than so much."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.memory import Memory


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_programme_last_shown_is_known_for_ten_minutes():
    clock = Clock()
    memory = Memory(clock)
    memory.show(1, "owl-bus")
    memory.show(2, "cctv")
    clock.now += 600
    assert (memory.shown(1), memory.shown(2), memory.shown(3)) == ("owl-bus", "cctv", None)
    clock.now += 1
    assert memory.shown(1) is None


def test_being_shown_again_starts_anew():
    clock = Clock()
    memory = Memory(clock)
    memory.show(1, "owl-bus")
    clock.now += 599
    memory.show(1, "cctv")
    clock.now += 599
    assert memory.shown(1) == "cctv"


@given(st.lists(st.integers(0, 9), max_size=50))
def test_never_more_chats_than_allowed_and_the_newest_stay(chats):
    memory = Memory(Clock(), most=3)
    for chat in chats:
        memory.show(chat, "owl-bus")
        memory.block(chat)
    newest = list(dict.fromkeys(reversed(chats)))[:3]
    assert {chat for chat in range(10) if memory.shown(chat)} == set(newest)
    assert {chat for chat in range(10) if memory.blocked(chat)} == set(newest)


def test_who_blocked_the_bot_is_known_until_they_write_again():
    memory = Memory(Clock())
    memory.block(1)
    assert memory.blocked(1)
    assert not memory.blocked(2)
    memory.unblock(1)
    assert not memory.blocked(1)


def test_moved_groups_and_albums():
    memory = Memory(Clock())
    memory.move(-1, -100)
    assert (memory.moved(-1), memory.moved(5)) == (-100, 5)
    assert [memory.seen(1, "a"), memory.seen(1, "a"), memory.seen(1, "b"), memory.seen(2, "b")] == [
        False,
        True,
        False,
        False,
    ]

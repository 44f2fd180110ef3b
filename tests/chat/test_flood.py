"""Too much from one person: a kind word once, then silence, and danger is seen all the same."""

from bot.chat.flood import BURST, Flood
from bot.store.inbox import Rank


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def judged(flood, times, person=7):
    return [flood.judge(person) for _ in range(times)]


def test_a_burst_is_answered_then_a_word_once_then_silence_then_only_a_glance():
    flood = Flood(Clock())
    assert judged(flood, BURST) == [Rank.ORDINARY] * BURST
    assert judged(flood, 30) == [Rank.NOTICE, *[Rank.LIMITED] * 29]
    assert judged(flood, 5) == [None] * 5


def test_others_are_not_touched():
    flood = Flood(Clock())
    judged(flood, 50)
    assert flood.judge(8) == Rank.ORDINARY


def test_who_waits_may_ask_again():
    clock = Clock()
    flood = Flood(clock)
    judged(flood, BURST)
    clock.now += 1.9
    assert flood.judge(7) == Rank.NOTICE
    clock.now += 4
    assert flood.judge(7) == Rank.ORDINARY


def test_at_one_message_in_two_seconds_nobody_is_ever_limited():
    clock = Clock()
    flood = Flood(clock)
    judged(flood, BURST)
    for _ in range(100):
        clock.now += 2
        assert flood.judge(7) == Rank.ORDINARY


def test_the_word_is_said_again_only_after_a_rest():
    clock = Clock()
    flood = Flood(clock)
    judged(flood, BURST + 1)
    clock.now += 4
    assert judged(flood, 2) == [Rank.ORDINARY, Rank.LIMITED]
    clock.now += 600
    assert judged(flood, BURST + 1)[-1] == Rank.NOTICE


def test_after_the_worst_flood_a_minute_of_rest_is_enough():
    clock = Clock()
    flood = Flood(clock)
    judged(flood, 10_000)
    clock.now += 62
    assert flood.judge(7) == Rank.ORDINARY


def test_a_hundred_thousand_people_take_bounded_memory():
    flood = Flood(Clock())
    for person in range(100_000):
        flood.judge(person)
    assert len(flood) == 20_000

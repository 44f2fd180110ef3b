"""Thirty messages a second in all, one a second to a chat; danger waits for neither."""

import asyncio
from itertools import pairwise

import pytest

from bot.chat.pace import Pace


class Time:
    """Sleeping moves it on; tasks sleep side by side."""

    def __init__(self):
        self.now, self.sleeping = 0.0, []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        future = asyncio.get_running_loop().create_future()
        self.sleeping.append((self.now + seconds, len(self.sleeping), future))
        await future

    async def all(self, *waits):
        """When each was let go."""
        left = {}

        async def note(number, wait):
            await wait
            left[number] = round(self.now, 6)

        tasks = [asyncio.ensure_future(note(n, wait)) for n, wait in enumerate(waits)]
        while not all(task.done() for task in tasks):
            for _ in range(10):
                await asyncio.sleep(0)
            if self.sleeping:
                first = min(self.sleeping, key=lambda each: each[:2])
                self.sleeping.remove(first)
                self.now = max(self.now, first[0])
                first[2].set_result(None)
        return [left[n] for n in range(len(tasks))]


@pytest.fixture
def time():
    return Time()


async def test_one_a_second_to_a_chat_in_the_order_they_came(time):
    pace = Pace(1000, clock=time, sleep=time.sleep)
    assert await time.all(*(pace.turn(7) for _ in range(3))) == [0.0, 1.0, 2.0]


async def test_thirty_a_second_in_all_evenly(time):
    pace = Pace(30, clock=time, sleep=time.sleep)
    left = await time.all(*(pace.turn(chat) for chat in range(61)))
    assert left[-1] == pytest.approx(2, abs=1e-5)
    assert all(later - sooner == pytest.approx(1 / 30, abs=1e-5) for sooner, later in pairwise(left))


async def test_a_chat_that_waits_holds_up_no_other(time):
    pace = Pace(1000, clock=time, sleep=time.sleep)
    left = await time.all(*(pace.turn(7) for _ in range(5)), pace.turn(8))
    assert left[5] < 0.1


async def test_a_change_of_a_message_waits_for_no_chat(time):
    pace = Pace(1000, clock=time, sleep=time.sleep)
    assert (await time.all(pace.turn(7), pace.turn(7), pace.turn(None)))[2] < 0.1


async def test_danger_never_waits(time):
    pace = Pace(1, clock=time, sleep=time.sleep)
    left = await time.all(*(pace.turn(chat) for chat in range(5)), pace.turn(0, urgent=True))
    assert left == [0.0, 1.0, 2.0, 3.0, 4.0, 0.0]


async def test_danger_does_not_let_the_next_ordinary_message_come_too_soon(time):
    pace = Pace(1000, clock=time, sleep=time.sleep)
    left = await time.all(*(pace.turn(7) for _ in range(3)), pace.turn(7, urgent=True), pace.turn(7))
    assert left == [0.0, 1.0, 2.0, 0.0, 3.0]
    assert await time.all(pace.turn(8, urgent=True), pace.turn(8)) == [3.0, 4.0]


async def test_memory_is_bounded(time):
    pace = Pace(1e9, per_chat=0, clock=time, sleep=time.sleep)
    for chat in range(30_000):
        await pace.turn(chat, urgent=True)
    assert len(pace._chats) == 20_000

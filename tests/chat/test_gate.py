"""One message on its way unrecorded; nobody waits for a slow one."""

import asyncio

import pytest

from bot.chat import gate as module
from bot.chat.gate import Gate


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.001)
    return [0.0]


@pytest.fixture
def gate(now):
    return Gate(lambda: now[0])


async def let(*tasks):
    """Whoever can has gone through."""
    await asyncio.sleep(0.02)
    return [task.done() for task in tasks]


async def test_the_next_leaves_when_the_one_before_is_recorded(gate):
    first = await gate.enter()
    second, third = asyncio.create_task(gate.enter()), asyncio.create_task(gate.enter())
    assert await let(second, third) == [False, False]
    first.leave()
    first.leave()
    assert await let(second, third) == [True, False]
    second.result().leave()
    assert await let(third) == [True]


async def test_a_slow_one_counts_no_more_after_a_second(gate, now):
    await gate.enter()
    second = asyncio.create_task(gate.enter())
    now[0] = 1.0
    assert await let(second) == [False]
    now[0] = 1.1
    assert await let(second) == [True]


async def test_where_the_line_is_long_it_widens(gate, now):
    now[0] = 10.0
    line = [asyncio.create_task(gate.enter()) for _ in range(6)]
    assert sum(await let(*line)) == 1
    for entered in gate._inside:
        entered.at = 15.0  # as if it had just begun
    now[0] = 15.0
    assert sum(await let(*line)) == 3


async def test_who_gives_up_in_the_line_holds_up_nobody(gate):
    first = await gate.enter()
    gone, last = asyncio.create_task(gate.enter()), asyncio.create_task(gate.enter())
    await let()
    gone.cancel()
    first.leave()
    assert await let(last) == [True]
    with pytest.raises(asyncio.CancelledError):
        await gone

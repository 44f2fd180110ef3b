"""One chat's updates in order, one slow chat in nobody's way."""

import asyncio

from bot.chat.lanes import Lanes


async def test_one_chat_is_answered_in_order_and_no_other_waits_for_it():
    lanes, done, gate = Lanes(), [], asyncio.Event()

    async def work(chat: int, name: str) -> None:
        async with lanes.of(chat):
            if name == "first":
                await gate.wait()
            done.append(name)

    tasks = [asyncio.create_task(work(chat, name)) for chat, name in ((1, "first"), (1, "second"), (2, "other"))]
    await asyncio.wait([tasks[2]], timeout=1)
    assert done == ["other"]
    gate.set()
    await asyncio.gather(*tasks)
    assert done == ["other", "first", "second"]


async def test_nothing_stays_of_a_chat_that_is_done():
    lanes = Lanes()

    async def fail() -> None:
        async with lanes.of(7):
            raise ValueError

    await asyncio.gather(fail(), fail(), return_exceptions=True)
    assert len(lanes) == 0

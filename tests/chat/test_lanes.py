"""Within a chat one after the other, between chats side by side, and no lock is kept for ever."""

import asyncio
import gc

from telegram import Chat, Message, Update

from bot.chat.lanes import Lanes


def update(chat: int, number: int = 1) -> Update:
    return Update(number, message=Message(number, None, Chat(chat, "private")))  # type: ignore[arg-type]


async def test_a_chat_keeps_its_order_and_another_does_not_wait():
    lanes, done, gate = Lanes(), [], asyncio.Event()

    async def work(name: str, wait: bool) -> None:
        if wait:
            await gate.wait()
        done.append(name)

    tasks = [
        asyncio.create_task(lanes.process_update(update(chat), work(name, wait)))
        for chat, name, wait in [(1, "1a", True), (1, "1b", False), (1, "1c", False), (2, "2a", False)]
    ]
    for _ in range(5):
        await asyncio.sleep(0)
    assert done == ["2a"]
    gate.set()
    await asyncio.gather(*tasks)
    assert done == ["2a", "1a", "1b", "1c"]


async def test_one_busy_chat_never_freezes_the_rest():
    lanes, gate, done = Lanes(), asyncio.Event(), asyncio.Event()

    async def finish() -> None:
        done.set()

    flood = [asyncio.create_task(lanes.process_update(update(1, n), gate.wait())) for n in range(2000)]
    await asyncio.wait_for(lanes.process_update(update(2), finish()), 1)
    assert done.is_set()
    gate.set()
    await asyncio.gather(*flood)


async def test_a_lane_ends_with_its_last_update_also_after_an_error():
    lanes = Lanes()

    async def fail() -> None:
        raise RuntimeError

    results = await asyncio.gather(
        *(lanes.process_update(update(chat), fail()) for chat in range(100)), return_exceptions=True
    )
    assert all(isinstance(result, RuntimeError) for result in results)
    del results
    gc.collect()
    assert len(lanes) == 0


async def test_updates_of_no_chat_pass():
    ran = asyncio.Event()

    async def run() -> None:
        ran.set()

    await Lanes().process_update(object(), run())
    assert ran.is_set()

"""The engine runs aside, and danger never waits behind a crowd."""

import asyncio
import threading

from bot.chat.deed import CURRENT, Deed
from bot.chat.threads import Threads
from bot.store.inbox import Rank


async def test_danger_waits_behind_no_crowd():
    threads, go = Threads(2), threading.Event()
    crowd = [threads.run(lambda: go.wait(5)) for _ in range(20)]
    token = CURRENT.set(Deed(Rank.URGENT))
    assert await asyncio.wait_for(threads.run(lambda: threading.current_thread().name), 2) >= "danger"
    CURRENT.reset(token)
    assert not any(each.done() for each in crowd)
    go.set()
    await asyncio.gather(*crowd)
    threads.close()


async def test_the_work_knows_which_update_it_is_about():
    threads, deed = Threads(1), Deed()
    token = CURRENT.set(deed)
    assert await threads.run(CURRENT.get) is deed
    CURRENT.reset(token)
    threads.close()

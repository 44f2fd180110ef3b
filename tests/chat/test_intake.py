"""The one way in: safe before it is acknowledged, danger before everything."""

import asyncio
import json

import pytest

from bot.chat import work as module
from bot.chat.flood import BURST, Flood
from bot.chat.incoming import Incoming
from bot.chat.intake import Full, Intake
from bot.chat.work import Work
from bot.store import inbox, keeper, sqlite
from bot.store.database import Trouble
from bot.store.inbox import Rank
from bot.store.keeper import Store


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(keeper, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.01)
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 20"))


def update(number, text="버스", chat=7, user=7, is_for_us=True):
    return Incoming(number, chat, user, text, json.dumps({"update_id": number}), is_for_us)


class Desk:
    def __init__(self, store):
        self.store, self.answered, self.go = store, [], asyncio.Event()
        self.go.set()
        self.work = Work(store, self.handle, self.report)
        self.intake = Intake(store, self.work, lambda text: "살려" in text, Flood(lambda: 0.0))

    async def handle(self, row):
        if row.rank != Rank.URGENT:
            await self.go.wait()
        self.answered.append((row.update_id, row.rank))

    async def report(self, why, row):
        raise AssertionError(why)

    async def until(self, condition):
        async with asyncio.timeout(5):
            while not condition():
                await asyncio.sleep(0.002)

    async def waiting(self):
        return (await self.store.read(inbox.depth)).waiting


@pytest.fixture
async def desk(tmp_path):
    async with Store(f"sqlite:///{tmp_path}/bot.db") as store:
        yield Desk(store)


@pytest.fixture
async def down(tmp_path):
    """Its database never opens."""
    return Desk(Store(f"sqlite:///{tmp_path}/bot.db"))


async def test_what_is_acknowledged_is_in_the_database(desk):
    for safe in await desk.intake.accept([update(1), update(2, chat=8)]):
        assert safe.done()
    assert await desk.waiting() == 2


async def test_a_repeat_is_safe_and_changes_nothing(desk):
    await desk.intake.accept([update(1)])
    for _ in range(3):
        [safe] = await desk.intake.accept([update(1)])
        assert safe.done()
    assert await desk.waiting() == 1


async def test_a_repeat_uses_up_nobodys_turns(desk):
    for _ in range(3 * BURST):
        await desk.intake.accept([update(1)])
    await desk.intake.accept([update(2)])
    rows = await desk.store.claim(5)
    assert [row.rank for row in rows] == [Rank.ORDINARY]


async def test_what_is_not_for_the_bot_is_acknowledged_and_kept_nowhere(desk):
    [safe] = await desk.intake.accept([update(1, is_for_us=False)])
    assert safe.done()
    assert await desk.waiting() == 0


async def test_danger_is_answered_before_the_database_has_it(desk, monkeypatch):
    async def never(rows):
        await asyncio.Event().wait()

    monkeypatch.setattr(desk.store, "put", never)
    task = asyncio.create_task(desk.intake.accept([update(1, "살려 주세요"), update(2)]))
    await desk.until(lambda: desk.answered)
    assert desk.answered == [(1, Rank.URGENT)]
    task.cancel()


async def test_danger_is_answered_once_and_leaves_the_inbox(desk):
    await desk.intake.accept([update(1, "살려 주세요")])
    await desk.until(lambda: desk.answered and not desk.work.hand)
    await desk.intake.accept([update(1, "살려 주세요")])
    assert desk.answered == [(1, Rank.URGENT)]
    assert await desk.waiting() == 0


async def test_danger_that_another_replica_answered_is_not_answered_again(desk):
    await desk.store.put([inbox.Row(1, 7, Rank.URGENT, "{}", 0.0)])
    await desk.intake.accept([update(1, "살려 주세요")])
    await desk.until(lambda: not desk.work.hand)
    assert desk.answered == []


async def test_the_same_update_twice_in_one_batch_is_answered_once(desk):
    assert len(await desk.intake.accept([update(1, "살려"), update(1, "살려"), update(2)])) == 3
    await desk.until(lambda: desk.answered and not desk.work.hand)
    assert desk.answered == [(1, Rank.URGENT)]


async def test_too_much_gets_a_word_once_then_none_but_danger_is_always_seen(desk):
    for number in range(50):
        await desk.intake.accept([update(number)])
    found = []
    while rows := await desk.store.claim(50):
        for row in rows:
            found.append(row.rank)
            await desk.store.write(inbox.finish(row.update_id))
    assert found == [Rank.ORDINARY] * BURST + [Rank.NOTICE] + [Rank.LIMITED] * 29
    await desk.intake.accept([update(100, "살려 주세요")])
    await desk.until(lambda: desk.answered)
    assert desk.answered == [(100, Rank.URGENT)]


async def test_in_trouble_it_is_answered_from_memory_and_safe_only_then(down):
    down.go.clear()
    [safe] = await down.intake.accept([update(1)])
    [again] = await down.intake.accept([update(1)])
    assert not safe.done()
    assert not again.done()
    down.go.set()
    await asyncio.wait_for(asyncio.gather(safe, again), 2)
    [later] = await down.intake.accept([update(1)])
    assert later.done()
    assert down.answered == [(1, Rank.ORDINARY)]


async def test_a_repeat_in_trouble_of_what_was_answered_before_is_dropped(desk):
    await desk.intake.accept([update(1)])
    [row] = await desk.store.claim(5)
    await desk.store.write(inbox.finish(row.update_id))
    desk.work._mirror.clear()
    await desk.store._fail(Trouble("gone"))
    [safe] = await desk.intake.accept([update(1)])
    assert safe.done()
    assert desk.answered == []


async def test_deliveries_of_one_update_at_the_moment_of_trouble_are_answered_once(desk, monkeypatch):
    async def fail(rows):
        await asyncio.sleep(0.01)
        raise Trouble("gone")

    monkeypatch.setattr(desk.store, "put", fail)
    found = await asyncio.gather(*(desk.intake.accept([update(1)]) for _ in range(5)))
    await asyncio.wait_for(asyncio.gather(*(safe for [safe] in found)), 2)
    assert desk.answered == [(1, Rank.ORDINARY)]


async def test_where_there_is_no_room_it_is_told_to_come_again_and_loses_nothing_by_it(down, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_HAND", 1)
    down.go.clear()
    await down.intake.accept([update(1, user=1)])
    for _ in range(20):
        with pytest.raises(Full):
            await down.intake.accept([update(2, "살려 주세요"), update(3), update(4)])
        await asyncio.sleep(0)
    await down.until(lambda: down.answered)
    assert down.answered == [(2, Rank.URGENT)], "danger needs no room, and is answered once"
    down.go.set()
    await down.until(lambda: not down.work.hand)
    monkeypatch.setattr(module, "MOST_IN_HAND", 99)
    await down.intake.accept([update(3), update(4)])
    await down.until(lambda: len(down.answered) == 4)
    assert down.answered[2:] == [(3, Rank.ORDINARY), (4, Rank.ORDINARY)], "coming again counted as asking too much"

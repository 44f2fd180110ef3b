"""Who works on what waits: everything once, in order within a chat, nothing lost with a process that ended."""

import asyncio
import json
import logging
from contextlib import asynccontextmanager

import pytest

from bot.chat import work as module
from bot.chat.deed import Unreadable, current
from bot.chat.work import Work
from bot.store import inbox, keeper, sqlite
from bot.store.database import Trouble
from bot.store.inbox import Rank, Row
from bot.store.keeper import Store

NOW = 1_000_000.0


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(keeper, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.01)
    monkeypatch.setattr(module, "_AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 20"))


def row(number, chat=None, rank=Rank.ORDINARY, text="버스"):
    payload = json.dumps({"update_id": number, "message": {"text": text}})
    return Row(number, number if chat is None else chat, rank, payload, NOW)


class Bench:
    """A worker whose answers are what a test says."""

    def __init__(self, store):
        self.store, self.now = store, NOW
        self.answered, self.reported, self.doing = [], [], {}
        self.work = Work(store, self.handle, self.report, lambda: self.now)

    async def handle(self, row):
        do = self.doing.get(row.update_id)
        if do:
            await do(row)
        self.answered.append(row.update_id)

    async def report(self, why, row):
        self.reported.append((row.update_id, why))

    async def put(self, *rows):
        await self.store.put(rows)
        self.work.put(rows)

    async def until(self, condition):
        async with asyncio.timeout(5):
            while not condition():
                await asyncio.sleep(0.002)

    async def left(self):
        return (await self.store.read(inbox.depth)).waiting

    @asynccontextmanager
    async def running(self):
        stop = asyncio.Event()
        task = asyncio.create_task(self.work.run(stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(task, 5)


@pytest.fixture
async def bench(url):
    async with Store(url, lambda: NOW) as store:
        yield Bench(store)


@pytest.fixture
def file(tmp_path):
    return f"sqlite:///{tmp_path}/bot.db"


async def test_all_is_answered_once_and_leaves_the_inbox(bench):
    await bench.put(*(row(n) for n in range(100)))
    async with bench.running():
        await bench.until(lambda: len(bench.answered) == 100)
    assert sorted(bench.answered) == list(range(100))
    assert await bench.left() == 0


async def test_a_chat_is_answered_in_order_and_a_slow_one_holds_up_no_other(bench):
    go = asyncio.Event()

    async def slow(_):
        await go.wait()

    bench.doing[1] = slow
    await bench.put(row(1, 7), row(2, 7), row(3, 7), row(4, 8), row(5, 9))
    async with bench.running():
        await bench.until(lambda: sorted(bench.answered) == [4, 5])
        await bench.put(row(6, 10))
        await bench.until(lambda: sorted(bench.answered) == [4, 5, 6])
        go.set()
        await bench.until(lambda: len(bench.answered) == 6)
    assert bench.answered[3:] == [1, 2, 3]


async def test_what_is_in_hand_is_finished_at_the_end_and_nothing_new_begun(bench):
    async def slow(_):
        await asyncio.sleep(0.05)

    bench.doing[1] = slow
    await bench.put(row(1, 7), row(2, 7))
    async with bench.running():
        await bench.until(lambda: 1 in bench.work.hand)
    assert bench.answered == [1]
    assert await bench.left() == 1


async def test_a_put_off_answer_waits_for_its_chat_alone(bench):
    async def later(_):
        if bench.now < NOW + 30:
            current().later = 30.0

    bench.doing[1] = later
    await bench.put(row(1, 7), row(2, 7), row(3, 8))
    async with bench.running():
        await bench.until(lambda: 3 in bench.answered and 1 in bench.answered and not bench.work.hand)
        assert 2 not in bench.answered
        bench.answered.clear()
        bench.store._clock = lambda: NOW + 30
        bench.now = NOW + 30
        await bench.until(lambda: len(bench.answered) == 2)
    assert bench.answered == [1, 2]
    assert await bench.left() == 0


async def test_what_cannot_be_delivered_for_a_day_is_set_aside(bench):
    async def later(_):
        current().later = 30.0

    bench.doing[1] = later
    bench.now = NOW + 24 * 3600 + 1
    await bench.put(row(1, 7), row(2, 7))
    async with bench.running():
        await bench.until(lambda: 2 in bench.answered)
    assert bench.reported == [(1, "it could not be delivered for a day")]


async def test_an_error_is_tried_three_times_then_set_aside_and_reported_without_words(bench, look, caplog):
    tries = []

    async def broken(row):
        tries.append(current().is_last)
        raise ValueError(f"cannot read {row.payload}")

    bench.store._clock = lambda: bench.now
    bench.doing[1] = broken
    await bench.put(row(1, 7, text="제 번호 010-9999-8888"), row(2, 7))
    async with bench.running():
        await bench.until(lambda: tick(bench) and 2 in bench.answered)
    assert tries == [False, False, True]
    assert bench.reported == [(1, "ValueError")]
    assert await bench.left() == 0
    [(shape,)] = await look(bench.store.database, "SELECT shape FROM set_aside")
    assert "9999" not in shape + caplog.text


def tick(bench):
    bench.now += 0.1
    return True


async def test_what_is_no_update_is_not_tried_again(bench):
    async def unreadable(_):
        raise Unreadable("x")

    bench.doing[1] = unreadable
    await bench.put(row(1))
    async with bench.running():
        await bench.until(lambda: bench.reported)
    assert bench.reported == [(1, "Unreadable")]


async def test_what_ended_the_process_three_times_is_set_aside_its_neighbour_is_answered(file):
    async with Store(file, lambda: NOW) as store:
        await store.put([row(1), row(2)])
    for _ in range(3):
        async with Store(file, lambda: NOW) as store:
            bench = Bench(store)
            started = asyncio.Event()

            async def deadly(row, started=started):
                if row.update_id == 1:
                    started.set()
                await asyncio.Event().wait()

            bench.doing |= {1: deadly, 2: deadly}
            run = asyncio.create_task(bench.work.run(asyncio.Event()))
            await asyncio.wait_for(started.wait(), 5)
            run.cancel()  # the process ends: nothing is settled
            for task in bench.work._tasks:
                task.cancel()
            await asyncio.gather(run, *bench.work._tasks, return_exceptions=True)
            assert bench.reported == []
    async with Store(file, lambda: NOW) as store:
        bench = Bench(store)
        async with bench.running():
            await bench.until(lambda: bench.reported and bench.answered)
        assert bench.reported == [(1, "the process ended while it was worked on")]
        assert bench.answered == [2]
        assert await bench.left() == 0


async def test_what_was_tried_before_runs_with_nothing_else_claimed(file):
    async with Store(file, lambda: NOW) as store:
        await store.put([row(n) for n in range(1, 4)])
        await store.claim(64)
    async with Store(file, lambda: NOW) as store:
        bench, together = Bench(store), []

        async def alone(_):
            await asyncio.sleep(0.01)
            together.append(len(bench.work.hand))

        bench.doing |= dict.fromkeys((1, 2, 3), alone)
        async with bench.running():
            await bench.until(lambda: len(bench.answered) == 3)
        assert together == [1, 1, 1]


async def test_nobody_pauses_for_what_was_tried_before_where_there_is_none(bench, monkeypatch):
    monkeypatch.setattr(module, "_AGAIN_SECONDS", 0.0)
    go = asyncio.Event()

    async def slow(_):
        await go.wait()

    bench.doing[1] = slow
    await bench.put(row(1))
    async with bench.running():
        await bench.until(lambda: 1 in bench.work.hand)
        monkeypatch.setattr(module, "_AGAIN_SECONDS", 3600.0)  # a pause would last an hour
        bench.work._looked_at = float("-inf")
        await bench.put(row(2))
        await bench.until(lambda: bench.answered == [2])
        go.set()


async def test_danger_from_memory_waits_for_no_lane_and_no_database(file):
    store = Store(file)  # never opened: trouble
    bench = Bench(store)
    go = asyncio.Event()

    async def slow(_):
        await go.wait()

    bench.doing[1] = slow
    bench.work.take(row(1, 7))
    danger = bench.work.take(row(2, 7, Rank.URGENT))
    await asyncio.wait_for(danger.done, 2)
    assert bench.answered == [2]
    go.set()
    await bench.until(lambda: not bench.work.hand)


async def test_danger_that_the_database_saw_before_is_not_answered_again(file):
    bench = Bench(Store(file))
    is_new = asyncio.get_running_loop().create_future()
    item = bench.work.take(row(1, rank=Rank.URGENT), is_new=is_new)
    is_new.set_result(False)
    await item.done
    assert bench.answered == []


async def test_danger_does_not_wait_for_a_database_that_says_nothing(file):
    bench = Bench(Store(file))
    never = asyncio.get_running_loop().create_future()
    item = bench.work.take(row(1, rank=Rank.URGENT), is_new=never)
    await asyncio.wait_for(item.done, 1)
    assert bench.answered == [1]


async def test_from_memory_too_three_attempts_are_all(file):
    bench = Bench(Store(file))
    tries = []

    async def broken(_):
        tries.append(current().is_last)
        raise ValueError

    bench.doing[1] = broken
    item = bench.work.take(row(1))
    bench.work._wait = lambda row, deed: None if deed.is_last else 0.0
    await item.done
    assert tries == [False, False, True]
    assert bench.reported == [(1, "ValueError")]


async def test_what_waits_in_a_database_that_fails_goes_on_from_memory_in_order(file, tmp_path):
    async with Store(file) as store:
        bench = Bench(store)
        await bench.put(*(row(n, chat=n % 3) for n in range(30)))
        await store._fail(Trouble("gone"))
        await bench.until(lambda: len(bench.answered) == 30)
        for chat in range(3):
            assert [n for n in bench.answered if n % 3 == chat] == list(range(chat, 30, 3))
        await bench.until(lambda: store.is_up)
        async with bench.running():
            await bench.until(lambda: not store.owes)
        assert len(bench.answered) == 30, "answered again after the recovery"
        assert await bench.left() == 0


async def test_what_was_put_at_the_very_moment_of_trouble_is_answered_from_memory(file):
    async with Store(file) as store:
        bench = Bench(store)
        await store.put([row(1)])
        await store._fail(Trouble("gone"))
        bench.work.put([row(1)])
        await bench.until(lambda: bench.answered == [1])


async def test_what_was_answered_from_memory_while_its_claim_was_on_the_way_is_not_answered_again(file):
    async with Store(file) as store:
        bench = Bench(store)
        await bench.put(row(1))
        claim = store.claim

        async def slow(most, again=False):
            rows = await claim(most, again)
            if rows:
                await store._fail(Trouble("gone"))
                await bench.until(lambda: bench.answered and not bench.work.hand)
            return rows

        store.claim = slow
        async with bench.running():
            await bench.until(lambda: store.is_up and bench.answered)
            await bench.until(lambda: not store.owes)
        assert bench.answered == [1]
        assert await bench.left() == 0


async def test_the_memory_of_what_waits_is_bounded(file):
    async with Store(file) as store:
        bench = Bench(store)
        for start in range(0, 100_000, 1000):
            bench.work.put([row(n) for n in range(start, start + 1000)])
        assert len(bench.work._mirror) == module.MOST_IN_HAND


async def test_an_answer_that_cannot_be_recorded_is_still_out_of_the_inbox(bench, caplog):
    async def noted(_):
        async def wrong(_):
            raise ValueError("wor" + "ds")

        current().ops.append(wrong)

    bench.doing[1] = noted
    await bench.put(row(1))
    with caplog.at_level(logging.ERROR):
        async with bench.running():
            await bench.until(lambda: bench.answered and not bench.work.hand)
    assert "could not be recorded" in caplog.text
    assert "words" not in caplog.text
    assert await bench.left() == 0


async def test_two_replicas_share_an_inbox_and_answer_all_once_in_order(shared):
    async with Store(shared) as one, Store(shared) as other:
        benches = [Bench(one), Bench(other)]
        answered = []
        for each in benches:
            each.answered = answered
        await benches[0].put(*(row(n, chat=n % 7) for n in range(140)))
        async with benches[0].running(), benches[1].running():
            await benches[0].until(lambda: len(answered) >= 140)
        assert sorted(answered) == list(range(140))
        for chat in range(7):
            assert [n for n in answered if n % 7 == chat] == list(range(chat, 140, 7))

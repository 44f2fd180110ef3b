"""A database in trouble costs no answer: said once, refused at once, mended without a restart."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import text

from bot.errors import StoreError
from bot.store import inbox, keeper, sqlite
from bot.store.database import Trouble
from bot.store.keeper import Store


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """A second is a fiftieth."""
    monkeypatch.setattr(keeper, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.02)
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 20"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bot.db"


@pytest.fixture
async def store(path):
    async with Store(f"sqlite:///{path}") as found:
        yield found


class Heard(list):
    async def __call__(self, change):
        self.append(change.is_up)


def listener(store):
    heard = Heard()
    store.listen(heard)
    return heard


async def until(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def lock(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


def note(number):
    async def op(connection):
        await connection.execute(text(f"INSERT INTO seen VALUES ({number}, 0)"))

    return op


async def seen(connection):
    return sorted((await connection.execute(text("SELECT update_id FROM seen"))).scalars())


async def test_a_lock_is_told_once_refused_at_once_and_over_by_itself(store, path, rows, monkeypatch):
    heard = listener(store)
    other = lock(path)
    results = await asyncio.gather(*(store.put(rows(number)) for number in range(5)), return_exceptions=True)
    assert all(isinstance(result, Trouble) for result in results)
    assert not store.is_up
    assert "locked" in store.why
    with monkeypatch.context() as asked:
        asked.setattr(store.database, "write", None)  # nobody waits for it again
        for _ in range(3):
            with pytest.raises(Trouble):
                await store.write(note(1))
    assert heard == [False]
    other.close()
    await until(lambda: store.is_up)
    assert (heard, store.why) == ([False, True], "")
    assert await store.put(rows(1)) == {1}


async def test_what_could_not_be_written_is_written_before_recovery_is_told(store, path):
    told = []

    async def hear(change):
        told.append((change.is_up, store.owes))

    other = lock(path)
    await store.settle(note(1))
    await store.settle(note(2))
    assert store.owes == 2
    store.listen(hear)
    other.close()
    await until(lambda: store.is_up)
    assert told == [(True, 0)]
    assert await store.read(seen) == [1, 2]


async def test_what_can_never_be_written_does_not_keep_the_others_waiting(store, path, caplog):
    async def wrong(connection):
        raise ValueError("010-1234-5678")

    other = lock(path)
    for op in (note(1), wrong, note(2)):
        await store.settle(op)
    other.close()
    await until(lambda: store.is_up)
    assert await store.read(seen) == [1, 2]
    assert "could not be recorded" in caplog.text
    assert "010" not in caplog.text


@pytest.mark.parametrize("harm", ["deleted", "rubbish", "written over", "another"])
async def test_a_file_that_is_gone_or_spoilt_is_noticed_and_a_new_one_begun(store, path, rows, tmp_path, harm):
    heard = listener(store)
    await store.put(rows(1))
    match harm:
        case "deleted":
            path.unlink()
        case "rubbish":
            path.unlink()
            path.write_bytes(b"rubbish" * 999)
        case "written over":
            path.write_bytes(b"rubbish" * 999)
        case "another":
            other = sqlite3.connect(tmp_path / "x.db")
            other.execute("CREATE TABLE x (y)")
            other.commit()
            other.close()
            (tmp_path / "x.db").rename(path)
    await until(lambda: heard == [False, True])
    assert await store.put(rows(2)) == {2}
    assert list(tmp_path.glob("*.broken-*")) != [] or harm != "rubbish"


async def test_a_folder_that_cannot_be_used_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    async with Store(f"sqlite:///{tmp_path}/file/bot.db") as store:
        assert not store.is_up
        (tmp_path / "file").unlink()
        await until(lambda: store.is_up)


async def test_a_second_bot_on_the_same_file_does_not_start(store, path):
    with pytest.raises(StoreError, match="another bot"):
        async with Store(f"sqlite:///{path}"):
            pass


async def test_what_an_earlier_process_left_is_free_at_once_where_none_other_can_be_at_work(path, rows):
    async with Store(f"sqlite:///{path}") as first:
        await first.put(rows(1))
        assert await first.claim(5)
    async with Store(f"sqlite:///{path}") as second:
        [row] = await second.claim(5, again=True)
        assert row.tries == 2


async def test_a_replica_that_starts_takes_nothing_from_one_at_work(shared, rows):
    async with Store(shared) as first, Store(shared) as second:
        await first.put(rows(1))
        assert await first.claim(5)
        assert await second.claim(5, again=True) == []
        assert first.owner != second.owner


async def test_leases_of_what_is_in_hand_are_renewed_and_a_lost_claim_is_free_after_its_lease(path, rows, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(keeper, "_RENEW_EVERY", 0.0)
    async with Store(f"sqlite:///{path}", lambda: now[0]) as store:
        await store.put(rows(1, 2))
        await store.claim(5)  # the answer to it never came
        store.in_hand = lambda: [1]
        for _ in range(3):
            now[0] += 6
            await store._look()
        assert [row.update_id for row in await store.claim(5, again=True)] == [2]


async def test_it_closes_though_it_owes_what_cannot_be_written(path):
    store = Store(f"sqlite:///{path}")
    await store.__aenter__()
    other = lock(path)
    await store.settle(note(1))
    await asyncio.wait_for(store.__aexit__(), 3)
    other.close()
    async with Store(f"sqlite:///{path}") as again:
        assert await again.read(seen) == []


async def test_what_is_owed_is_written_at_the_end_if_it_can_be(path, monkeypatch):
    store = Store(f"sqlite:///{path}")
    await store.__aenter__()
    other = lock(path)
    monkeypatch.setattr(keeper, "_LOOK_SECONDS", 60.0)
    await store.settle(note(1))
    await until(lambda: store.database._writer is None)  # the first look after it was in vain
    other.close()
    await asyncio.wait_for(store.__aexit__(), 5)
    async with Store(f"sqlite:///{path}") as again:
        assert await again.read(seen) == [1]


async def test_postgresql_that_goes_and_comes_is_told_once_each(shared, rows):
    async with Store(shared) as store:
        heard = listener(store)
        store.database._writer, writer = None, store.database._writer  # as if every connection were refused
        with pytest.raises(Trouble):
            await store.put(rows(1))
        with pytest.raises(Trouble):
            await store.put(rows(2))
        await until(lambda: store.is_up)
        assert heard == [False, True]
        assert await store.put(rows(1)) == {1}
        await writer.dispose()


async def test_it_closes_at_once_in_the_middle_of_healing(tmp_path):
    for number in range(20):
        store = Store(f"sqlite:///{tmp_path}/{number}.db")
        await store.__aenter__()
        await store._fail(Trouble("gone"))
        await asyncio.sleep(number / 1000)
        await asyncio.wait_for(store.__aexit__(), 5)


async def test_the_finished_work_that_it_remembers_is_bounded(store, path, monkeypatch):
    other = lock(path)
    for _ in range(keeper._MOST_OWED + 50):
        await store.settle(inbox.finish(1))
    assert store.owes == keeper._MOST_OWED
    store._owed.clear()
    other.close()

"""The one that writes: together where it can, alone where it must, and honest about trouble."""

import asyncio
import sqlite3
import stat

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.errors import StoreError
from bot.store import sqlite
from bot.store.database import Database, Trouble, in_turn
from tests.conftest import TABLES


def insert(number: int):
    async def op(connection):
        await connection.execute(text(f"INSERT INTO seen (update_id, at) VALUES ({number}, 0)"))
        return number

    return op


async def count(connection):
    return (await connection.execute(text("SELECT count(*) FROM seen"))).scalar_one()


@pytest.fixture
def hasty(monkeypatch):
    """Nobody waits a second for a lock."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    pragmas = ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 50", "PRAGMA secure_delete = ON")
    monkeypatch.setattr(sqlite, "_PRAGMAS", pragmas)


@pytest.fixture
async def on_disk(tmp_path, hasty):
    found = Database(f"sqlite:///{tmp_path}/bot.db")
    await found.open()
    yield found
    await found.close()


async def test_many_at_once_are_each_told_their_own_result(database):
    assert await asyncio.gather(*(database.write(insert(n)) for n in range(200))) == list(range(200))
    assert await database.read(count) == 200


async def test_what_waits_together_shares_a_transaction(database):
    transactions = []
    run = database._transaction

    async def counted(jobs):
        transactions.append(len(jobs))
        return await run(jobs)

    database._transaction = counted
    await asyncio.gather(*(database.write(insert(n)) for n in range(100)))
    assert sum(transactions) == 100
    assert len(transactions) <= 3


async def test_a_wrong_statement_fails_alone(database):
    await database.write(insert(1))
    results = await asyncio.gather(*(database.write(insert(n)) for n in (5, 1, 6)), return_exceptions=True)
    assert results[0] == 5
    assert isinstance(results[1], IntegrityError)
    assert results[2] == 6
    assert await database.read(count) == 3


async def test_what_belongs_together_is_written_whole_or_not_at_all(database):
    await database.write(insert(1))
    with pytest.raises(IntegrityError):
        await database.write(in_turn(insert(2), insert(1)))
    assert await database.read(count) == 1


async def test_who_stops_waiting_harms_nobody_else(database):
    given_up = asyncio.create_task(database.write(insert(1)))
    other = asyncio.create_task(database.write(insert(2)))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await other == 2


async def test_what_was_asked_for_is_finished_before_it_closes(url):
    database = Database(url)
    await database.open()
    waiting = [asyncio.create_task(database.write(insert(n))) for n in range(10)]
    await asyncio.sleep(0)
    await database.close()
    assert [await task for task in waiting] == list(range(10))


async def test_without_a_connection_it_is_trouble_not_a_wait(database):
    await database._disconnect()
    for use in (database.write, database.read):
        with pytest.raises(Trouble, match="not connected"):
            await asyncio.wait_for(use(count), 1)


async def test_tables_that_somebody_dropped_are_trouble_and_come_back(database):
    async def drop(connection):
        for table in (*TABLES, "schema_version"):
            await connection.execute(text(f"DROP TABLE {table}"))

    await database.write(drop)
    for use in (database.write, database.read):
        with pytest.raises(Trouble):
            await use(count)
    await database.reopen()
    assert await database.read(count) == 0


async def test_readers_of_a_database_in_memory_never_end_the_writers_work():
    database = Database("sqlite:///:memory:")
    await database.open()

    async def slowly(connection):
        for number in range(20):
            await insert(number)(connection)
            await asyncio.sleep(0)

    writes = [database.write(slowly)]
    reads = [database.read(count) for _ in range(20)]
    results = await asyncio.gather(*writes, *reads)
    assert set(results[1:]) <= {0, 20}
    assert await database.read(count) == 20
    await database.close()


async def test_a_database_that_is_not_there_is_trouble_at_once():
    database = Database("postgresql://bot:hunter2@127.0.0.1:1/bot")
    with pytest.raises(Trouble) as caught:
        await asyncio.wait_for(database.open(), 2)
    assert "hunter2" not in str(caught.value)


async def test_a_name_that_the_server_does_not_know_is_trouble(postgres):
    with pytest.raises(Trouble):
        await Database(postgres.url + "x").open()


async def test_a_file_locked_by_another_program_is_trouble_and_then_well(on_disk, tmp_path):
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Trouble, match="locked"):
        await on_disk.write(insert(1))
    assert await on_disk.read(count) == 0
    other.close()
    assert await on_disk.write(insert(1)) == 1


async def test_a_full_database_is_trouble(on_disk):
    async def shrink(connection):
        await connection.exec_driver_sql("PRAGMA max_page_count = 1")

    async def fill(connection):
        await connection.execute(text("INSERT INTO set_aside VALUES (1, 0, 1, 'x', :much)"), {"much": "x" * 1_000_000})

    await on_disk.write(shrink)
    with pytest.raises(Trouble, match="full"):
        await on_disk.write(fill)


@pytest.mark.parametrize("rubbish", [b"not a database at all" * 99, b"x"])
async def test_a_file_of_rubbish_is_set_aside_and_a_new_one_begun(tmp_path, rubbish):
    (tmp_path / "bot.db").write_bytes(rubbish)
    database = Database(f"sqlite:///{tmp_path}/bot.db")
    aside = await database.reopen()
    assert aside
    assert aside.read_bytes() == rubbish
    assert await database.write(insert(1)) == 1
    await database.close()


async def test_a_database_with_broken_pages_is_set_aside(tmp_path):
    path = tmp_path / "bot.db"
    first = Database(f"sqlite:///{path}")
    await first.open()
    await asyncio.gather(*(first.write(insert(n)) for n in range(500)))
    await first.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    database = Database(f"sqlite:///{path}")
    assert await database.reopen()
    assert await database.write(insert(1)) == 1
    await database.close()


async def test_a_whole_database_is_never_set_aside(database):
    await database.write(insert(1))
    assert await database.reopen() is None
    assert await database.read(count) == 1


async def test_it_notices_that_its_file_was_deleted_replaced_or_written_over(on_disk, tmp_path):
    path = tmp_path / "bot.db"
    assert not on_disk.is_replaced
    path.rename(tmp_path / "moved.db")
    assert on_disk.is_replaced
    path.write_bytes((tmp_path / "moved.db").read_bytes())
    assert on_disk.is_replaced
    await on_disk.reopen()
    assert not on_disk.is_replaced
    with path.open("r+b") as file:
        file.write(b"rubbish, same file")
    assert on_disk.is_replaced


async def test_nobody_else_may_read_the_file(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new/folder/bot.db")
    await database.open()
    await database.write(insert(1))
    for path in (tmp_path / "new/folder").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    await database.close()


async def test_a_folder_that_cannot_be_is_trouble(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble):
        await Database(f"sqlite:///{tmp_path}/file/bot.db").open()


def test_two_bots_never_share_a_file(tmp_path):
    file = sqlite.File(tmp_path / "bot.db")
    lock = file.own()
    with pytest.raises(StoreError, match="another bot"):
        sqlite.File(tmp_path / "bot.db").own()
    lock.close()
    file.own().close()


async def test_emptying_the_log_of_a_file_that_is_gone_or_rubbish_makes_no_new_one(tmp_path):
    with pytest.raises(StoreError):
        sqlite.File(tmp_path / "gone.db").checkpoint()
    assert not (tmp_path / "gone.db").exists()
    (tmp_path / "rubbish.db").write_bytes(b"rubbish" * 1000)
    with pytest.raises(StoreError):
        sqlite.File(tmp_path / "rubbish.db").checkpoint()


async def test_trouble_says_nothing_of_what_was_to_be_written(on_disk):
    async def broken(connection):
        await connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "010-1234-5678"})

    with pytest.raises(Trouble) as caught:
        await on_disk.write(broken)
    assert "010" not in str(caught.value)

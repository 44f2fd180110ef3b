"""What is backed up while the bot writes can be put back: questions and votes intact, no citizen's raw words in it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench.reliability.postgres import NoPostgres, Postgres, binaries
from bot.backups import backup, restore
from bot.cli import main
from bot.config import Secret, Settings
from bot.errors import StoreError, UsageError
from bot.store import questions
from bot.store.database import Database, in_turn
from bot.store.inbox import Rank, Row
from bot.store.keeper import Store
from bot.store.questions import Question

RAW = "어제 밤에 겪은 일을 적은 글"
ASKED = Question(
    id=1,
    at=1_790_000_000.0,
    day="2026-11-25",
    hour=9,
    person="p",
    language="ko",
    outcome="none",
    programme=None,
    aspect=None,
    topic=None,
    candidates=(("lamp", 0.2),),
    text="가린 글",
    normal="가린 글",
    knowledge="v1",
    ms=12.0,
)


def settings(url: str) -> Settings:
    return Settings(telegram_bot_token=Secret("42:abc"), database_url=url)


def sqlite_at(path: Path) -> Settings:
    return settings(f"sqlite:///{path}")


async def ask(store: Store | Database, number: int) -> None:
    """A question and a vote on it, as one transaction."""
    asked = questions.record(replace(ASKED, id=number))
    await store.write(in_turn(asked, questions.vote(number, "p", "missing", 1.0)))


async def fill(url: str, many: int = 5) -> None:
    database = Database(url)
    await database.open()
    for number in range(1, many + 1):
        await ask(database, number)
    await database.close()


def kept(path: Path) -> tuple[list[int], list[int]]:
    """Numbers of the questions and of those that were voted on."""
    with closing(sqlite3.connect(path)) as connection:
        asked = [row[0] for row in connection.execute("SELECT id FROM questions ORDER BY id")]
        return asked, [row[0] for row in connection.execute("SELECT question FROM votes ORDER BY question")]


async def test_a_backup_of_a_bot_at_work_holds_all_that_was_written_before_and_can_be_put_back(tmp_path: Path) -> None:
    live, copy, new = tmp_path / "live.db", tmp_path / "copies/copy.db", tmp_path / "new/bot.db"
    written, stop = [0], asyncio.Event()

    async def work(store: Store) -> None:
        while not stop.is_set():
            await ask(store, written[0] + 1)
            written[0] += 1

    async with Store(f"sqlite:///{live}") as store:
        await store.put([Row(9, 7, Rank.ORDINARY, f'{{"text": "{RAW}"}}', time.time())])
        working = asyncio.create_task(work(store))
        while written[0] < 50:
            await asyncio.sleep(0)
        before = written[0]
        await asyncio.to_thread(backup, sqlite_at(live), copy)
        during = written[0]
        while written[0] < during + 20:  # it goes on writing afterwards
            await asyncio.sleep(0)
        stop.set()
        await working
    asked, voted = kept(copy)
    assert asked == voted == list(range(1, len(asked) + 1))
    assert before <= len(asked) <= during + 1
    assert (
        RAW.encode() in live.read_bytes() + live.with_name("live.db-wal").read_bytes()
        if (live.with_name("live.db-wal").exists())
        else RAW.encode() in live.read_bytes()
    )
    assert RAW.encode() not in copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert restore(sqlite_at(new), copy) == 0
    async with Store(f"sqlite:///{new}") as store:
        assert store.is_up
        await ask(store, 1_000_000)
        assert await store.claim(5) == []
    assert kept(new)[0] == [*asked, 1_000_000]


def test_what_was_there_before_a_restore_is_set_aside_and_spoils_nothing(tmp_path: Path, capsys) -> None:
    live, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    asyncio.run(fill(f"sqlite:///{live}"))
    backup(sqlite_at(live), copy)
    asyncio.run(fill(f"sqlite:///{live}", 9))
    wal = live.with_name("bot.db-wal")
    wal.write_bytes(b"a log of the other file")
    restore(sqlite_at(live), copy)
    assert kept(live) == ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert not wal.exists()
    (aside,) = tmp_path.glob("bot.db.before-*[0-9]")
    assert str(aside) in capsys.readouterr().out
    aside.with_name(aside.name + "-wal").unlink()
    assert len(kept(aside)[0]) == 9


async def test_nothing_is_restored_under_a_running_bot(tmp_path: Path) -> None:
    live, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    async with Store(f"sqlite:///{live}") as store:
        await ask(store, 1)
        backup(sqlite_at(live), copy)
        await ask(store, 2)
        with pytest.raises(StoreError, match="another bot"):
            restore(sqlite_at(live), copy)
        assert store.is_up
    assert kept(live)[0] == [1, 2]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x01" * 5000])
def test_what_is_no_backup_is_refused_and_nothing_is_touched(tmp_path: Path, content: bytes) -> None:
    live, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    asyncio.run(fill(f"sqlite:///{live}"))
    copy.write_bytes(content)
    with pytest.raises(StoreError, match=r"copy\.db"):
        restore(sqlite_at(live), copy)
    assert len(kept(live)[0]) == 5


def test_a_backup_of_a_later_version_is_refused(tmp_path: Path) -> None:
    live, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    asyncio.run(fill(f"sqlite:///{live}"))
    backup(sqlite_at(live), copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("INSERT INTO schema_version (version, name) VALUES (999, 'later')")
    with pytest.raises(StoreError, match="999"):
        restore(sqlite_at(live), copy)


def test_a_backup_writes_over_nothing_and_leaves_no_half(tmp_path: Path, monkeypatch) -> None:
    live, copy = tmp_path / "bot.db", tmp_path / "copy.db"
    with pytest.raises(StoreError, match="no such database"):
        backup(sqlite_at(live), copy)
    copy.write_bytes(b"mine")
    with pytest.raises(UsageError, match="이미 있습니다"):
        backup(sqlite_at(live), copy)
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]
    assert copy.read_bytes() == b"mine"


def test_the_commands_tell_what_they_did(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    asyncio.run(fill(f"sqlite:///{tmp_path / 'bot.db'}"))
    assert main(["backup", str(tmp_path / "copy.db")]) == 0
    assert "질문 5, 표 5" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "copy.db")]) == 0
    assert "되살렸습니다: 질문 5, 표 5" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "none.db")]) == 2
    assert "파일이 없습니다" in capsys.readouterr().err


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    try:
        with Postgres() as running:
            yield running
    except NoPostgres as error:
        pytest.skip(str(error))


def test_postgresql_is_backed_up_and_restored_by_its_own_programs(server: Postgres, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(binaries()), prepend=":")
    asyncio.run(fill(server.url))
    server.query("INSERT INTO inbox (update_id, chat, payload, received_at) VALUES (1, 7, 'raw', 0)")
    backup(settings(server.url), copy := tmp_path / "copy.dump")
    assert copy.stat().st_mode & 0o777 == 0o600
    asyncio.run(fill(server.url, 9))
    server.query("DELETE FROM votes WHERE question < 3")
    restore(settings(server.url), copy)
    told = "SELECT (SELECT count(*) FROM questions), (SELECT count(*) FROM votes), (SELECT count(*) FROM inbox)"
    assert server.query(told) == "5|5|0"


async def test_postgresql_with_a_bot_at_work_is_not_restored(server: Postgres, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(binaries()), prepend=":")
    async with Store(server.url) as store:
        await ask(store, 77)
        await asyncio.to_thread(backup, settings(server.url), copy := tmp_path / "copy.dump")
        with pytest.raises(StoreError, match="켜져 있습니다"):
            await asyncio.to_thread(restore, settings(server.url), copy)


def test_a_machine_without_the_programs_is_told_what_to_install(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="postgresql-client"):
        backup(settings("postgresql://bot:secret@127.0.0.1:1/bot"), tmp_path / "copy.dump")
    assert not list(tmp_path.iterdir())

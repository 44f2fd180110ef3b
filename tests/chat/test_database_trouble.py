"""The database full, locked, spoilt or gone: all is answered, one alert, and it is well again by itself."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.chat import poll
from bot.monitor.alerts import Alerts
from bot.store import keeper, sqlite
from tests.chat.running import Talking


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(keeper, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(poll, "_HELD_SECONDS", 0.005)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.02)
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("PRAGMA journal_mode = WAL", "PRAGMA busy_timeout = 20"))


@pytest.fixture
def alarms(monkeypatch):
    """Which alerts were raised."""
    found = []
    monkeypatch.setattr(Alerts, "trouble", lambda self, kind, text="", row=None: found.append(kind))
    monkeypatch.setattr(Alerts, "over", lambda self, kind, text="": kind == "database" and found.append("over"))
    return found


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bot.db"


@pytest.fixture
def talking(wire, engine, path):
    return Talking(wire, engine, f"sqlite:///{path}")


def locked(path: Path):
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    return other.close


def deleted(path: Path):
    for each in path.parent.glob("bot.db*"):
        each.unlink()


def rubbish(path: Path):
    path.unlink()
    path.write_bytes(b"rubbish" * 1000)


@pytest.mark.parametrize("harm", [locked, deleted, rubbish])
async def test_questions_are_answered_in_order_and_it_recovers(talking, path, alarms, harm):
    async with talking.running():
        talking.says("하나")
        await talking.hears(1)
        await talking.rest()
        mend = await asyncio.to_thread(harm, path)
        for number in range(2, 8):
            talking.says(f"질문 {number}")
        await talking.hears(7)
        await talking.until(lambda: "database" in alarms)
        assert talking.parts.checks()["database"] or "over" in alarms
        (mend or bool)()
        await talking.until(lambda: talking.parts.store.is_up and "over" in alarms)
        assert talking.parts.checks()["database"] == ""
        talking.says("zuletzt")
        await talking.hears(8)
        await talking.rest()
    assert [text for text, _ in talking.engine.asked] == ["하나", *(f"질문 {n}" for n in range(2, 8)), "zuletzt"]
    assert len(talking.heard()) == 8, "answered twice"
    assert alarms.count("database") == 1


async def test_a_full_database(talking, path, alarms):
    async with talking.running():
        talking.says("하나")
        await talking.hears(1)
        await talking.rest()

        async def no_more(connection):
            await connection.exec_driver_sql("PRAGMA max_page_count = 1")

        await talking.parts.store.database.write(no_more)
        for number in range(40):
            talking.says("질문 " + "가" * 4000, user=100 + number)
        await talking.until(lambda: all(talking.heard(100 + n) for n in range(40)))
        await talking.until(lambda: "over" in alarms and talking.parts.store.is_up)
        await talking.rest()
    assert alarms.count("database") >= 1
    assert all(len(talking.heard(100 + n)) == 1 for n in range(40))


async def test_danger_is_answered_while_the_database_hangs(talking, path, monkeypatch):
    async with talking.running():
        await talking.until(lambda: talking.parts.store.is_up)
        turn = talking.parts.store.database._turn
        await turn.acquire()  # the writer comes to nothing
        try:
            talking.says("살려 주세요")
            await asyncio.wait_for(talking.hears(1), 2)
        finally:
            turn.release()
        await talking.rest()


async def test_it_starts_and_answers_where_there_can_be_no_database(wire, engine, tmp_path):
    (tmp_path / "file").write_text("")
    talking = Talking(wire, engine, f"sqlite:///{tmp_path}/file/bot.db")
    talking.says("하나")
    async with talking.running():
        await talking.hears(1)
        assert talking.parts.checks()["database"]
        assert not talking.parts.is_ready


async def test_what_is_answered_from_memory_is_confirmed_only_then(talking, path, engine, wire):
    async with talking.running():
        talking.says("하나")
        await talking.hears(1)
        await talking.rest()
        mend = await asyncio.to_thread(locked, path)
        with pytest.raises(Exception, match="locked"):
            await talking.parts.store.write(talking.parts.store._pulse())
        wire.refuse("sendMessage", 429, "Too Many Requests", retry_after=1)
        talking.says("둘")
        await talking.until(lambda: talking.number in talking.parts.work.hand)
        for _ in range(10):
            await asyncio.sleep(0.01)
            assert [each["update_id"] for each in talking.queue] == [talking.number]
        await talking.hears(3)
        await talking.rest()
        mend()

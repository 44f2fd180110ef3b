"""What staff should look at, read from a real database, and what they decided about it."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.store import missed
from bot.store.database import Database, Op, in_turn
from bot.store.missed import Decision, asked, decide, decisions, key_of
from bot.store.once import once
from bot.store.questions import Question, record, vote


@dataclass
class Case:
    """A question as it was kept, with its votes, and why staff should look at it."""

    outcome: str
    votes: tuple[str, ...]
    why: str | None
    topic: str | None = None
    text: str | None = "물음"


CASES = [
    Case("none", (), "none"),
    Case("none", (), "elsewhere", topic="tax"),
    Case("none", ("missing",), "missing"),
    Case("choices", (), "choices"),
    Case("choices", ("up",), None),
    Case("choices", ("up", "down"), "down"),
    Case("choices", ("down", "missing"), "missing"),
    Case("found", ("down",), "down"),
    Case("found", ("up",), None),
    Case("found", (), None),
    Case("found", ("down",), None, text=None),
    Case("urgent", (), None),
    Case("none", (), None, text=""),
]


def kept(number: int, case: Case) -> list[Op[object]]:
    told = ("ko", case.outcome, None, None, case.topic, (), case.text, case.text, "v", 1.0)
    found = Question(number, 1000.0 + number, "2026-11-25", 3, f"p{number}", *told)
    return [record(found), *(vote(number, f"q{i}", v, 5.0) for i, v in enumerate(case.votes))]  # type: ignore[arg-type]


def test_what_was_no_help_is_listed_with_the_reason_newest_first(url: str) -> None:
    once(url, in_turn(*(op for number, case in enumerate(CASES) for op in kept(number, case))))
    rows = once(url, asked())
    assert [(row.id, row.why) for row in rows] == [(i, c.why) for i, c in reversed([*enumerate(CASES)]) if c.why]
    assert {(row.person, row.language, row.text, row.normal) for row in rows if row.id == 3} == {
        ("p3", "ko", "물음", "물음")
    }
    assert [row.id for row in once(url, asked(since=1006.5))] == [7]


def test_a_decision_stays_is_replaced_and_taken_back(url: str) -> None:
    first, second = Decision("ignored", "ignore", None, 1.25), Decision("done", "phrasing", "owl-bus", 2.5)
    once(url, decide({"k1": first, "k2": first}))
    once(url, decide({"k1": second, "k2": None, "k3": None}))
    assert once(url, decisions()) == {"k1": second}
    once(url, decide({"k1": None}))


def test_the_words_of_a_citizen_are_not_in_the_decisions(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    once(f"sqlite:///{path}", decide({key_of("막차 끊겼어요"): Decision("ignored", "ignore", None, 1.0)}))
    assert "막차".encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_database_of_the_version_before_gets_the_table(tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    shutil.copy(Path(missed.__file__).with_name("migrations") / "0001_start.sql", folder)
    url = f"sqlite:///{tmp_path}/bot.db"

    async def old() -> None:
        from bot.store.migrate import migrate
        from bot.store.sqlite import writer

        engine = writer(url.replace("sqlite", "sqlite+aiosqlite"))
        async with engine.begin() as connection:
            await migrate(connection, folder)
        await engine.dispose()

    asyncio.run(old())
    assert once(url, decisions()) == {}


async def test_it_is_read_beside_a_running_bot(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    bot = Database(url)
    await bot.open()
    await bot.write(in_turn(*kept(1, CASES[0])))
    assert len(await asyncio.to_thread(once, url, asked())) == 1
    await bot.close()

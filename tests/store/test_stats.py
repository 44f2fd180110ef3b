"""The figures that the console and the report show are those of what was asked, in SQLite and in PostgreSQL."""

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

from bot.store import questions, stats
from bot.store.database import Database
from bot.store.migrate import FOLDER, migrations
from bot.store.questions import Question
from bot.store.retention import TALLY_DAYS, purge

ASKED = Question(
    id=1,
    at=1_790_000_000.0,
    day="2026-11-25",
    hour=9,
    person="p1",
    language="ko",
    outcome="found",
    programme="lamp",
    aspect="cost",
    topic=None,
    candidates=(("lamp", 0.9),),
    text=None,
    normal=None,
    knowledge="v1",
    ms=12.0,
)
MISSED = replace(ASKED, outcome="none", programme=None, aspect=None, topic="tax", text="세금!", normal="세금", hour=23)


async def rows(database: Database, kind: str) -> dict[tuple[str, str, str], int]:
    found = await database.read(stats.counts(kind, "2026-11-01", "2026-11-30"))
    return {(row.day, row.name, row.part): row.n for row in found}


async def test_every_question_counts_once(database: Database) -> None:
    for question in (ASKED, replace(ASKED, id=2, hour=10, aspect=None), replace(MISSED, id=3), ASKED):
        await database.write(questions.record(question))
    day = "2026-11-25"
    assert await rows(database, "hour") == {(day, "9", "found"): 1, (day, "10", "found"): 1, (day, "23", "none"): 1}
    assert await rows(database, "language") == {(day, "ko", "found"): 2, (day, "ko", "none"): 1}
    assert await rows(database, "programme") == {(day, "lamp", "cost"): 1, (day, "lamp", ""): 1}
    assert await rows(database, "topic") == {(day, "tax", ""): 1}
    assert await rows(database, "pace") == {(day, "20", ""): 3}
    assert await database.read(stats.extent) == (day, day)


async def test_a_vote_that_is_changed_counts_once_on_the_day_of_its_question(database: Database) -> None:
    await database.write(questions.record(ASKED))
    later = ASKED.at + 5 * 86_400
    assert await database.write(questions.vote(1, "p1", "up", later))
    assert await database.write(questions.vote(1, "p1", "down", later, ("가로등 요금", "가로등 요금")))
    assert await database.write(questions.vote(1, "p1", "down", later))
    assert await database.write(questions.vote(1, "p2", "up", later))
    assert not await database.write(questions.vote(77, "p1", "up", later))
    assert await rows(database, "vote") == {("2026-11-25", "lamp", "down"): 1, ("2026-11-25", "lamp", "up"): 1}
    (opinion,) = await database.read(stats.opinions("down"))
    assert (opinion.question, opinion.text, opinion.programme) == (1, "가로등 요금", "lamp")


async def test_what_was_asked_most_without_an_answer_comes_first(database: Database) -> None:
    for number, normal in enumerate(("세금", "날씨", "세금", "주차"), 1):
        asked = replace(MISSED, id=number, text=f"{normal}?", normal=normal, day=f"2026-11-{20 + number}")
        await database.write(questions.record(asked))
    found = await database.read(stats.unanswered("2026-11-01", "2026-11-23"))
    assert [(one.normal, one.n, one.last, one.sample) for one in found] == [
        ("세금", 2, "2026-11-23", "세금?"),
        ("날씨", 1, "2026-11-22", "날씨?"),
    ]


async def test_counts_outlive_the_questions_but_not_for_ever(database: Database) -> None:
    await database.write(questions.record(ASKED))
    await database.write(purge(ASKED.at + 100 * 86_400, 90))
    assert await rows(database, "language")
    await database.write(purge(ASKED.at + (TALLY_DAYS + 80) * 86_400, 90))
    assert not await rows(database, "language")


def test_times_are_told_by_the_bound_of_their_class() -> None:
    paces = {"10": 50, "50": 45, "1000": 4, "more": 1}
    assert [stats.within(paces, share) for share in (0.5, 0.95, 0.99, 1.0)] == [10, 50, 1000, float("inf")]
    assert stats.within({}, 0.5) is None


def test_what_was_asked_before_the_upgrade_is_counted_too(tmp_path: Path) -> None:
    old = sqlite3.connect(":memory:")
    (number,) = [n for n, _, sqls in migrations(FOLDER) if any("CREATE TABLE tallies" in sql for sql in sqls)]
    for _, _, statements in migrations(FOLDER)[: number - 1]:
        old.executescript(";".join(statements))
    values = "'2026-11-25', 9, 'p', 'ko', 'found', 'lamp', NULL, NULL, '[]', NULL, NULL, 'v'"
    old.execute(f"INSERT INTO questions VALUES (1, 0, {values}, 12), (2, 0, {values}, 9000)")
    old.execute("INSERT INTO votes VALUES (1, 'p', 'up', 0)")
    old.executescript(";".join(migrations(FOLDER)[number - 1][2]))
    found = old.execute("SELECT kind, name, part, n FROM tallies ORDER BY kind, name").fetchall()
    assert found == [
        ("hour", "9", "found", 2),
        ("language", "ko", "found", 2),
        ("pace", "20", "", 1),
        ("pace", "more", "", 1),
        ("programme", "lamp", "", 2),
        ("vote", "lamp", "up", 1),
    ]


async def test_replicas_that_count_at_once_never_wait_for_each_other(url: str) -> None:
    if url.startswith("sqlite"):
        return  # has one writer
    replicas = [Database(url), Database(url), Database(url)]
    for replica in replicas:
        await replica.open()
    days = [f"2026-11-{day}" for day in range(10, 30)]

    async def work(place: int, replica: Database) -> None:
        order = days if place % 2 else days[::-1]
        asked = [replace(ASKED, id=1000 * place + n, day=order[n % 20]) for n in range(200)]
        await asyncio.gather(*(replica.write(questions.record(question)) for question in asked))

    await asyncio.gather(*(work(place, replica) for place, replica in enumerate(replicas)))
    assert sum((await rows(replicas[0], "language")).values()) == 600
    for replica in replicas:
        await replica.close()

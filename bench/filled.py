"""A SQLite file with many made-up questions, as the bot would have stored them: the same for the same numbers."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.store.database import Database
from bot.store.migrate import migrations

ZONE = ZoneInfo("Asia/Seoul")
MANY = 1_000_000
_OUTCOMES = {"found": 70, "choices": 10, "none": 12, "urgent": 1, "chat": 7}
_LANGUAGES = {"ko": 80, "vi": 6, "zh": 5, "ru": 4, "uz": 3, "en": 2}
_HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 7, 8, 9, 8, 7, 7, 7, 7, 8, 8, 7, 7, 8, 9, 8, 5)
_PLACES = ("골목", "정류장", "학교 앞", "공원", "시장", "역 앞", "버스", "가로등", "놀이터", "주차장")
_WANTS = (
    "어디예요",
    "얼마예요",
    "신청",
    "전화번호",
    "고장",
    "언제까지",
    "누가 해요",
    "왜 없어요",
    "무서워요",
    "늘려 주세요",
)
_COLUMNS = (
    "id, at, day, hour, person, language, outcome, programme, aspect, topic, candidates, text, normal, knowledge, ms"
)
_AT_ONCE = 20_000


def fill(path: Path, programmes: Sequence[str], first: datetime, days: int, many: int = MANY) -> None:
    """A new database with ``many`` questions in the days from ``first`` on; every ninth is voted."""
    insert = f"INSERT INTO questions ({_COLUMNS}) VALUES ({','.join('?' * 15)})"
    asyncio.run(_begin(path))
    with closing(sqlite3.connect(path)) as connection:
        rows = _questions(programmes, first, days, many)
        while some := list(islice(rows, _AT_ONCE)):
            with connection:
                connection.executemany(insert, some)
                connection.executemany(
                    "INSERT INTO votes (question, person, vote, at) VALUES (?, ?, ?, ?)", _votes(some)
                )
        with connection:
            _count(connection)


async def _begin(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    await database.open()
    await database.close()


def _count(connection: sqlite3.Connection) -> None:
    """The tallies, made from the questions as an upgrade makes them."""
    for _, _, statements in migrations():
        for statement in statements:
            if statement.startswith("INSERT INTO tallies"):
                connection.execute(statement)


def _questions(programmes: Sequence[str], first: datetime, days: int, many: int) -> Iterator[tuple[object, ...]]:
    random = Random(1)
    for number, outcome, language, hour in zip(
        range(many),
        random.choices(list(_OUTCOMES), list(_OUTCOMES.values()), k=many),
        random.choices(list(_LANGUAGES), list(_LANGUAGES.values()), k=many),
        random.choices(range(24), _HOURS, k=many),
        strict=True,
    ):
        when = first + timedelta(days=number * days // many, hours=hour, seconds=random.randrange(3600))
        near = random.sample(programmes, 3)
        is_read = outcome in ("none", "choices")
        text = f"{random.choice(_PLACES)} {random.choice(_PLACES)} {random.choice(_WANTS)}" if is_read else None
        yield (
            random.getrandbits(53), when.timestamp(), when.date().isoformat(), hour, f"{random.getrandbits(128):032x}",
            language, outcome, near[0] if outcome == "found" else None, "cost" if number % 5 == 0 else None,
            "waste" if outcome == "none" and number % 2 else None,
            json.dumps([[id_, 0.9 / (rank + 1)] for rank, id_ in enumerate(near)]), text, text,
            f"{number * 4 // many:012x}", round(random.lognormvariate(3.0, 0.6), 2),
        )  # fmt: skip


def _votes(rows: Sequence[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for row in rows[::9]:
        if row[6] in ("found", "none"):
            yield row[0], row[4], "missing" if row[6] == "none" else "up" if hash(row[0]) % 4 else "down", row[1]

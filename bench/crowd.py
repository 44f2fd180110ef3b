"""A SQLite file with many made-up questions and votes, as the bot would have kept them: always the same."""

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

MANY, DAYS = 1_000_000, 90
_ZONE = ZoneInfo("Asia/Seoul")
_OUTCOMES = {"found": 72, "choices": 9, "none": 11, "urgent": 1, "chat": 7}
_LANGUAGES = {"ko": 78, "vi": 6, "zh": 6, "ru": 4, "uz": 4, "en": 2}
_HOURS = (3, 2, 1, 1, 1, 1, 2, 4, 6, 8, 10, 8, 7, 7, 7, 8, 9, 8, 7, 7, 8, 9, 11, 6)
_TAILS = ("", "요", "?", " 알려주세요", " 궁금해요", " 어떻게 해요", "ㅠㅠ", " 되나요")
_HEADS = (
    "주민센터 몇 시에 닫나요", "여권 사진 규격", "강아지 등록 어디서", "쓰레기 봉투 어디서 사요", "종량제 스티커 가격",
    "도서관 회원증 만들기", "수영장 자유수영 시간", "주차 딱지 이의 신청", "전입신고 인터넷으로", "무료 와이파이",
    "길고양이 밥 주는 곳", "청년 월세 지원", "버스 놓고 내린 물건", "가로수 가지 쳐 주세요", "보일러 지원금",
    "자전거 빌리는 곳", "예방접종 예약", "어린이집 대기 순번", "불법 현수막 신고", "층간소음 상담",
)  # fmt: skip
_COLUMNS = 15
_AT_ONCE = 20_000


def fill(path: Path, programmes: Sequence[str], now: datetime, many: int = MANY, days: int = DAYS) -> None:
    """A new database with so many questions in the days before ``now``; every eighth has a vote."""
    asyncio.run(_begin(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        rows = _questions(Random(7), programmes, now, many, days)
        while some := list(islice(rows, _AT_ONCE)):
            connection.executemany(
                f"INSERT INTO questions VALUES ({','.join('?' * _COLUMNS)})", [row for row, _ in some]
            )
            votes = [(row[0], row[4], vote, float(str(row[1])) + 60) for row, vote in some if vote]
            connection.executemany("INSERT INTO votes VALUES (?, ?, ?, ?)", votes)
        for _, _, statements in migrations():
            for statement in statements:
                if statement.startswith("INSERT INTO tallies"):
                    connection.execute(statement)
        connection.commit()


async def _begin(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    await database.open()
    await database.close()


def _questions(
    chance: Random, programmes: Sequence[str], now: datetime, many: int, days: int
) -> Iterator[tuple[tuple[object, ...], str | None]]:
    """Rows of the table, each with its vote."""
    outcomes = chance.choices(list(_OUTCOMES), list(_OUTCOMES.values()), k=many)
    languages = chance.choices(list(_LANGUAGES), list(_LANGUAGES.values()), k=many)
    weights = [1 / (place + 2) for place in range(len(programmes))]
    asked = chance.choices(programmes, weights, k=many)
    for number, outcome in enumerate(outcomes):
        at = _moment(chance, now, days)
        text = _text(chance) if outcome in ("none", "choices") else None
        near = [[asked[number], round(chance.random(), 4)], [chance.choice(programmes), 0.1]]
        vote = _vote(chance, outcome)
        if vote in ("down", "missing") and text is None:
            text = _text(chance)
        yield (
            chance.getrandbits(53), at.timestamp(), at.date().isoformat(), at.hour, f"{chance.getrandbits(128):032x}",
            languages[number], outcome, asked[number] if outcome == "found" else None,
            chance.choice(("cost", "where", None, None)), None, json.dumps(near), text,
            text.strip("?ㅠ") if text else None, "b22885077d6f", chance.lognormvariate(2.9, 0.5),
        ), vote  # fmt: skip


def _moment(chance: Random, now: datetime, days: int) -> datetime:
    """More in the evening, more of late; never after now."""
    day = now.astimezone(_ZONE) - timedelta(days=int(days * (1 - chance.random() ** 0.6)))
    hour = chance.choices(range(24), _HOURS)[0]
    at = day.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60))
    return min(at, now.astimezone(_ZONE))


def _text(chance: Random) -> str:
    """One that is asked often, or one that nobody else asks."""
    head = _HEADS[min(int(chance.expovariate(0.2)), len(_HEADS) - 1)]
    rare = f" {chance.randrange(100_000)}" if chance.random() < 0.6 else ""
    return head + rare + chance.choice(_TAILS)


def _vote(chance: Random, outcome: str) -> str | None:
    if chance.random() > 0.125 or outcome in ("urgent", "chat"):
        return None
    if outcome != "found":
        return "missing"
    return "up" if chance.random() < 0.8 else "down"

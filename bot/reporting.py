"""``report``: a month from the store as one page and CSV files, for people who were not there."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import Settings
from bot.engines import KEEP, VERSIONS
from bot.errors import KnowledgeError, UsageError
from bot.kb.load import Knowledge, load
from bot.monitor.report.month import Look, Month, Names, read
from bot.monitor.report.page import page
from bot.monitor.report.sheets import sheets
from bot.store.database import Database
from bot.store.monthly import Days

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def report(settings: Settings, month: str | None, to: Path, with_texts: bool = False) -> int:
    """Write the files of a month (None: the last whole one). Raises UsageError, Trouble."""
    begun, look = time.monotonic(), Progress()
    look("지식 읽는 중")
    knowledge = _knowledge(settings)
    zone: tzinfo = ZoneInfo(knowledge.city.time_zone) if knowledge else UTC
    now = datetime.now(zone)
    title, days = span(month, now.date())
    numbers = asyncio.run(_read(settings, days, look, with_texts))
    versions = VERSIONS.all()
    found = Month(title=title, days=days, made=now, names=_names(knowledge), versions=versions, **numbers)
    look("그림 그리고 쓰는 중")
    page_at = _write(found, to)
    look.end(time.monotonic() - begun)
    sys.stdout.write(f"{title}에 받은 질문 {found.total:,}개의 보고를 썼습니다: {page_at}\n")
    return 0


def span(month: str | None, today: date) -> tuple[str, Days]:
    """How the month is called, and its days; without one the last whole month. Raises UsageError."""
    year, number = (today.year - (today.month == 1), (today.month - 2) % 12 + 1)
    if month is not None:
        if (
            (match := _MONTH.fullmatch(month)) is None
            or not 1 <= int(match[2]) <= 12
            or not 2000 <= int(match[1]) <= 9000
        ):
            raise UsageError(f"report --month: 2026-11 같은 달이어야 하는데 {month[:30]!r}입니다.")
        year, number = int(match[1]), int(match[2])
    return f"{year}년 {number}월", Days.month(year, number)


def _knowledge(settings: Settings) -> Knowledge | None:
    """Only for names: a broken folder must not cost the report."""
    for folder in (settings.knowledge_dir, KEEP / "knowledge"):
        try:
            return load(folder)
        except KnowledgeError:
            continue
    sys.stderr.write("지식 파일에 고칠 곳이 있어 사업을 이름 대신 id로 적습니다.\n")
    return None


def _names(knowledge: Knowledge | None) -> Names:
    if knowledge is None:
        return Names()
    topics = {topic.id: topic.name for topic in knowledge.elsewhere.topics}
    return Names(knowledge.city.name, {one.id: one.name for one in knowledge.programmes}, topics)


async def _read(settings: Settings, days: Days, look: Look, with_texts: bool) -> Any:
    database = Database(settings.database_url)
    await database.open()
    try:
        return await read(database.read, days, look, with_texts)
    finally:
        await database.close()


def _write(month: Month, to: Path) -> Path:
    """All files; the page last, so that where it is the others are too. Only their owner reads them."""
    stem = month.days.first[:7]
    files = {f"report-{stem}-{name}": content for name, content in sheets(month).items()}
    files[f"report-{stem}.html"] = page(month).encode()
    try:
        to.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            _put(to / name, content)
    except OSError as error:
        raise UsageError(f"report --to: {to}에 쓸 수 없습니다: {error.strerror}") from error
    return to / f"report-{stem}.html"


def _put(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    part.replace(path)


class Progress:
    """What is being done, on standard error: one line on a terminal, a line each elsewhere."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, told: str) -> None:
        self._number += 1
        self._say(f"[{self._number}] {told}")

    def end(self, seconds: float) -> None:
        """It is done."""
        self._say(f"끝 ({seconds:.1f}초)")
        if sys.stderr.isatty():
            sys.stderr.write("\n")

    def _say(self, words: str) -> None:
        sys.stderr.write(f"\r\x1b[K{words}" if sys.stderr.isatty() else f"{words}\n")
        sys.stderr.flush()

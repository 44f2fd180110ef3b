"""How long does a page of the console take with a million stored questions? ``python -m bench.console [--many N]``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from bench.crowd import DAYS, MANY, fill
from bench.markdown import number, table
from bench.opened import PASSWORD, opened
from bench.stage import ROOT, Stage, staged
from bot.config import Secret, Settings
from bot.engines import engine
from bot.kb.load import load
from bot.kb.versions import Versions

TARGET_MS = 500
ROUNDS = 5
PAGES = {
    "오늘": "/admin",
    "추이, 30일": "/admin/charts?days=30",
    "추이, 1년": "/admin/charts?days=365",
    "답 없음, 7일": "/admin/missed?days=7",
    "답 없음, 90일": "/admin/missed?days=90",
    "답 없음, 90일의 열째 쪽": "/admin/missed?days=90&sheet=9",
    "반응": "/admin/feedback?vote=down",
    "반응, 쉰째 쪽": "/admin/feedback?vote=missing&sheet=49",
    "시험": "/admin/try",
    "지식": "/admin/knowledge",
    "로그": "/admin/logs?q=owl",
    "접속 기록": "/admin/access",
}
CHARTS = ("days", "hours", "languages", "paces", "votes")


async def measure(many: int) -> dict[str, list[float]]:
    """Milliseconds of each page, asked for ``ROUNDS`` times; of each chart, drawn once and then kept."""
    with TemporaryDirectory(prefix="console-") as folder:
        now = datetime.now(UTC)
        settings = Settings(
            telegram_bot_token=Secret("42:abc"),
            database_url=f"sqlite:///{Path(folder) / 'x.db'}",
            admin_password=Secret(PASSWORD),
        )
        ids = [programme.id for programme in load(settings.knowledge_dir).programmes]
        await asyncio.to_thread(fill, Path(folder) / "x.db", ids, now, many)
        by = await asyncio.to_thread(engine, settings)
        async with opened(settings, by, Versions(Path(folder) / "versions")) as console, _in(console.url) as http:
            return await _times(http)


@asynccontextmanager
async def _in(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60) as http:
        await http.post("/admin/login", data={"who": "bench", "password": PASSWORD})
        yield http


async def _times(http: httpx.AsyncClient) -> dict[str, list[float]]:
    times = {name: await _timed(partial(http.get, path), ROUNDS) for name, path in PAGES.items()}
    found = re.search(r'name="token" value="([^"]+)"', (await http.get("/admin/try")).text)
    assert found
    fields = {"token": found[1], "question": "부엉이버스 요금 얼마예요?"}
    times["질문해 보기"] = await _timed(partial(http.post, "/admin/try", data=fields), ROUNDS)
    for name in CHARTS:
        times[f"그림 {name}"] = await _timed(partial(http.get, f"/admin/charts/{name}.svg?days=90"), 1)
    return times


async def _timed(get: Callable[[], Awaitable[httpx.Response]], rounds: int) -> list[float]:
    out = []
    for _ in range(rounds):
        start = perf_counter()
        (await get()).raise_for_status()
        out.append((perf_counter() - start) * 1000)
    return out


def report(stage: Stage, many: int = MANY) -> str:
    """All figures as Markdown."""
    busy = f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} before the start."
    times: dict[str, list[float]] = json.loads(stage.run("bench.console", "--here", "--many", str(many)))
    rows = [
        (name, number(median(spent), "ms"), number(max(spent), "ms"), _verdict(max(spent)))
        for name, spent in times.items()
    ]
    told = (
        f"{many:,} questions of {DAYS} days and {many // 9:,} votes or so in a SQLite file; {ROUNDS} times each, the "
        "slowest is as a rule the first; a chart is drawn once and then kept for a minute. Target: the slowest within "
        f"{TARGET_MS} ms."
    )
    return "\n\n".join([busy, told, table(("page", "median", "slowest", ""), rows)])


def placed(page: str, told: str) -> str:
    """The page with this as its section about the console."""
    rest = re.sub(r"## Console\n.*?(?=\n## |\Z)", "", page, flags=re.S).rstrip()
    before, mark, after = rest.partition("\n## Beside others")
    return f"{before.rstrip()}\n\n## Console\n\n{told}\n{mark}{after}".rstrip() + "\n"


def _verdict(slowest: float) -> str:
    return "reached" if slowest <= TARGET_MS else "**missed**"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.console", description=__doc__)
    parser.add_argument("--many", type=int, default=MANY, help="how many questions")
    parser.add_argument("--here", action="store_true", help="in this folder, times as JSON")
    parser.add_argument("--write", action="store_true", help="in place of the section of docs/benchmarks.md")
    args = parser.parse_args()
    if args.here:
        json.dump(asyncio.run(measure(args.many)), sys.stdout)
        return 0
    with staged() as stage:
        told = report(stage, args.many)
    sys.stdout.write(told + "\n")
    if args.write:
        page = ROOT / "docs/benchmarks.md"
        page.write_text(placed(page.read_text("utf-8"), told), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

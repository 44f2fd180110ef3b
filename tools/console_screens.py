"""``python -m tools.console_screens``: pictures of the console with made-up questions, into ``docs/pictures``.

Needs what ``tools.screens`` needs. Look at what comes out before it is kept.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from bench.crowd import fill
from bench.opened import PASSWORD, Open, opened
from bot.config import Secret, Settings
from bot.engines import engine
from bot.kb.files import snapshot
from bot.kb.versions import Versions
from tools.chromium import ARGS, CHROMIUM
from tools.screens import DESK, FOLDER, MOST_BYTES, PHONE

MANY = 40_000
_QUESTION = "밤늦게 집에 갈 때 탈 수 있는 버스 얼마예요?"


@dataclass(frozen=True)
class Picture:
    """Which page, and how large the window is."""

    name: str
    path: str
    size: tuple[int, int]
    scheme: str = "light"
    is_whole: bool = False


PICTURES = (
    Picture("console-today", "/admin", DESK),
    Picture("console-charts", "/admin/charts?days=30", DESK),
    Picture("console-missed", "/admin/missed?days=30", DESK),
    Picture("console-try", "/admin/try", DESK),
    Picture("console-knowledge", "/admin/knowledge", DESK, "dark"),
    Picture("console-logs", "/admin/logs", DESK),
    Picture("console-phone", "/admin", PHONE),
    Picture("console-phone-dark", "/admin/charts?days=30", PHONE, "dark"),
    Picture("console-login", "/admin/login", PHONE),
)
MORE = (
    Picture("console-charts-whole", "/admin/charts?days=30", DESK, is_whole=True),
    Picture("console-feedback", "/admin/feedback", DESK),
    Picture("console-access", "/admin/access", DESK),
    Picture("console-today-dark", "/admin", DESK, "dark"),
    Picture("console-charts-dark", "/admin/charts?days=365", DESK, "dark", is_whole=True),
    Picture("console-phone-try", "/admin/try", PHONE, is_whole=True),
    Picture("console-phone-knowledge", "/admin/knowledge", PHONE, is_whole=True),
    Picture("console-phone-logs", "/admin/logs", PHONE),
    Picture("console-phone-missed", "/admin/missed", PHONE, "dark"),
    Picture("console-phone-whole", "/admin", PHONE, is_whole=True),
)
"""Only to be looked at (``--more FOLDER``)."""


@asynccontextmanager
async def stage(folder: Path, many: int = MANY) -> AsyncIterator[Open]:
    """A console with some history behind it."""
    now = datetime.now(UTC)
    settings = Settings(
        telegram_bot_token=Secret("42:abc"),
        database_url=f"sqlite:///{folder / 'x.db'}",
        admin_password=Secret(PASSWORD),
    )
    by = await asyncio.to_thread(engine, settings)
    ids = [programme.id for programme in by.knowledge.programmes]
    await asyncio.to_thread(fill, folder / "x.db", ids, now, many)
    async with opened(settings, by, _history(folder / "versions", settings.knowledge_dir, now)) as console:
        logging.getLogger("bot").setLevel("INFO")
        assert console.bot.poller
        console.bot.poller.reached_at = time.monotonic()
        _log()
        yield console


def _history(folder: Path, root: Path, now: datetime) -> Versions:
    versions, files = Versions(folder), snapshot(root)
    for days, where in ((9, "programs/cpted.yaml"), (4, "programs/owl-bus.yaml"), (1, "city.yaml")):
        versions.keep({**files, where: files[where] + b"# \n"}, now - timedelta(days=days))
    versions.keep(files, now - timedelta(hours=3))
    return versions


def _log() -> None:
    log = logging.getLogger("bot")
    log.info("ready", extra={"code": "I101", "bot": "safe_bot"})
    fields = {"code": "I201", "outcome": "found", "programme": "owl-bus", "score": 0.98, "lang": "ko", "ms": 17.4}
    log.info("answered", extra={**fields, "row": 4801273340111})
    log.warning("no updates from Telegram, trying again", extra={"code": "E402", "seconds": 2})
    log.info("answered", extra={**fields, "outcome": "none", "programme": "cpted", "score": 0.21, "row": 77120031})
    log.error("an alert could not be sent, it is kept", extra={"code": "E603", "error": "TimedOut", "tries": 1})


async def enter(page: Page, url: str) -> None:
    """With name and password."""
    await page.goto(f"{url}/admin/login")
    await page.get_by_label("보는 사람 이름").fill("김담당")
    await page.get_by_label("비밀번호").fill(PASSWORD)
    await page.get_by_role("button", name="들어가기").click()
    await page.locator("header nav").wait_for()


async def _take(browser: Browser, url: str, picture: Picture, folder: Path) -> None:
    width, height = picture.size
    more: dict[str, Any] = {"color_scheme": picture.scheme, "locale": "ko-KR", "timezone_id": "Asia/Seoul"}
    context = await browser.new_context(viewport={"width": width, "height": height}, **more)
    page = await context.new_page()
    if "login" not in picture.path:
        await enter(page, url)
    await page.goto(f"{url}{picture.path}")
    if picture.path == "/admin/try":
        await page.get_by_label("질문").fill(_QUESTION)
        await page.get_by_role("button", name="어떻게 답하나").click()
        await page.get_by_role("heading", name="견준 것").wait_for()
    await page.wait_for_load_state("networkidle")
    path = folder / f"{picture.name}.png"
    await page.screenshot(path=path, full_page=picture.is_whole)
    await context.close()
    size = path.stat().st_size
    sys.stdout.write(f"{path}: {size:,} bytes\n")
    if folder == FOLDER and size > MOST_BYTES:
        raise SystemExit(f"{path} is larger than {MOST_BYTES:,} bytes")


async def _all(pictures: tuple[Picture, ...], folder: Path) -> None:
    with TemporaryDirectory(prefix="console-") as name:
        async with stage(Path(name)) as console, async_playwright() as run:
            browser = await run.chromium.launch(executable_path=CHROMIUM, args=ARGS)
            for picture in pictures:
                await _take(browser, console.url, picture, folder)
            await browser.close()


def main() -> None:
    """Take them all."""
    if not CHROMIUM.exists():
        raise SystemExit(f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji")
    if sys.argv[1:2] == ["--more"]:
        asyncio.run(_all(PICTURES + MORE, Path(sys.argv[2])))
    else:
        asyncio.run(_all(PICTURES, FOLDER))


if __name__ == "__main__":
    main()

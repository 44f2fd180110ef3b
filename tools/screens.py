"""``python -m tools.screens``: pictures of the chat page with a real conversation, into ``docs/pictures``.

Needs Debian's ``chromium`` with ``fonts-noto-cjk`` and ``fonts-noto-color-emoji``. Look at what comes out before it is
kept.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from bot import engines
from bot.config import Settings
from bot.trial import Trial
from tools.chromium import ARGS, CHROMIUM

FOLDER = Path("docs/pictures")
MOST_BYTES = 200_000
PHONE, DESK = (390, 844), (1180, 760)
_HEARD = "Number([...document.querySelectorAll('li.in')].at(-1)?.dataset.id ?? 0)"

Scene = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True)
class Picture:
    """What is photographed, and how large the window is."""

    name: str
    size: tuple[int, int]
    scheme: str
    scene: Scene


async def _answered(page: Page, do: Callable[[], Awaitable[object]]) -> None:
    heard = await page.evaluate(_HEARD)
    await do()
    await page.wait_for_function(f"heard => {_HEARD} > heard", arg=heard)


async def _ask(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await _answered(page, page.get_by_role("button", name="보내기").click)


async def _begin(page: Page, name: str) -> None:
    if not await page.locator("#side").is_visible():
        await page.get_by_role("button", name="대화 목록으로").click()
    await page.locator("#chats button", has_text=name).click()
    await _answered(page, page.get_by_role("button", name="시작").click)


async def _question(page: Page) -> None:
    await _begin(page, "시민")
    await _ask(page, "부엉이버스 요금 얼마예요?")


async def _danger(page: Page) -> None:
    await _begin(page, "Lan")
    await _ask(page, "chuông báo động trong nhà vệ sinh công cộng bấm thì ai đến?")
    await _ask(page, "뒤에서 누가 계속 따라와요")


async def _desk(page: Page) -> None:
    await _begin(page, "Anna")
    await _ask(page, "is there a bus late at night?")
    await page.locator("#chats button", has_text="시민").click()
    await page.locator("li.in").first.wait_for()


PICTURES = (
    Picture("phone-light", PHONE, "light", _question),
    Picture("phone-dark", PHONE, "dark", _danger),
    Picture("desk", DESK, "light", _desk),
)


async def _take(browser: Browser, url: str, picture: Picture) -> None:
    width, height = picture.size
    more: dict[str, Any] = {"color_scheme": picture.scheme, "locale": "ko-KR", "timezone_id": "Asia/Seoul"}
    context = await browser.new_context(viewport={"width": width, "height": height}, **more)
    page = await context.new_page()
    await page.goto(url)
    await page.locator("#chats button").first.wait_for(state="attached")
    await picture.scene(page)
    await page.evaluate("document.activeElement.blur()")
    await page.wait_for_timeout(300)
    path = FOLDER / f"{picture.name}.png"
    await page.screenshot(path=path)
    await context.close()
    size = path.stat().st_size
    sys.stdout.write(f"{path}: {size:,} bytes\n")
    if size > MOST_BYTES:
        raise SystemExit(f"{path} is larger than {MOST_BYTES:,} bytes")


async def _all() -> None:
    settings = Settings(http_port=0, log_level="WARNING")
    opened = asyncio.Event()
    trial = Trial(settings, lambda: engines.sturdy(settings), lambda line: opened.set())
    task = asyncio.create_task(trial.run())
    await opened.wait()
    assert trial.standin is not None
    async with async_playwright() as run:
        browser = await run.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for picture in PICTURES:
            await _take(browser, trial.standin.url, picture)
        await browser.close()
    trial.stop()
    await task


def main() -> None:
    """Take them all."""
    if not CHROMIUM.exists():
        raise SystemExit(f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji")
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(_all())


if __name__ == "__main__":
    main()

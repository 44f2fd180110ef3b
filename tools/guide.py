"""``python -m tools.guide``: the pictures of the staff guide, of real commands on a copy of the knowledge.

Into ``docs/pictures``; needs what ``tools.screens`` needs. Look at what comes out before it is kept.
"""

import asyncio
import html
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import east_asian_width

from playwright.async_api import Browser, Page, async_playwright

from tools.chromium import ARGS, CHROMIUM
from tools.screens import MOST_BYTES

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
BUS = "programs/owl-bus.yaml"
QUESTION = "부엉이버스 몇 시부터 다녀요?"
CUT = "        ⋮"
_READY, _LIVE = "ready code=I101", "new knowledge code=I302"
_STYLE = """
html { background: #fff }
body { margin: 0; padding: 14px; width: 1036px }
pre { margin: 0; padding: 14px 18px; width: 1000px; border-radius: 8px; background: #1e1e24; color: #e6e6ea;
  font: 16px/1.5 "Noto Sans Mono CJK KR", monospace; white-space: pre-wrap; word-break: break-all }
b { color: #8fd18f; font-weight: normal }
i { display: inline-block; width: 1em; font-style: normal }
"""


@dataclass(frozen=True)
class Desk:
    """A folder of its own in which somebody edits ``knowledge`` and runs commands."""

    place: Path

    def change(self, old: str, new: str, where: str = BUS) -> None:
        """As an editor saves it. Raises ValueError where the file no longer says ``old``."""
        path = self.place / "knowledge" / where
        text = path.read_text("utf-8")
        if old not in text:
            raise ValueError(f"{where} no longer says {old!r}")
        path.write_text(text.replace(old, new, 1), "utf-8")

    @property
    def environ(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT), "HTTP_PORT": "0", "TELEGRAM_BOT_TOKEN": ""}

    def run(self, *words: str) -> str:
        """The command as it was typed, and all that it said, without its progress."""
        command = [sys.executable, "-m", "bot", *words]
        ran = subprocess.run(command, cwd=self.place, env=self.environ, capture_output=True, text=True)
        said = ran.stdout + "\n".join(row for row in ran.stderr.splitlines() if not row.endswith("…"))
        return f"$ python -m bot {' '.join(words)}\n{said.rstrip()}\n"


def first(text: str, count: int) -> str:
    """So many lines, and a sign that there were more."""
    return "\n".join([*text.splitlines()[:count], CUT])


def ends(text: str, count: int, last: str) -> str:
    """So many lines, and all from the one that begins with ``last``."""
    rows = text.splitlines()
    begin = next(n for n, row in enumerate(rows) if row.startswith(last))
    return "\n".join([*rows[:count], CUT, *rows[begin:]])


def good(desk: Desk) -> str:
    return ends(desk.run("check"), 4, "살펴본 것")


def broken(desk: Desk) -> str:
    desk.change("summary: 지하철역들을", "summary: 참고: 지하철역들을")
    return desk.run("check")


def twice(desk: Desk) -> str:
    desk.change("summary: 참고: 지하철역들을", 'summary: "참고: 지하철역들을')
    desk.change("막차를 놓친 시민을 위한 버스입니다.\n", '막차를 놓친 시민을 위한 버스입니다."\n')
    desk.change("as_of: 2022-10", "as_of: 2022년 10월")
    desk.change("how_to_use:", "how_to_us:")
    told = desk.run("check")
    shutil.copy(ROOT / "knowledge" / BUS, desk.place / "knowledge" / BUS)
    return told


def shown(desk: Desk) -> str:
    return first(desk.run("show", "owl-bus", "--aspect", "when"), 14)


def past(desk: Desk) -> str:
    return "\n".join([desk.run("history"), desk.run("rollback"), desk.run("history")])


SCREENS: dict[str, Callable[[Desk], str]] = {
    "guide-history": past,
    "guide-show": shown,
    "guide-check": good,
    "guide-broken": lambda desk: broken(desk) + "\n" + twice(desk),
}
"""Terminals by the name of their picture, in the order in which they are taken."""


def page(text: str) -> str:
    """A terminal that says this."""
    rows = (f"<b>{_wide(row)}</b>" if row.startswith("$ ") else _wide(row) for row in text.splitlines())
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style><pre>{chr(10).join(rows)}</pre>"


def _wide(row: str) -> str:
    """Hangul two columns wide, as on a terminal: the font's own is narrower."""
    return "".join(f"<i>{c}</i>" if east_asian_width(c) in "WF" else html.escape(c) for c in row)


def _kept(name: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise SystemExit(f"{name} is larger than {MOST_BYTES:,} bytes")
    (FOLDER / f"{name}.png").write_bytes(content)
    sys.stdout.write(f"{name}: {len(content):,} bytes\n")


async def _terminal(browser: Browser, name: str, text: str) -> None:
    context = await browser.new_context(viewport={"width": 1064, "height": 200}, device_scale_factor=1.25)
    tab = await context.new_page()
    await tab.set_content(page(text))
    _kept(name, await tab.locator("body").screenshot())
    await context.close()


async def _ask(tab: Page) -> None:
    heard = await tab.locator("li.in").count()
    await tab.locator("#text").fill(QUESTION)
    await tab.get_by_role("button", name="보내기").click()
    await tab.locator("li.in").nth(heard).wait_for()


async def _until(run: asyncio.subprocess.Process, words: str) -> str:
    assert run.stdout is not None
    async for line in run.stdout:
        if words in (told := line.decode()):
            return told
    raise SystemExit(f"the bot ended before it said {words!r}")


async def _live(browser: Browser, desk: Desk) -> None:
    """Asked, changed, asked again: the same question gets the new answer without a restart."""
    command = (sys.executable, "-m", "bot", "run")
    to = asyncio.subprocess
    run = await to.create_subprocess_exec(*command, cwd=desk.place, env=desk.environ, stdout=to.PIPE, stderr=to.STDOUT)
    url = (await _until(run, "http://")).split()[2]
    await _until(run, _READY)
    context = await browser.new_context(
        viewport={"width": 1000, "height": 1190}, locale="ko-KR", timezone_id="Asia/Seoul"
    )
    tab = await context.new_page()
    await tab.goto(url)
    await tab.locator("#chats button", has_text="시민").click()
    await tab.get_by_role("button", name="시작").click()
    await tab.locator("li.in").first.wait_for()
    await _ask(tab)
    desk.change("금·토요일 밤 11시부터", "금·토요일 밤 10시부터")
    await _until(run, _LIVE)
    await _ask(tab)
    await tab.wait_for_timeout(300)
    _kept("guide-live", await tab.screenshot())
    await context.close()
    run.terminate()
    await run.wait()


async def _all(desk: Desk) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        await _live(browser, desk)
        for name, told in SCREENS.items():
            await _terminal(browser, name, await asyncio.to_thread(told, desk))
        await browser.close()


def main() -> None:
    """Take them all."""
    if not CHROMIUM.exists():
        raise SystemExit(f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji")
    with TemporaryDirectory(prefix="guide-") as folder:
        shutil.copytree(ROOT / "knowledge", Path(folder, "knowledge"))
        asyncio.run(_all(Desk(Path(folder))))


if __name__ == "__main__":
    main()

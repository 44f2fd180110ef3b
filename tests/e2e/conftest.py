"""A real browser at the chat page: one for all tests, a window of its own for each."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.config import Settings
from bot.engine.pipeline import Engine
from bot.trial import Trial
from bot.web.standin import Standin
from tests.api import Api
from tools.chromium import ARGS, CHROMIUM

HAS_CHROMIUM = CHROMIUM.exists()
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
WAIT_MS = 8000


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Any]:
    playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed: make .venv/ready-dev")
    if not HAS_CHROMIUM:
        pytest.skip(f"{CHROMIUM} is missing: `.ci/run`, or apt-get install chromium fonts-noto-cjk")
    async with playwright.async_playwright() as run:
        browser = await run.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        await browser.close()


Open = Callable[..., Awaitable["Screen"]]


class Screen:
    """A person in front of the page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.trouble: list[str] = []
        self.hosts: set[str] = set()
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", self._console)
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def _console(self, line: Any) -> None:
        """The stand-in may be gone before the window is closed."""
        if line.type == "error" and "ERR_CONNECTION_REFUSED" not in line.text:
            self.trouble.append(line.text)

    async def go(self, url: str, chat: str = "") -> None:
        await self.page.goto(f"{url}/{chat}")
        await self.page.locator("#chats button").first.wait_for(state="attached")

    async def choose(self, name: str) -> None:
        """Open another conversation."""
        await self.page.locator("#chats button", has_text=name).click()
        await self.page.locator("#chats [aria-current]", has_text=name).wait_for()

    async def start(self) -> str:
        """Begin a conversation."""
        return await self.answer_to(self.page.get_by_role("button", name="시작").click)

    async def says(self, text: str) -> str:
        """The answer to what is written and sent with Enter."""
        await self.page.locator("#text").fill(text)
        return await self.answer_to(lambda: self.page.locator("#text").press("Enter"))

    async def presses(self, label: str) -> str:
        """The new message that the last button with this label brings."""
        return await self.answer_to(self.button(label).click)

    async def changes(self, label: str) -> str:
        """What stands in the last message of the bot once its button changed it."""
        before = await self.last.inner_text()
        await self.button(label).click()
        await self.page.wait_for_function(
            "before => [...document.querySelectorAll('li.in')].at(-1).innerText !== before", arg=before
        )
        return str(await self.last.inner_text())

    async def answer_to(self, do: Callable[[], Awaitable[object]]) -> str:
        """The text of the one bubble that comes after what is done."""
        heard = await self.last_id()
        await do()
        await self.page.wait_for_function(
            "heard => Number([...document.querySelectorAll('li.in')].at(-1)?.dataset.id ?? 0) > heard", arg=heard
        )
        return str(await self.last.locator(".body").inner_text())

    async def last_id(self) -> int:
        return int(await self.page.evaluate("Number([...document.querySelectorAll('li.in')].at(-1)?.dataset.id ?? 0)"))

    def button(self, label: str) -> Any:
        return self.last.get_by_role("button", name=label, exact=True)

    @property
    def last(self) -> Any:
        """The last message of somebody else."""
        return self.page.locator("li.in").last

    async def keys(self) -> list[str]:
        """The labels under the last message."""
        return list(await self.last.locator(".key").all_inner_texts())


@pytest_asyncio.fixture(loop_scope="session")
async def screen(browser: Any) -> AsyncIterator[Open]:
    """Opens a window; at the end nothing may have gone wrong in it, and it spoke to this machine alone."""
    contexts: list[Any] = []
    screens: list[Screen] = []

    async def open_one(size: dict[str, int] = DESK, **more: Any) -> Screen:
        context = await browser.new_context(viewport=size, locale="ko-KR", timezone_id="Asia/Seoul", **more)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        screens.append(Screen(await context.new_page()))
        return screens[-1]

    yield open_one
    for context in contexts:
        await context.close()
    for one in screens:
        assert one.trouble == []
        assert {host.split(":")[0] for host in one.hosts} <= {"127.0.0.1"}


@pytest_asyncio.fixture(loop_scope="session")
async def tg(browser: object) -> AsyncIterator[Standin]:
    """The stand-in alone, with a person and their chat: the test plays the bot."""
    async with Standin(name="안내봇", username="safe_bot", page=True) as standin:
        standin.private(standin.user(first_name="시민"))
        yield standin


@pytest_asyncio.fixture(loop_scope="session")
async def api(tg: Standin) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(base_url=f"{tg.url}/bot{tg.token}/", trust_env=False) as client:
        yield Api(client)


@pytest.fixture(scope="session")
def engine(towns: Any, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A small town in two languages, by spelling alone."""
    town = towns(tmp_path_factory.mktemp("e2e"))
    town.go_abroad()
    for korean, english in (
        ("start: 처음 화면", "start: First screen"),
        ("language_set: 이제 한국어로 답합니다.", "language_set: I answer in English now."),
        ("어느 분야가 궁금하세요?", "Pick a topic"),
    ):
        town.change("phrases/en.yaml", korean, english)
    town.change("programs/owl-bus.yaml", "related: []", "related: [lamp]")
    for id_ in ("lamp", "patrol"):
        town.change(f"programs/{id_}.yaml", "aliases: [", "aliases: [우리 동네, ")
    return town.engine()


@pytest_asyncio.fixture(loop_scope="session")
async def trial(engine: Engine, browser: object) -> AsyncIterator[Trial]:
    """The bot as ``make run`` starts it without a token."""
    opened = asyncio.Event()
    trial = Trial(Settings(http_port=0), lambda: engine, lambda line: opened.set())
    task = asyncio.create_task(trial.run())
    await asyncio.wait_for(opened.wait(), 10)
    yield trial
    trial.stop()
    await asyncio.wait_for(task, 20)


@pytest.fixture
def url(trial: Trial) -> str:
    assert trial.standin is not None
    return trial.standin.url

"""The console in a real browser: every page, at a phone and at a desk, in light and in dark."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bench.crowd import fill
from bench.opened import PASSWORD, Open, opened
from bot.config import Secret, Settings
from bot.engine.pipeline import Engine
from bot.kb.files import snapshot
from bot.kb.versions import Versions
from bot.store import questions
from bot.store.questions import Question
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.conftest import Open as OpenScreen

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOOK = (Path(__file__).parent / "look.js").read_text("utf-8")
PAGES = ("", "/charts?days=30", "/missed", "/feedback", "/feedback?vote=up", "/try", "/knowledge", "/logs", "/access")
LONG = "가나다라마바사아자차카타파하" * 12


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def console(engine: Engine, towns: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Open]:
    folder = tmp_path_factory.mktemp("console")
    town = towns(folder / "town")
    settings = Settings(
        telegram_bot_token=Secret("42:abc"),
        database_url=f"sqlite:///{folder / 'x.db'}",
        knowledge_dir=town.root,
        admin_password=Secret(PASSWORD),
    )
    now, versions, files = datetime.now(UTC), Versions(folder / "versions"), snapshot(town.root)
    versions.keep({**files, "city.yaml": files["city.yaml"] + b"#\n"}, now - timedelta(days=1))
    versions.keep(files, now)
    ids = [programme.id for programme in engine.knowledge.programmes]
    await asyncio.to_thread(fill, folder / "x.db", ids, now, 3000)
    async with opened(settings, engine, versions) as found:
        for number, text in enumerate((LONG, "<script>alert(1)</script>" * 4), 1):
            await found.bot.store.write(questions.record(missed(number, text, now)))
            await found.bot.store.write(questions.vote(number, "p", "down", now.timestamp()))
        yield found


def missed(number: int, text: str, now: datetime) -> Question:
    """A question without an answer."""
    at, day = now.timestamp(), now.date().isoformat()
    return Question(number, at, day, 9, "p", "ko", "none", None, None, None, (("lamp", 0.2),), text, text, "v", 12.0)


async def enter(page: Any, url: str) -> None:
    await page.goto(f"{url}/admin/login")
    await page.get_by_label("보는 사람 이름").fill("김담당")
    await page.get_by_label("비밀번호").fill(PASSWORD)
    await page.get_by_role("button", name="들어가기").click()
    await page.locator("header nav").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_every_page_can_be_read_by_everybody(
    console: Open, screen: OpenScreen, size: dict[str, int], scheme: str
) -> None:
    """Contrast, names, targets, nothing wider than the window; no console errors, no other host (``screen``)."""
    logging.getLogger("bot").error("a long line %s", LONG, extra={"code": "E900", "field": LONG})
    one = await screen(size, color_scheme=scheme)
    await one.page.goto(f"{console.url}/admin/login")
    assert await one.page.evaluate(LOOK) == []
    await enter(one.page, console.url)
    for path in PAGES:
        await one.page.goto(f"{console.url}/admin{path}")
        await one.page.wait_for_load_state("networkidle")
        assert await one.page.evaluate(LOOK) == [], path
        drawn = await one.page.evaluate("[...document.images].map(image => image.complete && image.naturalWidth)")
        assert all(drawn), path


async def test_a_question_is_tried_by_hand(console: Open, screen: OpenScreen) -> None:
    one = await screen(PHONE)
    await enter(one.page, console.url)
    await one.page.get_by_role("link", name="시험").click()
    await one.page.get_by_label("질문").fill("부엉이 노선 얼마예요")
    await one.page.get_by_role("button", name="어떻게 답하나").click()
    await one.page.get_by_role("heading", name="답함").wait_for()
    assert "부엉이 버스" in await one.page.locator("tbody tr").first.inner_text()
    assert await one.page.evaluate(LOOK) == []


async def test_markup_that_a_citizen_wrote_does_nothing(console: Open, screen: OpenScreen) -> None:
    one = await screen(DESK)
    one.page.on("dialog", lambda dialog: one.trouble.append(f"a dialog: {dialog.message}"))
    await enter(one.page, console.url)
    await one.page.get_by_role("link", name="답 없음").click()
    assert await one.page.get_by_text("<script>alert(1)</script>").count()
    assert await one.page.evaluate("document.scripts.length") == 0


async def test_an_earlier_version_is_put_back_in_two_steps(console: Open, screen: OpenScreen) -> None:
    one = await screen(DESK)
    await enter(one.page, console.url)
    await one.page.get_by_role("link", name="지식").click()
    await one.page.locator("summary", has_text="되돌리기").last.click()
    await one.page.get_by_role("button", name="정말 이 판으로").click()
    assert "되돌렸습니다" in await one.page.get_by_role("status").inner_text()
    assert await one.page.evaluate(LOOK) == []


async def test_charts_follow_light_and_dark_and_the_width(console: Open, screen: OpenScreen) -> None:
    seen = set()
    for size in (PHONE, DESK):
        for scheme in ("light", "dark"):
            one = await screen(size, color_scheme=scheme)
            await enter(one.page, console.url)
            await one.page.wait_for_load_state("networkidle")
            seen.add(await one.page.evaluate("document.images[0].currentSrc"))
    assert len(seen) == 4


async def test_whoever_leaves_is_out(console: Open, screen: OpenScreen) -> None:
    one = await screen(PHONE)
    await enter(one.page, console.url)
    await one.page.get_by_role("button", name="김담당 나가기").click()
    await one.page.get_by_role("heading", name="안내봇 관리").wait_for()
    await one.page.goto(f"{console.url}/admin/logs")
    assert one.page.url.endswith("/admin/login")


async def test_a_wrong_password_is_told(console: Open, screen: OpenScreen) -> None:
    one = await screen(PHONE)
    await one.page.goto(f"{console.url}/admin/login")
    await one.page.get_by_label("보는 사람 이름").fill("김담당")
    await one.page.get_by_label("비밀번호").fill("틀린 것")
    await one.page.get_by_role("button", name="들어가기").click()
    assert "맞지 않습니다" in await one.page.get_by_role("alert").inner_text()
    assert await one.page.evaluate(LOOK) == []
    one.trouble.clear()  # browsers tell of each answer 403

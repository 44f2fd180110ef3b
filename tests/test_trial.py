"""Trying the bot without a token: where it listens, what it keeps to itself, and that it can begin again."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.config import Secret, Settings
from bot.engine.pipeline import Engine
from bot.errors import SettingsError
from bot.trial import Trial, run_trial

BUS = "막차 놓치면 얼마예요"


@pytest.fixture(scope="module")
def engine(towns: Any, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return towns(tmp_path_factory.mktemp("trial")).engine()  # type: ignore[no-any-return]


@pytest_asyncio.fixture
async def begun(engine: Engine) -> AsyncIterator[Any]:
    """Begins trials, and ends them."""
    running: list[tuple[Trial, asyncio.Task[None]]] = []

    async def begin(settings: Settings) -> tuple[Trial, list[str]]:
        told: list[str] = []
        open_ = asyncio.Event()

        def tell(line: str) -> None:
            told.append(line)
            if "http://" in line:
                open_.set()

        trial = Trial(settings, lambda: engine, tell)
        running.append((trial, asyncio.create_task(trial.run())))
        await asyncio.wait_for(open_.wait(), 10)
        return trial, told

    yield begin
    for trial, task in running:
        trial.stop()
        await asyncio.wait_for(task, 20)


async def test_it_says_where_the_page_is_and_the_bot_answers_there(begun: Any) -> None:
    trial, (told,) = await begun(Settings(http_port=0))
    tg = trial.standin
    assert told == f"대화 페이지: {tg.url}/  (끄기: Ctrl+C)"
    async with httpx.AsyncClient(base_url=tg.url, trust_env=False) as client:
        assert (await client.get("/")).status_code == 200
        await client.post("/try/say", json={"chat": 1001, "text": BUS})
    [answer] = await tg.wait_for(tg.state.chats[1001], timeout=10)
    assert "부엉이 버스" in answer.text


async def test_a_port_in_use_gives_way_to_the_next_and_that_is_said(begun: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wished = taken.getsockname()[1]
        trial, told = await begun(Settings(http_port=wished))
    port = int(trial.standin.url.rpartition(":")[2])
    assert wished < port < wished + 20
    assert told[0].startswith(f"{wished}번 포트는 다른 프로그램이 쓰고 있어 다음 빈 포트를 씁니다")


def test_it_never_runs_beside_a_real_token(engine: Engine) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN"):
        run_trial(Settings(telegram_bot_token=Secret("42:abc")), lambda: engine)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.com"])
def test_others_cannot_reach_it(engine: Engine, host: str) -> None:
    with pytest.raises(SettingsError, match=r"HTTP_HOST: .*이 컴퓨터에서만"):
        run_trial(Settings(http_host=host), lambda: engine)


async def test_the_bot_behind_it_keeps_what_is_said_to_itself(begun: Any, tmp_path: Any) -> None:
    settings = Settings(
        http_port=0, webhook_url="https://bot.example", alert_chat_id=5, database_url="sqlite:///real.db"
    )
    trial, _ = await begun(settings)
    behind = trial._behind(trial.standin, tmp_path)
    assert behind.telegram_api_url == trial.standin.url
    assert (behind.webhook_url, behind.alert_chat_id, behind.http_port) == (None, None, 0)
    assert behind.database_url == f"sqlite:///{tmp_path}/trial.db"


async def test_the_conversation_lives_on_when_the_bot_begins_again(begun: Any) -> None:
    trial, _ = await begun(Settings(http_port=0))
    tg = trial.standin
    chat = tg.state.chats[1001]
    tg.say(chat, None, BUS)
    [card] = await tg.wait_for(chat, timeout=10)
    await trial.restart()
    assert chat.messages
    tg.press(card, "더 보기")
    await tg.wait_for_edit(card, timeout=10)
    tg.say(chat, None, BUS)
    assert len(await tg.wait_for(chat, timeout=10)) == 1


async def test_two_runs_count_updates_differently(begun: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = await begun(Settings(http_port=0))
    monkeypatch.setattr("bot.trial.time.time", lambda: 2_000_000_000.0)
    second, _ = await begun(Settings(http_port=0))
    numbers = [trial.standin.say(trial.standin.state.chats[1001], None, "가") for trial in (first, second)]
    assert numbers[1] == 2_000_000_000 > numbers[0]

"""A webhook gets each update until it takes it: in order within a chat, ever later, with the secret."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.standin import Chat, Pace, Standin, State, User
from bot.web.standin.server import Server

pytestmark = pytest.mark.asyncio
Json = dict[str, Any]


async def take(update: Json) -> Response:
    return Response()


@dataclass
class Hook:
    """A bot that listens on this machine."""

    answer: Callable[[Json], Awaitable[Response]] = take
    got: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    url: str = ""
    server: Server | None = None

    async def telegram(self, request: Request) -> Response:
        update = await request.json()
        self.got.append(update)
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        return await self.answer(update)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]

    async def start(self, port: int = 0) -> None:
        app = Starlette(routes=[Route("/telegram", self.telegram, methods=["POST"])])
        self.server = Server(State("1:x", User(1, "bot")), port, app)
        await self.server.start()
        self.url = f"{self.server.url}/telegram"

    async def stop(self) -> None:
        if self.server:
            await self.server.stop()


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    await hook.start()
    yield hook
    await hook.stop()


def refusing(count: int, status: int = 503, **headers: str) -> Callable[[Json], Awaitable[Response]]:
    """Refuse so many deliveries, then take them."""
    left = itertools.count(count, -1)

    async def answer(update: Json) -> Response:
        return Response(status_code=status if next(left) > 0 else 200, headers=headers)

    return answer


async def test_every_delivery_carries_the_secret(tg: Standin, api: Any, chat: Chat, hook: Hook) -> None:
    await api("setWebhook", url=hook.url, secret_token="s3cret")
    tg.say(chat, None, "가")
    await tg.until(lambda: not tg.pending)
    assert hook.secrets == ["s3cret"]
    await api("setWebhook", url=hook.url)
    tg.say(chat, None, "나")
    await tg.until(lambda: not tg.pending)
    assert hook.secrets == ["s3cret", None]


async def test_what_was_said_before_the_webhook_arrives_first(tg: Standin, api: Any, chat: Chat, hook: Hook) -> None:
    for text in "가나다":
        tg.say(chat, None, text)
    await api("setWebhook", url=hook.url)
    await tg.until(lambda: not tg.pending)
    assert hook.texts == ["가", "나", "다"]


async def test_a_refused_update_comes_again_each_time_later(tg: Standin, api: Any, chat: Chat, hook: Hook) -> None:
    times: list[float] = []
    refuse = refusing(3)

    async def answer(update: Json) -> Response:
        times.append(time.monotonic())
        return await refuse(update)

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    tg.say(chat, None, "가")
    tg.say(chat, None, "나")
    await tg.until(lambda: not tg.pending)
    assert hook.texts == ["가", "가", "가", "가", "나"]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert pauses[0] >= 0.05
    assert pauses[1] >= 0.1
    assert pauses[2] >= 0.2
    assert [delivery.status for delivery in tg.deliveries] == [503, 503, 503, 200, 200]


async def test_the_pause_has_an_end() -> None:
    async with Standin(pace=Pace(0.01, 0.02)) as tg, httpx.AsyncClient(base_url=f"{tg.url}/bot{tg.token}/") as client:
        hook = Hook(refusing(8))
        await hook.start()
        await client.post("setWebhook", json={"url": hook.url})
        tg.say(tg.private(), None, "가")
        await tg.until(lambda: not tg.pending, timeout=2)
        assert len(hook.got) == 9
        await hook.stop()


async def test_retry_after_is_honoured(tg: Standin, api: Any, chat: Chat, hook: Hook) -> None:
    hook.answer = refusing(1, 429, **{"Retry-After": "1"})
    await api("setWebhook", url=hook.url)
    start = time.monotonic()
    tg.say(chat, None, "가")
    await tg.until(lambda: not tg.pending)
    assert time.monotonic() - start >= 1


async def test_one_chat_that_waits_holds_up_no_other(tg: Standin, api: Any, hook: Hook) -> None:
    slow, quick = tg.private(tg.user()), tg.private(tg.user())
    free = asyncio.Event()

    async def answer(update: Json) -> Response:
        if update["message"]["chat"]["id"] == slow.id:
            await free.wait()
        return Response()

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    tg.say(slow, None, "가")
    tg.say(slow, None, "나")
    tg.say(quick, None, "다")
    await tg.until(lambda: tg.pending == 2)
    assert hook.texts == ["가", "다"]
    free.set()
    await tg.until(lambda: not tg.pending)
    assert hook.texts == ["가", "다", "나"]


async def test_no_more_connections_than_the_bot_allows(tg: Standin, api: Any, hook: Hook) -> None:
    at_once = [0, 0]

    async def answer(update: Json) -> Response:
        at_once[0] += 1
        at_once[1] = max(at_once)
        await asyncio.sleep(0.01)
        at_once[0] -= 1
        return Response()

    hook.answer = answer
    await api("setWebhook", url=hook.url, max_connections=2)
    for _ in range(8):
        tg.say(tg.private(tg.user()), None, "가")
    await tg.until(lambda: not tg.pending)
    assert at_once[1] == 2


async def test_updates_wait_for_a_bot_that_is_down_and_the_info_says_why(
    tg: Standin, api: Any, chat: Chat, hook: Hook
) -> None:
    assert hook.server
    await hook.stop()
    await api("setWebhook", url=hook.url)
    tg.say(chat, None, "가")
    await tg.until(lambda: tg.deliveries)
    info = await api("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection refused")
    assert abs(info["last_error_date"] - time.time()) < 5
    again = Hook()
    await again.start(int(hook.server.url.rpartition(":")[2]))
    await tg.until(lambda: not tg.pending)
    assert again.texts == ["가"]
    await again.stop()


async def test_without_a_network_the_webhook_is_not_reached(tg: Standin, api: Any, chat: Chat, hook: Hook) -> None:
    await api("setWebhook", url=hook.url)
    tg.cut(0.2)
    tg.say(chat, None, "가")
    await tg.until(lambda: tg.deliveries)
    assert (hook.got, tg.deliveries[0].status) == ([], 0)
    await tg.until(lambda: not tg.pending)
    assert hook.texts == ["가"]


async def test_after_the_webhook_is_deleted_the_rest_can_be_polled(
    tg: Standin, api: Any, chat: Chat, hook: Hook
) -> None:
    hook.answer = refusing(1000)
    await api("setWebhook", url=hook.url, secret_token="s3cret")
    said = tg.say(chat, None, "가")
    await tg.until(lambda: tg.deliveries)
    await api("deleteWebhook")
    assert (await api("getWebhookInfo"))["url"] == ""
    assert [update["update_id"] for update in await api("getUpdates")] == [said]
    seen = len(hook.got)
    await asyncio.sleep(0.2)
    assert len(hook.got) == seen


async def test_a_pressed_button_keeps_its_place_in_its_chat(tg: Standin, api: Any, chat: Chat, hook: Hook) -> None:
    markup = {"inline_keyboard": [[{"text": "더 보기", "callback_data": "m"}]]}
    await api("sendMessage", chat_id=chat.id, text="가", reply_markup=markup)
    [card] = tg.sent(chat)
    await api("setWebhook", url=hook.url)
    tg.say(chat, None, "나")
    tg.press(card, "더 보기")
    tg.say(chat, None, "다")
    await tg.until(lambda: not tg.pending)
    assert [next(k for k in update if k != "update_id") for update in hook.got] == [
        "message",
        "callback_query",
        "message",
    ]

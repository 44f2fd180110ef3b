"""Updates wait until they are confirmed, whoever fetches them and however trouble comes in between."""

import asyncio
import time
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.standin import Chat, Standin
from bot.web.standin.server import Server

pytestmark = pytest.mark.asyncio


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_updates_wait_until_they_are_confirmed(tg: Standin, api: Any, chat: Chat) -> None:
    first, second, third = (tg.say(chat, None, text) for text in "가나다")
    assert numbers(await api("getUpdates", limit=2)) == [first, second]
    assert numbers(await api("getUpdates")) == [first, second, third]
    assert numbers(await api("getUpdates", offset=second)) == [second, third]
    assert numbers(await api("getUpdates", offset=-1)) == [third]
    assert numbers(await api("getUpdates", limit=0)) == [third]
    assert tg.pending == 1
    assert numbers(await api("getUpdates", offset=third + 1)) == []


async def test_the_bot_gets_only_what_it_asks_for(tg: Standin, api: Any, chat: Chat) -> None:
    tg.push("message_reaction", {})
    assert await api("getUpdates", allowed_updates=["message"]) == []
    said = tg.say(chat, None, "가")
    tg.edit(said, "나")
    assert numbers(await api("getUpdates")) == [said]
    await api("getUpdates", allowed_updates="[]", offset=-1)
    edited = tg.edit(said, "다")
    update = (await api("getUpdates"))[-1]
    assert (update["update_id"], update["edited_message"]["text"]) == (edited, "다")
    for wrong in ("[", [1], {}):
        assert (await api.refused("getUpdates", allowed_updates=wrong))[0] == 400
    assert (await api.refused("getUpdates", offset="x"))[0] == 400


async def test_a_long_poll_ends_when_something_is_said(tg: Standin, api: Any, chat: Chat) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await asyncio.sleep(0.05)
    said = tg.say(chat, None, "가")
    assert numbers(await poll) == [said]


async def test_a_long_poll_ends_after_its_time(api: Any) -> None:
    start = time.monotonic()
    assert await api("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - start < 3


async def test_of_two_pollers_the_first_is_told_to_go(tg: Standin, api: Any, chat: Chat) -> None:
    first = asyncio.create_task(api.refused("getUpdates", timeout=50))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(api("getUpdates", timeout=50))
    why = "terminated by other getUpdates request; make sure that only one bot instance is running"
    assert await first == (409, f"Conflict: {why}")
    tg.say(chat, None, "가")
    assert len(await second) == 1


async def test_the_stand_in_stops_though_somebody_polls() -> None:
    async with httpx.AsyncClient() as client:
        async with Standin() as tg:
            poll = asyncio.create_task(client.get(f"{tg.url}/bot{tg.token}/getUpdates?timeout=50"))
            await asyncio.sleep(0.05)
        assert (await poll).json()["result"] == []


async def test_stickers_photos_and_voices_arrive(tg: Standin, api: Any, chat: Chat) -> None:
    tg.sticker(chat)
    tg.photo(chat, caption="여기 어두워요")
    tg.voice(chat)
    sticker, photo, voice = [update["message"] for update in await api("getUpdates")]
    assert sticker["sticker"]["emoji"] == "👍"
    assert (photo["caption"], "text" in photo) == ("여기 어두워요", False)
    assert voice["voice"]["duration"] == 3


async def test_people_reply_to_the_bot(tg: Standin, api: Any, group: Chat) -> None:
    await api("sendMessage", chat_id=group.id, text="무엇이 궁금하세요?")
    [question] = await tg.wait_for(group)
    tg.say(group, None, "요금", reply_to=question)
    [update] = await api("getUpdates")
    assert update["message"]["reply_to_message"]["from"]["id"] == tg.me.id


async def test_an_update_can_come_twice(tg: Standin, api: Any, chat: Chat) -> None:
    said = tg.say(chat, None, "가")
    [update] = await api("getUpdates")
    await api("getUpdates", offset=said + 1)
    tg.repeat(update)
    assert await api("getUpdates") == [update]


@pytest.mark.parametrize(
    "params",
    [
        {"url": "http://ansan.go.kr/telegram"},
        {"url": "https://ansan.go.kr:8080/telegram"},
        {"url": "nonsense"},
        {"url": "https://a.kr", "secret_token": "한글"},
        {"url": "https://a.kr", "max_connections": 101},
    ],
)
async def test_a_wrong_webhook_is_refused(api: Any, params: dict[str, Any]) -> None:
    assert (await api.refused("setWebhook", **params))[0] == 400


async def test_a_webhook_excludes_polling(tg: Standin, api: Any, chat: Chat) -> None:
    tg.say(chat, None, "가")
    assert await api("setWebhook", url="https://ansan.go.kr/telegram", allowed_updates=["message"])
    info = await api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("https://ansan.go.kr/telegram", 1)
    assert (await api.refused("getUpdates"))[0] == 409
    assert await api("deleteWebhook", drop_pending_updates="true")
    assert await api("getUpdates") == []


async def test_a_webhook_on_this_machine_is_served_until_it_says_yes(tg: Standin, api: Any, chat: Chat) -> None:
    got: list[tuple[str, str]] = []

    async def telegram(request: Request) -> Response:
        secret = request.headers["x-telegram-bot-api-secret-token"]
        got.append((secret, (await request.json())["message"]["text"]))
        return Response(status_code=500 if len(got) == 1 else 200)

    hook = Server(tg.state, app=Starlette(routes=[Route("/telegram", telegram, methods=["POST"])]))
    await hook.start()
    await api("setWebhook", url=f"{hook.url}/telegram", secret_token="s3cret")
    tg.say(chat, None, "가")
    await tg.until(lambda: not tg.pending)
    assert got == [("s3cret", "가")] * 2
    told = "Wrong response from the webhook: 500 Internal Server Error"
    assert (await api("getWebhookInfo"))["last_error_message"] == told
    await api("deleteWebhook")
    await hook.stop()


@pytest.mark.parametrize(
    ("error", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
    ],
)
async def test_errors_come_to_order(tg: Standin, api: Any, chat: Chat, error: int, description: str) -> None:
    fault = tg.fault("sendMessage", chat, error=error)
    assert await api("getMe")
    assert await api.refused("sendMessage", chat_id=chat.id, text="가") == (error, description)
    assert await api("sendMessage", chat_id=chat.id, text="가")
    assert fault.used == 1


async def test_too_many_requests_says_how_long_to_wait(tg: Standin, api: Any) -> None:
    tg.fault(error=429, retry_after=3, times=None)
    for _ in range(3):
        answer = await api.client.get("getMe")
        assert answer.json()["description"] == "Too Many Requests: retry after 3"
        assert (answer.json()["parameters"], answer.headers["retry-after"]) == ({"retry_after": 3}, "3")
    tg.mend()
    assert await api("getMe")


@pytest.mark.parametrize(("when", "sent"), [("before", 0), ("after", 1)])
async def test_connections_break(tg: Standin, api: Any, chat: Chat, when: str, sent: int) -> None:
    tg.fault("sendMessage", drop=when)
    with pytest.raises(httpx.RemoteProtocolError):
        await api("sendMessage", chat_id=chat.id, text="가")
    assert len(tg.sent(chat)) == sent
    assert tg.calls[-1].status == 0


async def test_without_a_network_nothing_happens_and_no_poll_goes_on(tg: Standin, api: Any, chat: Chat) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await asyncio.sleep(0.05)
    tg.cut(0.3)
    for call in (poll, api("sendMessage", chat_id=chat.id, text="가")):
        with pytest.raises(httpx.RemoteProtocolError):
            await call
    assert tg.sent(chat) == []
    await asyncio.sleep(0.3)
    assert await api("sendMessage", chat_id=chat.id, text="가")


async def test_answers_come_late(tg: Standin, api: Any) -> None:
    tg.fault("getMe", slow=0.2)
    start = time.monotonic()
    await api("getMe")
    assert time.monotonic() - start >= 0.2


async def test_a_fault_must_be_one(tg: Standin) -> None:
    for wrong in ({}, {"drop": "sometimes"}):
        with pytest.raises(ValueError, match="drop"):
            tg.fault(**wrong)

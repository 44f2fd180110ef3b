"""What the chat page asks of the stand-in, and who may ask it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.web.standin import Standin
from bot.web.standin.journal import MAX_ENTRIES, Journal

Json = dict[str, Any]


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Standin]:
    async with Standin(username="safe_bot", page=True) as standin:
        yield standin


@pytest_asyncio.fixture
async def page(tg: Standin) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=tg.url, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def chat(tg: Standin) -> int:
    return tg.private(tg.user()).id


async def refused(page: httpx.AsyncClient, name: str, **asked: Any) -> str:
    response = await page.post(f"/try/{name}", json=asked)
    assert response.status_code == 400, response.text
    return str(response.json()["error"])


async def test_without_being_asked_for_there_is_no_page() -> None:
    async with Standin() as tg, httpx.AsyncClient(base_url=tg.url, trust_env=False) as client:
        for path in ("/", "/page/app.js", "/try/state"):
            assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/", "/page/app.js", "/page/style.css", "/page/icon.svg", "/try/state", "/page/x.js"])
async def test_every_answer_is_armoured(page: httpx.AsyncClient, path: str) -> None:
    headers = (await page.get(path)).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/page/../page.py", "/page/%2e%2e/page.py", "/page/x.js", "/page/", "/try/secrets"])
async def test_nothing_but_the_pages_own_files_is_served(page: httpx.AsyncClient, path: str) -> None:
    assert (await page.get(path)).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_pages_of_other_sites_are_turned_away(page: httpx.AsyncClient, chat: int, headers: Json) -> None:
    for ask in (page.get("/try/state", headers=headers), page.post("/try/say", json={"chat": chat}, headers=headers)):
        assert (await ask).status_code == 403


async def test_a_form_of_another_site_cannot_write(page: httpx.AsyncClient, tg: Standin, chat: int) -> None:
    body = json.dumps({"chat": chat, "text": "가"})
    response = await page.post("/try/say", content=body, headers={"Content-Type": "text/plain"})
    assert (response.status_code, tg.pending) == (400, 0)


async def test_a_person_writes_and_presses(page: httpx.AsyncClient, tg: Standin, chat: int) -> None:
    await page.post("/try/say", json={"chat": chat, "text": " 가 "})
    markup = {"inline_keyboard": [[{"text": "하나", "callback_data": "1"}, {"text": "밖", "url": "https://a.kr"}]]}
    await page.post(f"/bot{tg.token}/sendMessage", json={"chat_id": chat, "text": "나", "reply_markup": markup})
    pressed = await page.post("/try/press", json={"chat": chat, "message": 2, "row": 0, "column": 0})
    said, press = tg.state.updates.all()
    assert (said["message"]["text"], press["callback_query"]["data"]) == ("가", "1")
    assert pressed.json() == {"update": press["update_id"]}
    for place in ({"row": 0, "column": 1}, {"row": 0, "column": -1}, {"row": 7, "column": 0}, {"row": "0"}):
        assert await refused(page, "press", chat=chat, message=2, **place)
    assert await refused(page, "press", chat=chat, message=9, row=0, column=0) == "그 글은 이제 없습니다."


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice"])
async def test_a_person_sends_what_is_no_text(page: httpx.AsyncClient, tg: Standin, chat: int, kind: str) -> None:
    await page.post("/try/send", json={"chat": chat, "kind": kind})
    assert kind in tg.state.updates.all()[0]["message"]


async def test_what_telegram_would_not_send_is_refused_in_korean(
    page: httpx.AsyncClient, tg: Standin, chat: int
) -> None:
    long = await refused(page, "say", chat=chat, text="🦉" * 2049)
    assert long == "텔레그램은 한 번에 4,096자까지 보냅니다. 지금 4,098자입니다."
    assert await refused(page, "say", chat=chat, text=" \n ") == "보낼 글이 없습니다."
    assert await refused(page, "say", chat=5, text="가") == "그런 대화가 없습니다."
    assert await refused(page, "say", chat=chat, user=5, text="가") == "이 대화에 없는 사람입니다."
    for wrong in (
        {"text": 1},
        {"text": "가", "chat": "x"},
        {"text": "가", "chat": True},
        {"text": "가", "reply_to": 77},
    ):
        assert await refused(page, "say", **{"chat": chat, **wrong})
    assert tg.pending == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"text": "\\ud800"}', b"[" * 50_000, b" " * 200_000])
async def test_nonsense_is_refused(page: httpx.AsyncClient, body: bytes) -> None:
    response = await page.post("/try/say", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400


async def test_people_and_groups_are_added_within_reason(page: httpx.AsyncClient, tg: Standin, chat: int) -> None:
    made = (await page.post("/try/people", json={"first_name": " 김 \n 철수 ", "language_code": "zh-hans"})).json()
    assert (tg.state.users[made["chat"]].first_name, tg.state.users[made["chat"]].language_code) == (
        "김 철수",
        "zh-hans",
    )
    group = (await page.post("/try/groups", json={"title": "모임", "members": [chat, made["chat"]]})).json()
    assert len(tg.state.chats[group["chat"]].members) == 2
    assert await refused(page, "people", first_name="", language_code="ko")
    assert await refused(page, "people", first_name="가" * 65, language_code="ko")
    assert await refused(page, "people", first_name="가", language_code="Klingon!")
    for members in ([], [5], None, "x", [[]]):
        assert await refused(page, "groups", title="모임", members=members)
    for _ in range(60):
        await page.post("/try/people", json={"first_name": "가"})
    assert len(tg.state.users) == 50


async def test_trouble_is_ordered_over_http(page: httpx.AsyncClient, tg: Standin, chat: int) -> None:
    asked = {"method": "getMe", "error": 429, "retry_after": 3}
    assert (await page.post("/try/faults", json=asked)).status_code == 200
    me = f"/bot{tg.token}/getMe"
    answer = await page.get(me)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    await page.post("/try/faults", json={"error": 500, "times": None})
    assert [(await page.get(me)).status_code for _ in range(3)] == [500, 500, 500]
    await page.post("/try/mend", json={})
    assert (await page.get(me)).status_code == 200
    await page.post("/try/cut", json={"seconds": 5})
    with pytest.raises(httpx.RemoteProtocolError):
        await page.get(me)
    await page.post("/try/mend", json={})
    assert (await page.get(me)).status_code == 200
    for wrong in ({}, {"drop": "x"}, {"error": "500"}, {"colour": 1}, {"error": True, "x": 1}):
        assert await refused(page, "faults", **wrong)
    for seconds in (0, 601, "5", None):
        assert await refused(page, "cut", seconds=seconds)


async def test_only_who_can_restart_is_asked_to(page: httpx.AsyncClient) -> None:
    assert await refused(page, "restart") == "여기서는 봇을 다시 켤 수 없습니다."
    assert (await page.get("/try/state")).json()["can_restart"] is False


async def changes(page: httpx.AsyncClient, after: str, count: int) -> list[Json]:
    found: list[Json] = []
    async with page.stream("GET", "/try/events", params={"after": after}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        async for line in response.aiter_lines():
            if line.startswith("data: "):
                found.append(json.loads(line.removeprefix("data: ")))
            if len(found) == count:
                break
    return found


async def test_who_listens_hears_what_changed_since(page: httpx.AsyncClient, tg: Standin, chat: int) -> None:
    state = (await page.get("/try/state")).json()
    listening = asyncio.create_task(changes(page, f"{state['run']}-{state['at']}", 4))
    await page.post("/try/say", json={"chat": chat, "text": "가"})
    api = f"/bot{tg.token}"
    await page.post(f"{api}/sendChatAction", json={"chat_id": chat, "action": "typing"})
    await page.post(f"{api}/setMyCommands", json={"commands": [{"command": "start", "description": "처음"}]})
    await page.post(f"{api}/sendMessage", json={"chat_id": chat, "text": "나"})
    said, action, bot, answer = await listening
    assert (said["message"]["text"], action["action"], answer["message"]["text"]) == ("가", "typing", "나")
    assert bot["commands"][0]["commands"] == [{"command": "start", "description": "처음"}]


async def test_who_was_away_hears_each_message_once_as_it_is_now(
    page: httpx.AsyncClient, tg: Standin, chat: int
) -> None:
    state = (await page.get("/try/state")).json()
    said = tg.say(tg.state.chats[chat], None, "가")
    tg.edit(said, "나")
    tg.say(tg.state.chats[chat], None, "다")
    heard = await changes(page, f"{state['run']}-{state['at']}", 2)
    assert [change["message"]["text"] for change in heard] == ["나", "다"]


@pytest.mark.parametrize("after", ["", "x", "-1", "00000000-1", "RUN-99999", "RUN-", "RUN-x"])
async def test_who_knows_nothing_of_this_run_begins_anew(page: httpx.AsyncClient, after: str) -> None:
    run = (await page.get("/try/state")).json()["run"]
    assert await changes(page, after.replace("RUN", run), 1) == [{"kind": "reset"}]


def test_a_journal_says_when_it_does_not_remember() -> None:
    journal = Journal()
    assert journal.since(0) == []
    for number in range(MAX_ENTRIES + 1):
        journal.note("message", number)
    assert journal.since(0) is None
    assert len(journal.since(1) or []) == MAX_ENTRIES

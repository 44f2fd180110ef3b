"""What Telegram is told when it delivers: 200 only for what is safe."""

import asyncio
import json

import httpx
import pytest
from starlette.applications import Starlette

from bot.web import webhook as module
from bot.web.service import Service
from bot.web.webhook import MOST_BYTES, PATH, SECRET_HEADER, webhook_route

SECRET = "s3cret"
HEADERS = {SECRET_HEADER: SECRET}
UPDATE = {"update_id": 1, "message": {"text": "버스"}}


class Accept:
    """Notes what it is given; what it says is for a test to set."""

    def __init__(self):
        self.given, self.says = [], asyncio.get_running_loop().create_future()
        self.says.set_result(None)

    async def __call__(self, update):
        self.given.append(update)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@pytest.fixture
async def accept():
    return Accept()


@pytest.fixture
async def client(accept):
    async with (
        Service("127.0.0.1", 0, [webhook_route(SECRET, accept)]) as service,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{service.port}", trust_env=False) as client,
    ):
        yield client


async def test_an_update_is_taken_as_it_came(client, accept):
    assert (await client.post(PATH, json=UPDATE, headers=HEADERS)).status_code == 200
    assert accept.given == [UPDATE]


@pytest.mark.parametrize("given", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "s3cre"}, {SECRET_HEADER: "s3cretx"}])
async def test_without_the_secret_nothing_is_taken(client, accept, given):
    assert (await client.post(PATH, json=UPDATE, headers=given)).status_code == 403
    assert accept.given == []


async def test_odd_letters_in_the_secret_are_no_error(client, accept):
    headers = [(SECRET_HEADER.encode(), "비밀".encode())]
    assert (await client.post(PATH, json=UPDATE, headers=headers)).status_code == 403


async def test_the_secret_is_compared_before_anything_is_read(accept):
    async def receive():
        raise AssertionError("the body was read")

    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": PATH, "headers": [], "query_string": b"", "root_path": ""}
    await Starlette(routes=[webhook_route(SECRET, accept)])(scope, receive, send)
    assert sent[0]["status"] == 403


async def test_what_is_too_long_is_refused_whole_or_in_pieces(client, accept):
    assert (await client.post(PATH, content=b"x" * (MOST_BYTES + 1), headers=HEADERS)).status_code == 413

    async def pieces():
        for _ in range(MOST_BYTES // 65536 + 1):
            yield b"x" * 65536

    assert (await client.post(PATH, content=pieces(), headers=HEADERS)).status_code == 413
    assert accept.given == []


async def test_what_is_just_short_enough_is_taken_also_in_pieces(client, accept):
    long = json.dumps({"update_id": 1, "x": "y" * (MOST_BYTES - 30)}).encode()

    async def pieces():
        for start in range(0, len(long), 50_000):
            yield long[start : start + 50_000]

    assert (await client.post(PATH, content=pieces(), headers=HEADERS)).status_code == 200
    assert len(accept.given) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 200_000, "버스".encode("cp949")])
async def test_what_is_no_json_is_refused(client, accept, body):
    assert (await client.post(PATH, content=body, headers=HEADERS)).status_code == 400
    assert accept.given == []


async def test_what_is_no_update_is_refused(client, accept):
    accept.says = ValueError("no update")
    assert (await client.post(PATH, json=[1], headers=HEADERS)).status_code == 400


async def test_where_there_is_no_room_telegram_is_to_come_again(client, accept):
    accept.says = None
    answer = await client.post(PATH, json=UPDATE, headers=HEADERS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


async def test_what_is_not_safe_in_time_is_brought_again(client, accept, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    accept.says = asyncio.get_running_loop().create_future()
    assert (await client.post(PATH, json=UPDATE, headers=HEADERS)).status_code == 503
    assert not accept.says.cancelled(), "the answer goes on"


async def test_it_waits_for_what_is_answered_from_memory(client, accept):
    accept.says = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.02, accept.says.set_result, None)
    assert (await client.post(PATH, json=UPDATE, headers=HEADERS)).status_code == 200


async def test_nothing_else_is_there(client):
    assert (await client.get(PATH, headers=HEADERS)).status_code == 405
    assert (await client.post("/", json=UPDATE, headers=HEADERS)).status_code == 404


async def test_who_hangs_up_in_the_middle_harms_nobody(client, accept):
    port = client.base_url.port
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 99\r\n\r\n{{"
    writer.write(head.encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await client.post(PATH, json=UPDATE, headers=HEADERS)).status_code == 200
    assert accept.given == [UPDATE]

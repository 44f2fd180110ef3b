"""The bot's own HTTP: where it listens, and how it stops."""

import asyncio

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import SettingsError
from bot.web.service import Service


async def hello(_):
    return PlainTextResponse("hello")


ROUTES = [Route("/", hello)]


async def test_it_listens_while_it_is_open_and_finishes_what_it_began():
    begun = asyncio.Event()

    async def slow(_):
        begun.set()
        await asyncio.sleep(0.05)
        return PlainTextResponse("done")

    async with httpx.AsyncClient(trust_env=False) as client:
        async with Service("127.0.0.1", 0, [Route("/", slow)]) as service:
            url = f"http://127.0.0.1:{service.port}/"
            request = asyncio.create_task(client.get(url))
            await asyncio.wait_for(begun.wait(), 5)
        assert (await request).text == "done"
        with pytest.raises(httpx.ConnectError):
            await client.get(url)


async def test_a_port_in_use_is_said_in_a_line():
    async with Service("127.0.0.1", 0, ROUTES) as service:
        with pytest.raises(SettingsError, match="HTTP_PORT"):
            Service("127.0.0.1", service.port, ROUTES)


async def test_it_says_nothing_of_itself():
    async with Service("127.0.0.1", 0, ROUTES) as service, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{service.port}/")
    assert "server" not in answer.headers

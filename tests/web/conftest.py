"""A stand-in of Telegram on an ephemeral port, and a plain HTTP client that talks to it as a bot."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

# `pytest` alone does not put the checkout on the path.
sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.web.standin import Chat, Standin


class Api:
    """Calls methods as a bot does, without any library in between."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def __call__(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = (await self.client.post(method, json=params)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Code and description of a call that must fail."""
        response = await self.client.post(method, json=params)
        answer = response.json()
        assert not answer["ok"], answer
        assert answer["error_code"] == response.status_code
        return response.status_code, answer["description"]


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Standin]:
    async with Standin(username="safe_bot") as standin:
        yield standin


@pytest_asyncio.fixture
async def api(tg: Standin) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(
        base_url=f"{tg.url}/bot{tg.token}/", trust_env=False, verify=False, timeout=10
    ) as client:
        yield Api(client)


@pytest.fixture
def chat(tg: Standin) -> Chat:
    """A private chat in which the person has written already, and the bot has read it."""
    chat = tg.private(tg.user(id=7, first_name="<3"))
    tg.say(chat, None, "안녕하세요")
    tg.state.updates.clear()
    return chat


@pytest.fixture
def group(tg: Standin) -> Chat:
    return tg.group("동네", [tg.user(id=8), tg.user(id=9)])

"""A stand-in of Telegram on an ephemeral port, and a plain HTTP client that talks to it as a bot."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

# `pytest` alone does not put the checkout on the path.
sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.web.standin import Chat, Standin
from tests.api import Api


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

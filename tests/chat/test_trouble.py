"""Trouble with Telegram is counted by kind: what PTB makes of what a server does."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.chat.trouble import trouble
from bot.monitor.metrics import TROUBLES
from bot.web.standin import Standin


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"error": 409}, "conflict"),
        ({"error": 429, "retry_after": 3}, "flood"),
        ({"error": 403}, "forbidden"),
        ({"error": 400}, "refused"),
        ({"error": 401}, "refused"),
        ({"error": 500}, "server"),
        ({"error": 502}, "server"),
        ({"drop": "before"}, "network"),
        ({"slow": 1.0}, "timeout"),
    ],
    ids=str,
)
async def test_what_telegram_does_is_counted_as_what_it_is(fault: dict[str, Any], kind: str) -> None:
    async with Standin() as tg:
        request = HTTPXRequest(read_timeout=0.2, httpx_kwargs={"trust_env": False})
        async with Bot(tg.token, base_url=f"{tg.url}/bot", request=request) as bot:
            tg.fault("getMe", **fault)
            with pytest.raises(TelegramError) as caught:
                await bot.get_me()
    assert trouble(caught.value) == kind
    assert kind in TROUBLES


async def test_what_is_new_is_other() -> None:
    assert trouble(TelegramError("something new")) == "other"


async def test_no_server_at_all_is_the_network() -> None:
    request = HTTPXRequest(connect_timeout=2, httpx_kwargs={"trust_env": False})
    with pytest.raises(TelegramError) as caught:
        await Bot("1:a", base_url="http://127.0.0.1:1/bot", request=request).get_me()
    assert trouble(caught.value) == "network"
    await request.shutdown()

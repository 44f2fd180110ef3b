"""The webhook at Telegram: set without dropping anything, and looked after."""

import asyncio
import time

import pytest
from telegram.ext import ExtBot

from bot.chat import hook as module
from bot.chat.hook import Hook

URL = "https://bot.example/telegram"


class Alarm(list):
    def trouble(self, kind, text="", row=None):
        self.append(kind)

    def over(self, kind, text=""):
        self.append(f"{kind} over")


@pytest.fixture
async def hook(wire):
    wire.info = {"url": URL, "has_custom_certificate": False, "pending_update_count": 0}
    others = wire._result
    wire._result = lambda name, given: wire.info if name == "getWebhookInfo" else others(name, given)
    async with ExtBot("42:abc", request=wire, get_updates_request=wire) as bot:
        wire.calls.clear()
        yield Hook(bot, URL, "secret", ("message",), Alarm())


async def test_it_is_set_with_its_secret_and_drops_nothing(hook, wire):
    await hook.set()
    [given] = wire.sent("setWebhook")
    assert (given["url"], given["secret_token"]) == (URL, "secret")
    assert not given.get("drop_pending_updates")


async def test_it_is_left_alone_while_it_is_well(hook, wire):
    await hook.look()
    assert wire.sent("setWebhook") == []
    assert hook.alerts == ["webhook over"]
    assert time.monotonic() - hook.reached_at < 5


async def test_it_is_set_again_where_somebody_changed_it(hook, wire):
    wire.info["url"] = ""
    await hook.look()
    assert len(wire.sent("setWebhook")) == 1


@pytest.mark.parametrize(
    ("change", "alarm"),
    [
        ({"pending_update_count": 100}, "webhook"),
        ({"pending_update_count": 99}, "webhook over"),
        ({"last_error_date": -30, "last_error_message": "x"}, "webhook"),
        ({"last_error_date": -3000, "last_error_message": "x"}, "webhook over"),
    ],
)
async def test_trouble_with_deliveries_is_told(hook, wire, change, alarm):
    wire.info |= {
        name: int(time.time()) + value if name == "last_error_date" else value for name, value in change.items()
    }
    await hook.look()
    assert hook.alerts == [alarm]


async def test_a_telegram_that_does_not_answer_is_no_end(hook, wire, monkeypatch):
    heard = []
    hook.hear = heard.append
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.001)
    wire.refuse("getWebhookInfo", 502, "Bad Gateway", times=2)
    stop = asyncio.Event()
    task = asyncio.create_task(hook.watch(stop))
    async with asyncio.timeout(5):
        while hook.reached_at is None:
            await asyncio.sleep(0.002)
    stop.set()
    await asyncio.wait_for(task, 2)
    assert len(heard) == 2

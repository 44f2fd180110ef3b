"""The bot as a whole: it starts in any weather, answers what is in progress before it stops, and says what is wrong."""

import asyncio
import logging
import os
import signal
import threading
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from telegram.error import Conflict, NetworkError

from bot import app as module
from bot.app import build, holder, run_bot, serve
from bot.chat.patience import Patience
from bot.chat.poll import PollTrouble
from bot.config import Secret, Settings
from bot.errors import SettingsError

SETTINGS = Settings(
    telegram_bot_token=Secret("42:abc"),
    telegram_api_url="http://127.0.0.1:1/x",
    database_url="sqlite:///:memory:",
    http_port=0,
)


@pytest.fixture
def net(wire):
    """A Telegram that hands out ``wire.updates`` and then lets the bot wait, as long polling does."""
    wire.updates = []
    answer = wire.do_request

    async def do_request(url, method, request_data=None, **rest):
        if url.endswith("/getUpdates") and not wire.refusals.get("getUpdates"):
            if not wire.updates:
                wire.calls.append(("getUpdates", request_data.parameters))
                await asyncio.sleep(0.02)
            wire.next, wire.updates = wire.updates, []
        return await answer(url, method, request_data, **rest)

    result = wire._result
    wire._result = lambda name, parameters: wire.next if name == "getUpdates" else result(name, parameters)
    wire.do_request = do_request
    return wire


def text(number: int, chat: int, words: str):
    user = {"id": chat, "is_bot": False, "first_name": "A"}
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "from": user, "text": words}
    return {"update_id": number, "message": message}


@asynccontextmanager
async def running(app):
    stop = asyncio.Event()
    task = asyncio.create_task(serve(app, stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


async def until(condition) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_it_announces_commands_and_asks_for_the_right_updates(net, engine):
    async with running(build(SETTINGS, engine, net)):
        await until(lambda: net.sent("getUpdates"))
    (commands,) = net.sent("setMyCommands")
    assert commands["commands"] == [
        {"command": "start", "description": "처음"},
        {"command": "menu", "description": "분야"},
        {"command": "help", "description": "쓰는 법"},
        {"command": "language", "description": "언어"},
        {"command": "privacy", "description": "남기는 것"},
        {"command": "forget", "description": "지우기"},
    ]
    assert set(net.sent("getUpdates")[0]["allowed_updates"]) == {"message", "callback_query"}
    assert not net.sent("deleteWebhook")[0].get("drop_pending_updates")


async def test_commands_that_cannot_be_announced_stop_nothing(net, engine, caplog):
    net.refuse("setMyCommands", 502, "Bad Gateway")
    net.updates = [text(1, 7, "/menu")]
    async with running(build(SETTINGS, engine, net)):
        await until(lambda: net.sent())
    assert "could not be announced" in caplog.text


async def test_it_waits_for_the_network_at_start(net, engine, monkeypatch, caplog):
    net.refusals["getMe"] = [OSError("no route"), OSError("no route")]
    monkeypatch.setattr(module, "_FIRST_DELAY", 0.01)
    net.updates = [text(1, 7, "/menu")]
    async with running(build(SETTINGS, engine, net)):
        await until(lambda: net.sent())
    assert caplog.text.count("cannot be reached") == 2


async def test_it_can_be_stopped_while_it_waits_for_the_network(net, engine):
    net.refusals["getMe"] = [OSError("no route")] * 99
    async with running(build(SETTINGS, engine, net)):
        await until(lambda: net.sent("getMe"))
    assert not net.sent()


async def test_a_wrong_token_is_a_settings_error_that_does_not_show_it(net, engine):
    net.refuse("getMe", 401, "Unauthorized", times=9)
    with pytest.raises(SettingsError) as caught:
        await serve(build(SETTINGS, engine, net), asyncio.Event())
    assert "TELEGRAM_BOT_TOKEN" in str(caught.value)
    assert "42:abc" not in str(caught.value)


async def test_a_missing_token_is_a_settings_error(engine):
    with pytest.raises(SettingsError):
        build(Settings(), engine)


async def test_answers_in_progress_are_finished_before_it_stops_and_the_rest_at_the_next_start(net, engine, tmp_path):
    settings = replace(SETTINGS, database_url=f"sqlite:///{tmp_path}/bot.db")
    begun, go = threading.Event(), threading.Event()
    answer = engine.answer

    def slow(text, about=None, mark=None):
        begun.set()
        go.wait(5)
        return answer(text, about)

    engine.answer = slow
    net.updates = [text(1, 7, "버스"), text(2, 7, "둘째"), text(3, 8, "셋째")]
    async with running(build(settings, engine, net)):
        await until(begun.is_set)
        asyncio.get_running_loop().call_later(0.1, go.set)
    assert len(net.sent()) == 2
    async with running(build(settings, engine, net)):
        await until(lambda: len(net.sent()) == 3)
    assert [words for words, _ in engine.asked if words != "셋째"] == ["버스", "둘째"]


async def test_a_second_poller_is_said_clearly_and_once(net, engine, caplog):
    net.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
    net.updates = [text(1, 7, "/menu")]
    async with running(build(SETTINGS, engine, net)):
        await until(lambda: net.sent())
    lines = [
        record.message
        for record in caplog.records
        if record.name == "bot.chat.poll" and record.levelno >= logging.WARNING
    ]
    assert len(lines) == 1
    assert "stop the other one" in lines[0]


def test_trouble_is_repeated_now_and_then_not_always(caplog):
    now = [0.0]
    trouble = PollTrouble(lambda: now[0], every=60)
    for second in (0, 1, 59, 60, 61):
        now[0] = second
        trouble(Conflict("x"))
        trouble(NetworkError("y"))
    assert len(caplog.records) == 4


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(net, engine, number):
    app = build(SETTINGS, engine, net)
    net.updates = [text(1, 7, "/menu")]
    before = signal.getsignal(number)

    def send() -> None:
        while not net.sent():
            threading.Event().wait(0.01)
        os.kill(os.getpid(), number)

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    run_bot(app)
    thread.join(5)
    assert len(net.sent()) == 1
    assert not app.running
    assert signal.getsignal(number) == before


async def test_the_addresses_come_from_the_settings(engine):
    app = build(SETTINGS, engine)
    assert app.bot.base_url == "http://127.0.0.1:1/x/bot42:abc"
    assert app.bot.base_file_url == "http://127.0.0.1:1/x/file/bot42:abc"
    assert holder(app).engine is engine
    assert Patience() == Patience(3, 60.0, 0.5)

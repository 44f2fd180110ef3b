"""Long polling: confirmed is what is safe, and nothing else."""

import asyncio
import json

import pytest
from telegram.error import Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.chat import poll as module
from bot.chat.intake import Full
from bot.chat.poll import Poller
from bot.chat.told import Told


def update(number, kind="message"):
    return {"update_id": number, kind: {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "text": "버스"}}


class Server:
    """Telegram's queue: what is below the offset is gone for ever."""

    def __init__(self, wire):
        self.queue, self.wire, self.asked = [], wire, asyncio.Event()
        wire._result = self.result(wire._result)

    def result(self, others):
        def answer(name, parameters):
            if name != "getUpdates":
                return others(name, parameters)
            self.asked.set()
            self.queue = [each for each in self.queue if each["update_id"] >= parameters.get("offset", 0)]
            return self.queue[: parameters["limit"]]

        return answer

    @property
    def offsets(self):
        return [parameters.get("offset") for parameters in self.wire.sent("getUpdates")]


class Intake:
    """Says when an update is safe as a test wants it."""

    def __init__(self):
        self.safe, self.taken, self.full = {}, [], 0

    async def accept(self, found):
        if self.full:
            self.full -= 1
            raise Full
        self.taken += [each.update_id for each in found]
        return [self.safe.setdefault(each.update_id, asyncio.get_running_loop().create_future()) for each in found]


@pytest.fixture
async def poller(wire, monkeypatch):
    monkeypatch.setattr(module, "_FIRST_DELAY", 0.001)
    monkeypatch.setattr(module, "_HELD_SECONDS", 0.001)
    async with ExtBot("42:abc", request=wire, get_updates_request=wire) as bot:
        wire.calls.clear()
        found = Poller(bot, Intake(), ("message",))
        found.server = Server(wire)
        yield found


async def round_(poller):
    """One question to Telegram and what it brings."""
    await poller._accept(await poller._updates(0, 100))


async def test_the_offset_never_passes_what_is_not_safe(poller):
    poller.server.queue = [update(n) for n in (5, 6, 7)]
    await round_(poller)
    poller.intake.safe[5].set_result(None)
    poller.intake.safe[7].set_result(None)
    poller._let_go()
    await round_(poller)
    assert poller.server.offsets == [None, 6]
    assert [each["update_id"] for each in poller.server.queue] == [6, 7]
    poller.intake.safe[6].set_result(None)
    await round_(poller)
    await round_(poller)
    assert poller.server.offsets[2:] == [6, 8]
    assert poller.server.queue == []


async def test_what_is_held_is_not_taken_twice(poller):
    poller.server.queue = [update(5), update(6)]
    for _ in range(3):
        await round_(poller)
    assert poller.intake.taken == [5, 6]


async def test_what_there_was_no_room_for_is_not_confirmed(poller):
    poller.server.queue = [update(5)]
    poller.intake.full = 1
    with pytest.raises(Full):
        await round_(poller)
    await round_(poller)
    assert poller.server.offsets == [None, None]
    assert poller.intake.taken == [5]


async def test_an_update_that_the_library_cannot_read_holds_up_none(poller):
    poller.server.queue = [update(5, "new_kind"), {"update_id": 6, "message": 7}, update(7)]
    await round_(poller)
    for safe in poller.intake.safe.values():
        safe.set_result(None)
    poller._let_go()
    await round_(poller)
    assert poller.server.offsets[-1] == 8


async def test_at_the_end_what_is_safe_is_confirmed_and_what_is_not_is_brought_again(poller):
    poller.server.queue = [update(5), update(6)]
    await round_(poller)
    poller.intake.safe[5].set_result(None)
    await poller.confirm()
    assert poller.server.offsets[-1] == 6
    assert [each["update_id"] for each in poller.server.queue] == [6]


async def test_a_confirmation_that_fails_is_no_error(poller):
    await poller.confirm()
    assert poller.server.offsets == []
    poller.server.queue = [update(5)]
    await round_(poller)
    poller.server.wire.refuse("getUpdates", 502, "Bad Gateway")
    await poller.confirm()


@pytest.mark.parametrize("code", [409, 429, 500, 502])
async def test_it_goes_on_after_any_refusal(poller, code):
    heard = []
    poller.trouble.hear = heard.append
    poller.server.wire.refuse("getUpdates", code, "Conflict: x", retry_after=0)
    poller.server.queue = [update(5)]
    stop = asyncio.Event()
    task = asyncio.create_task(poller.run(stop))
    async with asyncio.timeout(5):
        while not poller.intake.taken:
            await asyncio.sleep(0.002)
    stop.set()
    await asyncio.wait_for(task, 2)
    assert isinstance(heard[0], TelegramError)
    assert heard[1] is None


async def test_a_mistake_of_ours_is_not_swallowed(poller):
    async def broken(found):
        raise RuntimeError("boom")

    poller.intake.accept = broken
    poller.server.queue = [update(5)]
    with pytest.raises(RuntimeError):
        await asyncio.wait_for(poller.run(asyncio.Event()), 2)


class Alarm:
    def __init__(self):
        self.said = []

    def trouble(self, kind, text="", row=None):
        self.said.append((kind, row))

    def over(self, kind, text=""):
        self.said.append(("over", kind))


def test_who_watches_hears_of_a_second_poller_and_of_no_network_apart():
    alerts = Alarm()
    told = Told(alerts=alerts)
    for error in (Conflict("x"), NetworkError("y"), Forbidden("z"), None):
        told.polled(error)
    assert alerts.said == [("conflict", None), ("telegram", None), ("over", "conflict"), ("over", "telegram")]


async def test_what_is_asked_for(poller):
    await poller._updates(30, 100)
    [asked] = poller.server.wire.sent("getUpdates")
    assert json.loads(json.dumps(asked["allowed_updates"])) == ["message"]
    assert "offset" not in asked

"""What the alert chat reads: once and not a hundred times, also that it is over, never about its own trouble."""

import asyncio
import itertools
import logging
import random
import re
import threading
from typing import get_args

import pytest

from bot.config import Secret
from bot.monitor.alerts import Alerts, Retry
from bot.monitor.hide import HIDDEN, Redact
from bot.monitor.kinds import KINDS, Name, kind
from bot.monitor.ledger import Limits, duration

WINDOW = 600.0


class Chat:
    """The alert chat of a test, with a clock that is moved by hand."""

    def __init__(self, limits: Limits | None = None, clean=str) -> None:
        self.now = 1000.0
        self.read: list[str] = []
        self.tried = 0
        self.is_down = False
        self.alerts = Alerts(self._send, clean, limits=limits, retry=Retry(3, 10, 300), clock=lambda: self.now)

    async def _send(self, text: str) -> None:
        self.tried += 1
        if self.is_down:
            raise OSError("no network")
        self.read.append(text)

    async def after(self, seconds: float) -> list[str]:
        """What is new, so much later; looked at every second."""
        before = len(self.read)
        for _ in range(int(seconds)):
            self.now += 1
            await self.alerts.step()
        await self.alerts.step()
        return self.read[before:]


@pytest.fixture
def chat() -> Chat:
    return Chat()


async def test_trouble_is_told_at_once_with_what_to_do(chat: Chat) -> None:
    chat.alerts.trouble("database", "OperationalError")
    (told,) = await chat.after(0)
    assert told.startswith("🔴 데이터베이스에 쓸 수 없습니다\nOperationalError\n할 일: ")


async def test_the_same_again_is_one_message_with_a_count(chat: Chat) -> None:
    chat.alerts.trouble("database")
    await chat.after(0)
    for _ in range(250):
        chat.alerts.trouble("database")
    assert await chat.after(WINDOW - 1) == []
    (told,) = await chat.after(2)
    assert told.startswith("🟠 계속됩니다: 데이터베이스에 쓸 수 없습니다 — 10분 동안 251번")


async def test_many_at_once_are_one_message(chat: Chat) -> None:
    for name in ("database", "disk", "telegram"):
        for _ in range(3):
            chat.alerts.trouble(name)
    (told,) = await chat.after(0)
    assert re.findall("🔴.*", told) == [f"🔴 {kind(name).title} (3번)" for name in ("database", "disk", "telegram")]


async def test_a_row_number_stands_for_the_message(chat: Chat) -> None:
    for row in range(1, 14):
        chat.alerts.trouble("poison", row=row)
    (told,) = await chat.after(0)
    assert "줄 번호 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 외 3개" in told
    chat.alerts.trouble("poison", row=99)
    (told,) = await chat.after(WINDOW)
    assert "줄 번호 99\n" in told


async def test_the_end_is_told_at_once_and_once(chat: Chat) -> None:
    chat.alerts.trouble("database")
    await chat.after(125)
    for _ in range(3):
        chat.alerts.over("database")
    assert await chat.after(10) == ["🟢 풀렸습니다: 데이터베이스에 쓸 수 없습니다 — 2분 만에"]
    assert await chat.after(2 * WINDOW) == []


async def test_the_end_of_nothing_is_not_told(chat: Chat) -> None:
    chat.alerts.over("database")
    chat.alerts.trouble("poison", row=1)
    await chat.after(0)
    chat.alerts.over("poison")
    assert await chat.after(2 * WINDOW) == []


async def test_what_was_over_before_it_was_told_is_told_once(chat: Chat) -> None:
    chat.alerts.trouble("telegram")
    chat.now += 30
    chat.alerts.over("telegram")
    assert await chat.after(WINDOW) == ["🟢 풀렸습니다: 텔레그램과 이야기하지 못합니다 — 30초 만에"]


async def test_what_comes_and_goes_does_not_fill_the_chat(chat: Chat) -> None:
    told = []
    for _ in range(1800):
        chat.alerts.trouble("telegram")
        told += await chat.after(1)
        chat.alerts.over("telegram")
        told += await chat.after(1)
    assert len(told) <= 6
    assert told[0].startswith("🔴")
    last = await chat.after(WINDOW * 40)
    assert (told + last)[-1].startswith("🟢")


async def test_what_goes_on_is_told_ever_more_seldom(chat: Chat) -> None:
    times = []
    for _ in range(12 * 60):
        chat.alerts.trouble("telegram")
        if await chat.after(60):
            times.append(chat.now)
    assert len(times) <= 8
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert gaps == sorted(gaps)


async def test_not_more_than_so_many_an_hour_then_all_that_was_held() -> None:
    chat = Chat(Limits(window=60, an_hour=3))
    names = list(KINDS)
    for i in range(3):
        chat.alerts.trouble(names[i])  # type: ignore[arg-type]
        assert len(await chat.after(1)) == 1
    chat.alerts.trouble("inbox")
    chat.alerts.trouble("error", row=5)
    assert await chat.after(3590) == []
    (told,) = await chat.after(10)
    assert told.startswith("⏸ 알림이 한 시간에 3번을 넘어")
    assert kind("inbox").title in told
    assert "줄 번호 5" in told


async def test_nothing_is_said_while_muted_and_all_afterwards(chat: Chat) -> None:
    chat.alerts.mute(3600)
    chat.alerts.trouble("disk")
    assert await chat.after(3599) == []
    assert len(await chat.after(2)) == 1
    chat.alerts.mute(3600)
    chat.alerts.trouble("database")
    chat.alerts.mute(0)
    assert len(await chat.after(0)) == 1


# Telegram itself fails


async def test_an_alert_that_cannot_be_sent_is_only_logged_and_tried_so_often(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    chat.is_down = True
    chat.alerts.trouble("telegram")
    await chat.after(250)
    assert chat.tried == 3
    assert [record.code for record in caplog.records] == ["E603"] * 3  # type: ignore[attr-defined]
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    await chat.after(3600)
    assert chat.tried <= 3 + 3 * 12


async def test_the_newest_is_kept_and_told_when_telegram_is_back(chat: Chat) -> None:
    chat.is_down = True
    for i in range(50):
        chat.alerts.trouble("telegram", f"{i}번째")
        await chat.after(5)
    chat.is_down = False
    chat.alerts.over("telegram")
    (told,) = await chat.after(0)
    assert told == "🟢 풀렸습니다: 텔레그램과 이야기하지 못합니다 — 4분 만에 (50번)"


async def test_it_gets_through_by_itself_when_nothing_more_happens(chat: Chat) -> None:
    chat.is_down = True
    chat.alerts.trouble("disk")
    await chat.after(100)
    chat.is_down = False
    assert len(await chat.after(400)) == 1


async def test_trouble_in_sending_an_alert_makes_no_alert(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever sends reports its own troubles, also from tasks and threads that it starts."""
    tried: list[str] = []

    async def report() -> None:
        alerts.trouble("telegram", "of the alert itself")

    async def send(text: str) -> None:
        tried.append(text)
        await report()
        await asyncio.create_task(report())
        await asyncio.to_thread(alerts.trouble, "error", "of the alert itself")
        raise OSError("no network")

    alerts = Alerts(send, retry=Retry(100, 0, 0), clock=lambda: 0.0)
    alerts.trouble("disk")
    for _ in range(5):
        await alerts.step()
    assert len(tried) == 5
    assert not [text for text in tried if "itself" in text]


async def test_a_send_that_hangs_is_given_up(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.monitor.alerts._SEND_SECONDS", 0.01)
    alerts = Alerts(never)
    alerts.trouble("disk")
    assert await alerts.step() is False


async def test_what_happens_while_a_message_is_sent_is_not_lost() -> None:
    gate, begun = asyncio.Event(), asyncio.Event()
    told: list[str] = []

    async def send(text: str) -> None:
        begun.set()
        await gate.wait()
        told.append(text)

    now = [0.0]
    alerts = Alerts(send, clock=lambda: now[0])
    alerts.trouble("poison", row=1)
    step = asyncio.create_task(alerts.step())
    await begun.wait()
    alerts.trouble("poison", row=2)
    gate.set()
    await step
    now[0] += WINDOW
    await alerts.step()
    assert len(told) == 2
    assert "2" in told[1]


# As a whole


async def test_it_runs_by_itself_and_hears_threads() -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    alerts = Alerts(told.put, limits=Limits(window=0.05))
    alerts.trouble("started")
    task = asyncio.create_task(alerts.run())
    assert "봇을 켰습니다" in await asyncio.wait_for(told.get(), 5)
    thread = threading.Thread(target=alerts.trouble, args=("disk",))
    thread.start()
    assert "디스크" in await asyncio.wait_for(told.get(), 5)
    thread.join()
    alerts.trouble("disk")
    assert "계속됩니다" in await asyncio.wait_for(told.get(), 5)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    alerts.trouble("disk")


async def test_without_a_chat_nothing_is_kept_and_nothing_breaks() -> None:
    alerts = Alerts(None)
    alerts.trouble("disk")
    alerts.over("disk")
    assert await alerts.step() is False
    assert alerts._ledger._entries == {}


async def test_no_secret_is_sent() -> None:
    chat = Chat(clean=Redact([Secret("hunter22")]).clean)
    chat.alerts.trouble("database", "password hunter22 was refused by postgresql://bot:other@db/x")
    (told,) = await chat.after(0)
    assert told.count(HIDDEN) == 2
    assert "hunter22" not in told
    assert "other" not in told


async def test_a_message_is_never_longer_than_telegram_takes(chat: Chat) -> None:
    for name in KINDS:
        chat.alerts.trouble(name, "가" * 5000, row=10**9)  # type: ignore[arg-type]
    (told,) = await chat.after(0)
    assert len(told) < 4096


async def test_whatever_happens_the_pace_is_kept_and_nothing_stays_untold() -> None:
    for seed in range(30):
        dice, chat = random.Random(seed), Chat(Limits(window=30, an_hour=5))
        sent_at: list[float] = []
        told: set[str] = set()
        happened: set[str] = set()
        for _ in range(400):
            name = dice.choice(["telegram", "database", "poison", "error", "disk"])
            if dice.random() < 0.6:
                chat.alerts.trouble(name)  # type: ignore[arg-type]
                happened.add(name)
            else:
                chat.alerts.over(name)  # type: ignore[arg-type]
            chat.is_down = dice.random() < 0.2
            for text in await chat.after(dice.choice([0, 1, 5, 40])):
                sent_at.append(chat.now)
                told |= {name for name in KINDS if kind(name).title in text}
        assert not [i for i in range(5, len(sent_at)) if sent_at[i] - sent_at[i - 5] < 3600 - 41]
        chat.is_down = False
        for text in await chat.after(2 * 3600):
            told |= {name for name in KINDS if kind(name).title in text}
        assert told == happened
        assert all(not e.is_news or e.told_at is not None for e in chat.alerts._ledger._entries.values())


def test_every_kind_is_known_and_an_unknown_one_is_told_by_its_name() -> None:
    assert set(KINDS) == set(get_args(Name))
    assert kind("new").title == "new"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0초"), (59.9, "59초"), (60, "1분"), (3599, "59분"), (3600, "1시간 0분"), (90061, "1일 1시간")],
)
def test_a_span_is_said_as_people_do(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_trouble_after_the_end_breaks_nothing() -> None:
    """The loop is closed, a thread still works."""

    async def send(_: str) -> None:
        """Nobody reads."""

    alerts = Alerts(send)

    async def begin() -> None:
        task = asyncio.create_task(alerts.run())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(begin())
    alerts.trouble("disk")

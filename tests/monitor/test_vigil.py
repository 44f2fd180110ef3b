"""Somebody looks: what began and what ended is told once each, with no word of a citizen's."""

import asyncio
import time
from collections import namedtuple
from types import SimpleNamespace

import pytest

from bot.monitor import vigil as module
from bot.monitor.metrics import Metrics
from bot.monitor.vigil import Vigil
from bot.store.database import Trouble
from bot.store.inbox import Rank, Row
from bot.store.keeper import Store

NOW = 1_000_000_000.0


class Alarm(list):
    def trouble(self, kind, text="", row=None):
        self.append((kind, text, row))

    def over(self, kind, text=""):
        if any(each[0] == kind for each in self):
            self.append((f"{kind} over", text, None))

    async def run(self):
        await asyncio.Event().wait()

    def kinds(self):
        return [each[0] for each in self]


@pytest.fixture
async def vigil(tmp_path):
    programmes = [SimpleNamespace(id="old", review_by="2001-01-01"), SimpleNamespace(id="new", review_by="2999-01-01")]
    knowledge = SimpleNamespace(programmes=programmes, translations={})
    async with Store(f"sqlite:///{tmp_path}/bot.db", lambda: NOW) as store:
        yield Vigil(
            store, Metrics(), Alarm(), lambda: knowledge, lambda: True, lambda: 0.0, lambda: True,
            data=tmp_path, clock=lambda: NOW,
        )  # fmt: skip


def row(number=1, received=NOW):
    return Row(number, 7, Rank.ORDINARY, '{"text":"010-1234-5678"}', received)


async def test_who_waits_too_long_is_told_once_and_when_it_is_over(vigil):
    await vigil.store.put([row(1, NOW - 61)])
    for _ in range(3):
        await vigil.look()
    assert vigil.alerts.kinds() == ["inbox"]
    assert "1건" in vigil.alerts[0][1]
    assert vigil.oldest() == 61
    from bot.store import inbox

    await vigil.store.write(inbox.finish(1))
    await vigil.look()
    assert vigil.alerts.kinds() == ["inbox", "inbox over"]
    assert vigil.oldest() == 0


async def test_a_minute_is_no_alarm(vigil):
    await vigil.store.put([row(1, NOW - 60)])
    await vigil.look()
    assert vigil.alerts == []


async def test_a_database_in_trouble_is_one_alarm_and_no_end(vigil):
    await vigil.store._fail(Trouble("locked"))
    await vigil.store._fail(Trouble("locked"))
    await vigil.look()
    assert vigil.alerts.kinds() == ["database"]
    async with asyncio.timeout(5):
        while not vigil.store.is_up:
            await asyncio.sleep(0.01)
    assert vigil.alerts.kinds() == ["database", "database over"]


async def test_a_full_disk_is_told(vigil, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: usage(9, 9, 100 * 2**20))
    await vigil.look()
    assert (vigil.alerts[0][0], "100 MB" in vigil.alerts[0][1]) == ("disk", True)


async def test_a_folder_that_is_gone_does_not_end_the_watch(vigil, tmp_path):
    vigil.data = tmp_path / "gone"
    await vigil.look()
    assert vigil.alerts == []


async def test_what_is_given_up_is_told_by_its_number_without_words(vigil):
    await vigil.set_aside("ValueError", row(77))
    assert vigil.alerts == [("poison", "ValueError", 77)]


async def test_review_dates_that_passed_are_told_at_the_start(vigil):
    stop = asyncio.Event()
    stop.set()
    await asyncio.wait_for(vigil.run(stop), 5)
    assert vigil.alerts.kinds() == ["started", "review"]
    assert vigil.alerts[1][1] == "old"


async def test_the_lack_of_an_encoder_is_told_once(vigil):
    vigil.has_encoder = lambda: False
    await vigil.look()
    await vigil.look()
    assert vigil.alerts.kinds() == ["encoder"]


async def test_new_knowledge_is_told_and_a_mistake_in_it(vigil):
    before = vigil.since
    vigil.reloaded(False, "programs/x.yaml:3: …")
    assert vigil.since == before
    vigil.reloaded(True, "하나")
    assert vigil.alerts.kinds() == ["knowledge", "knowledge over", "reloaded"]
    assert time.monotonic() - vigil.since < 5

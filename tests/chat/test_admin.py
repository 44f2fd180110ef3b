"""Whole turns of admins, and of people who would like to be one: nothing tells the second that there are commands."""

import asyncio
import logging
from dataclasses import replace
from datetime import date

import pytest
from telegram import Update

from bot.app import announce, build, parts
from bot.chat.pace import Pace
from bot.chat.patience import Patience
from bot.config import Secret, Settings
from bot.monitor import fonts
from bot.store import questions
from bot.store.questions import Question

ADMIN, CITIZEN, ROOM = 7, 8, -100
COMMANDS = ("status", "stats", "missed", "reload", "mute")
PNG = b"\x89PNG"
ASKED = Question(
    id=1,
    at=1_790_000_000.0,
    day=date.today().isoformat(),
    hour=9,
    person="p",
    language="ko",
    outcome="none",
    programme=None,
    aspect=None,
    topic=None,
    candidates=(("owl-bus", 0.2),),
    text="시민이 쓴 글",
    normal="시민이 쓴 글",
    knowledge="v1",
    ms=12.0,
)


class Telegram:
    """Hands a person's words to the running application and tells what was sent."""

    def __init__(self, app, wire):
        self.app, self.wire, self.number = app, wire, 0

    async def say(self, text, user=ADMIN, chat=None, kind="message"):
        self.number += 1
        command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        message = {
            "message_id": self.number,
            "date": 0,
            "chat": {"id": chat or user, "type": "supergroup" if (chat or user) < 0 else "private"},
            "from": {"id": user, "is_bot": False, "first_name": "A"},
            "text": text,
            "entities": [command] if text.startswith("/") else [],
        }
        before = len(self.wire.sent())
        await self.app.process_update(Update.de_json({"update_id": self.number, kind: message}, self.app.bot))
        return [sent["text"] for sent in self.wire.sent()[before:]]

    async def asked(self, *found: Question) -> None:
        for number, one in enumerate(found, 1):
            await parts(self.app).store.write(questions.record(replace(one, id=number)))


@pytest.fixture
async def tg(engine, wire, tmp_path):
    settings = Settings(
        telegram_bot_token=Secret("42:abc"),
        database_url=f"sqlite:///{tmp_path / 'bot.db'}",
        admin_ids=(ADMIN, 9),
        alert_chat_id=ROOM,
    )
    app = build(settings, engine, wire, Patience(pause=0), Pace(per_second=1e9, per_chat=0.0))
    result = wire._result
    message = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
    wire._result = lambda name, given: message if name == "sendPhoto" else result(name, given)
    async with app, parts(app).store:
        wire.calls.clear()
        yield Telegram(app, wire)


@pytest.mark.parametrize("name", COMMANDS)
async def test_to_everybody_else_a_command_is_a_word_like_any_other(tg, engine, name):
    assert await tg.say(f"/{name} 5", user=CITIZEN) == await tg.say("/nonsense 5", user=CITIZEN)
    assert [text for text, _ in engine.asked] == [f"/{name} 5", "/nonsense 5"]
    assert not tg.wire.sent("sendPhoto")
    assert parts(tg.app).alerts.quiet_seconds == 0


@pytest.mark.parametrize("name", COMMANDS)
async def test_an_admin_of_one_bot_is_nobody_where_no_admins_are_set(engine, wire, name):
    app = build(Settings(telegram_bot_token=Secret("42:abc"), http_port=0), engine, wire, Patience(pause=0))
    async with app:
        await Telegram(app, wire).say(f"/{name}")
    assert engine.asked == [(f"/{name}", None)]


async def test_an_admin_is_not_answered_in_a_group_but_in_the_alert_chat(tg, engine):
    assert await tg.say("/status", chat=-5) == []
    assert engine.asked == []
    (text,) = await tg.say("/status", chat=ROOM)
    assert "기다리는 메시지" in text
    assert await tg.say("/status", user=CITIZEN, chat=ROOM) == []


async def test_an_edited_command_does_nothing(tg):
    assert await tg.say("/mute 5", kind="edited_message") == []
    assert parts(tg.app).alerts.quiet_seconds == 0


async def test_status_at_a_glance(tg, caplog):
    found = parts(tg.app)
    logging.getLogger().addHandler(found.admin.recent)
    try:
        for code in ("E402", "E501", "E402"):
            logging.getLogger("bot.x").warning("trouble", extra={"code": code})
        logging.getLogger("other").warning("no code")
        found.alerts.mute(90)
        (text,) = await tg.say("/status")
    finally:
        logging.getLogger().removeHandler(found.admin.recent)
    assert text.startswith("🔴 준비되지 않음: 텔레그램\n")
    assert "기다리는 메시지 0건\n" in text
    assert "데이터베이스 정상\n" in text
    assert "지식 v1 판" in text
    assert "철자만" in text
    assert "알림 1분 동안 조용히" in text
    assert text.index("E402 × 2") < text.index("E501")


async def test_status_tells_of_a_database_in_trouble(tg, tmp_path):
    (tmp_path / "bot.db").unlink()
    found = parts(tg.app)
    async with asyncio.timeout(5):
        while found.store.is_up:
            await asyncio.sleep(0.01)
    found.store.is_up, found.store.why = False, "gone"  # whatever it healed meanwhile
    (text,) = await tg.say("/status")
    assert "데이터베이스 문제 있음: gone" in text
    assert await tg.say("/missed") == ["데이터베이스를 읽을 수 없어 지금은 알 수 없습니다. /status를 보세요."]


async def test_stats_are_a_picture_with_its_sum(tg):
    await tg.asked(ASKED, replace(ASKED, outcome="found", programme="owl-bus"), replace(ASKED, outcome="urgent"))
    assert await tg.say("/stats") == []
    (photo,) = tg.wire.sent("sendPhoto")
    assert photo["caption"] == "30일 동안 받은 질문 3개\n답함 1 · 답 없음 1 · 위험 1"


async def test_stats_that_telegram_does_not_take_come_as_words(tg, caplog):
    await tg.asked(ASKED)
    tg.wire.refuse("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    assert await tg.say("/stats") == ["30일 동안 받은 질문 1개\n답 없음 1"]
    assert [record.code for record in caplog.records if record.levelname == "ERROR"] == ["E413"]


async def test_stats_of_nothing_are_said(tg):
    assert await tg.say("/stats") == ["30일 동안 받은 질문이 없습니다."]


async def test_missed_tells_counts_and_rows_and_not_a_word_of_a_citizen(tg):
    elsewhere = replace(ASKED, topic="tax")
    old = replace(ASKED, day="2020-01-01")
    await tg.asked(ASKED, ASKED, elsewhere, old, replace(ASKED, outcome="found"), replace(ASKED, candidates=()))
    (text,) = await tg.say("/missed")
    assert text.startswith("30일 동안 답하지 못한 질문 4번\n1. ‘owl-bus &lt;밤&gt; &amp; 버스’ 쪽 — 2번, 줄 번호 2\n")
    assert "다른 주제 ‘세금 &lt;&gt;’ — 1번, 줄 번호 3\n" in text
    assert "가까운 사업 없음 — 1번, 줄 번호 6\n" in text
    assert "시민이 쓴" not in text


async def test_nothing_missed_is_said(tg):
    assert await tg.say("/missed") == ["30일 동안 답하지 못한 질문이 없습니다."]


@pytest.mark.parametrize("given", ["", " x", " -5", " 1 2", " 99999", " ٣"])
async def test_mute_says_how_it_is_used(tg, given):
    (text,) = await tg.say(f"/mute{given}")
    assert text.startswith("몇 분 동안 조용히 할지")
    assert parts(tg.app).alerts.quiet_seconds == 0


async def test_mute_and_speak_again(tg):
    (text,) = await tg.say("/mute 60")
    assert text.startswith("🔕 1시간 0분 동안")
    assert 3500 < parts(tg.app).alerts.quiet_seconds <= 3600
    (text,) = await tg.say("/mute 0")
    assert text.startswith("🔔")
    assert parts(tg.app).alerts.quiet_seconds == 0


async def test_reload_tells_what_came_of_it(tg):
    assert await tg.say("/reload") == ["이 봇은 지식을 다시 읽지 않게 켜져 있습니다."]

    async def look() -> str:
        return "새 지식 <v2>"

    parts(tg.app).admin.reload = look
    assert await tg.say("/reload") == ["새 지식 &lt;v2&gt;"]


async def test_a_command_that_fails_is_said_and_logged(tg, caplog):
    async def fail() -> str:
        raise RuntimeError("oh")

    parts(tg.app).admin.reload = fail
    (text,) = await tg.say("/reload")
    assert "E208" in text
    assert [record.code for record in caplog.records if record.exc_info] == ["E208"]


async def test_each_admin_gets_a_menu_of_their_own_and_nobody_else(tg):
    await announce(tg.app)
    ordinary, *own = tg.wire.sent("setMyCommands")
    assert not {row["command"] for row in ordinary["commands"]} & set(COMMANDS)
    assert "scope" not in ordinary
    assert [(menu["scope"]["type"], menu["scope"]["chat_id"]) for menu in own] == [("chat", ADMIN), ("chat", 9)]
    for menu in own:
        names = [row["command"] for row in menu["commands"]]
        assert names == [*(row["command"] for row in ordinary["commands"]), *COMMANDS]


async def test_an_admin_who_never_wrote_to_the_bot_stops_nothing(tg, caplog):
    tg.wire.refuse("setMyCommands", 400, "Bad Request: chat not found", times=3)
    await announce(tg.app)
    assert [record.code for record in caplog.records] == ["E404", "E412", "E412"]


@pytest.mark.parametrize("family", [None, "any"])
def test_a_picture_is_drawn_with_and_without_a_korean_font(family, monkeypatch):
    from bot.monitor import pictures

    monkeypatch.setattr(pictures, "korean", lambda: fonts.korean() if family else None)
    labels = pictures.drawn_in()
    assert labels.is_korean == (family is not None and fonts.korean() is not None)
    found = {"2026-11-25": {"found": 3, "strange": 1}}
    draws = [pictures.by_day(found, ["2026-11-24", "2026-11-25"], labels), pictures.bars("x", [("owl-bus", 3)])]
    assert pictures.png(draws, [2, 1]).startswith(PNG)

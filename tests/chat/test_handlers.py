"""Whole turns through the real python-telegram-bot, with only the network replaced: what a citizen sees."""

import logging

import pytest
from telegram import Update

from bot.app import build, holder
from bot.chat.patience import Patience
from bot.config import Secret, Settings
from bot.engine.answer import Choices, Found, Hit
from bot.engine.normalize import MAX_CHARS

USER = {"id": 7, "is_bot": False, "first_name": "<3"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -5, "type": "supergroup", "title": "동네"}
BOT = {"id": 42, "is_bot": True, "first_name": "Bot", "username": "safe_bot"}
FOUND = Found((Hit("owl-bus", 0.9),), "cost")


class Telegram:
    """Hands updates to a running application and tells what it sent."""

    def __init__(self, app, wire):
        self.app, self.wire, self.number = app, wire, 0

    async def update(self, **content):
        self.number += 1
        await self.app.process_update(Update.de_json({"update_id": self.number, **content}, self.app.bot))

    async def say(self, text=None, chat=PRIVATE, kind="message", **more):
        message = {"message_id": self.number + 1, "date": 0, "chat": chat, "from": USER, **more}
        if text is not None:
            message["text"] = text
        if text and text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        before = len(self.wire.sent())
        await self.update(**{kind: message})
        return [sent["text"] for sent in self.wire.sent()[before:]]

    async def press(self, data, chat=PRIVATE, date=1):
        message = {"message_id": 900, "date": date, "chat": chat, "from": BOT, "text": "x"}
        query = {"id": "q", "from": USER, "chat_instance": "c", "data": data, "message": message}
        self.wire.calls.clear()
        await self.update(callback_query=query)
        return self.wire.calls


@pytest.fixture
async def tg(engine, wire):
    app = build(Settings(telegram_bot_token=Secret("42:abc")), engine, wire, Patience(pause=0))
    async with app:
        wire.calls.clear()
        yield Telegram(app, wire)


async def test_start_greets_by_name_whatever_the_name(tg):
    assert await tg.say("/start") == ["안녕, &lt;3님! &lt;시&gt; 4가지. 위급하면 112 &amp; 119."]


async def test_help_and_menu(tg):
    assert (await tg.say("/help"))[0].startswith("도움말")
    assert await tg.say("/menu") == ["분야?"]


async def test_a_question_is_answered_once(tg, engine):
    engine.answers["버스 얼마?"] = FOUND
    (text,) = await tg.say("버스 얼마?")
    assert "[cost]</b> 시내버스와 같습니다" in text
    assert engine.asked == [("버스 얼마?", None)]


async def test_the_next_question_is_about_what_was_shown(tg, engine):
    engine.answers["버스 얼마?"] = FOUND
    await tg.say("버스 얼마?")
    await tg.say("어디서 타요?")
    await tg.press("p:cctv")
    await tg.say("어디서 타요?")
    await tg.say("어디서 타요?", chat={"id": 8, "type": "private"})
    assert [about for _, about in engine.asked] == [None, "owl-bus", "cctv", None]


async def test_choices_do_not_change_what_was_shown(tg, engine):
    engine.answers["버스"] = Choices((Hit("owl-bus", 0.4), Hit("cctv", 0.3)))
    await tg.say("버스")
    await tg.say("얼마?")
    assert engine.asked[-1] == ("얼마?", None)


async def test_one_log_line_a_question_without_its_words(tg, engine, caplog):
    caplog.set_level(logging.INFO)
    engine.answers["버스 얼마?"] = FOUND
    await tg.say("버스 얼마?")
    (record,) = [record for record in caplog.records if record.message == "answered"]
    assert (record.outcome, record.programme, record.aspect, record.lang) == ("found", "owl-bus", "cost", "ko")
    assert "얼마" not in str(vars(record))


@pytest.mark.parametrize("text", ["?!", "👍", "   ."])
async def test_a_message_without_a_word_is_asked_to_be_typed(tg, engine, text):
    assert await tg.say(text) == ["적어 주세요"]
    assert engine.asked == []


async def test_a_very_long_message_is_told_so(tg):
    (text,) = await tg.say("가" * (MAX_CHARS + 1))
    assert text.startswith("<i>앞부분만 읽었어요</i>\n")
    assert "앞부분" not in (await tg.say("가" * MAX_CHARS))[0]


async def test_an_unknown_command_is_a_question(tg, engine):
    await tg.say("/버스")
    assert engine.asked == [("/버스", None)]


MEDIA = [
    {"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1,
                 "is_animated": False, "is_video": False}},
    {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]},
    {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
    {"location": {"latitude": 37.3, "longitude": 126.8}},
]  # fmt: skip


@pytest.mark.parametrize("media", MEDIA, ids=lambda media: next(iter(media)))
async def test_what_is_not_writing_is_answered_politely_but_not_in_groups(tg, media):
    assert await tg.say(**media) == ["글만 읽어요"]
    assert await tg.say(chat=GROUP, **media) == []
    assert (
        await tg.say(chat=GROUP, reply_to_message={"message_id": 1, "date": 0, "chat": GROUP, "from": BOT}, **media)
        == []
    )


async def test_words_below_a_picture_are_a_question(tg, engine):
    await tg.say(caption="여기 어두워요", **MEDIA[1])
    assert engine.asked == [("여기 어두워요", None)]


async def test_an_album_is_answered_once(tg):
    answers = [await tg.say(media_group_id="g", **MEDIA[1]) for _ in range(3)]
    assert answers == [["글만 읽어요"], [], []]


async def test_service_messages_are_not_answered(tg):
    assert await tg.say(message_auto_delete_timer_changed={"message_auto_delete_time": 9}) == []


async def test_edited_messages_and_channel_posts_are_ignored(tg, engine):
    for kind in ("edited_message", "channel_post", "edited_channel_post"):
        for text in ("버스", "/start"):
            chat = {"id": -9, "type": "channel", "title": "c"} if "channel" in kind else PRIVATE
            assert await tg.say(text, chat=chat, kind=kind) == []
    assert engine.asked == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("버스 얼마?", None),
        ("@safe_bot 버스 얼마?", "버스 얼마?"),
        ("버스 얼마? @Safe_Bot", "버스 얼마?"),
        ("@safe_bot_2 버스 얼마?", None),
        ("/menu@other_bot", None),
    ],
)
async def test_in_a_group_only_who_speaks_to_the_bot_is_answered(tg, engine, text, asked):
    answers = await tg.say(text, chat=GROUP)
    assert len(answers) == (asked is not None)
    assert [text for text, _ in engine.asked] == ([asked] if asked else [])


async def test_in_a_group_a_reply_to_the_bot_is_a_question_and_is_quoted(tg, engine):
    ours = {"message_id": 1, "date": 0, "chat": GROUP, "from": BOT}
    assert await tg.say("얼마?", chat=GROUP, reply_to_message=ours)
    assert tg.wire.sent()[-1]["reply_parameters"]["message_id"] == tg.number
    assert await tg.say("얼마?", chat=GROUP, reply_to_message=ours | {"from": USER}) == []


async def test_in_a_group_commands_and_a_bare_mention_are_answered(tg):
    assert await tg.say("/menu", chat=GROUP) == ["분야?"]
    assert await tg.say("/menu@safe_bot", chat=GROUP) == ["분야?"]
    assert await tg.say("@safe_bot", chat=GROUP) == ["적어 주세요"]


async def test_other_bots_are_never_answered(tg):
    assert await tg.say("@safe_bot hi", chat=GROUP, **{"from": {"id": 9, "is_bot": True, "first_name": "B"}}) == []


async def test_more_opens_in_place_and_the_press_is_acknowledged_first(tg):
    calls = await tg.press("m:owl-bus")
    assert [name for name, _ in calls] == ["answerCallbackQuery", "editMessageText"]
    assert (calls[1][1]["message_id"], "담당: 교통과" in calls[1][1]["text"]) == (900, True)


async def test_a_programme_opens_as_a_new_message(tg):
    calls = await tg.press("p:cctv:cost")
    assert [name for name, _ in calls] == ["answerCallbackQuery", "sendMessage"]
    assert "[cost]</b> 시내버스" in calls[1][1]["text"]


async def test_an_old_message_that_cannot_be_changed_is_answered_anew(tg):
    calls = await tg.press("m:owl-bus", date=0)
    assert [name for name, _ in calls] == ["answerCallbackQuery", "sendMessage"]


@pytest.mark.parametrize(("data", "text"), [("zz:1", "오래된 단추"), ("p:gone", "이제 없어요")])
async def test_old_buttons_get_a_polite_answer(tg, data, text):
    assert (await tg.press(data))[-1][1]["text"] == text


async def test_a_press_too_old_to_acknowledge_is_answered_all_the_same(tg):
    tg.wire.refuse("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    assert "담당" in (await tg.press("m:owl-bus"))[-1][1]["text"]


async def test_an_error_in_the_engine_is_logged_and_apologised_for(tg, engine, caplog):
    engine.answers["버스"] = RuntimeError("boom in 버스")
    assert await tg.say("버스") == ["죄송합니다"]
    assert "RuntimeError" in caplog.text
    assert "boom" not in caplog.text  # what an error says may quote the citizen
    assert await tg.say("/menu") == ["분야?"]


async def test_no_apology_after_an_answer(tg, caplog, monkeypatch):
    from bot.chat.handlers import Turn

    say = Turn.say

    async def say_and_fail(self, reply):
        await say(self, reply)
        raise RuntimeError("afterwards")

    monkeypatch.setattr(Turn, "say", say_and_fail)
    assert await tg.say("/menu") == ["분야?"]
    assert "afterwards" in caplog.text


async def test_who_unblocks_the_bot_is_answered_again(tg):
    tg.wire.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await tg.say("/menu")
    assert await tg.say("/menu") == ["분야?"]


async def test_new_knowledge_is_one_assignment(tg, make):
    other = make.engine(make.knowledge(make.programme("new-thing")))
    holder(tg.app).engine = other
    assert "1가지" in (await tg.say("/start"))[0]
    await tg.say("버스")
    assert other.asked == [("버스", None)]

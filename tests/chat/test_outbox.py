"""Sending: what Telegram refuses, and what comes of it."""

import asyncio
import json

import pytest
from telegram.error import TimedOut
from telegram.ext import ExtBot

from bot.chat.faults import FAULTS
from bot.chat.memory import Memory
from bot.chat.outbox import Outbox, To
from bot.chat.patience import Patience
from bot.chat.reply import Button, Reply

REPLY = Reply("<b>가 &amp; 나</b>", ((Button("더", "m:a"),),))


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def slept():
    return []


@pytest.fixture
async def outbox(wire, memory, slept):
    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async with ExtBot("1:a", request=wire, get_updates_request=wire) as bot:
        wire.calls.clear()
        yield Outbox(bot, memory, Patience(tries=3, seconds=60, pause=1), sleep)


async def test_a_reply_goes_out_as_html_with_its_buttons_and_no_preview(outbox, wire):
    assert await outbox.send(To(7), REPLY)
    (sent,) = wire.sent()
    assert (sent["chat_id"], sent["text"], sent["parse_mode"]) == (7, REPLY.html, "HTML")
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "더", "callback_data": "m:a"}]]
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert "reply_parameters" not in sent


async def test_in_a_group_the_question_is_quoted_in_its_topic(outbox, wire):
    await outbox.send(To(-7, message=3, topic=9), REPLY)
    (sent,) = wire.sent()
    assert sent["message_thread_id"] == 9
    assert sent["reply_parameters"] == {"message_id": 3, "allow_sending_without_reply": True}


async def test_a_long_reply_is_several_messages_with_the_buttons_under_the_last(outbox, wire):
    assert await outbox.send(To(7), Reply("가 " * 5000, REPLY.buttons))
    assert ["reply_markup" in sent for sent in wire.sent()] == [False, False, True]


async def test_too_many_requests_waits_as_told(outbox, wire, slept):
    wire.refuse("sendMessage", 429, "Too Many Requests: retry after 7", times=2, retry_after=7)
    assert await outbox.send(To(7), REPLY)
    assert slept == [7, 7]


@pytest.mark.parametrize(("after", "times", "calls"), [(61, 1, 1), (40, 2, 2), (1, 5, 3)])
async def test_patience_has_an_end(outbox, wire, slept, after, times, calls):
    wire.refuse("sendMessage", 429, "Too Many Requests", times=times, retry_after=after)
    assert not await outbox.send(To(7), REPLY)
    assert len(wire.sent()) == calls
    assert sum(slept) <= 60


async def test_a_waiting_chat_does_not_hold_up_another(wire, memory):
    async with ExtBot("1:a", request=wire, get_updates_request=wire) as bot:
        go = asyncio.Event()
        outbox = Outbox(bot, memory, sleep=lambda _: go.wait(), at_once=1)
        wire.refuse("sendMessage", 429, "Too Many Requests", retry_after=50)
        waiting = asyncio.create_task(outbox.send(To(1), REPLY))
        while not wire.sent():
            await asyncio.sleep(0)
        assert await asyncio.wait_for(outbox.send(To(2), REPLY), 1)
        assert not waiting.done()
        go.set()
        assert await waiting


@pytest.mark.parametrize("trouble", [TimedOut(), OSError("no route")])
async def test_network_trouble_is_tried_again_ever_more_slowly(outbox, wire, slept, trouble):
    wire.refusals["sendMessage"] = [trouble, trouble]
    assert await outbox.send(To(7), REPLY)
    assert slept == [1, 2]


async def test_server_errors_are_tried_three_times(outbox, wire, slept, caplog):
    wire.refuse("sendMessage", 502, "Bad Gateway", times=9)
    assert not await outbox.send(To(7), REPLY)
    assert len(wire.sent()) == 3
    assert "put off" in caplog.text


async def test_a_chat_that_blocked_the_bot_is_left_alone(outbox, wire, memory, slept, caplog):
    wire.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    assert not await outbox.send(To(7), Reply("가 " * 5000))
    assert (len(wire.sent()), slept, memory.blocked(7)) == (1, [], True)
    assert not await outbox.send(To(7), REPLY)
    assert len(wire.sent()) == 1
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


async def test_markup_that_is_refused_goes_out_as_plain_words(outbox, wire, caplog):
    wire.refuse("sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag")
    assert await outbox.send(To(7), REPLY)
    last = wire.sent()[-1]
    assert last["text"] == "가 & 나"
    assert "parse_mode" not in last
    assert "reply_markup" in last
    assert "plainer" in caplog.text


async def test_a_refused_button_costs_the_buttons_not_the_answer(outbox, wire):
    wire.refuse("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID", times=2)
    assert await outbox.send(To(7), REPLY)
    assert "reply_markup" not in wire.sent()[-1]


async def test_a_group_that_moved_is_followed_for_good(outbox, wire, slept):
    wire.refuse("sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)
    assert await outbox.send(To(-7), REPLY)
    await outbox.send(To(-7), REPLY)
    assert [sent["chat_id"] for sent in wire.sent()] == [-7, -100, -100]
    assert slept == []


async def test_an_edit_that_changes_nothing_is_fine(outbox, wire):
    wire.refuse("editMessageText", 400, "Bad Request: message is not modified: specified new message content ...")
    assert await outbox.edit(To(7), 5, REPLY)
    assert len(wire.calls) == 1


async def test_a_message_that_is_gone_is_sent_anew(outbox, wire):
    wire.refuse("editMessageText", 400, "Bad Request: message to edit not found")
    assert await outbox.edit(To(7), 5, REPLY)
    assert [name for name, _ in wire.calls] == ["editMessageText", "sendMessage"]


async def test_an_edit_that_does_not_fit_goes_on_below(outbox, wire):
    assert await outbox.edit(To(7), 5, Reply("가 " * 3000, REPLY.buttons))
    assert ["reply_markup" in parameters for _, parameters in wire.calls] == [True, False]


@pytest.mark.parametrize(
    "refusal",
    [(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"), (502, "Bad Gateway")],
)
async def test_an_acknowledgement_in_vain_is_no_trouble(outbox, wire, slept, refusal):
    wire.refuse("answerCallbackQuery", *refusal)
    await outbox.acknowledge(7, "q")
    assert (len(wire.calls), slept) == (1, [])


async def test_a_revoked_token_is_not_tried_again(outbox, wire, slept, caplog):
    wire.refuse("sendMessage", 401, "Unauthorized")
    assert not await outbox.send(To(7), REPLY)
    assert (len(wire.sent()), slept) == (1, [])
    assert [record.error for record in caplog.records] == ["InvalidToken: Unauthorized"]


async def test_a_chat_that_cannot_be_written_to_is_marked(outbox, wire, memory):
    wire.refuse("sendMessage", 400, "Bad Request: chat not found")
    assert not await outbox.send(To(7), REPLY)
    assert memory.blocked(7)
    assert len(wire.sent()) == 1


def test_the_table_is_in_lower_case_or_it_never_matches():
    assert all(words == words.lower() for words, _ in FAULTS)
    assert json.dumps([words for words, _ in FAULTS]).isascii()

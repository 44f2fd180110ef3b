"""From a row to the handlers."""

import json
from types import SimpleNamespace

import pytest
from telegram.ext import ExtBot

from bot.chat.deed import CURRENT, Deed, Unreadable
from bot.chat.turns import Turns, unexpected
from bot.store.inbox import Rank, Row


class App:
    def __init__(self, bot):
        self.bot, self.seen = bot, []

    async def process_update(self, update):
        self.seen.append(update)


@pytest.fixture
def app():
    return App(ExtBot("42:abc"))


def row(payload):
    return Row(1, 7, Rank.ORDINARY, payload, 0.0)


async def test_an_update_comes_to_the_handlers_as_it_was(app):
    chat = {"id": 7, "type": "private"}
    update = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": chat, "text": "버스\ud83d"}}
    await Turns(app).handle(row(json.dumps(update)))
    assert app.seen[0].message.text == "버스\ud83d"


@pytest.mark.parametrize(
    "payload", ["", "{", '{"message":{}}', '{"update_id":1,"message":7}', '{"update_id":1,"message":{"date":"x"}}', "7"]
)
async def test_what_is_no_update_is_said_so_without_its_words(app, payload):
    with pytest.raises(Unreadable):
        await Turns(app).handle(row(payload))
    assert app.seen == []


@pytest.mark.parametrize("number", [[], {}, "7", None, 1.5])
async def test_a_chat_or_user_without_a_number_is_no_update(app, number):
    chat, user = {"id": 7, "type": "private"}, {"id": 7, "is_bot": False, "first_name": "x"}
    one, other = {"chat": chat | {"id": number}, "from": user}, {"chat": chat, "from": user | {"id": number}}
    for spoilt in (one, other, {"chat": {}, "from": user}, {"chat": None}, {"chat": chat, "date": None}):
        update = {"update_id": 1, "message": {"message_id": 1, "date": 0, "text": "x", **spoilt}}
        with pytest.raises(Unreadable):
            await Turns(app).handle(row(json.dumps(update)))
    assert app.seen == []


async def test_an_error_outside_of_any_answer_counts_as_an_attempt_and_is_logged_without_words(caplog):
    deed, error = Deed(), ValueError("010-1234-5678")
    token = CURRENT.set(deed)
    await unexpected(None, SimpleNamespace(error=error))
    CURRENT.reset(token)
    assert deed.error is error
    assert "ValueError" in caplog.text
    assert "010" not in caplog.text

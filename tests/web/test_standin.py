"""The stand-in takes what Telegram takes and refuses what Telegram refuses: calls and messages."""

import json
from typing import Any

import httpx
import pytest

from bot.web.standin import Chat, Standin
from bot.web.standin.catalogue import EMPTY, MESSAGE, OTHER, TRUE
from bot.web.standin.model import MAX_MESSAGES

pytestmark = pytest.mark.asyncio
GONE = "Bad Request: query is too old and response timeout expired or query ID is invalid"
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "더 보기", **button}]]}


async def test_listens_on_loopback_only(tg: Standin) -> None:
    assert tg.url.startswith("http://127.0.0.1:")


async def test_a_wrong_token_is_unauthorized(tg: Standin) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{tg.url}/bot1:wrong/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


async def test_unknown_methods_and_paths_are_not_found(tg: Standin, api: Any) -> None:
    assert await api.refused("sendNonsense") == (404, "Not Found: method not found")
    assert (await api.client.get(f"{tg.url}/else/where")).json()["error_code"] == 404


async def test_every_method_that_telegram_documents_is_known(api: Any, chat: Chat) -> None:
    for name in TRUE:
        assert await api(name) is True
    for name in EMPTY:
        assert await api(name) == []
    for name in MESSAGE:
        assert (await api(name, chat_id=chat.id))["chat"]["id"] == chat.id
    for name in OTHER:
        assert (await api.client.get(name)).status_code in {200, 400}


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_parameters_come_in_every_way_telegram_takes(api: Any, chat: Chat, how: str) -> None:
    params = {"chat_id": str(chat.id), "text": "한글 & 1=1", "reply_markup": json.dumps(inline(callback_data="가"))}
    ways: dict[str, Any] = {
        "query": {"method": "GET", "params": params},
        "form": {"method": "POST", "data": params},
        "json": {"method": "POST", "json": {**params, "chat_id": chat.id}},
        "multipart": {"method": "POST", "data": params, "files": {"x": ("이름.bin", b"\0\xff")}},
    }
    message = (await api.client.request(url="SENDmessage", **ways[how])).json()["result"]
    assert message["text"] == "한글 & 1=1"
    assert message["reply_markup"] == inline(callback_data="가")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"text": NaN}', b"[" * 100_000, b"\xff", b'{"text": "\\ud800"}'])
async def test_a_body_that_is_not_json_is_refused(api: Any, body: bytes) -> None:
    answer = await api.client.post("sendMessage", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


async def test_a_form_that_is_not_utf8_is_refused(api: Any) -> None:
    head = {"content-type": "application/x-www-form-urlencoded"}
    assert (await api.client.post("sendMessage", content=b"text=%ff", headers=head)).status_code == 400


@pytest.mark.parametrize("text", ["", None])
async def test_an_empty_text_is_refused(api: Any, chat: Chat, text: str | None) -> None:
    assert await api.refused("sendMessage", chat_id=chat.id, text=text) == (
        400,
        "Bad Request: message text is empty",
    )


async def test_a_blank_text_is_refused_and_blanks_at_the_ends_are_cut(api: Any, chat: Chat) -> None:
    blank = await api.refused("sendMessage", chat_id=chat.id, text="<b> \n</b>", parse_mode="HTML")
    assert blank == (400, "Bad Request: text must be non-empty")
    message = await api("sendMessage", chat_id=chat.id, text="\n <b> 가 </b>\n", parse_mode="HTML")
    assert (message["text"], message["entities"]) == ("가", [{"type": "bold", "offset": 0, "length": 1}])


async def test_the_length_counts_in_utf16_after_parsing(api: Any, chat: Chat) -> None:
    assert await api("sendMessage", chat_id=chat.id, text=f"<b>{'&lt;' * 4096}</b>", parse_mode="HTML")
    assert await api("sendMessage", chat_id=chat.id, text="😀" * 2048)
    too_long = await api.refused("sendMessage", chat_id=chat.id, text="😀" * 2048 + "가")
    assert too_long == (400, "Bad Request: message is too long")


async def test_chats_that_are_not_there_are_not_found(api: Any) -> None:
    for wrong in (5, "@nobody", "x", "9" * 5000, "--7"):
        assert await api.refused("sendMessage", chat_id=wrong, text="가") == (400, "Bad Request: chat not found")
    assert await api.refused("sendMessage", text="가") == (400, "Bad Request: chat_id is empty")


async def test_the_bot_cannot_speak_first(tg: Standin, api: Any) -> None:
    silent = tg.private()
    why = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await api.refused("sendMessage", chat_id=silent.id, text="가") == why
    assert await api.refused("sendChatAction", chat_id=silent.id, action="typing") == why
    tg.say(silent, None, "/start")
    assert await api("sendMessage", chat_id=silent.id, text="가")


async def test_replies_need_a_message_unless_told_otherwise(tg: Standin, api: Any, chat: Chat) -> None:
    call = {"chat_id": chat.id, "text": "가"}
    missing = await api.refused("sendMessage", **call, reply_parameters={"message_id": 99})
    assert missing == (400, "Bad Request: message to be replied not found")
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api("sendMessage", **call, reply_parameters=lenient)
    answer = await api("sendMessage", **call, reply_parameters={"message_id": 1})
    assert answer["reply_to_message"]["text"] == "안녕하세요"
    assert (await api("sendMessage", **call, reply_to_message_id=1))["reply_to_message"]["message_id"] == 1


async def test_an_edit_must_change_something(tg: Standin, api: Any, chat: Chat) -> None:
    sent = await api(
        "sendMessage", chat_id=chat.id, text="<b>가</b>", parse_mode="HTML", reply_markup=inline(url="a.kr")
    )
    where = {"chat_id": chat.id, "message_id": sent["message_id"]}
    same = {**where, "text": "<strong>가</strong> ", "parse_mode": "HTML", "reply_markup": inline(url="a.kr")}
    assert await api.refused("editMessageText", **same) == (400, SAME)
    assert await api.refused("editMessageReplyMarkup", **where, reply_markup=inline(url="a.kr")) == (400, SAME)
    assert "reply_markup" not in await api("editMessageReplyMarkup", **where)
    edited = await api("editMessageText", **where, text="나")
    assert (edited["text"], "edit_date" in edited) == ("나", True)
    [message] = tg.sent(chat)
    assert ([old.text for old in message.edits], message.text, message.buttons) == (["가", "가"], "나", [])


async def test_only_the_bots_own_texts_can_be_edited(api: Any, chat: Chat) -> None:
    async def why(message_id: int, **more: Any) -> tuple[int, str]:
        return await api.refused("editMessageText", chat_id=chat.id, message_id=message_id, text="가", **more)

    assert await why(99) == (400, "Bad Request: message to edit not found")
    assert await why(0) == (400, "Bad Request: message identifier is not specified")
    assert await why(1) == (400, "Bad Request: message can't be edited")
    photo = await api("sendPhoto", chat_id=chat.id, photo="x", caption="가")
    assert await why(photo["message_id"]) == (400, "Bad Request: there is no text in the message to edit")
    text = await api("sendMessage", chat_id=chat.id, text="나")
    keyboard = {"keyboard": [["가"]]}
    assert await why(text["message_id"], reply_markup=keyboard) == (400, "Bad Request: inline keyboard expected")


async def test_deleted_messages_are_gone(tg: Standin, api: Any, chat: Chat, group: Chat) -> None:
    sent = await api("sendMessage", chat_id=chat.id, text="가")
    where = {"chat_id": chat.id, "message_id": sent["message_id"]}
    assert await api("deleteMessage", **where) is True
    assert await api.refused("deleteMessage", **where) == (400, "Bad Request: message to delete not found")
    assert await api.refused("editMessageText", **where, text="나") == (400, "Bad Request: message to edit not found")
    assert await api("deleteMessages", chat_id=chat.id, message_ids=[1, 99]) is True
    tg.say(group, None, "우리 이야기")
    foreign = await api.refused("deleteMessage", chat_id=group.id, message_id=1)
    assert foreign == (400, "Bad Request: message can't be deleted")


async def test_callbacks_are_answered_once_and_soon(tg: Standin, api: Any, chat: Chat) -> None:
    await api("sendMessage", chat_id=chat.id, text="가", reply_markup=inline(callback_data="more:1"))
    [message] = await tg.wait_for(chat)
    pressed = tg.press(message, "더 보기")
    [update] = await api("getUpdates")
    query = update["callback_query"]
    assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("more:1", "가", 7)
    assert await api("answerCallbackQuery", callback_query_id=query["id"], text="예") is True
    assert await api.refused("answerCallbackQuery", callback_query_id=query["id"]) == (400, GONE)
    assert await api.refused("answerCallbackQuery", callback_query_id="1") == (400, GONE)
    [answer] = tg.answered_callbacks
    assert (answer.update_id, answer.data, answer.text) == (pressed, "more:1", "예")
    tg.press(message, "more:1")
    tg.expire_callbacks()
    late = (await api("getUpdates"))[-1]["callback_query"]["id"]
    assert await api.refused("answerCallbackQuery", callback_query_id=late) == (400, GONE)


async def test_buttons_that_are_not_there_cannot_be_pressed(tg: Standin, api: Any, chat: Chat) -> None:
    await api("sendMessage", chat_id=chat.id, text="가", reply_markup=inline(url="https://ansan.go.kr"))
    [message] = await tg.wait_for(chat)
    with pytest.raises(LookupError):
        tg.press(message, "없는 버튼")
    with pytest.raises(ValueError, match="nothing"):
        tg.press(message, "더 보기")
    tg.press(message, data="v1:old")
    assert (await api("getUpdates"))[0]["callback_query"]["data"] == "v1:old"


async def test_chat_actions_have_names(tg: Standin, api: Any, chat: Chat) -> None:
    assert await api("sendChatAction", chat_id=chat.id, action="typing") is True
    wrong = await api.refused("sendChatAction", chat_id=chat.id, action="thinking")
    assert wrong == (400, "Bad Request: wrong parameter action in request")


async def test_old_messages_are_forgotten(tg: Standin, chat: Chat) -> None:
    for number in range(MAX_MESSAGES + 5):
        tg.say(chat, None, f"{number}번째")
    assert len(chat.messages) == MAX_MESSAGES


async def test_waiting_in_vain_says_what_the_bot_did(tg: Standin, api: Any, chat: Chat) -> None:
    await api("getMe")
    with pytest.raises(AssertionError, match="getMe 200"):
        await tg.wait_for(chat, timeout=0.01)

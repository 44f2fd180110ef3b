"""Buttons and other parameters that Telegram refuses."""

from typing import Any

import pytest

from bot.web.standin import Chat

pytestmark = pytest.mark.asyncio


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "더 보기", **button}]]}


@pytest.mark.parametrize("data", ["", "x" * 65, "가" * 22])
async def test_callback_data_has_1_to_64_bytes(api: Any, chat: Chat, data: str) -> None:
    markup = inline(callback_data=data)
    why = await api.refused("sendMessage", chat_id=chat.id, text="가", reply_markup=markup)
    assert why == (400, "Bad Request: BUTTON_DATA_INVALID")
    await api("sendMessage", chat_id=chat.id, text="가", reply_markup=inline(callback_data="가" * 21 + "x"))


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[1]", "object expected as reply keyboard markup"),
        ({"else": 1}, "object expected as reply markup"),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"inline_keyboard": [["x"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{"url": "x"}]]}, "can't parse inline keyboard button: Can't find field \"text\""),
        (inline(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
        (inline(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (
            inline(callback_data=1),
            'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
        ),
        (
            inline(url="https://ansan.go.kr", pay=True),
            "can't parse inline keyboard button: exactly one action expected, found url, pay",
        ),
        (inline(url="tel:112"), "inline keyboard button URL 'tel:112' is invalid: Unsupported URL protocol"),
        (inline(url="https://"), "inline keyboard button URL 'https://' is invalid: Wrong HTTP URL"),
        (inline(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "reply markup is too long"),
        ({"keyboard": [[1]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object with text"),
    ],
)
async def test_wrong_markup_is_refused(api: Any, chat: Chat, markup: Any, why: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=chat.id, text="가", reply_markup=markup)
    assert refusal == (400, f"Bad Request: {why}")


@pytest.mark.parametrize(
    "params",
    [
        {"disable_notification": "perhaps"},
        {"link_preview_options": "yes"},
        {"link_preview_options": "[]"},
        {"reply_parameters": {"message_id": "x"}},
        {"reply_parameters": {"chat_id": 7}},
        {"entities": {}},
        {"entities": [1]},
        {"entities": [{"type": "bold", "offset": -1, "length": 1}]},
        {"entities": [{"type": "loud", "offset": 0, "length": 1}]},
        {"entities": [{"type": "text_link", "offset": 0, "length": 1}]},
        {"parse_mode": "Word"},
        {"parse_mode": "MarkdownV2"},
        {"text": ["가"]},
    ],
)
async def test_parameters_of_the_wrong_type_are_refused(api: Any, chat: Chat, params: dict[str, Any]) -> None:
    assert (await api.refused("sendMessage", **{"chat_id": chat.id, "text": "가", **params}))[0] == 400

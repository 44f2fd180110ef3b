"""Reply markup as Telegram takes it, above all the inline keyboard."""

from typing import Any

from .errors import bad_request
from .links import check_button_url
from .params import Params

Json = dict[str, Any]
MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
MAX_COPY = 256
_ACTIONS: dict[str, type] = {
    "url": str,
    "callback_data": str,
    "web_app": dict,
    "login_url": dict,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
    "switch_inline_query_chosen_chat": dict,
    "copy_text": dict,
    "callback_game": dict,
    "pay": bool,
}


def reply_markup(params: Params, *, inline_only: bool = False) -> Json | None:
    """The call's ``reply_markup``, checked; nothing if there is none."""
    markup = params.object("reply_markup", "reply keyboard markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = inline_rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if inline_only:
        raise bad_request("inline keyboard expected")
    return _other(markup)


def inline_rows(rows: Any) -> list[list[Json]]:
    """The rows of an inline keyboard, each button checked, empty rows left out."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _unparsable('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise _unparsable('Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _check_action(button, [name for name in _ACTIONS if button.get(name) is not None])
    return button


def _check_action(button: Json, actions: list[str]) -> None:
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable(f"exactly one action expected, found {', '.join(actions)}")
    action = actions[0]
    if not isinstance(button[action], _ACTIONS[action]):
        raise _unparsable(f'Field "{action}" must be of type {_NAMES[_ACTIONS[action]]}')
    _check_value(action, button[action])


def _check_value(action: str, value: Any) -> None:
    if action == "callback_data" and not 1 <= len(value.encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        check_button_url(value)
    if action == "copy_text" and not 1 <= len(str(value.get("text") or "")) <= MAX_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


_NAMES = {str: "String", dict: "Object", bool: "Boolean"}


def _other(markup: Json) -> Json:
    if "keyboard" in markup:
        _check_keys(markup["keyboard"])
    elif not any(markup.get(name) is True for name in ("remove_keyboard", "force_reply")):
        raise bad_request("object expected as reply markup")
    return markup


def _check_keys(rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    for key in (key for row in rows for key in row):
        text = key.get("text") if isinstance(key, dict) else key
        if not isinstance(text, str) or not text:
            raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object with text")


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {why}")

"""The methods that write, change and delete messages."""

from typing import Any

from .content import caption_content, message_content, reply_target
from .errors import bad_request
from .keyboard import reply_markup
from .model import Chat, Content, Message
from .params import Params, parse_integer
from .state import State

Json = dict[str, Any]
_THINGS = ("photo", "video", "voice", "audio", "document", "video_note")
ACTIONS = {
    *("typing", "choose_sticker", "find_location", "pick_up_location"),
    *(f"upload_{thing}" for thing in _THINGS),
    *(f"record_{thing}" for thing in _THINGS if thing not in {"photo", "document"}),
}
MAX_DELETED = 100


def send_message(state: State, params: Params) -> Json:
    """``sendMessage``."""
    chat = state.writable(params.text("chat_id"))
    content, reply_to = message_content(params), reply_target(params, chat)
    return state.write(chat, state.me, content, reply_to=reply_to).wire()


def send_other(state: State, params: Params, kind: str) -> Json:
    """``sendPhoto``, ``sendDice``...: a message with a caption, and what was sent as a stub."""
    chat = state.writable(params.text("chat_id"))
    content, reply_to = caption_content(params), reply_target(params, chat)
    payload = {"media_group_id": f"standin-{kind}"}
    return state.write(chat, state.me, content, payload=payload, reply_to=reply_to).wire()


def edit_message_text(state: State, params: Params) -> Json:
    """``editMessageText``."""
    message = _own(state, params, "message to edit", "message can't be edited")
    if message.payload:
        raise bad_request("there is no text in the message to edit")
    return _edited(state, message, message_content(params, inline_only=True))


def edit_message_reply_markup(state: State, params: Params) -> Json:
    """``editMessageReplyMarkup``."""
    message = _own(state, params, "message to edit", "message can't be edited")
    markup = reply_markup(params, inline_only=True)
    return _edited(state, message, Content(message.text, message.content.entities, markup))


def _edited(state: State, message: Message, content: Content) -> Json:
    if content == message.content:
        same = "specified new message content and reply markup are exactly the same"
        raise bad_request(f"message is not modified: {same} as a current content and reply markup of the message")
    message.replace(content, state.now())
    state.note("message", message)
    return message.wire()


def delete_message(state: State, params: Params) -> bool:
    """``deleteMessage``."""
    chat = state.chat(params.text("chat_id"))
    message = _found(chat, params.integer("message_id"), "message to delete")
    if not chat.is_private and message.sender != state.me:
        raise bad_request("message can't be deleted")
    message.deleted = True
    state.note("message", message)
    return True


def delete_messages(state: State, params: Params) -> bool:
    """``deleteMessages``: those that are not there are passed over."""
    chat = state.chat(params.text("chat_id"))
    numbers = [parse_integer(value) for value in params.array("message_ids") or []]
    if not 1 <= len(numbers) <= MAX_DELETED or None in numbers:
        raise bad_request("message identifiers are not specified")
    for number in numbers:
        message = chat.existing(number or 0)
        if message and (chat.is_private or message.sender == state.me):
            message.deleted = True
    state.note("message", message)
    return True


def _own(state: State, params: Params, called: str, forbidden: str) -> Message:
    if params.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = _found(state.writable(params.text("chat_id")), params.integer("message_id"), called)
    if message.sender != state.me:
        raise bad_request(forbidden)
    return message


def _found(chat: Chat, number: int, called: str) -> Message:
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.existing(number)
    if message is None:
        raise bad_request(f"{called} not found")
    return message


def answer_callback_query(state: State, params: Params) -> bool:
    """``answerCallbackQuery``: once, and soon."""
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    params.integer("cache_time")
    state.answer(params.text("callback_query_id"), text, params.boolean("show_alert"), params.text("url"))
    return True


def send_chat_action(state: State, params: Params) -> bool:
    """``sendChatAction``."""
    chat, action = state.writable(params.text("chat_id")), params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    state.actions.append((chat.id, action))
    state.note("action", (chat.id, action))
    return True

"""Which function answers which method; names are compared without regard to case, as Telegram does."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from . import catalogue, messages, polling, profile
from .errors import ApiError, bad_request
from .params import Params
from .state import State

Handler = Callable[[State, Params], Any]

_OWN: dict[str, Handler] = {
    "getMe": profile.get_me,
    "getUpdates": polling.get_updates,
    "setWebhook": polling.set_webhook,
    "deleteWebhook": polling.delete_webhook,
    "getWebhookInfo": polling.get_webhook_info,
    "sendMessage": messages.send_message,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "answerCallbackQuery": messages.answer_callback_query,
    "sendChatAction": messages.send_chat_action,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": partial(profile.set_about, field="name"),
    "getMyName": partial(profile.get_about, field="name"),
    "setMyDescription": partial(profile.set_about, field="description"),
    "getMyDescription": partial(profile.get_about, field="description"),
    "setMyShortDescription": partial(profile.set_about, field="short_description"),
    "getMyShortDescription": partial(profile.get_about, field="short_description"),
    "getChat": profile.get_chat,
    "getChatMember": profile.get_chat_member,
    "getChatMemberCount": profile.get_chat_member_count,
}

_OBJECTS: dict[str, Any] = {
    "getFile": {"file_id": "standin-file", "file_unique_id": "file", "file_size": 0},
    "uploadStickerFile": {"file_id": "standin-file", "file_unique_id": "file", "file_size": 0},
    "getUserProfilePhotos": {"total_count": 0, "photos": []},
    "getUserProfileAudios": {"total_count": 0, "audios": []},
    "getChatMenuButton": {"type": "commands"},
    "getUserChatBoosts": {"boosts": []},
    "getAvailableGifts": {"gifts": []},
    "getMyStarBalance": {"amount": 0},
    "getStarTransactions": {"transactions": []},
    "exportChatInviteLink": "https://t.me/+standin",
    "createInvoiceLink": "https://t.me/$standin",
}


def _constant(value: Any) -> Handler:
    return lambda state, params: value


def _refusal(name: str) -> Handler:
    def refuse(state: State, params: Params) -> Any:
        raise bad_request(f"the stand-in has no answer to {name}")

    return refuse


def _all() -> dict[str, Handler]:
    table: dict[str, Handler] = {name: _constant(True) for name in catalogue.TRUE}
    table |= {name: _constant([]) for name in catalogue.EMPTY}
    table |= {name: partial(messages.send_other, kind=name.removeprefix("send").lower()) for name in catalogue.MESSAGE}
    table |= {name: _refusal(name) for name in catalogue.OTHER}
    table |= {name: _constant(value) for name, value in _OBJECTS.items()}
    return {name.lower(): handler for name, handler in (table | _OWN).items()}


METHODS = _all()


async def dispatch(state: State, method: str, params: Params) -> Any:
    """Carry out a method and give its result; ``ApiError`` where Telegram would refuse."""
    handler = METHODS.get(method.lower())
    if handler is None:
        raise ApiError(404, "Not Found: method not found")
    result = handler(state, params)
    return await result if isinstance(result, Awaitable) else result

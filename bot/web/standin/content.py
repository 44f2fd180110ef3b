"""What the bot wants to show, checked: text, markup, the message it replies to."""

from typing import Any

from .detect import detect, utf16
from .entities import KINDS, Formatted, clean, parse_html, trim
from .errors import bad_request
from .keyboard import reply_markup
from .model import Chat, Content
from .params import Params, parse_integer

Json = dict[str, Any]
MAX_TEXT = 4096
MAX_CAPTION = 1024
_SENT_KINDS = {*KINDS.values(), "expandable_blockquote", "text_mention", "date_time"}
# Telegram finds these by itself and ignores what the bot says about them.
_FOUND_KINDS = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}


def message_content(params: Params, *, inline_only: bool = False) -> Content:
    """The ``text`` and ``reply_markup`` of a call."""
    for name in ("disable_notification", "protect_content"):
        params.boolean(name)
    params.object("link_preview_options")
    if not params.text("text"):
        raise bad_request("message text is empty")
    formatted = _formatted(params, "text", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _content(formatted, reply_markup(params, inline_only=inline_only))


def caption_content(params: Params) -> Content:
    """The ``caption`` and ``reply_markup`` of a call."""
    formatted = _formatted(params, "caption", "caption_entities")
    if utf16(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return _content(formatted, reply_markup(params))


def _content(formatted: Formatted, markup: Json | None) -> Content:
    return Content(formatted.text, tuple(detect(formatted.text, formatted.entities)), markup)


def _formatted(params: Params, text: str, entities: str) -> Formatted:
    raw, mode = clean(params.text(text)), params.text("parse_mode").lower()
    if mode == "html":
        return trim(parse_html(raw))
    if mode in {"markdown", "markdownv2"}:
        raise bad_request("the stand-in parses HTML only, not Markdown")
    if mode:
        raise bad_request("unsupported parse_mode")
    said = [_entity(entity) for entity in params.array(entities) or []]
    return trim(Formatted(raw, [entity for entity in said if entity["type"] not in _FOUND_KINDS]))


def _entity(entity: Any) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name in ("offset", "length"):
        if type(entity.get(name)) is not int or entity[name] < 0:
            raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type Number')
    if entity.get("type") not in _SENT_KINDS | _FOUND_KINDS:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if entity["type"] == "text_link" and not isinstance(entity.get("url"), str):
        raise bad_request("can't parse MessageEntity: Can't find field \"url\"")
    return entity


def reply_target(params: Params, chat: Chat) -> int:
    """The message replied to, 0 for none; ``reply_to_message_id`` is the old way to say it."""
    reply = params.object("reply_parameters") or {}
    wanted = reply.get("message_id", params.integer("reply_to_message_id") or None)
    if wanted is None and not reply:
        return 0
    number = parse_integer(wanted)
    if number is None:
        raise bad_request('can\'t parse reply parameters: Field "message_id" must be of type Number')
    if chat.existing(number):
        return number
    if reply.get("allow_sending_without_reply") is True or params.boolean("allow_sending_without_reply"):
        return 0
    raise bad_request("message to be replied not found")

"""What the bot says about itself: name, descriptions, commands; and what it learns of a chat."""

import re
from typing import Any

from .errors import bad_request
from .model import User
from .params import Params
from .state import State

Json = dict[str, Any]
MAX_COMMANDS = 100
LENGTHS = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]+")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def get_me(state: State, params: Params) -> Json:
    """``getMe``."""
    can = {"can_join_groups": True, "can_read_all_group_messages": True, "supports_inline_queries": False}
    return {**state.me.wire(), **can, "can_connect_to_business": False, "has_main_web_app": False}


def _key(state: State, params: Params) -> tuple[str, str]:
    scope = params.object("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in _SCOPES[kind]:
        state.chat(str(scope.get("chat_id", "")))
    places = [str(scope.get(name, "")) for name in _SCOPES[kind]]
    return ":".join([kind, *places]), _language(params)


def _language(params: Params) -> str:
    code = params.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def set_my_commands(state: State, params: Params) -> bool:
    """``setMyCommands``: for one kind of chat and one language."""
    commands = params.array("commands", "commands")
    if commands is None:
        raise bad_request("parameter commands is required")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    state.commands[_key(state, params)] = [_command(command) for command in commands]
    state.note("bot")
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f'can\'t parse BotCommand: Field "{name}" must be of type String')
    word, description = command["command"].strip().removeprefix("/"), command["description"].strip()
    _check_length("command", word, 32)
    _check_length("command description", description, 256)
    if not _COMMAND.fullmatch(word):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": word, "description": description}


def _check_length(called: str, text: str, most: int) -> None:
    if not text:
        raise bad_request(f"{called} must be non-empty")
    if len(text) > most:
        raise bad_request(f"{called} length must not exceed {most}")


def get_my_commands(state: State, params: Params) -> list[Json]:
    """``getMyCommands``: exactly those of this kind of chat and this language."""
    return state.commands.get(_key(state, params), [])


def delete_my_commands(state: State, params: Params) -> bool:
    """``deleteMyCommands``."""
    state.commands.pop(_key(state, params), None)
    state.note("bot")
    return True


def set_about(state: State, params: Params, field: str) -> bool:
    """``setMyName``, ``setMyDescription``, ``setMyShortDescription``."""
    text = params.text(field)
    if len(text) > LENGTHS[field]:
        raise bad_request(f"{field.replace('_', ' ')} length must not exceed {LENGTHS[field]}")
    state.about[field, _language(params)] = text
    state.note("bot")
    return True


def get_about(state: State, params: Params, field: str) -> Json:
    """``getMyName``, ``getMyDescription``, ``getMyShortDescription``."""
    fallback = state.about.get((field, ""), state.me.first_name if field == "name" else "")
    return {field: state.about.get((field, _language(params))) or fallback}


def get_chat(state: State, params: Params) -> Json:
    """``getChat``."""
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    gifts = {"accepted_gift_types": dict.fromkeys(kinds, True)}
    return {**state.chat(params.text("chat_id")).wire(), "accent_color_id": 0, "max_reaction_count": 11, **gifts}


def get_chat_member(state: State, params: Params) -> Json:
    """``getChatMember``: members are members, the bot too, nobody is more."""
    chat, wanted = state.chat(params.text("chat_id")), params.integer("user_id")
    for user in (*chat.members, state.me):
        if user.id == wanted:
            return _member(user)
    raise bad_request("member not found")


def _member(user: User) -> Json:
    return {"status": "member", "user": user.wire()}


def get_chat_member_count(state: State, params: Params) -> int:
    """``getChatMemberCount``."""
    return len(state.chat(params.text("chat_id")).members) + 1

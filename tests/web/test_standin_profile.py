"""What a bot says about itself, and what it asks about chats."""

from typing import Any

import pytest

from bot.web.standin import Chat, Standin

pytestmark = pytest.mark.asyncio


def command(word: str = "start", description: str = "시작") -> dict[str, str]:
    return {"command": word, "description": description}


async def test_the_bot_knows_itself(tg: Standin, api: Any) -> None:
    me = await api("getme")
    assert (me["id"], me["username"], me["is_bot"]) == (123456, "safe_bot", True)


async def test_commands_belong_to_a_scope_and_a_language(tg: Standin, api: Any) -> None:
    await api("setMyCommands", commands=[command("/help")])
    await api("setMyCommands", commands=[command()], scope={"type": "all_private_chats"}, language_code="vi")
    assert await api("getMyCommands") == [command("help")]
    assert tg.commands("all_private_chats", "vi") == [command()]
    assert await api("getMyCommands", language_code="vi") == []
    await api("deleteMyCommands")
    assert await api("getMyCommands") == []


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"commands": [command("Start")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("시작")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("")]}, "command must be non-empty"),
        ({"commands": [command("x" * 33)]}, "command length must not exceed 32"),
        ({"commands": [command(description=" ")]}, "command description must be non-empty"),
        ({"commands": [command(description="가" * 257)]}, "command description length must not exceed 256"),
        ({"commands": [command()] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": ["start"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [{"command": "x"}]}, 'can\'t parse BotCommand: Field "description" must be of type String'),
        ({"commands": "["}, "can't parse commands JSON object"),
        ({}, "parameter commands is required"),
        ({"commands": [], "language_code": "kor"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "x"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
    ],
)
async def test_wrong_commands_are_refused(api: Any, params: dict[str, Any], why: str) -> None:
    assert await api.refused("setMyCommands", **params) == (400, f"Bad Request: {why}")


@pytest.mark.parametrize(
    ("name", "field", "most"),
    [("Name", "name", 64), ("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
async def test_descriptions_have_limits(api: Any, name: str, field: str, most: int) -> None:
    assert await api(f"setMy{name}", **{field: "가" * most})
    assert (await api.refused(f"setMy{name}", **{field: "가" * (most + 1)}))[0] == 400
    assert await api(f"setMy{name}", **{field: "안내"}, language_code="ko")
    assert await api(f"getMy{name}", language_code="ko") == {field: "안내"}
    assert await api(f"getMy{name}", language_code="ru") == {field: "가" * most}


async def test_chats_can_be_looked_at(api: Any, chat: Chat, group: Chat) -> None:
    assert (await api("getChat", chat_id=chat.id))["first_name"] == "<3"
    assert (await api("getChat", chat_id=group.id))["title"] == "동네"
    assert await api("getChatMemberCount", chat_id=group.id) == 3
    assert (await api("getChatMember", chat_id=group.id, user_id=9))["status"] == "member"
    assert (await api.refused("getChatMember", chat_id=group.id, user_id=10))[0] == 400
    assert await api.refused("getChat", chat_id=10) == (400, "Bad Request: chat not found")

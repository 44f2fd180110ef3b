"""Updates as Telegram sends them, of every kind: what the fuzzer starts from."""

import itertools
from typing import Any

from bot.web.standin import Chat, Standin, User

Json = dict[str, Any]


def seeds(people: Standin, number: int = 40) -> list[Json]:
    """Updates from so many people of this stand-in, which then knows the chats; none of them waits in its queue."""
    chats = [people.private(people.user(first_name=f"P{n}")) for n in range(number)]
    group = people.group("모임", [people.user(), people.user()])
    for chat in chats:
        chat.started = True
    for chat in (*chats, group):
        _talk(people, chat)
    found = people.state.updates.all()
    people.state.updates.clear()
    return [*found, *(_wrapped(kind, content) for chat in chats[:4] for kind, content in _rarities(chat, group))]


_NUMBERS = itertools.count(1)


def _wrapped(kind: str, content: Json) -> Json:
    return {"update_id": next(_NUMBERS), kind: content}


def _talk(people: Standin, chat: Chat) -> None:
    said = people.say(chat, None, "부엉이버스 요금 얼마예요?")
    people.say(chat, None, "@reliable_bot /start go", reply_to=said)
    people.say(chat, None, "누가 칼 들고 쫓아와요")
    people.edit(said, "고친 질문 https://example.com #tag 1666-0000")
    people.sticker(chat)
    people.photo(chat, caption="사진 설명")
    people.voice(chat)
    for data in ("m", "p:owl-bus", "v1|answer|7", "한글"):
        people.press(people.message(said), data=data)


def _rarities(chat: Chat, group: Chat) -> list[tuple[str, Json]]:
    """Kinds that no citizen sends with the keyboard alone."""
    user, base = chat.members[0], _base(chat, chat.members[0])
    poll: Json = {"id": "9", "question": "?", "options": [{"text": "a", "voter_count": 0}], "type": "regular"}
    poll |= {"total_voter_count": 0, "is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
    member = {"user": user.wire(), "status": "member"}
    moved = {"chat": chat.wire(), "from": user.wire(), "date": 1, "old_chat_member": member}
    moved["new_chat_member"] = {"user": user.wire(), "status": "kicked", "until_date": 0}
    reaction = {"chat": chat.wire(), "message_id": 1, "date": 1, "user": user.wire()}
    reaction |= {"old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}
    return [
        ("message", {**base, "contact": {"phone_number": "+8210", "first_name": "x"}}),
        ("message", {**base, "location": {"latitude": 37.3, "longitude": 126.8}}),
        ("message", {**base, "poll": poll}),
        ("message", {**base, "dice": {"emoji": "🎲", "value": 3}}),
        ("message", {**_base(group, user), "new_chat_members": [user.wire()]}),
        ("message", {**_base(group, user), "left_chat_member": user.wire()}),
        ("message", {**_base(group, user), "migrate_to_chat_id": -1009999999999}),
        ("message", {**_base(group, user), "text": "질문", "message_thread_id": 5, "is_topic_message": True}),
        ("message", {**_base(group, user), "text": "익명", "sender_chat": group.wire()}),
        ("channel_post", {"message_id": 1, "date": 1, "chat": {"id": -1007, "type": "channel"}, "text": "글"}),
        ("my_chat_member", moved),
        ("chat_member", moved),
        ("message_reaction", reaction),
        ("inline_query", {"id": "1", "from": user.wire(), "query": "버스", "offset": ""}),
        ("poll", poll),
        ("poll_answer", {"poll_id": "9", "user": user.wire(), "option_ids": [0]}),
        (
            "callback_query",
            {"id": "2", "from": user.wire(), "chat_instance": "1", "inline_message_id": "x", "data": "m"},
        ),
        ("callback_query", {"id": "3", "from": user.wire(), "chat_instance": "1", "game_short_name": "x"}),
    ]


def _base(chat: Chat, user: User) -> Json:
    return {"message_id": 1, "date": 1_700_000_000, "chat": chat.wire(), "from": user.wire()}

"""What the chat page is shown of the stand-in: plain JSON, with the Bot API's own names where there are any."""

from typing import Any

from .journal import Entry
from .model import Chat, Message
from .state import CallbackAnswer, State

Json = dict[str, Any]


def snapshot(state: State) -> Json:
    """Everything but the conversations themselves, and where in the journal that was."""
    return {"run": state.journal.run, "at": state.journal.last, "bot": bot(state), "people": people(state)}


def bot(state: State) -> Json:
    """The bot as Telegram shows it: its name, its description, its commands, each by language."""
    about: dict[str, Json] = {"name": {}, "description": {}, "short_description": {}}
    for (field, language), text in state.about.items():
        about[field][language] = text
    commands = [
        {"scope": scope, "language": language, "commands": listed}
        for (scope, language), listed in state.commands.items()
    ]
    return {**state.me.wire(), "about": about, "commands": commands}


def people(state: State) -> Json:
    """Who is there, and the chats that they have."""
    users = [user.wire() for user in state.users.values()]
    return {"users": users, "chats": [_chat(chat) for chat in state.chats.values()]}


def _chat(chat: Chat) -> Json:
    last = next((m for m in reversed(chat.messages.values()) if not m.deleted), None)
    members = [user.id for user in chat.members]
    return {**chat.wire(), "members": members, "last": message(last) if last else None}


def messages(state: State, chat: Chat) -> Json:
    """A conversation, oldest first."""
    shown = [message(m) for m in chat.messages.values() if not m.deleted]
    return {"run": state.journal.run, "chat": chat.id, "messages": shown}


def message(message: Message) -> Json:
    """A message as it is now."""
    return {**message.wire(), "deleted": True} if message.deleted else message.wire()


def event(state: State, entry: Entry) -> Json:
    """A change, told as what is now."""
    match entry.thing:
        case Message() as changed:
            return {"kind": entry.kind, "message": message(changed)}
        case CallbackAnswer() as answer:
            told = {"text": answer.text, "show_alert": answer.show_alert, "url": answer.url}
            return {"kind": entry.kind, "update": answer.update_id, **told}
        case (int() as chat, str() as action):
            return {"kind": entry.kind, "chat": chat, "action": action}
    return {"kind": entry.kind, **(bot(state) if entry.kind == "bot" else people(state))}

"""Who talks and what was said: users, chats, messages, as Telegram shows them to a bot."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
MAX_MESSAGES = 1000
MAX_EDITS = 100


@dataclass(frozen=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False

    def wire(self) -> Json:
        """The Bot API's ``User``."""
        optional = {name: getattr(self, name) for name in ("last_name", "username", "language_code")}
        said = {name: value for name, value in optional.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **said}


@dataclass(frozen=True)
class Content:
    """What a message shows: two messages with the same content look the same."""

    text: str
    entities: tuple[Json, ...] = ()
    markup: Json | None = None


@dataclass(eq=False)
class Message:
    """A message in a chat; ``edits`` are its former contents, oldest first."""

    id: int
    chat: "Chat" = field(repr=False)
    sender: User
    date: int
    content: Content
    payload: Json = field(default_factory=dict)
    reply_to: int = 0
    edits: list[Content] = field(default_factory=list)
    edit_date: int = 0
    deleted: bool = False

    @property
    def text(self) -> str:
        """The text, or the caption."""
        return self.content.text

    @property
    def entities(self) -> list[Json]:
        """The entities, offsets in UTF-16 units."""
        return list(self.content.entities)

    @property
    def keyboard(self) -> list[list[Json]]:
        """The rows of the inline keyboard."""
        rows: list[list[Json]] = (self.content.markup or {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """The labels on the inline keyboard, row after row."""
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, wanted: str) -> Json:
        """The button with this label or callback data."""
        for button in (button for row in self.keyboard for button in row):
            if wanted in (button["text"], button.get("callback_data")):
                return button
        raise LookupError(f"no button {wanted!r} on message {self.id}, only {self.buttons}")

    def replace(self, content: Content, date: int) -> None:
        """Show something else, and remember what was shown."""
        self.edits = [*self.edits, self.content][-MAX_EDITS:]
        self.content, self.edit_date = content, date

    def wire(self, *, nested: bool = False) -> Json:
        """The Bot API's ``Message``; the message replied to is nested once, not further."""
        words = ("caption", "caption_entities") if self.payload else ("text", "entities")
        replied = None if nested else self.chat.messages.get(self.reply_to)
        optional: Json = {
            words[0]: self.text,
            words[1]: self.entities,
            "reply_markup": self.content.markup if self.keyboard else None,
            "edit_date": self.edit_date,
            "reply_to_message": replied.wire(nested=True) if replied else None,
        }
        base = {"message_id": self.id, "from": self.sender.wire(), "chat": self.chat.wire(), "date": self.date}
        return {**base, **self.payload, **{name: value for name, value in optional.items() if value}}


@dataclass(eq=False)
class Chat:
    """A private chat or a group. ``started``: somebody wrote, so that the bot may."""

    id: int
    type: str
    title: str = ""
    members: list[User] = field(default_factory=list)
    started: bool = False
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    last_id: int = 0

    @property
    def is_private(self) -> bool:
        """Whether it is a chat of one person with the bot."""
        return self.type == "private"

    def add(self, message: Message) -> Message:
        """Keep a message, and forget the oldest where there are too many."""
        self.messages[message.id] = message
        self.last_id = message.id
        while len(self.messages) > MAX_MESSAGES:
            del self.messages[next(iter(self.messages))]
        return message

    def existing(self, message_id: int) -> Message | None:
        """The message, unless it is gone."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def by(self, sender: User, after: int = 0) -> Iterator[Message]:
        """What somebody wrote here, oldest first, deleted messages too."""
        return (m for m in self.messages.values() if m.sender.id == sender.id and m.id > after)

    def wire(self) -> Json:
        """The Bot API's ``Chat``."""
        if not self.is_private:
            return {"id": self.id, "type": self.type, "title": self.title}
        person = self.members[0].wire()
        names: Json = {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
        return {"id": self.id, "type": self.type, **names}

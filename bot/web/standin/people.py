"""The people on the other side of the bot: they write, press buttons, send stickers."""

from typing import Any

from .content import MAX_TEXT
from .detect import detect, in_order, utf16
from .model import Chat, Content, Message, User
from .state import State

Json = dict[str, Any]
Reference = Message | int
FIRST_USER = 1001
FIRST_GROUP = -1001000000001


class People:
    """Users and chats, and what they do; most of it gives the number of the update that the bot receives."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._said: dict[int, Message] = {}
        self._presses = 0

    def user(
        self,
        id: int | None = None,
        first_name: str = "시민",
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "ko",
    ) -> User:
        """A new person."""
        number = id if id is not None else max(self.state.users, default=FIRST_USER - 1) + 1
        user = User(number, first_name, last_name, username, language_code)
        self.state.users[number] = user
        self.state.note("people")
        return user

    def private(self, user: User | None = None) -> Chat:
        """The private chat with a person, always the same; nothing is said in it yet."""
        user = user or self.user()
        if user.id not in self.state.chats:
            self.state.chats[user.id] = Chat(user.id, "private", members=[user])
            self.state.note("people")
        return self.state.chats[user.id]

    def group(self, title: str = "모임", members: list[User] | None = None) -> Chat:
        """A new supergroup with the bot in it."""
        number = min((FIRST_GROUP, *(chat - 1 for chat in self.state.chats if chat <= FIRST_GROUP)))
        chat = Chat(number, "supergroup", title, members=members or [self.user()], started=True)
        self.state.chats[number] = chat
        self.state.note("people")
        return chat

    def say(
        self,
        chat: Chat,
        user: User | None,
        text: str,
        *,
        entities: list[Json] | None = None,
        reply_to: Reference | None = None,
    ) -> int:
        """Write a text; mentions and commands in it become entities. ``user``: the chat's first member if none."""
        content = _typed(text, entities)
        replied = self.message(reply_to).id if reply_to is not None else 0
        return self._receive(self.state.write(chat, user or chat.members[0], content, reply_to=replied))

    def edit(self, reference: Reference, text: str) -> int:
        """Change what was written."""
        message = self.message(reference)
        message.replace(_typed(text, None), self.state.now())
        self.state.note("message", message)
        return self._receive(message, "edited_message")

    def sticker(self, chat: Chat, user: User | None = None, emoji: str = "👍") -> int:
        """Send a sticker."""
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send(chat, user, {"sticker": {**_file("sticker"), **shape, "emoji": emoji}})

    def photo(self, chat: Chat, user: User | None = None, caption: str = "") -> int:
        """Send a photo."""
        sizes = [{**_file(f"photo{side}"), "width": side, "height": side} for side in (90, 320)]
        return self._send(chat, user, {"photo": sizes}, caption)

    def voice(self, chat: Chat, user: User | None = None, seconds: int = 3) -> int:
        """Send a voice message."""
        return self._send(chat, user, {"voice": {**_file("voice"), "duration": seconds, "mime_type": "audio/ogg"}})

    def press(self, message: Message, button: str = "", *, user: User | None = None, data: str | None = None) -> int:
        """Press the button with this label or data; ``data`` alone presses one that is no longer shown."""
        if data is None:
            data = message.button(button).get("callback_data")
        if data is None:
            raise ValueError(f"the button {button!r} tells the bot nothing")
        self._presses += 1
        query: Json = {
            "id": f"{self.state.me.id}{self._presses:09d}",
            "from": (user or message.chat.members[0]).wire(),
            "chat_instance": str(message.chat.id),
            "data": data,
            "message": _shown(message),
        }
        return self.state.press(query, data)

    def push(self, kind: str, content: Json) -> int:
        """Send any other update, such as ``my_chat_member``."""
        return self.state.push(kind, content)

    def message(self, reference: Reference) -> Message:
        """The message itself, or the one that an update of ``say``, ``photo``... carried."""
        return reference if isinstance(reference, Message) else self._said[reference]

    def _send(self, chat: Chat, user: User | None, payload: Json, caption: str = "") -> int:
        content = Content(caption, tuple(detect(caption)))
        return self._receive(self.state.write(chat, user or chat.members[0], content, payload=payload))

    def _receive(self, message: Message, kind: str = "message") -> int:
        number = self.state.push(kind, message.wire())
        self._said[number] = message
        while len(self._said) > 1000:
            del self._said[next(iter(self._said))]
        return number


def _typed(text: str, entities: list[Json] | None) -> Content:
    text = text.strip(" \n")
    if not 0 < utf16(text) <= MAX_TEXT:
        raise ValueError(f"nobody can send a text of {utf16(text)} characters")
    return Content(text, tuple(in_order(detect(text, entities))))


def _file(name: str) -> Json:
    return {"file_id": f"standin-{name}", "file_unique_id": name, "file_size": 1000}


def _shown(message: Message) -> Json:
    if message.chat.existing(message.id):
        return message.wire()
    return {"chat": message.chat.wire(), "message_id": message.id, "date": 0}

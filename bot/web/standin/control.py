"""What the chat page, or a test over HTTP, does for the people and to the network. What is wrong is told in Korean."""

import re
from collections.abc import Callable
from typing import Any

from .content import MAX_TEXT
from .detect import utf16
from .faults import Fault
from .model import Chat, Message, User
from .people import People

Json = dict[str, Any]
MAX_PEOPLE, MAX_NAME, MAX_TITLE, MAX_CUT = 50, 64, 128, 600
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?")
_FAULT: dict[str, tuple[type, ...]] = {
    **{"method": (str,), "drop": (str,), "slow": (int, float), "times": (int, type(None))},
    **dict.fromkeys(("chat", "error", "retry_after"), (int,)),
}


class Refused(Exception):
    """It cannot be done; the message says why, in Korean."""


class Control:
    """Each method takes the JSON of a request and gives that of the answer."""

    def __init__(self, people: People) -> None:
        self._people, self._state = people, people.state

    def say(self, asked: Json) -> Json:
        """Somebody writes into a chat."""
        chat = self._chat(asked)
        text = _text(asked, "text").strip(" \n")
        if not text:
            raise Refused("보낼 글이 없습니다.")
        if utf16(text) > MAX_TEXT:
            raise Refused(f"텔레그램은 한 번에 {MAX_TEXT:,}자까지 보냅니다. 지금 {utf16(text):,}자입니다.")
        reply = self._message(chat, asked, "reply_to") if asked.get("reply_to") else None
        return {"update": self._people.say(chat, self._member(chat, asked), text, reply_to=reply)}

    def press(self, asked: Json) -> Json:
        """Somebody presses a button: ``row`` and ``column`` of a message's keyboard."""
        chat = self._chat(asked)
        message = self._message(chat, asked, "message")
        places = {(r, c): button for r, row in enumerate(message.keyboard) for c, button in enumerate(row)}
        button = places.get((_number(asked, "row"), _number(asked, "column")))
        if button is None:
            raise Refused("그 단추는 이제 없습니다.")
        if (data := button.get("callback_data")) is None:
            raise Refused("봇에게 알리지 않는 단추입니다.")
        return {"update": self._people.press(message, data=data, user=self._member(chat, asked))}

    def send(self, asked: Json) -> Json:
        """Somebody sends a sticker, a photo or a voice message."""
        chat = self._chat(asked)
        kinds: dict[str, Callable[[Chat, User | None], int]] = {
            "sticker": self._people.sticker,
            "photo": self._people.photo,
            "voice": self._people.voice,
        }
        send = kinds.get(_text(asked, "kind"))
        if send is None:
            raise Refused("kind: sticker, photo, voice 가운데 하나여야 합니다.")
        return {"update": send(chat, self._member(chat, asked))}

    def add_person(self, asked: Json) -> Json:
        """A new person, with a private chat."""
        name, language = _short(asked, "first_name", MAX_NAME), _text(asked, "language_code")
        if not _LANGUAGE.fullmatch(language):
            raise Refused("language_code: ko, en, zh-hans 같은 언어 부호여야 합니다.")
        if len(self._state.users) >= MAX_PEOPLE:
            raise Refused(f"사람은 {MAX_PEOPLE}명까지 둘 수 있습니다.")
        user = self._people.user(first_name=name, language_code=language)
        return {"chat": self._people.private(user).id}

    def add_group(self, asked: Json) -> Json:
        """A new group of people who are there already."""
        title, wanted = _short(asked, "title", MAX_TITLE), asked.get("members")
        numbers = wanted if isinstance(wanted, list) else []
        known = [user for user in self._state.users.values() if user.id in numbers]
        if not known or len(known) != len(numbers):
            raise Refused("모임에는 한 사람 이상이 있어야 합니다.")
        if len(self._state.chats) >= 2 * MAX_PEOPLE:
            raise Refused("모임이 너무 많습니다.")
        return {"chat": self._people.group(title, known).id}

    def fault(self, asked: Json) -> Json:
        """From now on calls fail; the fields are those of ``Standin.fault``, ``"times": null`` never ends."""
        given = {name: value for name, value in asked.items() if value is not None or name == "times"}
        for name, value in given.items():
            if not isinstance(value, _FAULT.get(name, ())):
                raise Refused(f"{name}: 알 수 없는 값입니다.")
        if given.get("error") == 429:
            given = {"retry_after": 1, **given}
        try:
            self._state.faults.order(Fault(**given))
        except ValueError as e:
            raise Refused(f"error, drop, slow 가운데 하나가 있어야 합니다({e}).") from e
        return {}

    def cut(self, asked: Json) -> Json:
        """There is no network for ``seconds``."""
        seconds = _number(asked, "seconds")
        if not 1 <= seconds <= MAX_CUT:
            raise Refused(f"seconds: 1에서 {MAX_CUT}까지의 수여야 합니다.")
        self._state.faults.cut(seconds)
        self._state.changed.notify()
        return {}

    def mend(self, asked: Json) -> Json:
        """All is well again."""
        self._state.faults.clear()
        self._state.changed.notify()
        return {}

    def chat(self, number: str) -> Chat:
        """The chat with this number."""
        found = self._state.chats.get(int(number)) if re.fullmatch(r"-?[0-9]{1,16}", number) else None
        if found is None:
            raise Refused("그런 대화가 없습니다.")
        return found

    def _chat(self, asked: Json) -> Chat:
        return self.chat(str(_number(asked, "chat")))

    def _member(self, chat: Chat, asked: Json) -> User:
        number = asked.get("user", chat.members[0].id)
        found = next((user for user in chat.members if user.id == number), None)
        if found is None:
            raise Refused("이 대화에 없는 사람입니다.")
        return found

    def _message(self, chat: Chat, asked: Json, name: str) -> Message:
        found = chat.existing(_number(asked, name))
        if found is None:
            raise Refused("그 글은 이제 없습니다.")
        return found


def _text(asked: Json, name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise Refused(f"{name}: 글이어야 합니다.")
    return value


def _short(asked: Json, name: str, most: int) -> str:
    value = " ".join(_text(asked, name).split())
    if not 1 <= len(value) <= most:
        raise Refused(f"이름은 1자에서 {most}자까지입니다.")
    return value


def _number(asked: Json, name: str) -> int:
    value = asked.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"{name}: 수여야 합니다.")
    return value

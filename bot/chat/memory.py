"""What the chat side remembers for a while, in memory alone: the programme last shown, who blocked the bot, moves.

Everything is bounded: the oldest goes first. Nothing here is written anywhere.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from bot.kb.model import Language

MINUTES = 10
CHATS = 10_000

ValueT = TypeVar("ValueT")


class Recent(Generic[ValueT]):
    """At most ``most`` values by number, the newest kept; each for ``seconds`` (None: no end). Safe between threads."""

    def __init__(self, most: int, seconds: float | None, clock: Callable[[], float]) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._values: OrderedDict[int, tuple[float, ValueT]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def put(self, key: int, value: ValueT, age: float = 0.0) -> None:
        """``age``: seconds since when it is so."""
        with self._lock:
            self._values[key] = (self._clock() - age, value)
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def get(self, key: int) -> ValueT | None:
        with self._lock:
            since, value = self._values.get(key, (0.0, None))
            if value is None or self._seconds is None or self._clock() - since <= self._seconds:
                return value
            del self._values[key]
            return None

    def age(self, key: int) -> float:
        """Seconds since when it is so; 0 where nothing is known."""
        with self._lock:
            found = self._values.get(key)
            return self._clock() - found[0] if found else 0.0

    def drop(self, key: int) -> None:
        with self._lock:
            self._values.pop(key, None)


class Memory:
    """By chat: the programme last shown (ten minutes), who blocked the bot, where a group moved, the last album."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, minutes: float = MINUTES, most: int = CHATS
    ) -> None:
        self._shown = Recent[str](most, minutes * 60, clock)
        self._blocked = Recent[bool](most, None, clock)
        self._moved = Recent[int](most, None, clock)
        self._albums = Recent[str](most, minutes * 60, clock)
        self._chosen = Recent[Language](most, None, clock)
        self._heard = Recent[Language](most, minutes * 60, clock)
        self._known = Recent[bool](most, None, clock)

    def knows(self, chat: int) -> bool:
        """Whether what was stored of this chat was looked up already."""
        return bool(self._known.get(chat))

    def restore(self, chat: int, language: Language | None, shown: str | None, age: float) -> None:
        """What was stored of a chat, no more: the language it chose, the programme shown ``age`` seconds ago.

        Another process may have been asked to forget it.
        """
        self._known.put(chat, True)
        if language:
            self._chosen.put(chat, language)
        else:
            self._chosen.drop(chat)
        if shown:
            self._shown.put(chat, shown, age)
        else:
            self._shown.drop(chat)

    def forget(self, chat: int) -> None:
        """Nothing is known of this chat any more, but whether it blocked the bot."""
        for each in (self._shown, self._chosen, self._heard, self._albums):
            each.drop(chat)

    def show(self, chat: int, programme: str) -> None:
        """This programme is what the chat has just been shown."""
        self._shown.put(chat, programme)

    def shown(self, chat: int) -> str | None:
        """The programme last shown in this chat, while it is fresh."""
        return self._shown.get(chat)

    def shown_age(self, chat: int) -> float:
        """Seconds since the chat was shown that programme."""
        return self._shown.age(chat)

    def speak(self, chat: int, language: Language) -> None:
        """The chat chose its language."""
        self._chosen.put(chat, language)

    def language(self, chat: int) -> Language | None:
        """The language that the chat chose, if it did."""
        return self._chosen.get(chat)

    def hear(self, chat: int, language: Language) -> None:
        """The last message was in this language: the buttons below its answer speak it too."""
        self._heard.put(chat, language)

    def heard(self, chat: int) -> Language | None:
        """The language of the last message, while it is fresh."""
        return self._heard.get(chat)

    def block(self, chat: int) -> None:
        """Telegram says that nothing can be sent there any more (403)."""
        self._blocked.put(chat, True)

    def unblock(self, chat: int) -> None:
        """The chat wrote to us again."""
        self._blocked.drop(chat)

    def blocked(self, chat: int) -> bool:
        """Whether sending there is known to be in vain."""
        return bool(self._blocked.get(chat))

    def move(self, old: int, new: int) -> None:
        """A group became a supergroup: its number changed."""
        self._moved.put(old, new)

    def moved(self, chat: int) -> int:
        """The number that the chat has now."""
        return self._moved.get(chat) or chat

    def seen(self, chat: int, album: str) -> bool:
        """Whether this album was met before: its pictures come as messages of their own."""
        known = self._albums.get(chat) == album
        self._albums.put(chat, album)
        return known

    def unsee(self, chat: int) -> None:
        """What was to be said of the last album did not arrive."""
        self._albums.drop(chat)

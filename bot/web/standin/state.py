"""All that the stand-in knows: chats, messages, updates, faults. Pure Python, no network."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from .errors import ApiError, bad_request
from .faults import Faults
from .journal import Journal, Kind
from .model import Chat, Content, Message, User
from .params import parse_integer
from .signal import Signal
from .updates import Updates

Json = dict[str, Any]
MAX_LOG = 1000
CALLBACK_SECONDS = 30.0


@dataclass(frozen=True)
class CallbackAnswer:
    """What the bot answered when a button was pressed."""

    query_id: str
    update_id: int
    data: str
    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(frozen=True)
class Pressed:
    """A button pressed, waiting for its answer."""

    update_id: int
    data: str
    until: float


@dataclass(frozen=True)
class Call:
    """One call of the bot and how it ended (``status`` 0: the connection was dropped)."""

    method: str
    params: Json
    status: int
    description: str = ""


@dataclass(frozen=True)
class Delivery:
    """One attempt to bring an update to the webhook (``status`` 0: no answer); ``why`` is empty if it was taken."""

    update_id: int
    status: int
    why: str = ""


@dataclass(frozen=True)
class Pace:
    """Seconds until a refused update comes again: the first time, and at most (Telegram: 1 and about 60)."""

    first: float = 0.05
    most: float = 1.0


@dataclass
class Webhook:
    """Where updates are sent to, as ``setWebhook`` said."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error: str = ""


@dataclass
class State:
    """One bot, the people and groups around it, and what they said."""

    token: str
    me: User
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: Updates = field(default_factory=Updates)
    faults: Faults = field(default_factory=Faults)
    webhook: Webhook = field(default_factory=Webhook)
    pace: Pace = field(default_factory=Pace)
    deliveries: deque[Delivery] = field(default_factory=lambda: deque(maxlen=MAX_LOG))
    pressed: dict[str, Pressed] = field(default_factory=dict)
    answered: deque[CallbackAnswer] = field(default_factory=lambda: deque(maxlen=MAX_LOG))
    actions: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=MAX_LOG))
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=MAX_LOG))
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal)
    changed: Signal = field(default_factory=Signal)
    closed: bool = False

    def note(self, kind: Kind, thing: object = None) -> None:
        """Something changed that a page may show."""
        self.journal.note(kind, thing)
        self.changed.notify()

    def now(self) -> int:
        """The time as Telegram writes it."""
        return int(time.time())

    def chat(self, identifier: str) -> Chat:
        """The chat with this number, or Telegram's complaint."""
        if not identifier:
            raise bad_request("chat_id is empty")
        number = parse_integer(identifier)
        chat = None if number is None else self.chats.get(number)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, identifier: str) -> Chat:
        """The chat, if the bot may write there."""
        chat = self.chat(identifier)
        if chat.is_private and not chat.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def write(self, chat: Chat, sender: User, content: Content, **more: Any) -> Message:
        """Put a message into a chat; ``more``: payload, reply_to."""
        message = chat.add(Message(chat.last_id + 1, chat, sender, self.now(), content, **more))
        chat.started = chat.started or sender.id != self.me.id
        self.note("message", message)
        return message

    def push(self, kind: str, content: Json) -> int:
        """Queue an update for the bot."""
        number = self.updates.push(kind, content)
        self.changed.notify()
        return number

    def press(self, query: Json, data: str) -> int:
        """Queue a pressed button, whose answer is awaited for a while."""
        number = self.push("callback_query", query)
        self.pressed[query["id"]] = Pressed(number, data, time.monotonic() + CALLBACK_SECONDS)
        while len(self.pressed) > MAX_LOG:
            del self.pressed[next(iter(self.pressed))]
        return number

    def answer(self, query_id: str, text: str, show_alert: bool, url: str) -> None:
        """Take the answer to a pressed button, once and in time."""
        pressed = self.pressed.pop(query_id, None)
        if pressed is None or pressed.until < time.monotonic():
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        answer = CallbackAnswer(query_id, pressed.update_id, pressed.data, text, show_alert, url)
        self.answered.append(answer)
        self.note("answer", answer)

    def log(self, call: Call) -> None:
        """Remember a call of the bot."""
        self.calls.append(call)
        self.changed.notify()

    def close(self) -> None:
        """Let all who wait go."""
        self.closed = True
        self.changed.notify()

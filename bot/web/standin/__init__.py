"""A strict local stand-in of the Telegram Bot API, for tests and for a chat page on one's own machine.

    async with Standin() as tg:
        bot = ...                       # base_url=f"{tg.url}/bot", token=tg.token
        chat = tg.private(tg.user(first_name="<3", language_code="ko"))
        tg.say(chat, None, "부엉이버스 요금 얼마예요?")
        [answer] = await tg.wait_for(chat)
        tg.press(answer, "출처")

It refuses what Telegram refuses, in Telegram's words, and listens on 127.0.0.1 only. Known differences: it has no
rate limits (order them with ``fault``), no Markdown, no files, no privacy mode in groups, updates never expire.
"""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from .courier import deliver
from .errors import ApiError
from .faults import Fault
from .model import Chat, Content, Message, User
from .page import Restart, routes
from .people import People
from .server import Server, create_app
from .state import Call, CallbackAnswer, Delivery, Pace, State
from .updates import FIRST_ID, Updates

__all__ = [
    "ApiError", "Call", "CallbackAnswer", "Chat", "Content", "Delivery", "Fault", "Message", "Pace", "People", "Server",
    "Standin", "State", "User", "create_app",
]  # fmt: skip


class Standin(People):
    """A Telegram server of one bot, with the people around it."""

    def __init__(
        self,
        token: str = "123456:STANDIN",
        *,
        username: str = "standin_bot",
        name: str = "Standin",
        port: int = 0,
        first_update: int = FIRST_ID,
        pace: Pace | None = None,
        page: bool = False,
        restart: Restart | None = None,
    ) -> None:
        number = token.partition(":")[0]
        bot = User(int(number) if number.isascii() and number.isdigit() else 1, name, "", username, is_bot=True)
        super().__init__(State(token, bot, updates=Updates(first_update), pace=pace or Pace()))
        self.token, self._port = token, port
        self._routes = routes(self, restart) if page or restart else []
        self._server: Server | None = None
        self._courier: asyncio.Task[None] | None = None
        self._seen: dict[int, int] = {}

    @property
    def url(self) -> str:
        """``TELEGRAM_API_URL``: PTB's ``base_url`` is this and ``/bot``."""
        if self._server is None:
            raise RuntimeError("the stand-in runs inside `async with` only")
        return self._server.url

    async def __aenter__(self) -> Self:
        self._server = Server(self.state, self._port, routes=self._routes)
        await self._server.start()
        self._courier = asyncio.create_task(deliver(self.state))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server:
            await self._server.stop()
        if self._courier:
            self._courier.cancel()
            await asyncio.gather(self._courier, return_exceptions=True)

    @property
    def me(self) -> User:
        """The bot."""
        return self.state.me

    @property
    def calls(self) -> list[Call]:
        """The bot's calls that have ended, oldest first, the last thousand."""
        return list(self.state.calls)

    @property
    def answered_callbacks(self) -> list[CallbackAnswer]:
        """What the bot answered when buttons were pressed, oldest first."""
        return list(self.state.answered)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to bring an update to the webhook, oldest first, the last thousand."""
        return list(self.state.deliveries)

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.state.updates)

    def commands(self, scope: str = "default", language: str = "") -> list[dict[str, Any]]:
        """The commands set for a scope (``default``, ``chat:1001``...) and a language."""
        return self.state.commands.get((scope, language), [])

    def sent(self, chat: Chat) -> list[Message]:
        """Everything the bot sent to a chat, oldest first, deleted messages too."""
        return list(chat.by(self.me))

    async def wait_for(self, chat: Chat, count: int = 1, timeout: float = 5) -> list[Message]:
        """The bot's messages since the last ``wait_for`` of this chat, once there are ``count`` of them."""
        after = self._seen.get(chat.id, 0)
        await self.until(lambda: len(list(chat.by(self.me, after))) >= count, timeout, f"{count} messages")
        new = list(chat.by(self.me, after))
        self._seen[chat.id] = chat.last_id
        return new

    async def wait_for_edit(self, message: Message, count: int = 1, timeout: float = 5) -> Message:
        """The message, once it was edited ``count`` times."""
        await self.until(lambda: len(message.edits) >= count, timeout, f"{count} edits of message {message.id}")
        return message

    async def until(self, ready: Callable[[], object], timeout: float = 5, what: str = "it") -> None:
        """Wait until something holds; ``AssertionError`` with the last calls if it does not come true."""
        if not await self.state.changed.until(ready, timeout):
            said = [f"{call.method} {call.status} {call.description}".strip() for call in self.calls[-10:]]
            raise AssertionError(f"waited {timeout} s for {what}; the bot's last calls: {said}")

    def fault(
        self,
        method: str = "",
        chat: Chat | int | None = None,
        *,
        error: int = 0,
        retry_after: int = 0,
        description: str = "",
        times: int | None = 1,
        drop: str = "",
        slow: float = 0.0,
    ) -> Fault:
        """From now on, let calls fail: an error, a connection dropped ``"before"`` or ``"after"``, slowness.

        Without ``method`` or ``chat`` it concerns all; ``times=None`` never ends. ``Fault.used`` counts.
        """
        number = chat.id if isinstance(chat, Chat) else chat
        seconds = retry_after or (1 if error == 429 else 0)
        return self.state.faults.order(Fault(method, number, error, seconds, description, times, drop, slow))

    def cut(self, seconds: float) -> None:
        """For so long there is no network: calls break off before anything happens, webhooks are not reached."""
        self.state.faults.cut(seconds)
        self.state.changed.notify()

    def mend(self) -> None:
        """Take all faults away."""
        self.state.faults.clear()

    def repeat(self, update: dict[str, Any]) -> None:
        """Queue an update again under its number, as Telegram does after a lost confirmation."""
        self.state.updates.repeat(update)
        self.state.changed.notify()

    def expire_callbacks(self) -> None:
        """All buttons pressed so far were pressed too long ago to be answered."""
        self.state.pressed.clear()

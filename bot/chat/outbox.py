"""The one place that sends, and that knows what Telegram's refusals mean. A wait holds up its own chat, no other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any, NoReturn, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.chat.memory import Memory
from bot.chat.reply import Reply, Rows, plain
from bot.chat.split import split

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")


class Fault(Enum):
    """What a refusal in words means."""

    NOTHING = auto()
    """What was wanted is so already, or nobody waits for it any more."""
    MARKUP = auto()
    """The tags are not to Telegram's liking: the words alone may be."""
    NO_MESSAGE = auto()
    """The message to change is gone: a new one may go."""
    NO_CHAT = auto()
    """Nothing can be sent there."""
    OTHER = auto()


FAULTS: tuple[tuple[str, Fault], ...] = (
    ("message is not modified", Fault.NOTHING),
    ("query is too old", Fault.NOTHING),
    ("query id is invalid", Fault.NOTHING),
    ("can't parse entities", Fault.MARKUP),
    ("unsupported start tag", Fault.MARKUP),
    ("message to edit not found", Fault.NO_MESSAGE),
    ("message can't be edited", Fault.NO_MESSAGE),
    ("message_id_invalid", Fault.NO_MESSAGE),
    ("chat not found", Fault.NO_CHAT),
    ("not enough rights to send", Fault.NO_CHAT),
    ("have no rights to send", Fault.NO_CHAT),
    ("chat_write_forbidden", Fault.NO_CHAT),
)
"""Where python-telegram-bot has no exception of its own, only Telegram's words say what happened."""


def fault(error: BadRequest) -> Fault:
    """What this refusal means."""
    return next((meaning for words, meaning in FAULTS if words in error.message.lower()), Fault.OTHER)


@dataclass(frozen=True, slots=True)
class To:
    """Where a reply goes: a chat; in groups also the message it answers and the topic."""

    chat: int
    message: int | None = None
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the outbox tries: so often, waiting so many seconds in all, the first time after a network error."""

    tries: int = 3
    seconds: float = 60.0
    pause: float = 0.5


STEADY = Patience()


class GaveUp(Exception):
    """The reply could not be delivered; it was logged why."""


class Outbox:
    """Sends replies. ``sleep`` and ``patience`` are arguments for tests' sake; ``at_once`` bounds open requests."""

    def __init__(
        self,
        bot: Bot,
        memory: Memory,
        patience: Patience = STEADY,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        at_once: int = 16,
    ) -> None:
        self._bot, self._memory, self._patience, self._sleep = bot, memory, patience, sleep
        self._slots = asyncio.Semaphore(at_once)

    async def send(self, to: To, reply: Reply) -> bool:
        """Send a reply, in several messages if it is long; the buttons are under the last. Whether all arrived."""
        if self._memory.blocked(to.chat):
            return False
        parts = split(reply.html)
        try:
            for part in parts:
                await self._send(to, part, reply.buttons if part is parts[-1] else ())
        except GaveUp:
            return False
        return bool(parts)

    async def edit(self, to: To, message: int, reply: Reply) -> bool:
        """Put a reply in place of a message of ours. What does not fit follows; a message that is gone is sent anew."""
        first, *rest = split(reply.html)
        try:
            if not await self._edit(to, message, first, reply.buttons):
                return await self.send(to, reply)
            for part in rest:
                await self._send(to, part, ())
        except GaveUp:
            return False
        return True

    async def acknowledge(self, chat: int, query: str) -> None:
        """Stop the clock on a pressed button. In vain is no harm, so it is tried once: the answer is what counts."""
        try:
            await self._try(chat, lambda _: self._bot.answer_callback_query(query), tries=1)
        except BadRequest as error:
            log.log(_level(error), "a press could not be acknowledged", extra={"code": "E407", "error": error.message})
        except GaveUp:
            return

    async def _send(self, to: To, html: str, buttons: Rows) -> None:
        quoted = ReplyParameters(to.message, allow_sending_without_reply=True) if to.message else None

        async def send(chat: int, **words: Any) -> object:
            return await self._bot.send_message(
                chat, message_thread_id=to.topic, reply_parameters=quoted, link_preview_options=_NO_PREVIEW, **words
            )

        await self._plainer(to.chat, send, html, buttons)

    async def _edit(self, to: To, message: int, html: str, buttons: Rows) -> bool:
        async def edit(chat: int, **words: Any) -> object:
            return await self._bot.edit_message_text(
                chat_id=chat, message_id=message, link_preview_options=_NO_PREVIEW, **words
            )

        return await self._plainer(to.chat, edit, html, buttons)

    async def _plainer(self, chat: int, call: Callable[..., Awaitable[object]], html: str, buttons: Rows) -> bool:
        """As it should be; if refused, in plain words; if still refused, without buttons. False: no such message."""
        attempts: tuple[dict[str, Any], ...] = (
            {"text": html, "parse_mode": ParseMode.HTML, "reply_markup": _keyboard(buttons)},
            {"text": plain(html), "reply_markup": _keyboard(buttons)},
            {"text": plain(html)},
        )
        for words in attempts:
            try:
                await self._try(chat, lambda target, words=words: call(target, **words))  # type: ignore[misc]
                return True
            except BadRequest as error:
                match fault(error):
                    case Fault.NOTHING:
                        return True
                    case Fault.NO_MESSAGE:
                        return False
                    case Fault.NO_CHAT:
                        self._memory.block(chat)
                        raise GaveUp from error
                    case Fault.MARKUP | Fault.OTHER:
                        log.error(
                            "Telegram refused a message, trying a plainer one",
                            extra={"code": "E405", "error": error.message},
                        )
        raise GaveUp

    async def _try(self, chat: int, call: Callable[[int], Awaitable[ResultT]], tries: int | None = None) -> ResultT:
        """The call, again after a wait where that can help. BadRequest is for the caller to judge."""
        left = self._patience.seconds
        for again in reversed(range(tries or self._patience.tries)):
            try:
                async with self._slots:
                    return await call(self._memory.moved(chat))
            except BadRequest:
                raise
            except ChatMigrated as error:
                self._memory.move(chat, error.new_chat_id)
            except (RetryAfter, NetworkError) as error:
                wait = self._wait(error, again)
                left -= wait
                if not again or left < 0:
                    self._give_up(chat, error)
                await self._sleep(wait)
            except TelegramError as error:
                self._give_up(chat, error)
        raise GaveUp

    def _wait(self, error: TelegramError, again: int) -> float:
        if not isinstance(error, RetryAfter):
            return self._patience.pause * 2.0 ** (self._patience.tries - again - 1)
        after = error.retry_after
        return after.total_seconds() if isinstance(after, timedelta) else float(after)

    def _give_up(self, chat: int, error: TelegramError) -> NoReturn:
        if isinstance(error, Forbidden):  # the citizen's own choice: nobody is to be alarmed
            self._memory.block(chat)
            log.info("a chat has blocked the bot", extra={"code": "I401"})
        else:
            log.error("gave up sending", extra={"code": "E406", "error": f"{type(error).__name__}: {error}"})
        raise GaveUp from error


_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def _level(error: BadRequest) -> int:
    return logging.DEBUG if fault(error) is Fault.NOTHING else logging.WARNING


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.text, callback_data=b.data) for b in row] for row in rows])

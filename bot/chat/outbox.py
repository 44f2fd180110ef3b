"""The one place that sends, and that knows what Telegram's refusals mean. A wait holds up its own chat, no other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, NoReturn, TypeVar

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.chat.deed import CURRENT, current
from bot.chat.faults import Fault, fault, level
from bot.chat.gate import Gate
from bot.chat.keyboard import keyboard
from bot.chat.memory import Memory
from bot.chat.pace import Pace
from bot.chat.patience import STEADY, GaveUp, Patience
from bot.chat.reply import Reply, Rows, escape, plain
from bot.chat.split import split
from bot.store.inbox import Rank

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class To:
    """Where a reply goes: a chat; in groups also the message it answers and the topic."""

    chat: int
    message: int | None = None
    topic: int | None = None


class Outbox:
    """Sends replies. ``at_once`` bounds open requests; danger waits neither for them nor for ``pace``.
    ``hear`` hears of every refusal.

    What cannot go out now but may later is noted in the update's deed: it goes back to the inbox.
    """

    def __init__(
        self,
        bot: Bot,
        memory: Memory,
        patience: Patience = STEADY,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        at_once: int = 16,
        pace: Pace | None = None,
        hear: Callable[[TelegramError], object] = lambda _: None,
    ) -> None:
        self._bot, self._memory, self._patience, self._sleep = bot, memory, patience, sleep
        self._pace = pace or Pace(per_second=1e9, per_chat=0.0)
        self._gate, self._hear = Gate(), hear
        self._slots = asyncio.Semaphore(at_once)

    async def send(self, to: To, reply: Reply) -> bool:
        """Send a reply, in several messages if it is long; the buttons are under the last. Whether all arrived."""
        if self._memory.blocked(to.chat):
            return False
        parts = split(reply.html)
        try:
            for index, part in enumerate(parts):
                await self._part(to, part, reply.buttons if part is parts[-1] else (), is_first=index == 0)
        except GaveUp as gave:
            return self._put_off(gave)
        return bool(parts)

    async def _part(self, to: To, html: str, buttons: Rows, is_first: bool) -> None:
        """Once the beginning is there the rest is waited for: to begin anew would repeat it."""
        for last in (False, False, True):
            try:
                return await self._send(to, html, buttons)
            except GaveUp as gave:
                if is_first or gave.again is None or last:
                    raise GaveUp(gave.again if is_first else None) from gave
                await self._sleep(gave.again)

    def _put_off(self, gave: GaveUp) -> bool:
        current().later = gave.again
        return False

    async def edit(self, to: To, message: int, reply: Reply) -> bool:
        """Put a reply in place of a message of ours. What does not fit follows; a message that is gone is sent anew."""
        first, *rest = split(reply.html)
        try:
            if not await self._edit(to, message, first, reply.buttons):
                return await self.send(to, reply)
            for part in rest:
                await self._part(to, part, (), is_first=False)
        except GaveUp as gave:
            return self._put_off(gave)
        return True

    async def picture(self, to: To, picture: bytes, caption: str) -> bool:
        """Send a picture; where Telegram does not take it, the words below it alone. Whether it arrived."""
        try:
            turn = partial(self._turn, to.chat)
            await self._try(
                to.chat,
                lambda chat: self._bot.send_photo(chat, picture, caption, message_thread_id=to.topic),
                turn=turn,
            )
        except BadRequest as error:
            log.error("Telegram refused a picture, sending its words", extra={"code": "E413", "error": error.message})
            return await self.send(to, Reply(escape(caption)))
        except GaveUp as gave:
            return self._put_off(gave)
        return True

    async def typing(self, chat: int) -> None:
        """Show that an answer is on its way. In vain is no harm."""
        try:
            await self._try(chat, lambda target: self._bot.send_chat_action(target, ChatAction.TYPING), tries=1)
        except (BadRequest, GaveUp):
            return

    async def acknowledge(self, chat: int, query: str, text: str | None = None) -> None:
        """Stop the clock on a pressed button, perhaps with a word. In vain is no harm, so it is tried once."""
        try:
            await self._try(chat, lambda _: self._bot.answer_callback_query(query, text), tries=1)
        except BadRequest as error:
            log.log(level(error), "a press could not be acknowledged", extra={"code": "E407", "error": error.message})
        except GaveUp:
            return

    async def _send(self, to: To, html: str, buttons: Rows) -> None:
        quoted = ReplyParameters(to.message, allow_sending_without_reply=True) if to.message else None

        async def send(chat: int, **words: Any) -> object:
            return await self._bot.send_message(
                chat, message_thread_id=to.topic, reply_parameters=quoted, link_preview_options=_NO_PREVIEW, **words
            )

        await self._plainer(to.chat, send, html, buttons, to.chat)

    async def _edit(self, to: To, message: int, html: str, buttons: Rows) -> bool:
        async def edit(chat: int, **words: Any) -> object:
            return await self._bot.edit_message_text(
                chat_id=chat, message_id=message, link_preview_options=_NO_PREVIEW, **words
            )

        return await self._plainer(to.chat, edit, html, buttons)

    async def _plainer(
        self, chat: int, call: Callable[..., Awaitable[object]], html: str, buttons: Rows, new_in: int | None = None
    ) -> bool:
        """As it should be; if refused, in plain words; if still refused, without buttons. False: no such message.

        ``new_in``: the chat in which it is a new message, of which there may be one a second.
        """
        attempts: tuple[dict[str, Any], ...] = (
            {"text": html, "parse_mode": ParseMode.HTML, "reply_markup": keyboard(buttons)},
            {"text": plain(html), "reply_markup": keyboard(buttons)},
            {"text": plain(html)},
        )
        for words in attempts:
            try:
                turn = partial(self._turn, new_in)
                await self._try(chat, lambda target, words=words: call(target, **words), turn=turn)  # type: ignore[misc]
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

    async def _try(
        self,
        chat: int,
        call: Callable[[int], Awaitable[ResultT]],
        tries: int | None = None,
        turn: Callable[[], Awaitable[None]] | None = None,
    ) -> ResultT:
        """The call, again after a wait where that can help. BadRequest is for the caller to judge."""
        left = self._patience.seconds
        slot = nullcontext() if _is_urgent() else self._slots
        for again in reversed(range(tries or self._patience.tries)):
            if turn:
                await turn()
            try:
                async with slot:
                    return await call(self._memory.moved(chat))
            except BadRequest as error:
                self._hear(error)
                current().leave_gate()
                raise
            except ChatMigrated as error:
                self._memory.move(chat, error.new_chat_id)
            except (RetryAfter, NetworkError) as error:
                self._hear(error)
                current().leave_gate()
                wait = self._wait(error, again)
                left -= wait
                if not again or left < 0:
                    self._give_up(chat, error)
                await self._sleep(wait)
            except TelegramError as error:
                self._hear(error)
                self._give_up(chat, error)
        raise GaveUp

    async def _turn(self, new_in: int | None) -> None:
        """Wait until a message may leave: a new one when the one before is recorded, too."""
        await self._pace.turn(new_in, _is_urgent())
        deed = CURRENT.get()
        if deed and new_in is not None and deed.rank != Rank.URGENT and deed.gate is None:
            deed.gate = await self._gate.enter()

    def _wait(self, error: TelegramError, again: int) -> float:
        if not isinstance(error, RetryAfter):
            return self._patience.pause * 2.0 ** (self._patience.tries - again - 1)
        after = error.retry_after
        return after.total_seconds() if isinstance(after, timedelta) else float(after)

    def _give_up(self, chat: int, error: TelegramError) -> NoReturn:
        what = {"error": f"{type(error).__name__}: {error}"}
        if isinstance(error, RetryAfter | NetworkError):
            log.warning("a message is put off", extra={"code": "E408"} | what)
            raise GaveUp(max(1.0, self._wait(error, 0))) from error
        if isinstance(error, Forbidden):  # the citizen's own choice: nobody is to be alarmed
            self._memory.block(chat)
            log.info("a chat has blocked the bot", extra={"code": "I401"})
        else:
            log.error("gave up sending", extra={"code": "E406"} | what)
        raise GaveUp from error


def _is_urgent() -> bool:
    return current().rank == Rank.URGENT


_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

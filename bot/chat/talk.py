"""What is said to a message or a press, wherever it comes from: Telegram, a terminal, a test. No network here."""

import time
from dataclasses import dataclass
from typing import Protocol

from bot.chat.buttons import Code, parse
from bot.chat.memory import Memory
from bot.chat.render import Pages
from bot.chat.reply import Reply
from bot.engine.answer import Answer, Found
from bot.engine.normalize import MAX_CHARS, normalize
from bot.kb.load import Knowledge
from bot.monitor.log import answered


class Engine(Protocol):
    """Whatever answers: pure, and safe to call in another thread."""

    @property
    def knowledge(self) -> Knowledge: ...

    def answer(self, text: str, about: str | None = None) -> Answer: ...


@dataclass
class Holder:
    """The engine of the moment. New knowledge is one assignment: ``holder.engine = ...``; answers begun go on."""

    engine: Engine


@dataclass(frozen=True)
class Talk:
    """One chat's question → reply, with the memory of what it was shown."""

    holder: Holder
    memory: Memory

    @property
    def pages(self) -> Pages:
        """Every page, of the knowledge of the moment."""
        return Pages(self.holder.engine.knowledge)

    def ask(self, chat: int, text: str) -> Reply:
        """The answer to a message."""
        engine = self.holder.engine
        pages = Pages(engine.knowledge)
        if not normalize(text):
            return pages.nothing_typed()
        began = time.perf_counter()
        answer = engine.answer(text, self.memory.shown(chat))
        reply = pages.answer(answer, too_long=len(text) > MAX_CHARS)
        answered(answer, (time.perf_counter() - began) * 1000, pages.lang)
        if isinstance(answer, Found):
            self.memory.show(chat, answer.id)
        return reply

    def press(self, chat: int, data: str | None) -> tuple[Reply, bool]:
        """What a button leads to, and whether it takes the place of the message with the button."""
        press = parse(data)
        if press is None:
            return self.pages.old_button(), False
        if press.id and press.code is not Code.CATEGORY:
            self.memory.show(chat, press.id)
        return self.pages.press(press), press.in_place

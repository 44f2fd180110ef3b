"""What is said to a message or a press, wherever it comes from: Telegram, a terminal, a test. No network here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.chat.buttons import Code, parse
from bot.chat.memory import Memory
from bot.chat.render import Pages
from bot.chat.reply import Reply
from bot.engine.answer import Answer, Found
from bot.engine.normalize import MAX_CHARS, normalize
from bot.kb.load import Knowledge
from bot.kb.model import Language
from bot.monitor.log import answered
from bot.monitor.stopwatch import Stopwatch

Mark = Callable[[str], object]


class Engine(Protocol):
    """Whatever answers: pure, and safe to call in another thread."""

    @property
    def knowledge(self) -> Knowledge: ...

    def answer(self, text: str, about: str | None = None, mark: Mark = ...) -> Answer: ...

    @property
    def encoder(self) -> object | None: ...

    def glance(self, text: str) -> bool: ...

    def language(self, text: str, hint: Language | None = None) -> Language | None: ...


_COMMON: Language = "en"
"""For a message in a language that is none of ours."""


@dataclass
class Holder:
    """The engine of the moment. New knowledge is one assignment: ``holder.engine = ...``; answers begun go on."""

    engine: Engine


@dataclass(frozen=True)
class Said:
    """What was said to a message: the reply, the answer behind it (None: no word in it), its language, the time."""

    reply: Reply
    answer: Answer | None
    lang: Language
    steps: Mapping[str, float]
    knowledge: Knowledge

    @property
    def ms(self) -> float:
        """Milliseconds in all."""
        return sum(self.steps.values())


@dataclass(frozen=True)
class Talk:
    """One chat's question → reply, with the memory of what it was shown."""

    holder: Holder
    memory: Memory

    def pages(self, chat: int, hint: Language | None = None) -> Pages:
        """Every page, of the knowledge of the moment, in the language of a chat.

        ``hint`` is the language that the citizen's Telegram is in.
        """
        chosen = self.memory.language(chat) or hint
        return Pages(self.holder.engine.knowledge, chosen)

    def ask(self, chat: int, text: str, hint: Language | None = None) -> Reply:
        """The reply to a message that nobody records."""
        return self.tell(chat, text, hint).reply

    def tell(self, chat: int, text: str, hint: Language | None = None, question: int | None = None) -> Said:
        """The answer to a message. ``question``: its number in the store, for the buttons of a vote."""
        engine = self.holder.engine
        if not normalize(text):
            empty = self.pages(chat, hint)
            return Said(empty.nothing_typed(), None, empty.lang, {}, engine.knowledge)
        watch = Stopwatch()
        answer = engine.answer(text, self.memory.shown(chat), watch)
        watch("decide")
        found = self.memory.language(chat) or engine.language(text, hint)
        watch("language")
        pages = Pages(engine.knowledge, found or _COMMON)
        reply = pages.answer(answer, len(text) > MAX_CHARS, found is None, question)
        watch("render")
        version = engine.knowledge.version
        answered(answer, watch.ms, pages.lang, steps=watch.steps, version=version, row=question)
        if isinstance(answer, Found):
            self.memory.show(chat, answer.id)
        self.memory.hear(chat, pages.lang)
        return Said(reply, answer, pages.lang, watch.steps, engine.knowledge)

    def press(self, chat: int, data: str | None, hint: Language | None = None) -> tuple[Reply, bool]:
        """What a button leads to, and whether it takes the place of the message with the button."""
        press = parse(data)
        if press is None:
            return self.pages(chat, hint).old_button(), False
        if press.code is Code.SPEAK:
            self._speak(chat, press.id)
        elif press.id and press.code not in (Code.CATEGORY, Code.NUMBERS):
            self.memory.show(chat, press.id)
        heard = self.memory.heard(chat)
        return self.pages(chat, heard or hint).press(press), press.in_place

    def _speak(self, chat: int, language: str) -> None:
        known = next((name for name in self.holder.engine.knowledge.phrases if name == language), None)
        if known:
            self.memory.speak(chat, known)

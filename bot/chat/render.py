"""How does an answer look? ``Answer`` and every fixed page → ``Reply``. Pure: no Telegram, no clock, no memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from bot.chat.buttons import Code, Press
from bot.chat.house import House
from bot.chat.reader import Reader
from bot.chat.reply import Button, Markup, Reply, Rows, escape, fill
from bot.engine.answer import Answer, Chat, Choices, Found, Hit, Missed, Urgent
from bot.kb.load import Knowledge
from bot.kb.model import Aspect, Language, Programme
from bot.kb.phrases import Phrases

NEIGHBOURS = 2
_NARROW = 12
"""Two buttons share a row when both say so little; a phone cuts longer ones short."""
_NAME = 32
_NEAR = 0.02
"""Where a question is plainly about something else, a less probable programme is no help."""
_OWN_NAMES: dict[Language, str] = {
    "ko": "한국어",
    "en": "English",
    "zh": "中文",
    "ru": "Русский",
    "vi": "Tiếng Việt",
    "uz": "Oʻzbekcha",
}


@dataclass(frozen=True)
class Pages:
    """Everything that the bot can show, of one knowledge in one language."""

    knowledge: Knowledge
    language: Language | None = None
    """The reader's; None, or one without phrases: the city's first."""

    @cached_property
    def reader(self) -> Reader:
        """The knowledge as this reader reads it."""
        first = self.knowledge.city.languages[0]
        return Reader(self.knowledge, self.language if self.language in self.knowledge.phrases else first)

    @property
    def lang(self) -> Language:
        """The language of every sentence here."""
        return self.reader.language

    @property
    def phrases(self) -> Phrases:
        """The fixed sentences of that language."""
        return self.reader.phrases

    @property
    def house(self) -> House:
        """What the bot says of itself: votes, privacy, limits."""
        return House(self.phrases, self._menu_row())

    def answer(
        self, answer: Answer, too_long: bool = False, is_strange: bool = False, question: int | None = None
    ) -> Reply:
        """What the engine answered. ``question``: its number in the store, for the buttons of a vote.

        ``too_long``: only the beginning of the message was read; ``is_strange``: it is in a language that is none of
        ours. Both are said first, but never before a danger card.
        """
        reply = self.house.with_votes(self._answer(answer), answer, question)
        words = [self.phrases.errors.too_long] * too_long + [self.phrases.unknown_language] * is_strange
        if isinstance(answer, Urgent) or not words:
            return reply
        notes = "".join(f"<i>{escape(word)}</i>\n" for word in words)
        return Reply(notes + reply.html, reply.buttons)

    def _answer(self, answer: Answer) -> Reply:
        match answer:
            case Urgent():
                return self._urgent(answer)
            case Found():
                return self.programme(answer.id, answer.aspect, answer.follow_up)
            case Choices():
                return Reply(escape(self.phrases.choices), self._hits(answer.hits, answer.aspect) + self._menu_row())
            case Missed():
                return self._missed(answer)
            case Chat():
                return self._chat(answer.kind)
            case _:
                assert_never(answer)

    def start(self, name: str = "") -> Reply:
        """The first screen. ``name`` is what the citizen is called in Telegram."""
        clean = "".join(filter(str.isprintable, name)).strip()[:_NAME]
        return Reply(
            self._page(self.phrases.start, fill(self.phrases.named, name=clean) if clean else ""), self._menu_row()
        )

    def help(self) -> Reply:
        """How to use the bot."""
        return Reply(self._page(self.phrases.help), self._menu_row())

    def menu(self) -> Reply:
        """The categories that have programmes."""
        used = {programme.category for programme in self.knowledge.programmes}
        buttons = [
            Button(f"{category.icon} {category.name}", Press(Code.CATEGORY, category.id).data)
            for category in self.reader.city.categories
            if category.id in used
        ]
        return Reply(escape(self.phrases.menu), _rows(buttons))

    def category(self, id_: str) -> Reply:
        """The programmes of one category."""
        category = next((c for c in self.reader.city.categories if c.id == id_), None)
        if category is None:
            return self.no_longer()
        inside = [programme for programme in self.knowledge.programmes if programme.category == id_]
        back = (Button(self.phrases.buttons.back, Press(Code.BACK).data),)
        title = fill(self.phrases.category, name=f"{category.icon} {category.name}")
        return Reply(title, (*((self._button(programme),) for programme in inside), back))

    def languages(self) -> Reply:
        """Which language shall it be? Each stands in its own name."""
        known = [language for language in self.knowledge.city.languages if language in self.knowledge.phrases]
        buttons = [Button(_OWN_NAMES[language], Press(Code.SPEAK, language).data) for language in known]
        return Reply(
            escape(self.phrases.language_title), tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
        )

    def spoken(self) -> Reply:
        """The language was chosen."""
        return Reply(escape(self.phrases.language_set), self._menu_row())

    def programme(self, id_: str, aspect: Aspect | None = None, follow_up: bool = False) -> Reply:
        """The card of a programme."""
        if (programme := self.knowledge.programme(id_)) is None:
            return self.no_longer()
        html = self.reader.noted(programme, self.reader.cards.card(self.reader.local(programme), aspect, follow_up))
        return Reply(html, (self._ways(id_, aspect, Code.MORE, Code.SOURCES), *self._neighbours(programme)))

    def more(self, id_: str, aspect: Aspect | None = None) -> Reply:
        """All that is known of a programme. ``aspect``: the card to come back to."""
        if (programme := self.knowledge.programme(id_)) is None:
            return self.no_longer()
        rows = (self._ways(id_, aspect, Code.LESS, Code.SOURCES), *self._neighbours(programme))
        return Reply(self.reader.noted(programme, self.reader.cards.full(self.reader.local(programme))), rows)

    def sources(self, id_: str, aspect: Aspect | None = None) -> Reply:
        """Where the facts of a programme were read."""
        if (programme := self.knowledge.programme(id_)) is None:
            return self.no_longer()
        return Reply(
            self.reader.cards.sources(self.reader.local(programme)), (self._ways(id_, aspect, Code.LESS, Code.MORE),)
        )

    def press(self, press: Press) -> Reply:
        """What a button leads to."""
        match press.code:
            case Code.CARD | Code.LESS:
                return self.programme(press.id, press.aspect)
            case Code.MORE:
                return self.more(press.id, press.aspect)
            case Code.SOURCES:
                return self.sources(press.id, press.aspect)
            case Code.CATEGORY:
                return self.category(press.id)
            case Code.SPEAK:
                return self.spoken()
            case Code.NUMBERS:
                return Reply(self.reader.alarms.sources(press.id), self._menu_row())
            case Code.MENU | Code.BACK:
                return self.menu()
            case _:
                assert_never(press.code)

    def no_longer(self) -> Reply:
        """What a button led to is gone: the menu instead."""
        return Reply(escape(self.phrases.errors.no_longer), self.menu().buttons)

    def old_button(self) -> Reply:
        """A button that nobody understands any more."""
        return Reply(escape(self.phrases.errors.old_button), self._menu_row())

    def no_text(self) -> Reply:
        """A sticker, a picture, a voice: only writing can be read."""
        return Reply(escape(self.phrases.errors.no_text), self._menu_row())

    def nothing_typed(self) -> Reply:
        """A message without a word in it."""
        return Reply(escape(self.phrases.errors.nothing_typed), self._menu_row())

    def apology(self) -> Reply:
        """Something went wrong on our side."""
        return Reply(escape(self.phrases.errors.apology))

    def _urgent(self, urgent: Urgent) -> Reply:
        """Nothing before the numbers; below them the programme that was asked about beside."""
        asked = self.knowledge.programme(urgent.asks) if urgent.asks else None
        rows: Rows = ((self._button(asked),),) if asked else ()
        read = Button(self.phrases.buttons.sources, Press(Code.NUMBERS, urgent.kind).data)
        return Reply(self.reader.alarms.card(urgent), (*rows, (read, *self._menu_row()[0])))

    def _page(self, template: str, name: str = "") -> str:
        city, count = self.reader.city, len(self.knowledge.programmes)
        return fill(template, name=Markup(name), city=city.name, count=str(count), emergency=city.emergency)

    def _missed(self, missed: Missed) -> Reply:
        topic = next((t for t in self.knowledge.elsewhere.topics if t.id == missed.topic), None)
        template = self.phrases.missed if topic is None else self.phrases.elsewhere
        name, where = (topic.name, topic.where or "") if topic else ("", "")
        contact, emergency = self.reader.cards.contact(self.reader.city.contact), self.reader.city.emergency
        html = fill(template, contact=contact, emergency=emergency, topic=name, where=where).replace("\n\n", "\n")
        near = self._hits([hit for hit in missed.hits if topic is None or hit.score >= _NEAR], missed.aspect)
        return Reply(f"{html}\n\n{escape(self.phrases.near)}" if near else html, near + self._menu_row())

    def _chat(self, kind: str) -> Reply:
        talk = next((talk for talk in self.phrases.smalltalk if talk.id == kind), None)
        return Reply(escape(talk.reply), self._menu_row()) if talk else self.help()

    def _ways(self, id_: str, aspect: Aspect | None, *codes: Code) -> tuple[Button, ...]:
        words = self.phrases.buttons
        said = {Code.MORE: words.more, Code.LESS: words.less, Code.SOURCES: words.sources}
        return tuple(Button(said[code], Press(code, id_, aspect).data) for code in codes)

    def _neighbours(self, programme: Programme) -> Rows:
        found = (self.knowledge.programme(id_) for id_ in programme.related)
        return _rows([self._button(other) for other in found if other][:NEIGHBOURS])

    def _hits(self, hits: Iterable[Hit], aspect: Aspect | None) -> Rows:
        found = (self.knowledge.programme(hit.id) for hit in hits)
        return tuple((self._button(programme, aspect),) for programme in found if programme)

    def _button(self, programme: Programme, aspect: Aspect | None = None) -> Button:
        icon = next((c.icon + " " for c in self.knowledge.city.categories if c.id == programme.category), "")
        return Button(icon + self.reader.short_name(programme), Press(Code.CARD, programme.id, aspect).data)

    def _menu_row(self) -> Rows:
        return ((Button(self.phrases.buttons.menu, Press(Code.MENU).data),),)


def _rows(buttons: list[Button]) -> Rows:
    """Two in a row where a phone has room for both."""
    if all(len(button.text) <= _NARROW for button in buttons):
        return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return tuple((button,) for button in buttons)

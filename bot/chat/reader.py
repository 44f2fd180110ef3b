"""The knowledge as a reader of one language reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.chat.alarm import AlarmCards
from bot.chat.card import Cards
from bot.chat.localize import localized, localized_city
from bot.chat.reply import escape
from bot.kb.load import Knowledge
from bot.kb.model import City, Language, Programme
from bot.kb.phrases import Phrases


@dataclass(frozen=True)
class Reader:
    """``language`` has phrases; where a card is not translated the city's own stands in, and says so."""

    knowledge: Knowledge
    language: Language

    @property
    def phrases(self) -> Phrases:
        return self.knowledge.phrases[self.language]

    @property
    def is_foreign(self) -> bool:
        return self.language != self.knowledge.city.languages[0]

    @cached_property
    def city(self) -> City:
        return localized_city(self.knowledge.city, self.phrases)

    @cached_property
    def cards(self) -> Cards:
        return Cards(self.city, self.phrases)

    @property
    def alarms(self) -> AlarmCards:
        return AlarmCards(self.knowledge, self.language, self.phrases)

    def local(self, programme: Programme) -> Programme:
        """The programme in the reader's language, else as it is."""
        return (localized(programme, self.knowledge, self.language) if self.is_foreign else None) or programme

    def short_name(self, programme: Programme) -> str:
        """What stands on a button: the translated name alone."""
        told = self.knowledge.translation(programme.id, self.language) if self.is_foreign else None
        return told.name if told else programme.name

    def noted(self, programme: Programme, html: str) -> str:
        """The card, with a word on its translation where there is something to say."""
        if not self.is_foreign:
            return html
        told = self.knowledge.translation(programme.id, self.language)
        if told is None or self.local(programme) is programme:
            return f"<i>{escape(self.phrases.untranslated)}</i>\n{html}"
        checked = told.reviewed_by and told.is_current(programme)
        return html if checked else f"{html}\n<i>{escape(self.phrases.unreviewed)}</i>"

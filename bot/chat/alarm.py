"""The danger card: at most six short lines, in the reader's language. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.card import cited
from bot.chat.reply import bold, escape
from bot.engine.answer import Urgent
from bot.kb.load import Knowledge
from bot.kb.model import Language
from bot.kb.phrases import Phrases
from bot.kb.urgent import Hotline, Words

LINES = 6


@dataclass(frozen=True)
class AlarmCards:
    """Whom to call, how without speaking, what to say first."""

    knowledge: Knowledge
    language: Language
    phrases: Phrases

    def card(self, urgent: Urgent) -> str:
        """Six lines: the number, how to report in silence, what to do, two more numbers, a way back."""
        first, *others = self._numbers(urgent)
        words = self.phrases.urgent
        kind = self.knowledge.urgent.kind(urgent.kind)
        title = f"🚨 {escape(words.title)}: {bold(f'☎ {first.number}')} {escape(self._in(first.name))}"
        silent = [escape(self._in(first.silent))] if first.silent else []
        say = [escape(self._in(kind.say))] if kind else []
        more = [self._line(line) for line in others[: LINES - 3 - len(silent) - len(say) + 1]]
        return "\n".join([title, *say, *silent, *more, f"<i>{escape(words.calm)}</i>"][:LINES])

    def sources(self, urgent_kind: str) -> str:
        """Where the numbers of a kind of danger were read."""
        kind = self.knowledge.urgent.kind(urgent_kind)
        lines = [self._known(number) for number in kind.hotlines] if kind else []
        parts = []
        for line in (found for found in lines if found):
            read = [f"· {cited(self.knowledge.hotlines.sources[id_])}" for id_ in line.sources]
            head = f"{bold(line.number)} {escape(self._in(line.name))} — {escape(self._in(line.whom))}"
            parts.append("\n".join([head, f"{escape(self._in(line.hours))} ({escape(line.as_of)})", *read]))
        return "\n\n".join(parts) or escape(self.phrases.errors.old_button)

    def _numbers(self, urgent: Urgent) -> list[Hotline]:
        """The kind's numbers; the interpreters before the third for those whom the first does not understand."""
        found = [line for number in urgent.hotlines if (line := self._known(number))]
        found = found or list(self.knowledge.hotlines.hotlines[:1])
        helper = self._known(self.knowledge.hotlines.interpreter)
        is_needed = self.language not in found[0].languages and helper not in found
        if is_needed and helper and self.language in helper.languages:
            found.insert(2, helper)
        return found

    def _known(self, number: str) -> Hotline | None:
        return self.knowledge.hotlines.number(number)

    def _line(self, line: Hotline) -> str:
        name = self._in(line.name)
        if line.number == self.knowledge.hotlines.interpreter and self.language != self.knowledge.city.languages[0]:
            name = self.phrases.urgent.interpreter
        return f"{bold(f'☎ {line.number}')} {escape(name)} ({escape(self._in(line.hours))})"

    def _in(self, words: Words) -> str:
        return words.get(self.language) or next(iter(words.values()))

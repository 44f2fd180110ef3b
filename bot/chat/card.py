"""What does a citizen see of a programme? A card read in seconds, all that is known, or where it was read. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.chat.reply import Markup, bold, escape, fill, link, plain
from bot.kb.model import Aspect, City, Contact, Detail, Programme, Source
from bot.kb.phrases import Phrases

LINES = 12
ROOM = 400
"""So many characters fill a phone's screen: facts that nobody asked for stop there, "more" has the rest."""
MOST = 560
"""Even what was asked for is told in one fact alone where two would make the card longer than this."""

_EXTRA: tuple[Aspect, ...] = ("when", "where", "cost", "who", "how")
"""What people want to know most if they did not say; ``how_to_use`` stands on every card anyway."""
_ORDER: tuple[Aspect, ...] = (
    "what",
    "who",
    "how",
    "where",
    "when",
    "cost",
    "contact",
    "status",
    "since",
    "figures",
    "why",
)
_ABRIDGED = ("[요약]", "[내용]")
_COPY = "사본 주소"
"""Marks in the knowledge: a title in our own words; an address that is not the publisher's."""
_TIMELESS = 3
"""A number of so few digits (the police, the fire brigade) does not age, and doubt could cost seconds."""

Fact = Detail | Contact


@dataclass(frozen=True)
class Cards:
    """Programmes of one city in the words of one language, as Telegram's HTML."""

    city: City
    phrases: Phrases

    def card(self, programme: Programme, aspect: Aspect | None = None, follow_up: bool = False) -> str:
        """The answer: what was asked for first, then what it is, then whatever else fits on a phone."""
        facts = self._asked(programme, aspect)
        top = self._top(programme, aspect, follow_up, facts)
        foot = self._way_on(programme, aspect)
        while len(facts) > 1 and _shown([*top, *foot]) > MOST:
            facts = facts[:-1]
            top = self._top(programme, aspect, follow_up, facts)
        extra = self._extra(programme, aspect, ROOM - _shown([*top, *foot]), LINES - len(top) - len(foot) - 2)
        top += [self._line(fact.aspect, escape(fact.text)) for fact in extra]
        return "\n".join([*top, "", *foot, self._end(programme, facts, extra)])

    def full(self, programme: Programme) -> str:
        """Everything that is known, by the question that it answers."""
        parts = [f"{self.heading(programme)}\n{escape(programme.summary)}"]
        for aspect in _ORDER:
            lines = [f"• {escape(fact.text)} ({escape(fact.as_of)})" for fact in programme.about(aspect)]
            if aspect == "contact":
                lines += [f"• {self.contact(contact)}" for contact in programme.contacts]
            if lines:
                parts.append("\n".join([bold(self._label(aspect)), *lines]))
        parts.append(f"{bold(self.phrases.use)} {escape(programme.how_to_use)}")
        parts.append(fill(self.phrases.department, department=programme.department))
        return "\n\n".join(parts)

    def sources(self, programme: Programme) -> str:
        """Where all of it was read, newest first."""
        newest = sorted(
            programme.sources.values(), key=lambda source: (source.date[0].isdigit(), source.date), reverse=True
        )
        lines = [f"{number}. {cited(source)}" for number, source in enumerate(newest, 1)]
        return "\n".join([bold(fill(self.phrases.sources_title, name="{}")).format(escape(programme.name)), "", *lines])

    def heading(self, programme: Programme) -> str:
        """Icon, name, and whether it runs."""
        icon = next((c.icon + " " for c in self.city.categories if c.id == programme.category), "")
        return f"{escape(icon)}{bold(programme.name)} — {escape(self.phrases.status[programme.status])}"

    def contact(self, contact: Contact) -> Markup:
        """Whom to call, when, and of which year the number is; or where to look."""
        if contact.phone is None:
            return Markup(link(contact.name, contact.url) if contact.url else escape(contact.name))
        words = fill(self.phrases.contact, name=contact.name, phone=contact.phone, hours=contact.hours or "", year="")
        notes = [fill(self.phrases.hours, hours=contact.hours)] if contact.hours else []
        if len(contact.phone) > _TIMELESS and contact.as_of[0].isdigit():
            notes.insert(0, fill(self.phrases.old_number, year=contact.as_of[:4]))
        return Markup(words + (f" ({' · '.join(notes)})" if notes else ""))

    def _label(self, aspect: Aspect) -> str:
        return self.phrases.aspects[aspect].label

    def _line(self, aspect: Aspect, text: str) -> str:
        return f"{bold(self._label(aspect))} {text}"

    def _asked(self, programme: Programme, aspect: Aspect | None) -> tuple[Fact, ...]:
        """The facts that answer what was asked for."""
        if aspect is None:
            return ()
        if aspect == "contact":
            return (*programme.about(aspect)[:1], *programme.contacts[:3])
        return programme.about(aspect)[: 1 if aspect == "what" else 2]

    def _top(self, programme: Programme, aspect: Aspect | None, follow_up: bool, facts: Sequence[Fact]) -> list[str]:
        """From the name to what it is, with what was asked for between. The summary itself says what it is."""
        head, summary = [self.heading(programme)], escape(programme.summary)
        if follow_up:
            head.append(f"<i>{fill(self.phrases.follow_up, name=programme.name)}</i>")
        if aspect is None:
            return [*head, summary]
        texts = [escape(fact.text) if isinstance(fact, Detail) else self.contact(fact) for fact in facts]
        if aspect == "what":
            return [*head, self._line(aspect, summary), *texts]
        unknown = fill(self.phrases.unknown_aspect, name=programme.name, aspect=self._label(aspect))
        first, *rest = texts or [unknown]
        return [*head, self._line(aspect, first), *rest, "", summary]

    def _extra(self, programme: Programme, aspect: Aspect | None, room: int, lines: int) -> list[Detail]:
        """The best fact of each other kind, as long as there is room."""
        found: list[Detail] = []
        for fact in (fact for kind in _EXTRA if kind != aspect for fact in programme.about(kind)[:1]):
            size = _shown([self._line(fact.aspect, fact.text)])
            if len(found) < lines and size <= room:
                found.append(fact)
                room -= size
        return found

    def _way_on(self, programme: Programme, aspect: Aspect | None) -> list[str]:
        lines = [f"{bold(self.phrases.use)} {escape(programme.how_to_use)}"]
        if aspect != "contact":
            lines.append(self._line("contact", self.contact(programme.contacts[0])))
        return lines

    def _end(self, programme: Programme, asked: Sequence[Fact], extra: Sequence[Fact]) -> str:
        """As of when: of what was asked for, else of the oldest fact shown. And from how many sources."""
        as_of = min((fact.as_of for fact in asked[:1] or extra), default=programme.newest)
        count = len({source for fact in [*asked, *extra] for source in fact.sources}) or len(programme.sources)
        return f"<i>{fill(self.phrases.card_end, as_of=as_of, count=str(count))}</i>"


def _shown(lines: Iterable[str]) -> int:
    return sum(len(plain(line)) + 1 for line in lines)


def cited(source: Source) -> str:
    """Publisher, title, date. A title that is not the publisher's own is no link text, a copy's address no link."""
    date = f" ({escape(source.date)})"
    if _COPY in source.publisher:
        return f"{escape(source.publisher)}, {escape(source.title)}{date}"
    if source.title.startswith(_ABRIDGED):
        return link(f"{source.publisher} ({source.date})", source.url)
    return f"{escape(source.publisher)}, {link(source.title, source.url)}{date}"

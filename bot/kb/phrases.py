"""Every fixed sentence of the bot, in one language: ``phrases/<lang>.yaml``.

``{placeholders}`` are filled by the bot; one that a sentence does not offer is a mistake found at load.
"""

from collections.abc import Callable, Iterator
from string import Formatter
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.kb.model import Aspect, Model, Name, Phrasing, Smalltalk, Status


def _only(*offered: str) -> Callable[[str], str]:
    fit = ", ".join(f"{{{name}}}" for name in offered) or "없음"

    def check(text: str) -> str:
        if unknown := sorted({word for name, word in _places(text) if name != word or name not in offered}):
            raise PydanticCustomError("place", "no such place", {"word": f"{{{unknown[0]}}}", "offered": fit})
        return text

    return check


def _places(text: str) -> Iterator[tuple[str, str]]:
    """Each ``{place}``: its name, and all that stands in the braces (a format or a conversion could not be filled)."""
    try:
        for _, name, form, conversion in Formatter().parse(text):
            if name is not None:
                yield name, name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
    except ValueError as error:
        raise PydanticCustomError("braces", "a brace without its other half") from error


_LINE = StringConstraints(min_length=1, max_length=200, strip_whitespace=True)
_PAGE = StringConstraints(min_length=1, max_length=900, strip_whitespace=True)

Line: TypeAlias = Annotated[str, _LINE, AfterValidator(_only())]
NameLine: TypeAlias = Annotated[str, _LINE, AfterValidator(_only("name"))]
CountLine: TypeAlias = Annotated[str, _LINE, AfterValidator(_only("count"))]
AspectLine: TypeAlias = Annotated[str, _LINE, AfterValidator(_only("name", "aspect"))]
CardLine: TypeAlias = Annotated[str, _LINE, AfterValidator(_only("as_of", "count"))]
PhoneLine: TypeAlias = Annotated[str, _LINE, AfterValidator(_only("name", "phone", "hours", "year"))]
Page: TypeAlias = Annotated[str, _PAGE, AfterValidator(_only())]
CityPage: TypeAlias = Annotated[str, _PAGE, AfterValidator(_only("name", "city", "count", "emergency"))]
WayOnPage: TypeAlias = Annotated[str, _PAGE, AfterValidator(_only("contact", "emergency", "topic", "where"))]
DaysPage: TypeAlias = Annotated[str, _PAGE, AfterValidator(_only("days"))]
Button: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=24, strip_whitespace=True)]


class AspectWords(Model):
    """How an aspect is headed on a card and what people say when they ask for it."""

    label: Annotated[str, StringConstraints(min_length=1, max_length=12)]
    cues: Annotated[tuple[Phrasing, ...], Field(min_length=1)]


class Buttons(Model):
    """What stands on buttons."""

    more: Button
    less: Button
    sources: Button
    menu: Button
    back: Button
    missing: Button


class Commands(Model):
    """What Telegram's command menu says of each command."""

    start: Line
    menu: Line
    help: Line
    language: Line
    privacy: Line
    forget: Line


class Feedback(Model):
    """What is said, in a moment's notice above the chat, to a vote."""

    up: Line
    down: Line
    missing: Line


class UrgentWords(Model):
    """The fixed lines of a danger card."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    also: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    calm: Annotated[str, StringConstraints(min_length=1, max_length=90)]
    interpreter: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Errors(Model):
    """What a citizen reads when something is not as it should be."""

    apology: Page
    no_text: Page
    too_long: Line
    old_button: Line
    no_longer: Page
    nothing_typed: Page


class Phrases(Model):
    """All sentences of one language."""

    start: CityPage
    named: NameLine
    help: CityPage
    menu: Page
    category: NameLine
    choices: Page
    missed: WayOnPage
    elsewhere: WayOnPage
    near: Line
    follow_up: NameLine
    unknown_aspect: AspectLine
    card_end: CardLine
    contact: PhoneLine
    hours: Annotated[str, _LINE, AfterValidator(_only("hours"))]
    old_number: Annotated[str, _LINE, AfterValidator(_only("year"))]
    sources_title: NameLine
    department: Annotated[str, _LINE, AfterValidator(_only("department"))]
    use: Name
    language_title: Line
    language_set: Line
    unreviewed: Line
    untranslated: Line
    unknown_language: Page
    urgent: UrgentWords
    status: dict[Status, Line]
    aspects: dict[Aspect, AspectWords]
    fillers: tuple[Phrasing, ...]
    smalltalk: tuple[Smalltalk, ...]
    buttons: Buttons
    commands: Commands
    feedback: Feedback
    privacy: DaysPage
    forgotten: Page
    forget_later: Page
    slow_down: Page
    errors: Errors
    words: dict[str, Annotated[str, StringConstraints(min_length=1, max_length=140)]] = Field(default_factory=dict)

    def word(self, korean: str) -> str:
        """A Korean string that stands on every card, in this language."""
        return self.words.get(korean, korean)

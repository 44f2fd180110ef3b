"""What the knowledge says, as frozen values. Every scalar in a file is text; every fact has a date and sources.

Sizes are what a phone shows: see ``tests/chat/test_card.py`` and DESIGN section 7.
"""

import hashlib
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

Aspect = Literal["what", "who", "how", "where", "when", "cost", "contact", "since", "status", "figures", "why"]
Status = Literal["running", "planned", "achieved", "ended", "unconfirmed"]
Language = Literal["ko", "en", "zh", "ru", "vi", "uz"]
ASPECTS: tuple[Aspect, ...] = Aspect.__args__  # type: ignore[attr-defined]
STATUSES: tuple[Status, ...] = Status.__args__  # type: ignore[attr-defined]
LANGUAGES: tuple[Language, ...] = Language.__args__  # type: ignore[attr-defined]


def _text(most: int) -> object:
    return StringConstraints(min_length=1, max_length=most, strip_whitespace=True)


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _as_of(text: str) -> str:
    """A year, a month or a day that there is."""
    if text[0].isdigit():
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError as error:
            raise PydanticCustomError("as_of", "no such date") from error
    return text


Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Name: TypeAlias = Annotated[str, _text(40)]
Short: TypeAlias = Annotated[str, _text(140)]
Foreign: TypeAlias = Annotated[str, _text(260)]
Long: TypeAlias = Annotated[str, _text(900)]
Phrasing: TypeAlias = Annotated[str, _text(200)]
Url: TypeAlias = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=400)]
Phone: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9-]{1,14}$")]
Day: TypeAlias = Annotated[str, AfterValidator(_day)]
AsOf: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^([0-9]{4}(-[0-9]{2}){0,2}|날짜 미상)$"), AfterValidator(_as_of)
]


class Model(BaseModel):
    """Frozen, and a key that it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """Where a fact was read."""

    publisher: Name
    title: Annotated[str, _text(160)]
    date: AsOf
    url: Url


class Detail(Model):
    """One fact that answers one kind of question."""

    aspect: Aspect
    text: Short
    as_of: AsOf
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class Contact(Model):
    """Whom to ask, and until when that was known to be right."""

    name: Name
    phone: Phone | None = None
    hours: Short | None = None
    url: Url | None = None
    as_of: AsOf
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class Programme(Model):
    """One safety programme: what a card shows and the phrasings that lead to it."""

    id: Id
    name: Name
    category: Id
    status: Status
    summary: Short
    details: Annotated[tuple[Detail, ...], Field(min_length=1, max_length=30)]
    how_to_use: Short
    contacts: Annotated[tuple[Contact, ...], Field(min_length=1, max_length=5)]
    aliases: tuple[Name, ...]
    questions: tuple[Phrasing, ...]
    related: Annotated[tuple[Id, ...], Field(max_length=4)]
    department: Short
    sources: dict[Id, Source]
    reviewed_on: Day
    review_by: Day

    @property
    def phrasings(self) -> tuple[str, ...]:
        """All that leads here: name, aliases, questions."""
        return (self.name, *self.aliases, *self.questions)

    def about(self, aspect: Aspect) -> tuple[Detail, ...]:
        """The facts of one aspect, best first."""
        return tuple(detail for detail in self.details if detail.aspect == aspect)

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits of what a translation translates; changes when any of it does."""
        told = (self.name, self.status, self.summary, *(d.text for d in self.details), self.how_to_use)
        return hashlib.sha256("\0".join(told).encode()).hexdigest()[:12]

    @property
    def newest(self) -> str:
        """The latest date that any fact on the card was confirmed for."""
        known = [detail.as_of for detail in self.details if detail.as_of[0].isdigit()]
        return max(known, default=self.details[0].as_of)


class Translation(Model):
    """A programme's card in another language, made from the Korean text whose fingerprint is ``source``.

    ``details`` are the texts of the Korean details, in their order; dates and sources stay theirs.
    """

    id: Id
    source: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    reviewed_by: Name | None = None
    name: Annotated[str, _text(60)]
    summary: Foreign
    details: Annotated[tuple[Foreign, ...], Field(min_length=1)]
    how_to_use: Foreign
    questions: Annotated[tuple[Phrasing, ...], Field(min_length=1)]

    def is_current(self, programme: Programme) -> bool:
        """Whether the Korean text is still the one that was translated."""
        return self.source == programme.fingerprint


class Category(Model):
    """A line of the menu."""

    id: Id
    name: Name
    icon: Annotated[str, _text(4)]


class City(Model):
    """Whose programmes these are."""

    id: Id
    name: Name
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    time_zone: Name
    contact: Contact
    emergency: Short
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    never_say: tuple[Name, ...] = ()
    places: tuple[Name, ...] = ()
    sources: dict[Id, Source]


class Topic(Model):
    """Something that people ask and that no programme answers."""

    id: Id
    name: Name
    where: Short | None = None
    places: tuple[Name, ...] = ()
    examples: Annotated[tuple[Phrasing, ...], Field(min_length=1)]


class Elsewhere(Model):
    """All that is not ours, by topic."""

    topics: tuple[Topic, ...]


class Smalltalk(Model):
    """A greeting or the like, with the sentence that answers it."""

    id: Id
    reply: Long
    examples: Annotated[tuple[Phrasing, ...], Field(min_length=1)]


class Golden(Model):
    """A question that must lead somewhere: to one of ``accept``, or nowhere when that is empty."""

    q: Phrasing
    accept: tuple[Id, ...] = ()


class GoldenFile(Model):
    """``questions/*.yaml``: what staff promise to citizens."""

    questions: Annotated[tuple[Golden, ...], Field(min_length=1)]

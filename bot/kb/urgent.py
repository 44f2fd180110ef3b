"""Danger: whom to call (``hotlines.yaml``) and what danger sounds like (``urgent.yaml``), in every language."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints

from bot.kb.model import AsOf, Id, Language, Model, Phone, Phrasing, Source

Told: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=140, strip_whitespace=True)]
Rule: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Words: TypeAlias = dict[Language, Told]


class Hotline(Model):
    """A number: who answers, for whom, when, in which languages; ``silent`` is how to report without speaking."""

    number: Phone
    name: Words
    whom: Words
    hours: Words
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    silent: Words | None = None
    as_of: AsOf
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


class Hotlines(Model):
    """All numbers; ``interpreter`` is the one to add for those whom the first number does not understand."""

    hotlines: Annotated[tuple[Hotline, ...], Field(min_length=1)]
    interpreter: Phone
    sources: dict[Id, Source]

    def number(self, number: str) -> Hotline | None:
        """The hotline with this number, if there is one."""
        return next((h for h in self.hotlines if h.number == number), None)


class Kind(Model):
    """A kind of danger: its numbers in order, what to do first, what it sounds like.

    ``signs`` are written rules (see ``bot/engine/signs.py``), ``examples`` teach what no rule says.
    """

    id: Id
    name: Words
    hotlines: Annotated[tuple[Phone, ...], Field(min_length=1, max_length=3)]
    say: Words
    signs: dict[Language, tuple[Rule, ...]] = Field(default_factory=dict)
    examples: dict[Language, tuple[Phrasing, ...]]


class Harmless(Model):
    """What only looks like danger: ``signs`` take a rule's word back, ``examples`` teach."""

    signs: dict[Language, tuple[Rule, ...]] = Field(default_factory=dict)
    examples: dict[Language, tuple[Phrasing, ...]]


class Urgent(Model):
    """``urgent.yaml``"""

    words: dict[str, tuple[Rule, ...]] = Field(default_factory=dict)
    """Classes of words that signs name: ``<weapon>``."""
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    harmless: Harmless

    @property
    def examples(self) -> tuple[tuple[Language, str], ...]:
        """All examples, of danger and of what only looks like it, with their language."""
        lists = [*(kind.examples for kind in self.kinds), self.harmless.examples]
        return tuple((language, text) for found in lists for language, texts in found.items() for text in texts)

    def kind(self, id_: str) -> Kind | None:
        """The kind with this id, if there is one."""
        return next((kind for kind in self.kinds if kind.id == id_), None)

"""Which city is meant? A question that names another city, and not ours, is rarely about our programmes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine import hangul
from bot.engine.index import Owner
from bot.engine.normalize import normalize
from bot.kb.load import Knowledge


@dataclass(frozen=True)
class Places:
    """``own``: names of this city and its parts. ``others``: another city's name, the owner of such questions."""

    own: tuple[str, ...] = ()
    others: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, knowledge: Knowledge, owners: Sequence[Owner]) -> Places:
        numbers = {owner: number for number, owner in enumerate(owners)}
        topics = knowledge.elsewhere.topics
        others = [(normalize(name), numbers[Owner("elsewhere", t.id)]) for t in topics for name in t.places]
        return cls(tuple(normalize(name) for name in knowledge.city.places), tuple(others))

    def elsewhere(self, text: str) -> frozenset[int]:
        """The owners whose places a normalised text names, if it names none of ours."""
        if any(name in text for name in self.own):
            return frozenset()
        words = text.split()
        letters = set(text)
        near = ((name, owner) for name, owner in self.others if name[0] in letters)
        return frozenset(owner for name, owner in near if any(_names(word, name) for word in words))


def _names(word: str, name: str) -> bool:
    """Korean particles, Russian endings follow a name; a Latin word is the name or is not; Chinese has no spaces."""
    if name.isascii():
        return word == name
    if hangul.is_syllable(name[0]) or name[0] < "\u0530":
        return word.startswith(name)
    return name in word


NOWHERE = Places()

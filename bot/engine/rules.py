"""Reasons to match: each rule gives every owner 0–1, and says why it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.engine.encode import Vectors
from bot.engine.grams import Sparse
from bot.engine.index import Index
from bot.engine.learn import Learned
from bot.engine.places import NOWHERE, Places
from bot.engine.query import Query

Scores: TypeAlias = NDArray[np.float32]

_CANDIDATES = 24
_IN_QUESTION = 0.85
"""Initials are those of a name more often than of a piece of a question."""
_NAME_INSIDE = 0.35
_LEAST_ALIKE = 60.0
"""Below this rapidfuzz ratio (0–100) two short Korean texts are alike by chance: the floor of jamo ratios."""


@dataclass(frozen=True)
class Seen:
    """What the rules look at. ``vector`` is the centred unit vector, None without an encoder or without words."""

    query: Query
    index: Index
    learned: Learned
    spelling: Sparse
    vector: Vectors | None
    places: Places = NOWHERE

    @cached_property
    def likeness(self) -> Scores | None:
        """The cosines with all phrasings: shape (phrasings,). None without a vector."""
        return None if self.vector is None else np.asarray(self.learned.vectors @ self.vector, np.float32)

    @property
    def none(self) -> Scores:
        return np.zeros(len(self.index.owners), np.float32)


@dataclass(frozen=True)
class Rule:
    """One way to recognise an owner. ``give`` returns shape (owners,)."""

    name: str
    reason: str
    give: Callable[[Seen], Scores]


def both(seen: Seen) -> Scores:
    if seen.vector is None:
        return letters(seen)
    if not seen.query.is_hangul:
        return meaning(seen)
    return seen.learned.by_both(seen.vector, seen.spelling)


def meaning(seen: Seen) -> Scores:
    return seen.none if seen.likeness is None else seen.learned.by_meaning(seen.likeness)


def letters(seen: Seen) -> Scores:
    return seen.learned.by_letters(seen.spelling) if seen.query.words else seen.none


def nearest(seen: Seen) -> Scores:
    if seen.likeness is None:
        return seen.none
    out = seen.none
    np.maximum.at(out, seen.index.owner_of, seen.likeness)
    return out


def spelling(seen: Seen) -> Scores:
    rows = seen.index.runs.likest(seen.query.letters, _CANDIDATES)
    found = ((seen.index.phrases[row], seen.query.letters) for row in rows)
    return _most(((p.owner, _alike(fuzz.ratio(p.letters, typed))) for p, typed in found), seen)


def name(seen: Seen) -> Scores:
    typed, names = seen.query.letters, seen.index.names
    rows = seen.index.name_runs.inside(typed, _NAME_INSIDE, _CANDIDATES)
    found = (names[row] for row in rows if len(names[row].letters) <= len(typed) + 2)
    return _most(((n.owner, _alike(fuzz.partial_ratio(n.letters, typed)) * _length(n.letters)) for n in found), seen)


def initials(seen: Seen) -> Scores:
    typed = seen.query.initials
    if not typed:
        return seen.none
    rows = seen.index.first_runs.likest(typed, 10 * _CANDIDATES)
    pairs = ((seen.index.ours[row], seen.index.first_letters[row]) for row in rows)
    return _most(((p.owner, _part(typed, first) * (1 if p.is_name else _IN_QUESTION)) for p, first in pairs), seen)


def place(seen: Seen) -> Scores:
    out = seen.none
    out[list(seen.places.elsewhere(seen.query.text))] = 1
    return out


RULES: tuple[Rule, ...] = (
    Rule("both", "meaning and spelling, learned together from all phrasings", both),
    Rule("meaning", "means the same as its phrasings, in any language", meaning),
    Rule("letters", "spelled like its phrasings, whatever the spaces and typos", letters),
    Rule("nearest", "means the same as one single phrasing", nearest),
    Rule("spelling", "nearly a saved phrasing, letter by letter", spelling),
    Rule("name", "its name stands in the message, typos allowed", name),
    Rule("initials", "its name or phrasing by initials (ㅂㅇㅇ ㅂㅅ)", initials),
    Rule("place", "another city is named, and not ours", place),
)


def _most(found: Iterable[tuple[int, float]], seen: Seen) -> Scores:
    """For every owner the highest value found."""
    out = seen.none
    for owner, value in found:
        out[owner] = max(out[owner], value)
    return out


def _alike(ratio: float) -> float:
    """A rapidfuzz ratio (0–100) as 0–1 above the floor of chance."""
    return max(0.0, (ratio - _LEAST_ALIKE) / (100 - _LEAST_ALIKE))


def _part(typed: str, whole: str) -> float:
    """How much of what was typed stands in the whole, 0–1."""
    return fuzz.partial_ratio(typed, whole) / 100 * min(1.0, len(whole) / len(typed))


def _length(letters: str) -> float:
    """Short names say less: four letters a little over half, ten and more the whole."""
    return min(1.0, 0.3 + len(letters) * 0.07)

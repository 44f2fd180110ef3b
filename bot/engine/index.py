"""What can be computed once per knowledge: owners, their phrasings, and where each run of letters occurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.engine import hangul
from bot.engine.grams import squashed
from bot.engine.normalize import bare, normalize
from bot.engine.runs import Runs
from bot.kb.load import Knowledge
from bot.kb.model import Language

Kind: TypeAlias = Literal["programme", "elsewhere", "smalltalk"]

_SHORT_NAME = 3
"""A name of so few letters stands in too many messages by chance."""
_KEPT_TEXTS = 2**16


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Whose phrasing it is: a programme, an elsewhere topic or a kind of smalltalk."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrasing. ``text`` is normalised, ``letters`` taken apart without spaces, ``owner`` an index."""

    owner: int
    text: str
    letters: str
    is_name: bool


def owners_of(knowledge: Knowledge) -> tuple[Owner, ...]:
    """Programmes first, by id, then elsewhere topics, then smalltalk."""
    programmes = [Owner("programme", p.id) for p in knowledge.programmes]
    topics = [Owner("elsewhere", t.id) for t in knowledge.elsewhere.topics]
    smalltalk = {Owner("smalltalk", s.id) for phrases in knowledge.phrases.values() for s in phrases.smalltalk}
    return (*programmes, *topics, *sorted(smalltalk))


def phrases_of(knowledge: Knowledge) -> tuple[Phrase, ...]:
    """Every phrasing once an owner, in a fixed order."""
    numbers = {owner: i for i, owner in enumerate(owners_of(knowledge))}
    rows: dict[tuple[int, str], Phrase] = {}
    for owner, text, is_name in _all(knowledge):
        plain, letters = _compared(text)
        if plain:
            rows.setdefault((numbers[owner], plain), Phrase(numbers[owner], plain, letters, is_name))
    return tuple(rows.values())


@lru_cache(_KEPT_TEXTS)
def _compared(text: str) -> tuple[str, str]:
    """A phrasing as it is compared, and its letters. Kept: when knowledge changes nearly all of it is as before."""
    plain = normalize(text)
    return plain, squashed(plain)


@lru_cache(_KEPT_TEXTS)
def _bare(text: str) -> str:
    return bare(_compared(text)[0])


@lru_cache(_KEPT_TEXTS)
def _initials(text: str) -> str:
    return hangul.initials(text).replace(" ", "")


def _all(knowledge: Knowledge) -> list[tuple[Owner, str, bool]]:
    rows = []
    for programme in knowledge.programmes:
        owner, names = Owner("programme", programme.id), (programme.name, *programme.aliases)
        rows += [(owner, text, True) for text in names]
        rows += [(owner, text, False) for text in programme.questions]
    for language in sorted(knowledge.translations):
        for id_, translation in sorted(knowledge.translations[language].items()):
            owner = Owner("programme", id_)
            rows.append((owner, translation.name, True))
            rows += [(owner, text, False) for text in (*translation.questions, *_unaccented(translation.questions))]
    for topic in knowledge.elsewhere.topics:
        rows += [(Owner("elsewhere", topic.id), text, False) for text in topic.examples]
    languages: list[Language] = sorted(knowledge.phrases)
    for talk in (talk for language in languages for talk in knowledge.phrases[language].smalltalk):
        rows += [(Owner("smalltalk", talk.id), text, False) for text in talk.examples]
    return rows


def _unaccented(texts: Sequence[str]) -> list[str]:
    """The texts that lose accents, without them: the encoder reads "xe buyt" and "xe buýt" differently."""
    plain = [(_compared(text)[0], _bare(text)) for text in texts]
    return [short for text, short in plain if short != text and short.isascii()]


@dataclass(frozen=True)
class Index:
    """All phrasings with their inverted indexes; built once per knowledge."""

    owners: tuple[Owner, ...]
    phrases: tuple[Phrase, ...]
    owner_of: NDArray[np.int64]
    runs: Runs
    names: tuple[Phrase, ...]
    name_runs: Runs
    ours: tuple[Phrase, ...]
    first_letters: tuple[str, ...]
    first_runs: Runs
    exact: dict[str, frozenset[str]]
    latin: frozenset[str]
    syllables: frozenset[str]

    @classmethod
    def of(cls, owners: tuple[Owner, ...], phrases: tuple[Phrase, ...], old: Index | None = None) -> Index:
        """``old``: an index of nearly the same phrasings, which saves most of the work."""
        names = tuple(p for p in phrases if p.is_name and len(p.letters) > _SHORT_NAME)
        ours = tuple(p for p in phrases if owners[p.owner].kind == "programme")
        first = tuple(_initials(p.text) for p in ours)
        words = {word for p in phrases for word in p.text.split()}
        return cls(
            owners=owners,
            phrases=phrases,
            owner_of=np.array([p.owner for p in phrases], np.int64),
            runs=Runs(_letters(phrases), *((old.runs, _letters(old.phrases)) if old else ())),
            names=names,
            name_runs=Runs(_letters(names), *((old.name_runs, _letters(old.names)) if old else ())),
            ours=ours,
            first_letters=first,
            first_runs=Runs(first, *((old.first_runs, old.first_letters) if old else ())),
            exact=_exact(owners, ours),
            latin=frozenset(w for w in words if w.isascii() and w.isalpha()),
            syllables=frozenset(c for c in {c for p in phrases for c in p.text} if hangul.is_syllable(c)),
        )


def _letters(phrases: Sequence[Phrase]) -> list[str]:
    return [phrase.letters for phrase in phrases]


def _exact(owners: tuple[Owner, ...], ours: tuple[Phrase, ...]) -> dict[str, frozenset[str]]:
    """The programmes that own a phrasing to the letter, spaces aside."""
    out: dict[str, set[str]] = defaultdict(set)
    for phrase in ours:
        out[phrase.text.replace(" ", "")].add(owners[phrase.owner].id)
    return {text: frozenset(ids) for text, ids in out.items()}

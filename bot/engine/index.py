"""What can be computed once per knowledge: owners, their phrasings, and where each run of letters occurs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.engine import hangul
from bot.engine.grams import squashed
from bot.engine.normalize import bare, normalize
from bot.kb.load import Knowledge
from bot.kb.model import Language

Kind: TypeAlias = Literal["programme", "elsewhere", "smalltalk"]

_RUN = 3
_TOO_COMMON = 0.2
"""A run of letters that stands in more than this share of the phrasings tells nothing about one of them."""


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
        plain = normalize(text)
        phrase = Phrase(numbers[owner], plain, squashed(plain), is_name)
        if plain:
            rows.setdefault((phrase.owner, plain), phrase)
    return tuple(rows.values())


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
    plain = [(normalize(text), bare(normalize(text))) for text in texts]
    return [short for text, short in plain if short != text and short.isascii()]


class Runs:
    """An inverted index from runs of letters to texts, so that a query touches only texts that share some."""

    def __init__(self, texts: Sequence[str]) -> None:
        lists: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for run in runs(text):
                lists[run].append(number)
        most = max(50, int(len(texts) * _TOO_COMMON))
        self._where = {run: np.array(rows, np.int64) for run, rows in lists.items() if len(rows) <= most}
        self._weight = {run: float(np.log(len(texts) / len(rows))) + 1 for run, rows in self._where.items()}
        self._size = np.array([max(1e-9, sum(self._weight.get(r, 0.0) for r in runs(t))) for t in texts])

    def shared(self, text: str) -> NDArray[np.float64]:
        """For every text the weight of the runs that it shares with this one."""
        found = [run for run in runs(text) if run in self._where]
        if not found:
            return np.zeros(len(self._size))
        rows = np.concatenate([self._where[run] for run in found])
        weights = np.concatenate([np.full(len(self._where[run]), self._weight[run]) for run in found])
        return np.asarray(np.bincount(rows, weights, minlength=len(self._size)), np.float64)

    def likest(self, text: str, most: int) -> NDArray[np.int64]:
        """The texts most like this one as wholes, best first; only such as share anything."""
        shared = self.shared(text)
        mine = sum(self._weight.get(run, 1.0) for run in runs(text))
        return _best(shared / (self._size + mine), most)

    def inside(self, text: str, share: float, most: int) -> NDArray[np.int64]:
        """The texts of which at least this share stands somewhere inside this one, best first."""
        covered = self.shared(text) / self._size
        return _best(np.where(covered >= share, covered, 0.0), most)


def runs(letters: str) -> set[str]:
    """The runs of three letters; a shorter text is one run."""
    return {letters[i : i + _RUN] for i in range(len(letters) - _RUN + 1)} or ({letters} if letters else set())


def _best(scores: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Rows with a score above zero, best first, ties by row.

    Equal but for the last bits is a tie: in which order runs are added up differs between processes.
    """
    rows = np.flatnonzero(scores > 0)
    told = np.round(scores[rows], 9)
    if len(rows) > most:
        best = told >= np.partition(told, len(rows) - most)[len(rows) - most]
        rows, told = rows[best], told[best]
    return rows[np.lexsort((rows, -told))][:most]


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
    def of(cls, owners: tuple[Owner, ...], phrases: tuple[Phrase, ...]) -> "Index":
        names = tuple(p for p in phrases if p.is_name and len(p.letters) > _RUN)
        ours = tuple(p for p in phrases if owners[p.owner].kind == "programme")
        first = tuple(hangul.initials(p.text).replace(" ", "") for p in ours)
        words = {word for p in phrases for word in p.text.split()}
        return cls(
            owners=owners,
            phrases=phrases,
            owner_of=np.array([p.owner for p in phrases], np.int64),
            runs=Runs([p.letters for p in phrases]),
            names=names,
            name_runs=Runs([p.letters for p in names]),
            ours=ours,
            first_letters=first,
            first_runs=Runs(first),
            exact=_exact(owners, ours),
            latin=frozenset(w for w in words if w.isascii() and w.isalpha()),
            syllables=frozenset(c for p in phrases for c in p.text if hangul.is_syllable(c)),
        )


def _exact(owners: tuple[Owner, ...], ours: tuple[Phrase, ...]) -> dict[str, frozenset[str]]:
    """The programmes that own a phrasing to the letter, spaces aside."""
    out: dict[str, set[str]] = defaultdict(set)
    for phrase in ours:
        out[phrase.text.replace(" ", "")].add(owners[phrase.owner].id)
    return {text: frozenset(ids) for text, ids in out.items()}

"""Who is compared: ways to rank programmes that others use. Each indexes the same phrasings."""

import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.engine.encode import Encoder, Vectors
from bot.engine.grams import grams
from bot.engine.normalize import normalize
from bot.kb.load import Knowledge

Scores: TypeAlias = NDArray[np.float64]
Score: TypeAlias = Callable[[str], Scores]
"""A question → how like each phrasing is, minus infinity where nothing is shared: shape (phrasings,)."""

SHOWN = 3


@dataclass(frozen=True)
class Phrasings:
    """Names and questions of the programmes in all languages; ``plain`` is normalised, ``owner`` counts in ``ids``."""

    raw: tuple[str, ...]
    plain: tuple[str, ...]
    owner: NDArray[np.int64]
    ids: tuple[str, ...]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Phrasings":
        ids = tuple(programme.id for programme in knowledge.programmes)
        texts = [(p.id, text) for p in knowledge.programmes for text in (p.name, *p.aliases, *p.questions)]
        for translations in knowledge.translations.values():
            texts += [(id_, text) for id_, t in translations.items() for text in (t.name, *t.questions)]
        kept = [(text, normalize(text), ids.index(id_)) for id_, text in texts if normalize(text)]
        raw, plain, owner = zip(*kept, strict=True)
        return cls(raw, plain, np.array(owner, np.int64), ids)


@dataclass(frozen=True)
class Ranker:
    """A programme is as good as its best phrasing; ties by id."""

    name: str
    score: Score
    phrasings: Phrasings

    def rank(self, question: str) -> tuple[str, ...]:
        """At most three ids, best first."""
        best = np.full(len(self.phrasings.ids), -np.inf)
        np.maximum.at(best, self.phrasings.owner, self.score(question))
        order = np.argsort(-best, kind="stable")[:SHOWN]
        return tuple(self.phrasings.ids[i] for i in order if best[i] > -np.inf)


def spelling_rankers(phrasings: Phrasings) -> list[Ranker]:
    """Those that need no encoder."""
    return [
        Ranker("rapidfuzz WRatio, raw text", _fuzzy(fuzz.WRatio, phrasings.raw), phrasings),
        Ranker("rapidfuzz token_set_ratio", _normalised(_fuzzy(fuzz.token_set_ratio, phrasings.plain)), phrasings),
        Ranker("jamo 2–5-gram tf-idf, nearest phrasing", _normalised(Tfidf(phrasings.plain)), phrasings),
        Ranker("SQLite FTS5 trigram, bm25", _normalised(Fts(phrasings.plain)), phrasings),
    ]


def nearest_meaning(phrasings: Phrasings, encoder: Encoder, vectors: Vectors) -> Ranker:
    """``vectors`` (phrasings, dim) are the unit vectors of the normalised phrasings."""

    def score(question: str) -> Scores:
        return np.asarray(vectors @ encoder.embed([question])[0], np.float64)

    return Ranker("multilingual-e5-small, nearest phrasing", _normalised(score), phrasings)


def _normalised(score: Score) -> Score:
    return lambda question: score(normalize(question))


def _fuzzy(scorer: Callable[..., Any], texts: Sequence[str]) -> Score:
    return lambda question: np.asarray(process.cdist([question], texts, scorer=scorer)[0], np.float64)


class Tfidf:
    """Cosine of runs of 2–5 letters, by an inverted index."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(grams(text)) for text in texts]
        frequency = Counter(gram for count in counts for gram in count)
        self._size = len(texts)
        self._idf = {gram: self._rarity(n) for gram, n in frequency.items()}
        lists: dict[str, list[tuple[int, float]]] = {}
        for row, count in enumerate(counts):
            for gram, weight in self._weights(count).items():
                lists.setdefault(gram, []).append((row, weight))
        self._rows = {gram: np.array([row for row, _ in found], np.int64) for gram, found in lists.items()}
        self._values = {gram: np.array([weight for _, weight in found]) for gram, found in lists.items()}

    def __call__(self, text: str) -> Scores:
        mine = {gram: weight for gram, weight in self._weights(Counter(grams(text))).items() if gram in self._rows}
        if not mine:
            return np.full(self._size, -np.inf)
        rows = np.concatenate([self._rows[gram] for gram in mine])
        values = np.concatenate([self._values[gram] * weight for gram, weight in mine.items()])
        sums = np.bincount(rows, values, minlength=self._size)
        return np.where(sums > 0, sums, -np.inf)

    def _weights(self, count: Counter[str]) -> dict[str, float]:
        """A unit vector; runs that no phrasing has count in its length as the rarest do."""
        raw = {gram: (1 + math.log(n)) * (self._idf.get(gram) or self._rarity(1)) for gram, n in count.items()}
        norm = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {gram: value / norm for gram, value in raw.items()}

    def _rarity(self, texts: int) -> float:
        return math.log((1 + self._size) / (1 + texts)) + 1


class Fts:
    """SQLite's full-text index in memory; any trigram may match, bm25 weighs them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._database = sqlite3.connect(":memory:")
        self._database.execute("create virtual table phrasing using fts5(text, tokenize='trigram')")
        rows = list(enumerate(texts))
        self._database.executemany("insert into phrasing (rowid, text) values (?, ?)", rows)

    def __call__(self, text: str) -> Scores:
        scores = np.full(self._size, -np.inf)
        trigrams = dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2))
        if trigrams:
            found = self._database.execute(
                "select rowid, bm25(phrasing) from phrasing where phrasing match ?",
                [" OR ".join(f'"{trigram}"' for trigram in trigrams)],
            )
            for row, weight in found:
                scores[row] = -weight
        return scores

"""Runs of letters: what spelling is made of, and what survives a typo or a missing space."""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.engine import hangul
from bot.engine.normalize import bare

SHORTEST, LONGEST = 2, 5
WIDTH = 4096
"""Grams are hashed into this many columns; more bought nothing on the held-out questions (docs/design.md)."""


def squashed(text: str) -> str:
    """The letters of a normalised text without its spaces and accents."""
    return hangul.letters(bare(text).replace(" ", ""))


def grams(text: str) -> list[str]:
    """All runs of 2–5 letters of a normalised text, spaces ignored."""
    letters = squashed(text)
    return [letters[i : i + n] for n in range(SHORTEST, LONGEST + 1) for i in range(len(letters) - n + 1)]


@dataclass(frozen=True)
class Sparse:
    """A unit vector of ``WIDTH`` columns, most of them zero."""

    columns: NDArray[np.int64]
    values: NDArray[np.float32]

    def dense(self) -> NDArray[np.float32]:
        out = np.zeros(WIDTH, np.float32)
        out[self.columns] = self.values
        return out


class Spelling:
    """Texts as signed hashed tf-idf vectors; rare grams weigh more.

    Weights are kept by hash in two arrays: as a dict of strings they took 30 MB.
    """

    def __init__(self, documents: int, frequency: Mapping[str, int]) -> None:
        known = {_hash(gram): _idf(documents, count) for gram, count in frequency.items() if count > 1}
        self._hashes = np.array(sorted(known), np.uint32)
        self._weights = np.array([known[number] for number in sorted(known)], np.float32)
        self._rare = _idf(documents, 1)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Spelling":
        frequency: Counter[str] = Counter()
        documents = 0
        for text in texts:
            frequency.update(set(grams(text)))
            documents += 1
        return cls(documents, frequency)

    def vector(self, text: str) -> Sparse:
        counts = Counter(grams(text))
        hashes = np.fromiter(map(_hash, counts), np.uint32, len(counts))
        times = np.fromiter(counts.values(), np.float64, len(counts))
        weights = np.where(hashes >> 31, 1, -1) * (1 + np.log(times)) * self._known(hashes)
        columns, where = np.unique(hashes % WIDTH, return_inverse=True)
        values = np.bincount(where, weights, len(columns)).astype(np.float32)
        norm = float(np.linalg.norm(values)) or 1.0
        return Sparse(columns.astype(np.int64), values / np.float32(norm))

    def _known(self, hashes: NDArray[np.uint32]) -> NDArray[np.float64]:
        if not len(self._hashes):
            return np.full(len(hashes), self._rare)
        places = np.searchsorted(self._hashes, hashes).clip(max=len(self._hashes) - 1)
        return np.where(self._hashes[places] == hashes, self._weights[places], self._rare)

    def matrix(self, texts: list[str]) -> NDArray[np.float32]:
        """Shape ``(len(texts), WIDTH)``."""
        out = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in zip(out, texts, strict=True):
            sparse = self.vector(text)
            row[sparse.columns] = sparse.values
        return out


def _hash(gram: str) -> int:
    return zlib.crc32(gram.encode("utf-8", "replace"))


def _idf(documents: int, count: int) -> float:
    return float(np.log((1 + documents) / (1 + count))) + 1

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
    """Texts as signed hashed tf-idf vectors; rare grams weigh more."""

    def __init__(self, documents: int, frequency: Mapping[str, int]) -> None:
        self._idf = {gram: _idf(documents, count) for gram, count in frequency.items() if count > 1}
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
        sums: dict[int, float] = {}
        for gram, times in Counter(grams(text)).items():
            column = zlib.crc32(gram.encode("utf-8", "replace"))
            weight = (1 + float(np.log(times)) if times > 1 else 1.0) * self._idf.get(gram, self._rare)
            sums[column % WIDTH] = sums.get(column % WIDTH, 0.0) + (weight if column >> 31 else -weight)
        values = np.fromiter(sums.values(), np.float32, len(sums))
        norm = float(np.linalg.norm(values)) or 1.0
        return Sparse(np.fromiter(sums, np.int64, len(sums)), values / np.float32(norm))

    def matrix(self, texts: list[str]) -> NDArray[np.float32]:
        """Shape ``(len(texts), WIDTH)``."""
        out = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in zip(out, texts, strict=True):
            sparse = self.vector(text)
            row[sparse.columns] = sparse.values
        return out


def _idf(documents: int, count: int) -> float:
    return float(np.log((1 + documents) / (1 + count))) + 1

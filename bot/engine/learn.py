"""What is learned from the phrasings: ridge regression from a text to its owner, in closed form.

Nearest neighbours trust single phrasings; regression weighs all of them (DESIGN section 5: .83 → .92). Meaning is
learned with a Gaussian kernel: likeness to each phrasing counts, with a weight that makes neighbours differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.engine.cholesky import solve
from bot.engine.encode import Encoder, Vectors
from bot.engine.grams import Sparse, Spelling
from bot.engine.index import Phrase
from bot.engine.keep import Shelf

LETTERS_SHARE = 0.7
"""How much spelling weighs beside meaning where both are learned together."""
RIDGE_MEANING, RIDGE_LETTERS, RIDGE_BOTH = 0.1, 0.7, 1.0
_FORMAT = "2"
_WEIGHTS = ("letters", "meaning", "both")

Floats = NDArray[np.float32]
Halves = NDArray[Any]


@dataclass(frozen=True)
class Learned:
    """An owner a column: ``letters`` (WIDTH, owners); ``meaning`` (phrasings, owners); ``both`` (dim + WIDTH, owners).

    ``vectors`` (phrasings, dim) are the centred unit vectors of the phrasings. Without an encoder all but
    ``letters`` are empty.
    """

    spelling: Spelling
    centre: Floats
    vectors: Floats
    letters: Floats
    meaning: Floats
    both: Floats

    @property
    def has_meaning(self) -> bool:
        return bool(len(self.centre))

    def centred(self, vectors: Vectors) -> Vectors:
        """The encoder's vectors point all the same way; what is told apart is what is left without that."""
        return unit(vectors - self.centre)

    def by_letters(self, text: Sparse) -> Floats:
        return np.asarray(text.values @ self.letters[text.columns], np.float32)

    def by_meaning(self, likeness: Floats) -> Floats:
        """``likeness``: the cosines (phrasings,) of a message with all phrasings."""
        return np.asarray(kernel(likeness) @ self.meaning, np.float32)

    def by_both(self, vector: Vectors, text: Sparse) -> Floats:
        split = len(self.centre)
        letters = text.values @ self.both[split + text.columns]
        return np.asarray(vector @ self.both[:split] + np.float32(LETTERS_SHARE) * letters, np.float32)


def learn(phrases: Sequence[Phrase], owners: int, encoder: Encoder | None, keep: Shelf | None = None) -> Learned:
    """Learn from all phrasings. ``keep`` is where the result stays for the next start."""
    spelling = Spelling.of([p.text for p in phrases])
    vectors = encoder.embed([p.text for p in phrases]) if encoder else np.zeros((0, 0), np.float32)
    centre = np.asarray(vectors.mean(axis=0), np.float32) if encoder else np.zeros(0, np.float32)
    name = f"learned-{'both' if encoder else 'letters'}.npz"
    key, away = _key(phrases, owners, encoder), unit(vectors - centre) if encoder else vectors
    weights = keep.read(name, key, _WEIGHTS) if keep else None
    if weights is None:
        weights = _solve(phrases, owners, spelling, away)
        if keep:
            keep.write(name, key, weights)
    told = (np.asarray(weights[part], np.float32) for part in _WEIGHTS)
    return Learned(spelling, centre, away, *told)


def _solve(phrases: Sequence[Phrase], owners: int, spelling: Spelling, vectors: Floats) -> dict[str, Halves]:
    """Half precision, so that what is kept and what was just learned are the same."""
    targets = np.zeros((len(phrases), owners), np.float32)
    targets[np.arange(len(phrases)), [p.owner for p in phrases]] = 1
    targets -= targets.mean(axis=0)
    empty = np.zeros((0, owners), np.float32)
    by_meaning = dual_ridge(vectors, targets, RIDGE_MEANING) if len(vectors) else empty  # first: it needs the most room
    letters = spelling.matrix([p.text for p in phrases])
    by_letters = ridge(letters, targets, RIDGE_LETTERS)
    letters *= np.float32(LETTERS_SHARE)
    by_both = ridge(np.hstack([vectors, letters]), targets, RIDGE_BOTH) if len(vectors) else empty
    found = {"letters": by_letters, "meaning": by_meaning, "both": by_both}
    return {part: weights.astype(np.float16) for part, weights in found.items()}


def ridge(features: Floats, targets: Floats, penalty: float) -> Floats:
    """Weights (columns, owners) by whichever of the two closed forms is smaller."""
    rows, columns = features.shape
    if columns <= rows:
        gram = features.T @ features
        gram.flat[:: columns + 1] += np.float32(penalty)
        return solve(gram, features.T @ targets)
    gram = features @ features.T
    gram.flat[:: rows + 1] += np.float32(penalty)
    return np.asarray(features.T @ solve(gram, targets), np.float32)


def kernel(cosines: Floats) -> Floats:
    """Gaussian of the distance between unit vectors: exp(−‖a − b‖² / 2)."""
    return np.asarray(np.exp(cosines - 1), np.float32)


def dual_ridge(vectors: Floats, targets: Floats, penalty: float) -> Floats:
    """Kernel ridge: one weight (phrasings, owners) for the likeness to each phrasing."""
    gram = vectors @ vectors.T
    gram -= 1  # ``kernel``, in place
    np.exp(gram, out=gram)
    gram.flat[:: len(vectors) + 1] += np.float32(penalty)
    return solve(gram, targets)


def unit(vectors: Floats) -> Floats:
    """Each vector (last axis) at length 1; nothing stays nothing."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9), np.float32)


def _key(phrases: Sequence[Phrase], owners: int, encoder: Encoder | None) -> str:
    settings = (
        _FORMAT,
        owners,
        encoder and (encoder.name, encoder.dim),
        LETTERS_SHARE,
        RIDGE_MEANING,
        RIDGE_LETTERS,
        RIDGE_BOTH,
    )
    digest = hashlib.sha256(repr(settings).encode())
    for phrase in phrases:
        digest.update(f"{phrase.owner}\0{phrase.text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()

"""What is learned from the phrasings: ridge regression from a text to its owner, in closed form.

Nearest neighbours trust single phrasings; regression weighs all of them (DESIGN section 5: .83 → .92). Meaning is
learned with a Gaussian kernel: likeness to each phrasing counts, with a weight that makes neighbours differ.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.engine.encode import Encoder, Vectors
from bot.engine.grams import Sparse, Spelling
from bot.engine.index import Phrase

log = logging.getLogger(__name__)

LETTERS_SHARE = 0.7
"""How much spelling weighs beside meaning where both are learned together."""
_RIDGE_MEANING, _RIDGE_LETTERS, _RIDGE_BOTH = 0.1, 0.7, 1.0
_FORMAT = "2"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Learned:
    """An owner a column: ``letters`` (WIDTH, owners); ``meaning`` (phrasings, owners); ``both`` (dim + WIDTH, owners).

    ``vectors`` (phrasings, dim) are the centred unit vectors of the phrasings. Without an encoder all but
    ``letters`` are empty.
    """

    spelling: Spelling
    letters: Floats
    centre: Floats
    meaning: Floats
    both: Floats
    vectors: Floats

    @property
    def has_meaning(self) -> bool:
        return bool(len(self.centre))

    def centred(self, vectors: Vectors) -> Vectors:
        """The encoder's vectors point all the same way; what is told apart is what is left without that."""
        away = vectors - self.centre
        return np.asarray(away / np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-9), np.float32)

    def by_letters(self, text: Sparse) -> Floats:
        return np.asarray(text.values @ self.letters[text.columns], np.float32)

    def by_meaning(self, likeness: Floats) -> Floats:
        """``likeness``: the cosines (phrasings,) of a message with all phrasings."""
        return np.asarray(_kernel(likeness) @ self.meaning, np.float32)

    def by_both(self, vector: Vectors, text: Sparse) -> Floats:
        split = len(self.centre)
        letters = text.values @ self.both[split + text.columns]
        return np.asarray(vector @ self.both[:split] + np.float32(LETTERS_SHARE) * letters, np.float32)


def learn(phrases: Sequence[Phrase], owners: int, encoder: Encoder | None, keep: Path | None = None) -> Learned:
    """Learn from all phrasings. ``keep`` is a folder where the result stays for the next start."""
    spelling = Spelling.of([p.text for p in phrases])
    vectors = encoder.embed([p.text for p in phrases]) if encoder else np.zeros((0, 0), np.float32)
    centre = np.asarray(vectors.mean(axis=0), np.float32) if encoder else np.zeros(0, np.float32)
    name = f"learned-{'both' if encoder else 'letters'}.npz"
    path, key = keep and keep / name, _key(phrases, owners, vectors)
    weights = _read(path, key) if path else None
    if weights is None:
        weights = _solve(phrases, owners, spelling, _centred(vectors, centre))
        if path:
            _write(path, key, weights)
    return Learned(spelling, weights[0], centre, weights[1], weights[2], _centred(vectors, centre))


def _solve(
    phrases: Sequence[Phrase], owners: int, spelling: Spelling, vectors: Floats
) -> tuple[Floats, Floats, Floats]:
    letters = spelling.matrix([p.text for p in phrases])
    targets = np.zeros((len(phrases), owners), np.float32)
    targets[np.arange(len(phrases)), [p.owner for p in phrases]] = 1
    targets -= targets.mean(axis=0)
    by_letters = _ridge(letters, targets, _RIDGE_LETTERS)
    if not len(vectors):
        empty = np.zeros((0, owners), np.float32)
        return by_letters, empty, empty
    joint = np.hstack([vectors, np.float32(LETTERS_SHARE) * letters])
    return by_letters, _dual(vectors, targets, _RIDGE_MEANING), _ridge(joint, targets, _RIDGE_BOTH)


def _ridge(features: Floats, targets: Floats, penalty: float) -> Floats:
    """Weights (columns, owners) by whichever of the two closed forms is smaller."""
    rows, columns = features.shape
    if columns <= rows:
        gram = features.T @ features
        gram.flat[:: columns + 1] += np.float32(penalty)
        return np.asarray(np.linalg.solve(gram, features.T @ targets), np.float32)
    kernel = features @ features.T
    kernel.flat[:: rows + 1] += np.float32(penalty)
    return np.asarray(features.T @ np.linalg.solve(kernel, targets), np.float32)


def _kernel(cosines: Floats) -> Floats:
    """Gaussian of the distance between unit vectors: exp(−‖a − b‖² / 2)."""
    return np.asarray(np.exp(cosines - 1), np.float32)


def _dual(vectors: Floats, targets: Floats, penalty: float) -> Floats:
    """Kernel ridge: one weight (phrasings, owners) for the likeness to each phrasing."""
    kernel = _kernel(vectors @ vectors.T)
    kernel.flat[:: len(vectors) + 1] += np.float32(penalty)
    return np.asarray(np.linalg.solve(kernel, targets), np.float32)


def _centred(vectors: Floats, centre: Floats) -> Floats:
    if not len(vectors):
        return vectors
    away = vectors - centre
    return np.asarray(away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9), np.float32)


def _key(phrases: Sequence[Phrase], owners: int, vectors: Floats) -> str:
    settings = (_FORMAT, owners, vectors.shape, LETTERS_SHARE, _RIDGE_MEANING, _RIDGE_LETTERS, _RIDGE_BOTH)
    digest = hashlib.sha256(repr(settings).encode())
    for phrase in phrases:
        digest.update(f"{phrase.owner}\0{phrase.text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()


def _read(path: Path, key: str) -> tuple[Floats, Floats, Floats] | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return (kept["letters"], kept["meaning"], kept["both"]) if str(kept["key"]) == key else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError) as error:
        log.warning("kept weights are unreadable, learning anew", extra={"path": str(path), "error": str(error)})
        return None


def _write(path: Path, key: str, weights: tuple[Floats, Floats, Floats]) -> None:
    aside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as out:
            np.savez(out, key=np.array(key), letters=weights[0], meaning=weights[1], both=weights[2])
        aside.replace(path)
    except OSError as error:
        log.warning("weights were not kept", extra={"path": str(path), "error": str(error)})

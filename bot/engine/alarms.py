"""What danger sounds like, learned from examples of it and of what only looks like it: by letters, and by meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.engine import hangul
from bot.engine.encode import Encoder
from bot.engine.grams import Spelling
from bot.engine.keep import Shelf
from bot.engine.learn import dual_ridge, kernel, ridge, unit
from bot.engine.normalize import normalize
from bot.kb.urgent import Urgent

Floats = NDArray[np.float32]

_RIDGE_MEANING, _RIDGE_LETTERS, _RIDGE_QUICK = 0.1, 0.7, 2.0
_FORMAT = "1"


@dataclass(frozen=True)
class Rows:
    """Normalised examples with the number of their kind (−1: harmless); ``kinds`` are the ids by number."""

    texts: tuple[str, ...]
    kind_of: tuple[int, ...]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, urgent: Urgent) -> Rows:
        rows: dict[str, int] = {}
        for number, kind in enumerate(urgent.kinds):
            for language in sorted(kind.examples):
                rows |= {normalize(text): number for text in kind.examples[language]}
        for language in sorted(urgent.harmless.examples):
            rows |= {normalize(text): -1 for text in urgent.harmless.examples[language]}
        rows.pop("", None)
        return cls(tuple(rows), tuple(rows.values()), tuple(kind.id for kind in urgent.kinds))

    def harmless(self, more: Sequence[str]) -> Rows:
        """The same with more harmless texts."""
        return Rows((*self.texts, *more), (*self.kind_of, *(-1 for _ in more)), self.kinds)

    @property
    def targets(self) -> Floats:
        """One column a kind and, last, ±1 for danger at all."""
        out = np.zeros((len(self.texts), len(self.kinds) + 1), np.float32)
        for row, kind in zip(out, self.kind_of, strict=True):
            row[-1] = 1 if kind >= 0 else -1
            if kind >= 0:
                row[kind] = 1
        return out

    @property
    def key(self) -> str:
        return hashlib.sha256(repr((_FORMAT, self)).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Alarms:
    """``letters`` (WIDTH, kinds + 1); ``meaning`` (examples, kinds + 1); ``vectors`` (examples, dim), centred units."""

    kinds: tuple[str, ...]
    spelling: Spelling
    offset: Floats
    letters: Floats
    centre: Floats
    vectors: Floats
    meaning: Floats
    latin: frozenset[str]
    syllables: frozenset[str]
    texts: tuple[str, ...]
    """What all this was learned from."""

    @classmethod
    def learn(cls, rows: Rows, encoder: Encoder | None, keep: Shelf | None = None) -> Alarms:
        """Ridge regression in closed form. ``keep``: where the result stays for the next start."""
        vectors = encoder.embed(rows.texts) if encoder else np.zeros((0, 0), np.float32)
        centre = np.asarray(vectors.mean(axis=0), np.float32) if encoder else np.zeros(0, np.float32)
        spelling, away = Spelling.of(rows.texts), unit(vectors - centre) if encoder else vectors
        offset = np.asarray(rows.targets.mean(axis=0), np.float32)
        name = f"alarms-{'both' if encoder else 'letters'}.npz"
        key = f"{rows.key} {encoder.name if encoder else ''}"
        weights = keep.read(name, key, ("letters", "meaning")) if keep else None
        if weights is None:
            targets = rows.targets - offset
            letters = ridge(spelling.matrix(list(rows.texts)), targets, _RIDGE_LETTERS)
            meaning = dual_ridge(away, targets, _RIDGE_MEANING) if encoder else np.zeros((0, len(offset)), np.float32)
            weights = {"letters": letters.astype(np.float16), "meaning": meaning.astype(np.float16)}
            if keep:
                keep.write(name, key, weights)
        words = {word for text in rows.texts for word in text.split()}
        return cls(
            kinds=rows.kinds,
            spelling=spelling,
            offset=offset,
            letters=np.asarray(weights["letters"], np.float32),
            centre=centre,
            vectors=away,
            meaning=np.asarray(weights["meaning"], np.float32),
            latin=frozenset(word for word in words if word.isascii() and word.isalpha()),
            texts=rows.texts,
            syllables=frozenset(char for text in rows.texts for char in text if hangul.is_syllable(char)),
        )

    def judge(self, text: str, vector: Floats | None) -> tuple[str, tuple[float, float]]:
        """The likeliest kind, and what meaning (0 without a vector) and letters say: about −1 harmless, 1 danger."""
        sparse = self.spelling.vector(text)
        by_letters = sparse.values @ self.letters[sparse.columns] + self.offset
        if vector is None or not len(self.meaning):
            return self.kinds[int(by_letters[:-1].argmax())], (0.0, float(by_letters[-1]))
        by_meaning = kernel(self.vectors @ unit(vector - self.centre)) @ self.meaning + self.offset
        together = by_meaning + np.float32(0.5) * by_letters
        return self.kinds[int(together[:-1].argmax())], (float(by_meaning[-1]), float(by_letters[-1]))


def hardest(rows: Rows, everyday: Sequence[str], encoder: Encoder | None, most: int) -> list[str]:
    """The everyday texts that sound most like danger to a quick look at their letters and meaning.

    Learning needs only those: the others are told from danger anyway, and the cost grows with the cube of the rows.
    """
    known = set(rows.texts)
    texts = [text for text in dict.fromkeys(map(normalize, everyday)) if text and text not in known]
    if len(texts) <= most:
        return texts
    spelling, wanted = Spelling.of(rows.texts), rows.targets[:, -1:]
    scores = spelling.matrix(texts) @ ridge(spelling.matrix(list(rows.texts)), wanted, _RIDGE_LETTERS)
    if encoder:
        seen, asked = encoder.embed(rows.texts), encoder.embed(texts)
        centre = seen.mean(axis=0)
        scores = scores + unit(asked - centre) @ ridge(unit(seen - centre), wanted, _RIDGE_QUICK)
    return [texts[i] for i in sorted(np.argsort(-scores[:, 0], kind="stable")[:most])]

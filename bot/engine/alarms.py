"""What danger sounds like, learned from examples of it and of what only looks like it: by letters, and by meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
_FORMAT = "2"
EVERYDAY = 2500
"""So many everyday texts teach what is no danger: the hardest of them."""


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
    def learn(
        cls, rows: Rows, encoder: Encoder | None, keep: Shelf | None = None, everyday: Sequence[str] = ()
    ) -> Alarms:
        """Ridge regression in closed form. ``keep``: where the result stays for the next start.

        ``everyday``: what people write every day; the hardest of it is learned as harmless.
        """
        name = f"alarms-{'both' if encoder else 'letters'}.npz"
        key = _key(rows, everyday, encoder)
        kept = keep.read(name, key, ("everyday", "letters", "meaning")) if keep else None
        chosen = kept["everyday"].tolist() if kept else hardest(rows, everyday, encoder)
        rows = rows.harmless([normalize(everyday[number]) for number in chosen])
        vectors = encoder.embed(rows.texts) if encoder else np.zeros((0, 0), np.float32)
        centre = np.asarray(vectors.mean(axis=0), np.float32) if encoder else np.zeros(0, np.float32)
        spelling, away = Spelling.of(rows.texts), unit(vectors - centre) if encoder else vectors
        if kept is None:
            kept = _solved(rows, spelling, away) | {"everyday": np.array(chosen, np.int64)}
            if keep:
                keep.write(name, key, kept)
        words = {word for text in rows.texts for word in text.split()}
        return cls(
            kinds=rows.kinds,
            spelling=spelling,
            offset=np.asarray(rows.targets.mean(axis=0), np.float32),
            letters=np.asarray(kept["letters"], np.float32),
            centre=centre,
            vectors=away,
            meaning=np.asarray(kept["meaning"], np.float32),
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


def _key(rows: Rows, everyday: Sequence[str], encoder: Encoder | None) -> str:
    settings = (_FORMAT, EVERYDAY, _RIDGE_MEANING, _RIDGE_LETTERS, _RIDGE_QUICK, encoder and encoder.name)
    return hashlib.sha256(repr((settings, rows, tuple(everyday))).encode("utf-8", "replace")).hexdigest()


def _solved(rows: Rows, spelling: Spelling, vectors: Floats) -> dict[str, NDArray[Any]]:
    """Half precision, so that what is kept and what was just learned are the same."""
    targets = rows.targets - rows.targets.mean(axis=0)
    letters = ridge(spelling.matrix(list(rows.texts)), targets, _RIDGE_LETTERS)
    empty = np.zeros((0, targets.shape[1]), np.float32)
    meaning = dual_ridge(vectors, targets, _RIDGE_MEANING) if len(vectors) else empty
    return {"letters": letters.astype(np.float16), "meaning": meaning.astype(np.float16)}


def hardest(rows: Rows, everyday: Sequence[str], encoder: Encoder | None, most: int | None = None) -> list[int]:
    """The numbers of the everyday texts that sound most like danger to a quick look at their letters and meaning.

    Learning needs only those: the others are told from danger anyway, and the cost grows with the cube of the rows.
    """
    known, first = set(rows.texts), {normalize(text): number for number, text in reversed(list(enumerate(everyday)))}
    numbers = sorted(number for text, number in first.items() if text and text not in known)
    most = EVERYDAY if most is None else most
    if len(numbers) <= most:
        return numbers
    texts, spelling, wanted = [normalize(everyday[n]) for n in numbers], Spelling.of(rows.texts), rows.targets[:, -1:]
    scores = spelling.matrix(texts) @ ridge(spelling.matrix(list(rows.texts)), wanted, _RIDGE_LETTERS)
    if encoder:
        seen, asked = encoder.embed(rows.texts), encoder.embed(texts)
        centre = seen.mean(axis=0)
        scores = scores + unit(asked - centre) @ ridge(unit(seen - centre), wanted, _RIDGE_QUICK)
    return sorted(numbers[i] for i in np.argsort(-scores[:, 0], kind="stable")[:most])

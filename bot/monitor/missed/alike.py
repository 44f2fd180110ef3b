"""Which questions mean the same: their vectors, and groups of vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.engine.learn import unit
from bot.engine.normalize import normalize
from bot.engine.pipeline import Engine
from bot.kb.model import Language

Floats = NDArray[np.float32]
Progress = Callable[[int, int], None]

BAR_MEANING, BAR_LETTERS = 0.35, 0.18
"""Mean likeness at which a question joins a group (``tests/monitor/test_missed_alike.py`` measures it)."""
LETTERS_SHARE = 0.3
_BATCH, _ROUNDS = 32, 4


def bar(engine: Engine) -> float:
    """How alike is alike enough."""
    return BAR_MEANING if engine.encoder else BAR_LETTERS


def vectors(engine: Engine, normals: Sequence[str], progress: Progress | None = None) -> Floats:
    """A unit vector a text: meaning with some spelling, or spelling alone without an encoder."""
    letters = unit(engine.search.learned.spelling.matrix(list(normals)))
    if engine.encoder is None or not normals:
        return letters
    return unit(np.hstack([_meaning(engine, normals, progress), np.float32(LETTERS_SHARE) * letters]))


def _meaning(engine: Engine, normals: Sequence[str], progress: Progress | None) -> Floats:
    assert engine.encoder
    found = []
    for start in range(0, len(normals), _BATCH):
        part = normals[start : start + _BATCH]
        found.append(engine.search.learned.centred(engine.encoder.embed(part)))
        if progress:
            progress(start + len(part), len(normals))
    accents = _accents(engine)
    nothing = np.zeros_like(found[0][0])
    return unit(np.vstack(found) - [accents.get(engine.languages.tell(text), nothing) for text in normals])


def _accents(engine: Engine) -> dict[Language | None, Floats]:
    """What vectors of each other language have in common, whatever is said: without it a language would be a group."""
    numbers = {phrase.text: i for i, phrase in enumerate(engine.search.index.phrases)}
    out: dict[Language | None, Floats] = {}
    for language, cards in engine.knowledge.translations.items():
        texts = (normalize(text) for card in cards.values() for text in card.questions)
        if own := [numbers[text] for text in texts if text in numbers]:
            out[language] = np.asarray(engine.search.learned.vectors[own].mean(axis=0), np.float32)
    return out


def groups(rows: Floats, enough: float) -> list[list[int]]:
    """Numbers of rows by group, both in the order of the rows. First rows found groups: give the weightiest first.

    A row joins the group that it is most like on average, or begins one; then each may move once more to a better one.
    """
    like = rows @ rows.T
    places = _Places(like)
    for row in range(len(rows)):
        place, likeness = places.best(row)
        places.join(row, place if likeness >= enough else places.new())
    for _ in range(_ROUNDS):
        if not sum(places.move(row, enough) for row in range(len(rows))):
            break
    return sorted([i for i, place in enumerate(places.of) if place == group] for group in set(places.of))


class _Places:
    """Which row is in which group, with the summed likeness of every row to every group."""

    def __init__(self, like: Floats) -> None:
        self._like = like
        self._sums = np.zeros((len(like), len(like)), np.float32)
        self._counts = np.zeros(len(like), np.int64)
        self._used = 0
        self.of: list[int] = []

    def new(self) -> int:
        self._used += 1
        return self._used - 1

    def join(self, row: int, place: int) -> None:
        self.of.append(place)
        self._change(row, place, 1)

    def best(self, row: int) -> tuple[int, float]:
        """The group that a row is most like, and how much."""
        if not self._used:
            return 0, -1.0
        means = self._sums[row, : self._used] / np.maximum(self._counts[: self._used], 1)
        place = int(means.argmax())
        return place, float(means[place])

    def move(self, row: int, enough: float) -> bool:
        """Let a row go where it is more at home, if there is such a group. Whether it went."""
        home = self.of[row]
        self._change(row, home, -1)
        place, likeness = self.best(row)
        self.of[row] = place if likeness >= enough else home
        self._change(row, self.of[row], 1)
        return self.of[row] != home

    def _change(self, row: int, place: int, by: int) -> None:
        self._sums[:, place] += by * self._like[:, row]
        self._counts[place] += by

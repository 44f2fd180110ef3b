"""Which questions mean the same: their vectors, and groups of vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.engine.grams import Spelling
from bot.engine.learn import Learned, unit
from bot.engine.pipeline import Engine

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
    learned = engine.search.learned
    letters = unit(_letters(learned.spelling, normals))
    if engine.encoder is None or not normals:
        return letters
    return unit(np.hstack([_meaning(engine, learned, normals, progress), np.float32(LETTERS_SHARE) * letters]))


def _letters(spelling: Spelling, normals: Sequence[str]) -> Floats:
    return spelling.matrix(list(normals))


def _meaning(engine: Engine, learned: Learned, normals: Sequence[str], progress: Progress | None) -> Floats:
    assert engine.encoder
    found = []
    for start in range(0, len(normals), _BATCH):
        part = normals[start : start + _BATCH]
        found.append(learned.centred(engine.encoder.embed(part)))
        if progress:
            progress(start + len(part), len(normals))
    return np.vstack(found)


def groups(rows: Floats, enough: float) -> list[list[int]]:
    """Numbers of rows by group, both in the order of the rows. First rows found groups: give the weightiest first.

    A row joins the group that it is most like on average, or begins one; then each may move once more to a better one.
    """
    sums: list[Floats] = []
    of: list[int] = []
    for row in rows:
        place, likeness = _best(row, sums, np.bincount(of) if of else np.zeros(0, np.int64))
        if likeness < enough:
            place = len(sums)
            sums.append(np.zeros_like(row))
        sums[place] = sums[place] + row
        of.append(place)
    for _ in range(_ROUNDS):
        if not _moved(rows, sums, of, enough):
            break
    return sorted([i for i, place in enumerate(of) if place == group] for group in set(of))


def _best(row: Floats, sums: Sequence[Floats], counts: NDArray[np.int64]) -> tuple[int, float]:
    if not sums:
        return 0, -1.0
    means = np.stack(sums) @ row / np.maximum(counts, 1)
    place = int(means.argmax())
    return place, float(means[place])


def _moved(rows: Floats, sums: list[Floats], of: list[int], enough: float) -> bool:
    """One round in which each row may go where it is more at home."""
    changed = False
    for i, row in enumerate(rows):
        home = of[i]
        counts = np.bincount(of, minlength=len(sums))
        counts[home] -= 1
        rest = [*sums]
        rest[home] = sums[home] - row
        place, likeness = _best(row, rest, counts)
        if place != home and likeness >= enough:
            sums[home], sums[place], of[i] = rest[home], sums[place] + row, place
            changed = True
    return changed

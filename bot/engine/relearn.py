"""Weights after a few phrasings changed, without learning all anew: a second instead of minutes, until that is done.

What spelling taught of an owner stays as it was: a few phrasings hardly move it (docs/design.md); a new owner's is
learned beside the rows most like its own. What meaning taught is a weight a row: those of new rows and of the rows most
like a changed one are fitted again, from where they stand. Grams keep their rarity, vectors their centre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.engine.encode import Encoder
from bot.engine.index import Index, Phrase
from bot.engine.learn import (
    LETTERS_SHARE,
    RIDGE_BOTH,
    RIDGE_LETTERS,
    RIDGE_MEANING,
    Floats,
    Learned,
    dual_ridge,
    kernel,
    ridge,
    unit,
)

_MOST = 400
"""After more changed phrasings than this a sample of all is learned in place of all."""
_SAMPLE = 2500
_NEAR, _LEAST = 800, 20
"""So many rows are fitted again, together and at least for each changed one."""

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class _Change:
    """``source`` and ``columns``: where each row and each owner was before, −1: nowhere. ``gone``: rows of before."""

    before: Index
    after: Index
    source: Rows
    columns: Rows
    gone: Rows

    @classmethod
    def between(cls, before: Index, after: Index) -> _Change:
        column_of = {owner: column for column, owner in enumerate(before.owners)}
        columns = [column_of.get(owner, -1) for owner in after.owners]
        row_of = {(p.owner, p.text): row for row, p in enumerate(before.phrases)}
        source = np.array([row_of.get((columns[p.owner], p.text), -1) for p in after.phrases], np.int64)
        return cls(
            before, after, source, np.array(columns, np.int64), np.setdiff1d(np.arange(len(before.phrases)), source)
        )

    @property
    def new(self) -> Rows:
        return np.flatnonzero(self.source < 0)

    @property
    def size(self) -> int:
        return len(self.new) + len(self.gone)

    def moved(self, weights: Floats) -> Floats:
        """An owner a column, as the owners are now; zeros for a new one."""
        return np.asarray(np.where(self.columns >= 0, weights[:, self.columns], 0), np.float32)

    @property
    def targets(self) -> Floats:
        """What the rows should give: 1 for their owner, less what all rows give together."""
        out = np.eye(len(self.after.owners), dtype=np.float32)[self.after.owner_of]
        return np.asarray(out - out.mean(axis=0), np.float32)


def relearned(old: Learned, before: Index, after: Index, encoder: Encoder | None) -> Learned:
    """What was learned from the phrasings of ``before``, corrected for those of ``after``."""
    change = _Change.between(before, after)
    meaning = change.moved(old.meaning)
    carried = replace(
        old,
        vectors=_vectors(old, change, encoder) if old.has_meaning else old.vectors,
        letters=change.moved(old.letters),
        both=change.moved(old.both),
        meaning=_rows(meaning, change.source) if old.has_meaning else meaning,
    )
    return _corrected(carried, old, change) if change.size else carried


def _rows(weights: Floats, source: Rows) -> Floats:
    return np.asarray(np.where(source[:, None] >= 0, weights[source], 0), np.float32)


def _vectors(old: Learned, change: _Change, encoder: Encoder | None) -> Floats:
    """Half precision as those that are kept, so that both are the same."""
    vectors = old.vectors[change.source]
    if encoder and len(change.new):
        fresh = encoder.embed([change.after.phrases[row].text for row in change.new]).astype(np.float16)
        vectors[change.new] = unit(fresh.astype(np.float32) - old.centre)
    return vectors


def _corrected(carried: Learned, old: Learned, change: _Change) -> Learned:
    is_much, wanted = change.size > _MOST, change.targets
    near = _sample(change) if is_much else _near(carried, old, change)
    found = _introduced(carried, near, wanted[near], change) if (change.columns < 0).any() else carried
    if not carried.has_meaning:
        return found
    weights = _sampled(carried, near, wanted) if is_much else _fitted(carried, old, change, near, wanted)
    return replace(found, meaning=weights)


def _sample(change: _Change) -> Rows:
    """Some of the new rows and some of all."""
    rows = np.concatenate([change.new, np.arange(len(change.source))])
    return np.unique(rows[:: 1 + len(rows) // _SAMPLE])


def _sampled(carried: Learned, rows: Rows, wanted: Floats) -> Floats:
    """Kernel weights of these rows alone."""
    weights = np.zeros_like(carried.meaning)
    weights[rows] = dual_ridge(carried.vectors[rows], wanted[rows], RIDGE_MEANING)
    return weights


def _introduced(carried: Learned, near: Rows, wanted: Floats, change: _Change) -> Learned:
    """The columns of owners that were not there before."""
    columns = np.flatnonzero(change.columns < 0)
    rows = carried.spelling.matrix(_texts(change.after.phrases, near))
    letters, both = carried.letters.copy(), carried.both.copy()
    letters[:, columns] = ridge(rows, wanted[:, columns], RIDGE_LETTERS)
    if carried.has_meaning:
        joint = np.hstack([carried.vectors[near], np.float32(LETTERS_SHARE) * rows])
        both[:, columns] = ridge(joint, wanted[:, columns], RIDGE_BOTH)
    return replace(carried, letters=letters, both=both)


def _fitted(carried: Learned, old: Learned, change: _Change, near: Rows, wanted: Floats) -> Floats:
    """Kernel weights with those of ``near`` moved so that new rows fit and gone rows leave no hole."""
    rows, weights = carried.vectors[near], carried.meaning.copy()
    gone = kernel(rows @ old.vectors[change.gone].T)
    lacking = gone @ change.moved(old.meaning)[change.gone]
    new = change.source[near] < 0
    lacking[new] = wanted[near[new]] - kernel(rows[new] @ carried.vectors.T) @ carried.meaning
    gram = kernel(rows @ rows.T)
    gram.flat[:: len(gram) + 1] += np.float32(RIDGE_MEANING)
    weights[near] += np.linalg.solve(gram, lacking)
    return weights


def _near(carried: Learned, old: Learned, change: _Change) -> Rows:
    """The new rows and those most like a changed one, by letters and by meaning."""
    most = max(_LEAST, _NEAR // change.size)
    changed = [*(change.after.phrases[row] for row in change.new), *(change.before.phrases[row] for row in change.gone)]
    found = [change.new, *(change.after.runs.likest(phrase.letters, most) for phrase in changed)]
    if carried.has_meaning:
        cosines = np.vstack([carried.vectors[change.new], old.vectors[change.gone]]) @ carried.vectors.T
        found.append(np.argsort(-cosines, axis=1, kind="stable")[:, :most].ravel())
    return np.unique(np.concatenate(found))


def _texts(phrases: Sequence[Phrase], rows: Rows) -> list[str]:
    return [phrases[row].text for row in rows]

"""An engine for checks: what it was asked in an earlier run it does not embed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.engine.encode import Encoder, Kept, Vectors
from bot.engine.keep import Shelf
from bot.engine.pipeline import Engine


class Remembering:
    """An encoder that knows the vectors of the knowledge's texts (``known``) and of earlier questions (``kept``)."""

    def __init__(self, encoder: Encoder, known: dict[str, Vectors], kept: Kept) -> None:
        self.name, self.dim = encoder.name, encoder.dim
        self.asked: dict[str, Vectors] = {}
        self._encoder, self._known, self._kept = encoder, known, kept

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._one(text) for text in texts]) if texts else np.empty((0, self.dim), np.float32)

    def _one(self, text: str) -> Vectors:
        if (found := self._known.get(text, self.asked.get(text))) is None:
            earlier = self._kept.recall(text)
            found = self.asked[text] = self._encoder.embed([text])[0] if earlier is None else earlier
        return found


def remembering(engine: Engine, shelf: Shelf, aside: Path) -> Engine:
    """The same engine, quick where it is asked what stands in its knowledge or what it was asked before.

    ``shelf`` holds the vectors of the knowledge, ``aside`` is the folder for those of the questions.
    """
    if engine.encoder is None:
        return engine
    texts = list(dict.fromkeys([*(p.text for p in engine.search.index.phrases), *engine.guard.alarms.texts]))
    known = dict(zip(texts, Kept(engine.encoder, shelf).embed(texts), strict=True))
    encoder = Remembering(engine.encoder, known, Kept(engine.encoder, Shelf(aside)))
    return replace(engine, search=engine.search.by(encoder), guard=engine.guard.by(encoder))


def settle(engine: Engine, aside: Path) -> None:
    """Keep the vectors of what was asked in this run, and only those."""
    if isinstance(encoder := engine.encoder, Remembering) and encoder.asked:
        kept = Kept(encoder, Shelf(aside))
        kept.embed(list(encoder.asked))
        kept.settle()

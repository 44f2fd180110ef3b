"""Arrays kept on disk between runs, with the key of what they were made from. A cache: it may vanish or be torn."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Array = NDArray[Any]


def read_arrays(path: Path, key: str, names: Sequence[str]) -> dict[str, Array] | None:
    """What was kept under this key; None where there is nothing of use."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in names} if str(kept["key"]) == key else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError) as error:
        log.warning("a kept file is unreadable, made anew", extra={"path": str(path), "error": str(error)})
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
        log.warning("a file could not be kept", extra={"path": str(path), "error": str(error)})

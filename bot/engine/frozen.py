"""A whole engine kept between runs of the same code on the same knowledge, so that a start takes seconds.

The file is a pickle: it is read only from the bot's own folder, and only under the key of this code and knowledge.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from bot.engine.encode import Encoder
from bot.engine.pipeline import Engine

log = logging.getLogger(__name__)


def key_of(version: str, encoder: Encoder | None) -> bytes:
    """What an engine was built from: the version of the knowledge, the code, the encoder."""
    digest = hashlib.sha256((encoder.name if encoder else "").encode())
    for package in ("bot.engine", "bot.kb"):
        for path in sorted(files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".py", ".toml")):
                digest.update(path.read_bytes())
    return f"{digest.hexdigest()} {version}".encode()


def thaw(path: Path, key: bytes, encoder: Encoder | None, is_older_fine: bool = False) -> Engine | None:
    """The engine that was kept under this key; None where there is nothing of use.

    ``is_older_fine``: also one of other knowledge, of the same code.
    """
    try:
        with path.open("rb") as file:
            kept = file.readline().rstrip(b"\n")
            if kept != key and not (is_older_fine and kept.partition(b" ")[0] == key.partition(b" ")[0]):
                return None
            engine = pickle.load(file)
    except FileNotFoundError:
        return None
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError) as error:
        log.warning(
            "the kept engine is unreadable, made anew", extra={"code": "E306", "path": str(path), "error": str(error)}
        )
        return None
    return _with(engine, encoder) if isinstance(engine, Engine) else None


def freeze(path: Path, key: bytes, engine: Engine) -> None:
    """Keep an engine, without its encoder and the lines of the files, which only checks need.

    Aside and renamed; a full disk costs only time at the next start.
    """
    aside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(key + b"\n")
            told = replace(engine, knowledge=replace(engine.knowledge, documents={}))
            pickle.dump(_with(told, None), file, protocol=pickle.HIGHEST_PROTOCOL)
        aside.replace(path)
    except OSError as error:
        log.warning("the engine could not be kept", extra={"code": "E307", "path": str(path), "error": str(error)})


def _with(engine: Engine, encoder: Encoder | None) -> Engine:
    return replace(engine, search=replace(engine.search, encoder=encoder), guard=replace(engine.guard, encoder=encoder))

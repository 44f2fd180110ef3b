"""What staff did about missed questions, one small file a deed, so that the last can be undone."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import UsageError
from bot.kb.amend import Amendment
from bot.kb.files import place
from bot.store.missed import Decided, Decision

MOST = 50
"""Older deeds cannot be undone any more."""


@dataclass(frozen=True)
class Entry:
    """``told``: what was done, in a sentence. ``before``: the decisions of then, by key. ``change``: of a file."""

    told: str
    at: float
    before: Decided
    change: Amendment | None


@dataclass(frozen=True)
class Journal:
    """The last deeds in one folder."""

    folder: Path

    def add(self, entry: Entry) -> Path:
        """Keep it as the last one. Raises UsageError when it cannot be written."""
        kept = self._paths()
        path = self.folder / f"{int(kept[-1].stem) + 1 if kept else 1:06}.json"
        try:
            place(json.dumps(_plain(entry), ensure_ascii=False).encode(), path)
            os.chmod(path, 0o600)
            for old in kept[: max(0, len(kept) + 1 - MOST)]:
                old.unlink(missing_ok=True)
        except OSError as error:
            told = f"{path}: 되돌리기 기록을 쓰지 못해 아무것도 바꾸지 않았습니다({error.strerror})."
            raise UsageError(told) from error
        return path

    def last(self) -> tuple[Path, Entry] | None:
        """The last one that can be read."""
        for path in reversed(self._paths()):
            if entry := _read(path):
                return path, entry
        return None

    def _paths(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.json") if path.stem.isdigit())


def _plain(entry: Entry) -> dict[str, Any]:
    told = asdict(entry)
    if entry.change:
        told["change"]["root"] = str(entry.change.root.resolve())
    return told


def _read(path: Path) -> Entry | None:
    """None for a torn file."""
    try:
        told = json.loads(path.read_bytes())
        before = {key: one and Decision(**one) for key, one in told["before"].items()}
        change = told["change"] and Amendment(**{**told["change"], "root": Path(told["change"]["root"])})
        return Entry(told["told"], told["at"], before, change)
    except (OSError, ValueError, KeyError, TypeError):
        return None

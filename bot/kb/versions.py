"""Earlier versions of the knowledge, comments and all: what was live when, and putting one back.

``KEEP/versions``: one JSON file a version, and each file's bytes once under their hash, so that a version costs what
changed. Bounded in number and size; the oldest go first.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import UsageError
from bot.kb.files import Files, named, place, put, snapshot

log = logging.getLogger(__name__)

MOST, MOST_BYTES = 200, 200_000_000
_YOUNG = 3600.0
"""Bytes of no version are left for so many seconds: another process may be about to name them."""


@dataclass(frozen=True)
class Changes:
    """Paths of files, in order."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def between(cls, old: Mapping[str, object], new: Mapping[str, object]) -> Changes:
        both = sorted(old.keys() & new.keys())
        changed = tuple(where for where in both if old[where] != new[where])
        return cls(changed, tuple(sorted(new.keys() - old.keys())), tuple(sorted(old.keys() - new.keys())))

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.removed)

    def __str__(self) -> str:
        rows = (("바뀜", self.changed), ("새로 생김", self.added), ("없어짐", self.removed))
        return " · ".join(f"{title}: {_listed(names)}" for title, names in rows if names) or "바뀐 파일 없음"


@dataclass(frozen=True)
class Version:
    """``at``: when it last became live or was put aside, UTC. ``files``: hash by path. ``is_good``: it was live."""

    name: str
    at: str
    is_good: bool
    changes: Changes
    files: Mapping[str, str]


class Versions:
    """The kept versions in one folder. A full disk costs the history, never an answer."""

    def __init__(self, folder: Path, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._folder, self._most, self._most_bytes = folder, most, most_bytes

    def all(self) -> list[Version]:
        """Newest first; torn files are left out."""
        found = (_read(path) for path in self._folder.glob("*.json"))
        return sorted((one for one in found if one), key=lambda one: (one.at, one.name), reverse=True)

    def keep(self, files: Files, now: datetime, is_good: bool = True) -> Version:
        """Keep these files as the newest version; one that was kept before becomes the newest again.

        Raises OSError when it cannot be written.
        """
        hashes, kept = _hashes(files), self.all()
        before = next((one for one in kept if one.is_good), None)
        same = next((one for one in kept if one.files == hashes), None)
        if same and same == before:
            return same
        changes = Changes.between(before.files if before else {}, hashes)
        told = Version(
            named(files), now.astimezone(UTC).isoformat(), is_good or bool(same and same.is_good), changes, hashes
        )
        for where, digest in hashes.items():
            self._hold(digest, files[where])
        place(json.dumps(asdict(told), ensure_ascii=False).encode(), self._folder / f"{told.name}.json")
        self._prune(told)
        return told

    def changes(self, name: str, files: Files) -> Changes:
        """From a version to these files; from nothing where it is not kept."""
        before = next((one.files for one in self.all() if one.name == name), {})
        return Changes.between(before, _hashes(files))

    def files(self, version: Version) -> dict[str, bytes]:
        """The bytes of a version. Raises UsageError when some are lost."""
        found = {where: self._bytes(digest) for where, digest in version.files.items()}
        if lost := [where for where, content in found.items() if content is None]:
            raise UsageError(f"{version.name} 판의 파일이 남아 있지 않습니다: {_listed(lost)}")
        return {where: content for where, content in found.items() if content is not None}

    def put_back(self, root: Path, name: str | None, now: datetime) -> tuple[Version, Changes]:
        """Put a version's files into the folder; without a name the last good one that differs from it.

        What the folder holds is kept first, so that this can be undone too. Raises UsageError, KnowledgeError, OSError.
        """
        present = snapshot(root) if root.is_dir() else {}
        wanted = self._wanted(name, named(present))
        files = self.files(wanted)
        if present and named(present) not in {one.name for one in self.all()}:
            self.keep(present, now, is_good=False)
        root.mkdir(parents=True, exist_ok=True)
        put(files, root, present)
        return wanted, Changes.between(present, files)

    def _wanted(self, name: str | None, present: str) -> Version:
        kept = self.all()
        if name is None:
            found = [one for one in kept if one.is_good and one.name != present][:1]
        else:
            found = [one for one in kept if one.name.startswith(name)]
        if len(found) == 1:
            return found[0]
        if not found:
            told = "되돌릴 판이 없습니다." if name is None else f"'{name}' 판이 없습니다."
            raise UsageError(f"{told} python -m bot history로 남아 있는 판을 확인하세요.")
        raise UsageError(f"'{name}'(으)로 시작하는 판이 여럿입니다: {', '.join(one.name for one in found)}")

    def _hold(self, digest: str, content: bytes) -> None:
        path = self._blob(digest)
        if path.exists():
            path.touch()
        else:
            place(content, path)

    def _bytes(self, digest: str) -> bytes | None:
        try:
            content = self._blob(digest).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == digest else None

    def _blob(self, digest: str) -> Path:
        return self._folder / "files" / digest

    def _prune(self, newest: Version) -> None:
        """Drop the oldest versions beyond the number and the size, then the bytes that none names."""
        sizes = {path.name: path.stat().st_size for path in (self._folder / "files").iterdir()}
        held: set[str] = set()
        kept = [newest, *(one for one in self.all() if one.name != newest.name)]
        for number, one in enumerate(kept):
            larger = held | set(one.files.values())
            total = sum(sizes.get(digest, 0) for digest in larger)
            if number and (number >= self._most or total > self._most_bytes):
                (self._folder / f"{one.name}.json").unlink(missing_ok=True)
            else:
                held = larger
        self._drop(sizes.keys() - held)

    def _drop(self, digests: Iterable[str]) -> None:
        for digest in digests:
            path = self._blob(digest)
            if path.stat().st_mtime < time.time() - _YOUNG:
                path.unlink(missing_ok=True)


def _hashes(files: Files) -> dict[str, str]:
    return {where: hashlib.sha256(content).hexdigest() for where, content in files.items()}


def _read(path: Path) -> Version | None:
    try:
        told = json.loads(path.read_bytes())
        rows = {name: tuple(told["changes"][name]) for name in ("changed", "added", "removed")}
        return Version(told["name"], told["at"], told["is_good"], Changes(**rows), told["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("a kept version is unreadable", extra={"code": "E313", "path": str(path), "error": str(error)})
        return None


def _listed(names: Iterable[str], shown: int = 3) -> str:
    rows = list(names)
    return ", ".join(rows[:shown]) + (f" 등 {len(rows)}개" if len(rows) > shown else "")

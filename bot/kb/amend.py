"""A change of one staff file: shown as a diff and checked with all the rest first, made in one step, undone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from bot.errors import UsageError
from bot.kb.files import place, put, snapshot
from bot.kb.load import Knowledge, load

_AROUND = 2
"""Lines of a diff around what changes."""


@dataclass(frozen=True)
class Amendment:
    """``where``: the file's path within ``root``. ``before`` is None where there is no such file yet."""

    root: Path
    where: str
    before: str | None
    after: str

    @property
    def diff(self) -> str:
        """What changes, as people are shown it."""
        old, new = (self.before or "").splitlines(), self.after.splitlines()
        lines = unified_diff(old, new, self.where, self.where, n=_AROUND, lineterm="")
        return "\n".join(list(lines)[2:])

    @property
    def path(self) -> Path:
        return self.root / self.where


def amended(root: Path, where: str, edit: Callable[[str], str]) -> Amendment:
    """What an edit would make of a file. Raises UsageError for a file that cannot be read, and what ``edit`` raises."""
    before = _present(root / where)
    if before is None:
        raise UsageError(f"{where} 파일이 없습니다.")
    return Amendment(root, where, before, edit(before))


def checked(change: Amendment) -> Knowledge:
    """The knowledge as it would be then. Raises KnowledgeError with all that would have to be mended."""
    files = snapshot(change.root)
    with tempfile.TemporaryDirectory() as folder:
        put({**files, change.where: change.after.encode()}, Path(folder), {})
        return load(Path(folder))


def make(change: Amendment) -> None:
    """Write it, unless the file is no longer what the change was made for. Raises UsageError."""
    _exchange(change, change.before, change.after)


def unmake(change: Amendment) -> None:
    """Put the file back, unless it was changed since. Raises UsageError."""
    _exchange(change, change.after, change.before)


def _exchange(change: Amendment, old: str | None, new: str | None) -> None:
    present = _present(change.path)
    if present == new:
        return
    if present != old:
        raise UsageError(f"{change.where} 파일이 그 사이에 바뀌었습니다. 파일을 보고 다시 하거나 손으로 고치세요.")
    try:
        if new is None:
            change.path.unlink()
        else:
            place(new.encode(), change.path)
    except OSError as error:
        raise UsageError(f"{change.path}: 쓰지 못했습니다({error.strerror}). 폴더의 권한을 확인하세요.") from error


def _present(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name}: UTF-8이 아닌 파일입니다. python -m bot check를 돌려 보세요.") from error
    except OSError as error:
        raise UsageError(f"{path}: 읽지 못했습니다({error.strerror}).") from error

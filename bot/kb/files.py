"""The files of a knowledge folder, read once: what is checked, built, kept and put back are the very same bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bot.errors import KnowledgeError, Problem

Files: TypeAlias = Mapping[str, bytes]
"""Bytes by path within the folder (``programs/owl-bus.yaml``)."""
Signature: TypeAlias = tuple[str, tuple[tuple[str, int, int, int], ...]]

_DEEPEST = 3
"""``translations/vi/owl-bus.yaml``; a link to a folder around itself leads no deeper."""
_TRIES = 5


def paths(root: Path) -> Iterator[tuple[str, Path]]:
    """Every YAML file by its path within the folder. Hidden ones are left out: editors' own, ``.git``, ``..data``.

    ``.yml`` is there too, so that the loader can say that nobody reads it.

    Links are followed: that is how Kubernetes and git-sync exchange a whole folder at once.
    """
    for folder, folders, names in os.walk(root, followlinks=True):
        here = Path(folder).relative_to(root)
        is_deepest = len(here.parts) >= _DEEPEST - 1
        folders[:] = [] if is_deepest else sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith((".yaml", ".yml")) and not name.startswith("."):
                yield (here / name).as_posix(), Path(folder, name)


def signature(root: Path) -> Signature:
    """What changes whenever a file does: cheap to ask for."""
    rows = []
    for where, path in paths(root):
        try:
            told = path.stat()
        except OSError:
            continue
        rows.append((where, told.st_size, told.st_mtime_ns, told.st_ino))
    return os.path.realpath(root), tuple(rows)


def snapshot(root: Path) -> dict[str, bytes]:
    """All files of one moment: read again until nothing changed meanwhile.

    Raises KnowledgeError where the folder is missing, cannot be read, or does not come to rest.
    """
    if not root.is_dir():
        raise KnowledgeError([Problem(str(root), 0, "지식 폴더가 없습니다. KNOWLEDGE_DIR 설정을 확인하세요.")])
    for _ in range(_TRIES):
        before = signature(root)
        try:
            files = {where: path.read_bytes() for where, path in paths(root)}
        except FileNotFoundError:
            continue
        except OSError as error:
            raise KnowledgeError([Problem(str(root), 0, f"파일을 읽을 수 없습니다({error.strerror}).")]) from error
        if signature(root) == before:
            return files
    raise KnowledgeError([Problem(str(root), 0, "파일이 계속 바뀌고 있습니다. 저장이 끝나면 다시 읽습니다.")])


def named(files: Files) -> str:
    """Twelve hex digits that name exactly these bytes."""
    digest = hashlib.sha256()
    for where in sorted(files, key=lambda where: Path(where).parts):
        digest.update(where.encode() + b"\0" + files[where] + b"\0")
    return digest.hexdigest()[:12]


def put(files: Files, root: Path, before: Files) -> None:
    """Make a folder that holds ``before`` hold ``files``: each file in one step, those that are gone last."""
    for where, content in files.items():
        if before.get(where) != content:
            place(content, root / where)
    for where in before.keys() - files.keys():
        (root / where).unlink(missing_ok=True)


def place(content: bytes, path: Path) -> None:
    """Aside under a hidden name, then renamed: whoever reads meets the old file or the new one."""
    aside = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(content)
    aside.replace(path)

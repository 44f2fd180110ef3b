"""Knowledge that a running bot can go on with: what is there, else what was good last, else what is whole of it."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from bot.errors import KnowledgeError, Problem
from bot.kb.files import paths
from bot.kb.load import Knowledge, load

log = logging.getLogger(__name__)


def trusted(root: Path, aside: Path) -> tuple[Knowledge, tuple[Problem, ...]]:
    """The knowledge of ``root``, and its problems if something else had to stand in.

    ``aside`` is a folder where every good knowledge is copied. Raises KnowledgeError when nothing can stand in.
    """
    try:
        knowledge = load(root)
    except KnowledgeError as error:
        return _instead(root, aside, error), tuple(error.problems)
    remember(root, aside)
    return knowledge, ()


def _instead(root: Path, aside: Path, why: KnowledgeError) -> Knowledge:
    """What was good last knows more than the files of today that are whole."""
    try:
        return load(aside)
    except KnowledgeError:
        log.warning("there is no last good knowledge, going on with the files that are whole", extra={"code": "E302"})
    try:
        return load(root, is_lenient=True)
    except KnowledgeError:
        raise why from None


def remember(root: Path, aside: Path) -> None:
    """Copy the files beside, then exchange the folders, so that a crash leaves one of them whole."""
    new, old = aside.with_name(aside.name + ".new"), aside.with_name(aside.name + ".old")
    try:
        for rest in (new, old):
            shutil.rmtree(rest, ignore_errors=True)
        for where, path in paths(root):
            target = new / where
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        if aside.exists():
            aside.rename(old)
        new.rename(aside)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        log.warning("the good knowledge could not be copied", extra={"code": "E303", "error": str(error)})

"""A private copy of the project to measure: nobody's edits come between, and nothing of it is written to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.config import ROWS, Settings
from bot.engines import KEEP

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 1800
"""So many seconds may one child take; the cold start embeds thousands of phrasings."""

_JUNK = shutil.ignore_patterns("__pycache__", "*.part", "*.db*")


@dataclass(frozen=True)
class Stage:
    """A folder with the code, the knowledge and, unless the start is to be cold, the kept vectors."""

    root: Path

    @property
    def knowledge(self) -> Path:
        return self.root / "knowledge"

    @property
    def keep(self) -> Path:
        return self.root / KEEP

    def run(self, *arguments: str, typed: str = "") -> str:
        """``python -m …`` in this folder → what it wrote to standard output."""
        done = subprocess.run(
            command(*arguments),
            cwd=self.root,
            env=environment(),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        if done.returncode:
            raise RuntimeError(f"python -m {' '.join(arguments)} failed: {done.stderr[-2000:]}")
        return done.stdout


@contextmanager
def staged(cold: bool = False) -> Iterator[Stage]:
    """A stage until the end of the block; ``cold`` leaves the kept vectors behind."""
    with TemporaryDirectory(prefix="bench-") as name:
        stage = Stage(Path(name))
        for folder in ("bot", "bench"):
            shutil.copytree(ROOT / folder, stage.root / folder, ignore=_JUNK)
        shutil.copytree(ROOT / Settings.read().knowledge_dir, stage.knowledge)
        if not cold and (ROOT / KEEP).is_dir():
            shutil.copytree(ROOT / KEEP, stage.keep, ignore=_JUNK)
        yield stage


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def environment() -> dict[str, str]:
    """Ours without the bot's settings; compiled modules may be written, as on any other machine."""
    unwanted = {row.name for row in ROWS} | {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in unwanted}

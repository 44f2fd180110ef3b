"""``python -m bench [FILES…] [--write] [--cold]``: speed and peers as Markdown, printed or kept in the docs."""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench import console, learning, peers, reload, speed, throughput
from bench.questions import shipped_files
from bench.stage import ROOT, Stage, staged
from bot.errors import BotError
from bot.kb.load import load

TARGET = ROOT / "docs/benchmarks.md"
BUSY = 0.5
"""Above this load a CPU the times tell more of others than of us."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure everything once."""
    args = _parser().parse_args(argv)
    try:
        with staged() as stage:
            text = document(stage, args.files or shipped_files(), args.cold)
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if args.write:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help='lines of {"q": "…", "accept": ["id"]}')
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.relative_to(ROOT)}")
    parser.add_argument("--cold", action="store_true", help="time also a start with nothing kept (minutes)")
    return parser


def document(stage: Stage, files: Sequence[Path], cold: bool) -> str:
    """The whole page."""
    parts = [
        "# Benchmarks",
        "Written by `python -m bench --write`.",
        f"{date.today()} · Python {platform.python_version()} · {_machine()} · "
        f"knowledge {load(stage.knowledge).version}",
        "## Speed and size",
        speed.report(stage, cold),
        "## Live reload",
        reload.report(stage),
        "## Console",
        console.report(stage),
        throughput.TITLE,
        throughput.report(stage),
        "## Learning anew",
        learning.report(stage),
        "## Beside others",
        peers.report(stage, files),
    ]
    return "\n\n".join(parts) + "\n"


def _machine() -> str:
    """Its CPUs, and whether others used them when the measuring began."""
    cpus, busy = os.cpu_count() or 1, os.getloadavg()[0]
    warning = " — **busy: times are too high**" if busy > cpus * BUSY else ""
    return f"{cpus} CPUs, load {busy:.1f} before the start{warning}"


if __name__ == "__main__":
    sys.exit(main())

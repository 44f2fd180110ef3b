"""What does it take to learn all weights anew, as after a change of phrasings?

``python -m bench.learning``: prints figures. Vectors are known, as they are in a bot that runs.
"""

import argparse
import json
import os
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.markdown import number, table
from bench.stage import Stage, staged
from bot.engine.encode import E5
from bot.engine.whole import build
from bot.engines import KEEP, SHIPPED

KNOWLEDGE, VECTORS = Path("knowledge"), ("vectors.npz", "shipped.npz")


def measured(no_encoder: bool) -> dict[str, float]:
    """In the folder of a stage: all is learned here, and this process tells what it took."""
    start = perf_counter()
    with TemporaryDirectory() as name:
        keep, ready = Path(name, "keep"), Path(name, "ready")
        for folder, source in ((keep, KEEP), (ready, KNOWLEDGE / SHIPPED)):
            _take_vectors(source, folder)
        found = build(KNOWLEDGE, keep, ready, None if no_encoder else E5())
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "phrasings": len(found.search.index.phrases),
        "clock": perf_counter() - start,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
    }


def _take_vectors(source: Path, folder: Path) -> None:
    """Without weights, so that they are learned."""
    folder.mkdir()
    for path in (source / name for name in VECTORS):
        if path.exists():
            (folder / path.name).symlink_to(path.resolve())


def report(stage: Stage) -> str:
    """All figures as Markdown."""
    busy = f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} before the start."
    modes = {"with the encoder": (), "without": ("--no-encoder",)}
    told = {mode: json.loads(stage.run("bench.learning", "--here", *flags)) for mode, flags in modes.items()}
    rows = [
        (
            mode,
            f"{took['phrasings']:,}",
            number(took["peak"], "MB"),
            number(took["cpu"], "s"),
            number(took["clock"], "s"),
        )
        for mode, took in told.items()
    ]
    what = "All weights of the shipped knowledge, for search and for danger, learned anew in a process of its own."
    return "\n\n".join([busy, what, table(("", "phrasings", "most memory", "of a CPU", "it takes"), rows)])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.learning", description=__doc__)
    parser.add_argument("--here", action="store_true", help="in this folder, figures as JSON")
    parser.add_argument("--no-encoder", action="store_true", help="with --here: by spelling alone")
    args = parser.parse_args()
    if args.here:
        json.dump(measured(args.no_encoder), sys.stdout)
        return 0
    with staged() as stage:
        sys.stdout.write(report(stage) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A whole engine built in a process of its own, so that learning anew neither slows an answer nor keeps its memory.

``python -m bot.engine.whole KNOWLEDGE KEEP READY [--no-encoder]`` leaves it in KEEP, where ``thaw`` finds it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from pathlib import Path

from bot.engine.encode import E5, Encoder
from bot.engine.frozen import freeze, key_of
from bot.engine.pipeline import Engine
from bot.kb.load import load

_NICE = 19


def kept_at(keep: Path, encoder: Encoder | None) -> Path:
    """Where an engine stays between runs."""
    return keep / f"engine-{'both' if encoder else 'letters'}.pickle"


def command(knowledge: Path, keep: Path, ready: Path, has_encoder: bool) -> list[str]:
    """The command line that builds an engine of ``knowledge``. For ``ready`` see ``Engine.build``."""
    flags = [] if has_encoder else ["--no-encoder"]
    return [sys.executable, "-m", "bot.engine.whole", str(knowledge), str(keep), str(ready), *flags]


def build(knowledge: Path, keep: Path, ready: Path, encoder: Encoder | None) -> Engine:
    """Learn all, and keep the result."""
    found = Engine.build(load(knowledge), encoder, keep, ready=ready)
    freeze(kept_at(keep, encoder), key_of(found.knowledge.version, encoder), found)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog=f"python -m {__name__}", description=__doc__)
    for name in ("knowledge", "keep", "ready"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--no-encoder", action="store_true")
    args = parser.parse_args()
    _stand_back()
    build(args.knowledge, args.keep, args.ready, None if args.no_encoder else E5())
    return 0


def _stand_back() -> None:
    """Others first: they get the processor, and when memory runs out this process is the one that ends."""
    with contextlib.suppress(OSError, AttributeError):  # AttributeError: Windows
        os.nice(_NICE)
    with contextlib.suppress(OSError):  # not Linux
        Path("/proc/self/oom_score_adj").write_text("1000", "utf-8")


if __name__ == "__main__":
    sys.exit(main())

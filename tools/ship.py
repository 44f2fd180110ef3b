"""Compute once what every first start would compute: the vectors and weights of the shipped knowledge.

usage: python -m tools.ship

Writes ``knowledge/.kept/``. Phrasings changed later are embedded at the start of the bot; this only saves time.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from bot.engine.encode import E5, Kept
from bot.engine.keep import Shelf
from bot.engine.pipeline import Engine
from bot.engines import SHIPPED
from bot.kb.load import load

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "knowledge"


def main() -> int:
    folder = KNOWLEDGE / SHIPPED
    encoder, knowledge = E5(), load(KNOWLEDGE)
    engine = Engine.build(knowledge, encoder, ROOT / "var", say)
    kept = Kept(encoder, Shelf(ROOT / "var"))
    kept.embed([phrase.text for phrase in engine.search.index.phrases])
    kept.embed(engine.guard.alarms.texts)
    kept.ship(folder)
    with tempfile.TemporaryDirectory() as aside:
        for which in (encoder, None):
            Engine.build(knowledge, which, Path(aside), say, ready=folder)
        for path in Path(aside).glob("*-*.npz"):
            shutil.copy(path, folder / path.name)
    size = sum(path.stat().st_size for path in folder.iterdir())
    sys.stderr.write(f"{folder.relative_to(ROOT)}: {size / 1e6:.1f} MB\n")
    return 0


def say(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))


if __name__ == "__main__":
    sys.exit(main())

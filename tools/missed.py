"""How well questions that mean the same are grouped: ``python -m tools.missed``.

``tests/data/missed_groups.jsonl``: set a chose the bars, b was looked at too, c was written after and only measured,
f has other languages.
Pairs: of two questions in one group, how often that is right; of two that mean the same, how often they are together.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from bot.config import Settings
from bot.engine.normalize import normalize
from bot.engines import engine
from bot.monitor.missed import alike

DATA = Path(__file__).resolve().parents[1] / "tests/data/missed_groups.jsonl"
_SEEDS = 5


def pairs(found: Sequence[Sequence[int]], labels: Sequence[str]) -> tuple[float, float]:
    """Precision and recall of pairs."""
    together = {pair for group in found for pair in combinations(sorted(group), 2)}
    same = {(i, j) for i, j in combinations(range(len(labels)), 2) if labels[i] == labels[j]}
    right = len(together & same)
    return right / max(1, len(together)), right / max(1, len(same))


def questions(sets: str) -> list[tuple[str, str]]:
    """Label and normal form."""
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    return [(row["group"], normalize(text)) for row in rows if row["set"] in sets for text in row["q"]]


def main() -> int:
    for no_encoder in (False, True):
        by = engine(Settings.read(), no_encoder)
        for sets in ("a", "b", "c", "abc", "f"):
            rows = questions(sets)
            vectors = alike.vectors(by, [text for _, text in rows])
            told = []
            for seed in range(_SEEDS):
                order = np.random.default_rng(seed).permutation(len(rows))
                told.append(pairs(alike.groups(vectors[order], alike.bar(by)), [rows[i][0] for i in order]))
            precision, recall = np.mean(told, axis=0)
            name = "spelling" if no_encoder else "meaning"
            sys.stdout.write(f"{name:9} {sets:4} {len(rows):4}  precision {precision:.2f}  recall {recall:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

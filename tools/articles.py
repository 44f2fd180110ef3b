"""How well ``draft`` reads press releases: ``python -m tools.articles [FOLDER]``.

A folder holds articles and ``gold.yaml``: by file the programmes that the article names, words that are no mistake
either (``also``), and facts that must be found beside a programme. Invented cities are in ``tests/data/articles``.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.monitor.draft.article import read
from bot.monitor.draft.facts import facts
from bot.monitor.draft.find import find

ARTICLES = Path(__file__).resolve().parents[1] / "tests" / "data" / "articles"


@dataclass(frozen=True)
class Score:
    """What was found of one article: right, missed, invented; facts beside them: found and wanted."""

    right: tuple[str, ...]
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    facts: int = 0
    wanted: int = 0


def gold(folder: Path) -> dict[str, dict[str, Any]]:
    """What people said of each article."""
    said: dict[str, dict[str, Any]] = yaml.safe_load((folder / "gold.yaml").read_text("utf-8"))
    return said


def score(folder: Path, name: str, said: dict[str, Any]) -> Score:
    """Read one article and compare."""
    article = read(folder / name)
    found = {one.name: [f.value for f in facts(article, one)] for one in find(article)}
    left, invented = list(said["programmes"]), []
    for told in found:
        hit = min((w for w in left if same(w, told)), key=lambda w: abs(len(_bare(w)) - len(_bare(told))), default=None)
        if hit is not None:
            left.remove(hit)
        elif not any(same(word, told) for word in said.get("also", ())):
            invented.append(told)
    right = tuple(w for w in said["programmes"] if w not in left)
    pairs = [(programme, value) for programme, values in said.get("facts", {}).items() for value in values]
    hits = sum(_has(found, programme, value) for programme, value in pairs)
    return Score(right, tuple(left), tuple(invented), hits, len(pairs))


def same(one: str, other: str) -> bool:
    """One name within the other, and at least half of it."""
    short, full = sorted((_bare(one), _bare(other)), key=len)
    return short in full and len(short) * 2 >= len(full)


def _has(found: dict[str, list[str]], programme: str, value: str) -> bool:
    values = [_bare(v) for name, own in found.items() if same(programme, name) for v in own]
    return any(_bare(value) in v or (v in _bare(value) and len(v) > 2) for v in values)


def _bare(text: str) -> str:
    return re.sub(r"[\s·,‘’“”'\"()-]", "", text)


def line(title: str, scores: list[Score]) -> str:
    """Recall and precision of several articles together."""
    right, missed, invented = (sum(len(getattr(s, part)) for s in scores) for part in ("right", "missed", "invented"))
    found, wanted = sum(s.facts for s in scores), sum(s.wanted for s in scores)
    told = f"{title:24} programmes {right + missed:3}  recall {right / max(1, right + missed):.3f}"
    told += f"  precision {right / max(1, right + invented):.3f}"
    return told + (f"  facts {wanted:3}  recall {found / wanted:.3f}" if wanted else "")


def main(folder: Path) -> None:
    """A line for each article and for each group (the first word of the names)."""
    groups: dict[str, list[Score]] = {}
    for name, said in gold(folder).items():
        own = score(folder, name, said)
        groups.setdefault(name.split("-")[0], []).append(own)
        sys.stdout.write(f"{line(name, [own])}  missed {list(own.missed)}  invented {list(own.invented)}\n")
    for group, scores in groups.items():
        sys.stdout.write(line(f"all of {group}", scores) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)

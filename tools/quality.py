"""How well does the bot answer? Question files → the tables of ``docs/quality.md``.

usage: python -m tools.quality [FILE…] [--write]

Files hold one JSON object a line: ``{"q", "accept": [ids], "lang"}`` for questions (``accept`` empty: out of scope),
``{"q", "emergency": true|false, "hotlines": [numbers], "lang"}`` for danger and what only looks like it. Without files
those of ``tests/data`` are measured; to them a few numbers of ``calibration.toml`` were fitted, so others say more;
only to ``unseen_danger.jsonl`` nothing was.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.engine.answer import Answer, Choices, Found, Urgent
from bot.engine.pipeline import Engine
from bot.engines import engine

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs/quality.md"


@dataclass(frozen=True)
class Asked:
    """One line of a file and what came of it."""

    row: dict[str, Any]
    answer: Answer
    language: str | None
    by_rules: bool

    @property
    def lang(self) -> str:
        return str(self.row.get("lang", "ko"))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(hit.id for hit in self.answer.hits)

    @property
    def is_first(self) -> bool:
        return self.ids[:1] != () and self.ids[0] in self.row["accept"]

    @property
    def is_among(self) -> bool:
        return any(id_ in self.row["accept"] for id_ in self.ids)

    @property
    def is_wrong(self) -> bool:
        return isinstance(self.answer, Found) and not self.is_first

    @property
    def has_right_number(self) -> bool:
        return isinstance(self.answer, Urgent) and bool(set(self.answer.hotlines) & set(self.row["hotlines"]))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.quality", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="write docs/quality.md")
    args = parser.parse_args()
    files = args.files or [path for path in sorted((ROOT / "tests/data").glob("*.jsonl")) if "privacy" not in path.stem]
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]
    text = "\n\n".join(page(rows, files)) + "\n"
    if args.write:
        TARGET.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


def page(rows: Sequence[dict[str, Any]], files: Sequence[Path]) -> Iterator[str]:
    with_meaning, by_spelling = engine(Settings.read()), engine(Settings.read(), no_encoder=True)
    names = ", ".join(sorted(path.name for path in files))
    yield "# Quality"
    version = with_meaning.knowledge.version
    yield f"Written by `python -m tools.quality FILE… --write` on {date.today()}, knowledge {version}."
    yield f"Files: {names} ({len(rows)} messages)."
    for title, by in (("With the encoder", with_meaning), ("Without it (spelling alone)", by_spelling)):
        asked = [ask(by, row) for row in rows]
        yield f"## {title}"
        yield questions([a for a in asked if a.row.get("accept")])
        yield outside([a for a in asked if a.row.get("accept") == []])
        yield danger([a for a in asked if "emergency" in a.row], [a for a in asked if "accept" in a.row])


def ask(by: Engine, row: dict[str, Any]) -> Asked:
    sign = by.guard.signs.fitting(row["q"])
    by_rules = sign is not None and (sign.is_strong or by.guard.harmless.fitting(row["q"]) is None)
    return Asked(row, by.answer(row["q"]), by.language(row["q"]), by_rules)


def questions(asked: Sequence[Asked]) -> str:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[one.lang].append(one)
        if one.lang != "ko":
            groups["five languages"].append(one)
    head = "| questions of ours | n | right first | among three | outright | and wrong | language right |"
    rows = [_row(name, group, _OURS) for name, group in sorted(groups.items(), key=lambda item: item[0] != "ko")]
    return "\n".join([head, "|---|---|---|---|---|---|---|", *rows])


def outside(asked: Sequence[Asked]) -> str:
    head = "| out of scope | n | answered outright | offered choices | alarm |"
    return "\n".join([head, "|---|---|---|---|---|", *([_row("all", asked, _OUTSIDE)] if asked else [])])


def danger(asked: Sequence[Asked], ordinary: Sequence[Asked]) -> str:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        kind = "emergencies" if one.row["emergency"] else "look-alikes"
        groups[kind].append(one)
        groups[f"{kind}, {one.lang}"].append(one)
    head = "| danger | n | alarm | written rules alone | an acceptable number |"
    rows = [_row(name, group, _DANGER) for name, group in sorted(groups.items())]
    rows += [_row("ordinary and out of scope", ordinary, _DANGER)] if ordinary else []
    return "\n".join([head, "|---|---|---|---|---|", *rows])


_OURS: tuple[Callable[[Asked], bool], ...] = (
    lambda a: a.is_first,
    lambda a: a.is_among,
    lambda a: isinstance(a.answer, Found),
    lambda a: a.is_wrong,
    lambda a: a.language == a.lang,
)
_OUTSIDE: tuple[Callable[[Asked], bool], ...] = (
    lambda a: isinstance(a.answer, Found),
    lambda a: isinstance(a.answer, Choices),
    lambda a: isinstance(a.answer, Urgent),
)
_DANGER: tuple[Callable[[Asked], bool], ...] = (
    lambda a: isinstance(a.answer, Urgent),
    lambda a: a.by_rules,
    lambda a: bool(a.row.get("hotlines")) and a.has_right_number,
)


def _row(name: str, asked: Sequence[Asked], columns: Iterable[Callable[[Asked], bool]]) -> str:
    shares = [f"{sum(map(column, asked)) / len(asked):.1%}" for column in columns]
    return f"| {name} | {len(asked)} | {' | '.join(shares)} |"


if __name__ == "__main__":
    sys.exit(main())

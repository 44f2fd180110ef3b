"""Figures with their goals, and the part of ``docs/reliability.md`` that each run writes anew."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bench.reliability.tally import Tally

HEAD = """\
# Reliability

Each part was written by `python -m bench.reliability PART --write` (`make soak` runs all parts, about two hours). The
bot runs as processes of its own and is looked at from outside only; what counts as lost, doubled and out of order is
said in `bench/reliability/flow.py`. A part that was never run is not here.
"""


@dataclass(frozen=True)
class Figure:
    """One line. ``reached`` is None where there is no goal."""

    what: str
    value: str
    goal: str = ""
    reached: bool | None = None

    @property
    def verdict(self) -> str:
        """In one word."""
        return "" if self.reached is None else "reached" if self.reached else "**not reached**"


@dataclass(frozen=True)
class Section:
    """One run: what was done, what came of it."""

    title: str
    done: str
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        """Whether every goal was reached."""
        return all(figure.reached is not False for figure in self.figures)


def skipped(title: str, why: str) -> Section:
    """What could not be run here, and says so."""
    return Section(title, f"**Not run here**: {why}.")


def figures(told: Tally, doubles: int | None = 0) -> tuple[Figure, ...]:
    """What every run tells. ``doubles``: how many there may be; None where another line judges them."""
    return (
        Figure("questions asked", f"{told.asked:,}"),
        Figure("lost", str(told.lost), "0", told.lost == 0),
        Figure("out of order within a chat", str(told.disorder), "0", told.disorder == 0),
        Figure(
            "answered twice",
            str(told.doubled),
            "" if doubles is None else f"≤ {doubles}",
            None if doubles is None else told.doubled <= doubles,
        ),
        Figure("messages that answer no question", _strays(told), "0", told.strays == 0),
    )


def markdown(sections: Iterable[Section]) -> str:
    """Heading, conditions and a table for each."""
    return "\n\n".join("\n\n".join(_parts(section)) for section in sections)


def conditions() -> str:
    """When and on what."""
    return f"{date.today()} · Python {platform.python_version()} · {os.cpu_count()} cores · {platform.system()}"


def put(document: str, part: str, body: str) -> str:
    """The document with this part between its markers: replaced, or added at the end."""
    block = f"<!-- {part} -->\n{body}\n<!-- /{part} -->"
    document = document or HEAD
    pattern = re.compile(rf"<!-- {part} -->\n.*?<!-- /{part} -->", re.S)
    if pattern.search(document):
        return pattern.sub(lambda _: block, document, count=1)
    return f"{document.rstrip()}\n\n{block}\n"


def _parts(section: Section) -> Sequence[str]:
    rows = [f"| {f.what} | {f.value} | {f.goal} | {f.verdict} |" for f in section.figures]
    table = ["\n".join(["| what | measured | goal | |", "|---|---:|---:|---|", *rows])] if rows else []
    return [f"## {section.title}", section.done, *table, *section.notes]


def _strays(told: Tally) -> str:
    shown = "; ".join(text.replace("|", "/").replace("\n", " ") for text in dict.fromkeys(told.samples))
    return f"{told.strays} ({shown})" if told.strays else "0"

"""The numbers of one month, read from the store, with the names that people know them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.kb.versions import Version
from bot.store import monthly
from bot.store.database import Op
from bot.store.monthly import Cell, Days, Gap, Used, Voted, Words, percentile

Look = Callable[[str], object]
"""Hears which step begins."""
MOST_TEXTS = 100


@dataclass(frozen=True)
class Names:
    """Programmes and other topics by id, as staff know them; an id that is gone stands for itself."""

    city: str = ""
    programmes: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)

    def programme(self, id_: str | None) -> str:
        return "가까운 사업 없음" if id_ is None else self.programmes.get(id_, id_)

    def topic(self, id_: str | None) -> str:
        return "" if id_ is None else self.topics.get(id_, id_)


@dataclass(frozen=True)
class Month:
    """All that the page and the sheets tell. ``texts`` is None where nobody asked for them."""

    title: str
    days: Days
    made: datetime
    names: Names
    cells: Sequence[Cell]
    programmes: Sequence[tuple[str, int]]
    spent: Sequence[tuple[int, int]]
    gaps: Sequence[Gap]
    votes: Sequence[Voted]
    used: Sequence[Used]
    versions: Sequence[Version]
    texts: Sequence[Words] | None = None

    def count(self, part: str) -> Counter[Any]:
        """Questions by ``day``, ``hour``, ``outcome`` or ``language``."""
        found: Counter[Any] = Counter()
        for cell in self.cells:
            found[getattr(cell, part)] += cell.many
        return found

    @property
    def total(self) -> int:
        return sum(cell.many for cell in self.cells)

    @property
    def latency(self) -> Mapping[str, int | None]:
        """Milliseconds within which half of the questions, 19 of 20 and 99 of 100 were answered."""
        return {name: percentile(self.spent, share) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}

    @property
    def ballots(self) -> list[tuple[str | None, int, int, int]]:
        """For each programme (None: no answer) its votes: up, down, missing; most votes first."""
        found: dict[str | None, Counter[str]] = {}
        for one in self.votes:
            found.setdefault(one.programme, Counter())[one.vote] += one.many
        rows = [(id_, votes["up"], votes["down"], votes["missing"]) for id_, votes in found.items()]
        return sorted(rows, key=lambda row: (-sum(row[1:]), row[0] or ""))


async def read(run: Callable[[Op[Any]], Any], days: Days, look: Look, with_texts: bool = False) -> Mapping[str, Any]:
    """The numbers of ``Month``, by name. ``run`` does an operation; each step is told before it begins."""
    steps: dict[str, tuple[str, Op[Any]]] = {
        "cells": ("질문 세는 중", monthly.cells(days)),
        "programmes": ("사업 세는 중", monthly.programmes(days)),
        "spent": ("걸린 시간 재는 중", monthly.spent(days)),
        "gaps": ("답하지 못한 질문 세는 중", monthly.gaps(days)),
        "votes": ("표 세는 중", monthly.votes(days)),
        "used": ("지식의 판 보는 중", monthly.knowledge(days)),
    }
    if with_texts:
        steps["texts"] = ("답하지 못한 질문 모으는 중", monthly.texts(days, MOST_TEXTS))
    found = {}
    for name, (told, op) in steps.items():
        look(told)
        found[name] = await run(op)
    return found

"""The numbers of one month, read from the store, with the names that people know them by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from bot.kb.versions import Version
from bot.store import monthly
from bot.store.database import Op
from bot.store.monthly import Days, Gap, Used
from bot.store.stats import Count, Unanswered, counts, crossed, summed, unanswered, within

Look: TypeAlias = Callable[[str], object]
"""Hears which step begins."""
Run: TypeAlias = Callable[[Op[Any]], Awaitable[Any]]
"""Does an operation of the store."""
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
    """All that the page and the sheets tell. The lists of counts are those of ``stats.counts``; ``texts`` is None where
    nobody asked for them.
    """

    title: str
    days: Days
    made: datetime
    names: Names
    hours: Sequence[Count]
    languages: Sequence[Count]
    programmes: Sequence[Count]
    topics: Sequence[Count]
    paces: Sequence[Count]
    votes: Sequence[Count]
    gaps: Sequence[Gap]
    used: Sequence[Used]
    versions: Sequence[Version]
    texts: Sequence[Unanswered] | None = None

    @property
    def outcomes(self) -> Mapping[str, int]:
        return summed(self.hours, "part")

    @property
    def total(self) -> int:
        return sum(row.n for row in self.hours)

    @property
    def latency(self) -> Mapping[str, float | None]:
        """Milliseconds within which half of the questions, 19 of 20 and 99 of 100 were answered."""
        paces = summed(self.paces, "name")
        return {name: within(paces, share) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}

    @property
    def ballots(self) -> list[tuple[str, int, int, int]]:
        """For each programme ("": no answer) its votes: up, down, missing; most votes first."""
        found = crossed(self.votes, "name", "part").items()
        rows = [(id_, votes.get("up", 0), votes.get("down", 0), votes.get("missing", 0)) for id_, votes in found]
        return sorted(rows, key=lambda row: (-sum(row[1:]), row[0]))


def ranked(rows: Sequence[Count]) -> list[tuple[str, int]]:
    """Names with their sums, the largest first."""
    return sorted(summed(rows, "name").items(), key=lambda row: (-row[1], row[0]))


async def read(run: Run, days: Days, look: Look, with_texts: bool = False) -> Mapping[str, Any]:
    """The numbers of ``Month``, by name. Each step is told before it begins."""
    steps: dict[str, tuple[str, Op[Any]]] = {
        "hours": ("질문 세는 중", counts("hour", days.first, days.last)),
        "languages": ("언어 세는 중", counts("language", days.first, days.last)),
        "programmes": ("사업 세는 중", counts("programme", days.first, days.last)),
        "topics": ("다른 주제 세는 중", counts("topic", days.first, days.last)),
        "paces": ("걸린 시간 재는 중", counts("pace", days.first, days.last)),
        "votes": ("표 세는 중", counts("vote", days.first, days.last)),
        "gaps": ("답하지 못한 질문 보는 중", monthly.gaps(days)),
        "used": ("지식의 판 보는 중", monthly.used(days)),
    }
    if with_texts:
        steps["texts"] = ("답하지 못한 질문 모으는 중", unanswered(days.first, days.last, MOST_TEXTS))
    found = {}
    for name, (told, op) in steps.items():
        look(told)
        found[name] = await run(op)
    return found

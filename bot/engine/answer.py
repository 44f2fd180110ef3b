"""What the engine says to a message: one frozen value, read with ``match`` and ``assert_never``."""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.kb.model import Aspect


@dataclass(frozen=True, slots=True)
class Hit:
    """A programme and the calibrated probability (0–1) that it is the right one."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """Sure enough to answer outright. ``hits`` is best first, at most three, also below the thresholds.

    ``aspect`` is what was asked for (the fare, the place), if anything in particular.
    ``follow_up``: the message named nothing and is about the programme shown before.
    """

    hits: tuple[Hit, ...]
    aspect: Aspect | None = None
    follow_up: bool = False

    @property
    def id(self) -> str:
        return self.hits[0].id


@dataclass(frozen=True, slots=True)
class Choices:
    """Not sure: ``hits`` (at most three) are offered to choose from."""

    hits: tuple[Hit, ...]
    aspect: Aspect | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """No answer. ``topic`` is the elsewhere topic that it seems to be about, if any; ``hits`` are the nearest."""

    hits: tuple[Hit, ...]
    aspect: Aspect | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """Greeting, thanks, who-are-you and the like: ``kind`` is the smalltalk's id in ``phrases/<lang>.yaml``."""

    kind: str
    hits: tuple[Hit, ...] = ()
    aspect: Aspect | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Urgent:
    """Danger now. ``kind`` is one of ``urgent.yaml``, ``hotlines`` its numbers in order.

    ``asks``: the programme that the message asks about beside, if any. ``score``: the probability of danger (0–1).
    """

    kind: str
    hotlines: tuple[str, ...]
    score: float
    asks: str | None = None
    hits: tuple[Hit, ...] = ()
    aspect: Aspect | None = None


Answer: TypeAlias = Urgent | Found | Choices | Missed | Chat

OUTCOMES: dict[type[Answer], str] = {
    Urgent: "urgent",
    Found: "found",
    Choices: "choices",
    Missed: "none",
    Chat: "chat",
}
"""The word for each outcome in ``ask --jsonl``, logs and reports."""

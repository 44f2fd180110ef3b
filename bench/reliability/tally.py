"""What became of the questions. Pure: no clock, no network."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

SAMPLES = 5


@dataclass(frozen=True)
class Subject:
    """Something to ask about; ``mark`` stands in the first line of its answer and of no other."""

    id: str
    question: str
    mark: str


@dataclass(eq=False)
class Asked:
    """One question: which one of its chat, about what, when the update was made, when each answer to it arrived."""

    number: int
    chat: int
    place: int
    subject: Subject
    at: float
    answers: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Tally:
    """The figures. ``strays``: messages that answer no question; ``disorder``: answers that a later one overtook."""

    asked: int
    answered: int
    lost: int
    doubled: int
    disorder: int
    strays: int
    latencies: tuple[float, ...]
    repeated: tuple[float, ...]
    samples: tuple[str, ...] = ()

    def latency(self, percent: float) -> float:
        """Seconds within which so many per cent of the answered questions were answered."""
        return percentile(self.latencies, percent)

    def worst(self, events: Sequence[float]) -> int:
        """The most questions answered twice because of one event: the one nearest to the answer that was repeated.

        What came before the event and was not recorded, or was on its way and arrived just after it, comes again,
        perhaps only after a later event.
        """
        nearest = (min(events, key=lambda event: abs(event - at)) for at in self.repeated) if events else ()
        return max(Counter(nearest).values(), default=0)

    def __str__(self) -> str:
        return (
            f"{self.asked} asked, {self.answered} answered, {self.lost} lost, {self.doubled} doubled, "
            f"{self.disorder} out of order, {self.strays} other messages {list(self.samples)}"
        )


def tally(asked: Sequence[Asked], strays: Sequence[str] = ()) -> Tally:
    """Count."""
    answered = [one for one in asked if one.answers]
    repeated = sorted(at for one in answered for at in one.answers[:-1])
    return Tally(
        asked=len(asked),
        answered=len(answered),
        lost=len(asked) - len(answered),
        doubled=len(repeated),
        disorder=sum(map(_overtaken, _by_chat(answered).values())),
        strays=len(strays),
        latencies=tuple(sorted(one.answers[0] - one.at for one in answered)),
        repeated=tuple(repeated),
        samples=tuple(text[:60] for text in strays[:SAMPLES]),
    )


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile; nan of nothing."""
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, max(0, ceil(len(ordered) * percent / 100) - 1))]


def _by_chat(answered: Sequence[Asked]) -> dict[int, list[Asked]]:
    chats: dict[int, list[Asked]] = {}
    for one in answered:
        chats.setdefault(one.chat, []).append(one)
    return chats


def _overtaken(asked: Sequence[Asked]) -> int:
    """Neighbours in the order of arrival that were asked the other way round."""
    arrived = sorted(asked, key=lambda one: one.answers[0])
    return sum(before.place > after.place for before, after in pairwise(arrived))

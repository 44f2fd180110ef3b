"""How much may one person ask? A token bucket each; beyond it a kind word once, and a look for danger."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.store.inbox import Rank

BURST = 8
"""Messages at once."""
PER_SECOND = 0.5
"""Messages a person may send on and on."""
_LOOKED_AT = 30
"""Messages beyond the limit that are still read for danger; after that only at a glance, until a minute has passed."""
_PEOPLE = 20_000


@dataclass(slots=True)
class _Bucket:
    """Tokens below zero count what came beyond the limit."""

    tokens: float
    at: float
    told: bool = False


class Flood:
    """Judges who asks too much. Bounded: the one who was silent longest is forgotten first."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, burst: int = BURST, per_second: float = PER_SECOND
    ) -> None:
        self._clock, self._burst, self._per_second = clock, burst, per_second
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def judge(self, person: int) -> Rank | None:
        """The turn of this person's message; None: dropped, unless a glance sees danger."""
        bucket = self._filled(person)
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            bucket.told = bucket.told and bucket.tokens < self._burst / 2
            return Rank.ORDINARY
        if bucket.tokens < 1 - _LOOKED_AT:
            return None
        bucket.tokens -= 1
        if bucket.told:
            return Rank.LIMITED
        bucket.told = True
        return Rank.NOTICE

    def _filled(self, person: int) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(person) or _Bucket(float(self._burst), now)
        bucket.tokens = min(float(self._burst), bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        self._buckets[person] = bucket
        self._buckets.move_to_end(person)
        while len(self._buckets) > _PEOPLE:
            self._buckets.popitem(last=False)
        return bucket

"""What several threads ask for at the same moment is done in one go: the first to come works, the others wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

Work = Callable[[Sequence[ItemT], bool], Sequence[ResultT]]
"""Items and whether nobody else works → one result an item."""


class _Job(Generic[ItemT, ResultT]):
    """What one thread asks for. ``woken``: the results are there, or this thread is to work on ``batch``."""

    def __init__(self, items: Sequence[ItemT]) -> None:
        self.items = items
        self.batch: Sequence[_Job[ItemT, ResultT]] = ()
        self.results: Sequence[ResultT] = ()
        self.error: BaseException | None = None
        self.woken = threading.Event()


class Together(Generic[ItemT, ResultT]):
    """``work`` for many threads: ``lanes`` of them work at once, up to ``most`` items each in one go.

    Whoever comes while a lane is free begins at once. Whoever comes later waits; the next free lane takes all that
    wait, and one of the waiting threads does the work. ``work`` must give an item the same result in any company.
    """

    def __init__(self, work: Work[ItemT, ResultT], lanes: int, most: int) -> None:
        self._work, self._lanes, self._most = work, lanes, most
        self._free = lanes
        self._waiting: deque[_Job[ItemT, ResultT]] = deque()
        """Empty while a lane is free."""
        self._lock = threading.Lock()

    def __call__(self, items: Sequence[ItemT]) -> Sequence[ResultT]:
        """The results of these items."""
        job = _Job[ItemT, ResultT](items)
        self._join(job)
        if not job.batch:
            job.woken.wait()
        if job.batch:
            self._lead(job.batch)
        if job.error is not None:
            raise job.error
        return job.results

    def _join(self, job: _Job[ItemT, ResultT]) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                job.batch = [job]
            else:
                self._waiting.append(job)

    def _lead(self, jobs: Sequence[_Job[ItemT, ResultT]]) -> None:
        """Work on these jobs, then leave the lane to one that waits."""
        try:
            self._settle(jobs, len(jobs) == 1 and self._free == self._lanes - 1)
        finally:
            for job in (*jobs, *self._heir()):
                job.woken.set()

    def _heir(self) -> Sequence[_Job[ItemT, ResultT]]:
        """The job that has waited longest, with those after it that there is room for; nobody: the lane is free."""
        with self._lock:
            if not self._waiting:
                self._free += 1
                return ()
            heir = self._waiting.popleft()
            batch, size = [heir], len(heir.items)
            while self._waiting and (size := size + len(self._waiting[0].items)) <= self._most:
                batch.append(self._waiting.popleft())
            heir.batch = batch
            return (heir,)

    def _settle(self, jobs: Sequence[_Job[ItemT, ResultT]], is_alone: bool) -> None:
        """All in one go; where that fails one by one, so that each has only its own error."""
        try:
            results = self._work([item for job in jobs for item in job.items], is_alone)
        except BaseException as error:
            if len(jobs) > 1 and isinstance(error, Exception):
                for job in jobs:
                    self._settle([job], False)
                return
            for job in jobs:
                job.error = error
            return
        start = 0
        for job in jobs:
            job.results = results[start : start + len(job.items)]
            start += len(job.items)

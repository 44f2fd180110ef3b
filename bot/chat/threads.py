"""Where the engine runs: a few threads, and others for what sounds like danger, which never waits behind a crowd."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from bot.chat.deed import current
from bot.store.inbox import Rank

ResultT = TypeVar("ResultT")

_A_CORE = 4
"""Threads a core: most of them wait for the encoder, which takes what waits in one go."""


class Threads:
    """Threads begin when they are first needed."""

    def __init__(self, most: int | None = None) -> None:
        self._ordinary = ThreadPoolExecutor(most or _A_CORE * max(2, os.cpu_count() or 1), "engine")
        self._urgent = ThreadPoolExecutor(2, "danger")

    def run(self, work: Callable[[], ResultT]) -> asyncio.Future[ResultT]:
        """Begin work in a thread."""
        pool = self._urgent if current().rank == Rank.URGENT else self._ordinary
        return asyncio.get_running_loop().run_in_executor(pool, copy_context().run, work)

    def close(self) -> None:
        """End the threads that have nothing to do."""
        for pool in (self._ordinary, self._urgent):
            pool.shutdown(wait=False, cancel_futures=True)

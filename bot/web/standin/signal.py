"""Waiting for a change: long polls, and tests that wait for the bot."""

import asyncio
import contextlib
from collections.abc import Callable


class Signal:
    """Wakes all who wait, each time that something changed (one event loop, no threads)."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Let all who wait look again."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, ready: Callable[[], object], timeout: float) -> bool:
        """Wait until ``ready()`` is true; false if ``timeout`` seconds went by before."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while not ready():
            left = deadline - loop.time()
            if left <= 0:
                return False
            await self._next(left)
        return True

    async def _next(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)

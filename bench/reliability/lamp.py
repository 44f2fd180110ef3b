"""Watches ``/readyz``: when was it green, when red, and what did it say?"""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from bench.reliability.ports import get

EVERY = 0.1


@dataclass(frozen=True)
class Seen:
    """From this moment on it showed this status (200 green, 503 red, 0 nobody answered)."""

    at: float
    status: int
    said: str


class Lamp:
    """Looks ten times a second until the end of the block."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.seen: list[Seen] = []
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    @property
    def status(self) -> int:
        """What it shows now."""
        return self.seen[-1].status if self.seen else 0

    def first(self, status: int, after: float) -> float | None:
        """Seconds from ``after`` until it showed this; 0 when it showed it already; None when it never did."""
        shown = 0
        for seen in self.seen:
            if seen.at > after:
                break
            shown = seen.status
        if shown == status:
            return 0.0
        return next((seen.at - after for seen in self.seen if seen.at > after and seen.status == status), None)

    async def until(self, status: int, patience: float) -> bool:
        """Wait until it shows this; whether it did."""
        deadline = time.monotonic() + patience
        while self.status != status and time.monotonic() < deadline:
            await asyncio.sleep(EVERY / 2)
        return self.status == status

    async def _watch(self) -> None:
        while True:
            status, said = await get(self._port, "/readyz", 3.0)
            if status != self.status or not self.seen:
                self.seen.append(Seen(time.monotonic(), status, said))
            await asyncio.sleep(EVERY)

"""Who tells the alert chat of trouble? Grouped, at a bounded pace, and never about itself.

What is passed as ``text`` goes to Telegram: names of files, counts, kinds of errors. Never what a citizen wrote; of
that only the row number.
"""

import asyncio
import contextlib
import logging
import threading
import time
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass

from bot.monitor.kinds import Name
from bot.monitor.ledger import Ledger, Limits

log = logging.getLogger(__name__)

Send = Callable[[str], Awaitable[object]]

_sending: ContextVar[bool] = ContextVar("sending an alert", default=False)
"""Trouble in sending an alert is no news: telling it would make the next."""
_SEND_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Retry:
    """A message that could not be sent: so many tries with doubling pauses, then a rest. What it tells is kept."""

    tries: int = 5
    pause: float = 15.0
    rest: float = 900.0


class Alerts:
    """Note trouble from anywhere, also from another thread; ``run`` sends. Without ``send`` nobody is told.

    ``clean`` takes secrets out of what is sent (``Redact.clean``).
    """

    def __init__(
        self,
        send: Send | None,
        clean: Callable[[str], str] = str,
        *,
        limits: Limits | None = None,
        retry: Retry | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._send, self._clean, self._clock = send, clean, clock
        self._retry = retry or Retry()
        self._ledger = Ledger(limits or Limits())
        self._lock = threading.Lock()
        self._news = asyncio.Event()
        self._loop: AbstractEventLoop | None = None
        self._failed, self._not_before = 0, 0.0

    def trouble(self, kind: Name, text: str = "", row: int | None = None) -> None:
        """Something went wrong or is worth knowing. Raises nothing, waits for nothing."""
        if self._send is None or _sending.get():
            return
        with self._lock:
            self._ledger.trouble(kind, self._clean(text), row, self._clock())
        self._wake()

    def over(self, kind: Name, text: str = "") -> None:
        """It is well again; nothing is told of what was never told. May be called at every success."""
        if self._send is None or _sending.get():
            return
        with self._lock:
            if not self._ledger.over(kind, self._clean(text), self._clock()):
                return
            self._failed, self._not_before = 0, 0.0
        self._wake()

    def mute(self, seconds: float) -> None:
        """Say nothing for so long; 0: speak again. What happens meanwhile is told afterwards."""
        with self._lock:
            self._ledger.quiet_until = self._clock() + seconds
        self._wake()

    @property
    def quiet_seconds(self) -> float:
        """How long nothing is said yet; 0: alerts are sent."""
        with self._lock:
            return max(0.0, self._ledger.quiet_until - self._clock())

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._wait())
            self._news.clear()
            await self.step()

    async def step(self) -> bool:
        """Send what is due now, if anything. Whether a message went out."""
        now = self._clock()
        with self._lock:
            draft = self._ledger.draft(now) if now >= self._not_before else None
        if draft is None or self._send is None:
            return False
        mark = _sending.set(True)
        try:
            await asyncio.wait_for(self._send(draft.text), _SEND_SECONDS)
        except Exception as error:
            self._failure(error)
            return False
        finally:
            _sending.reset(mark)
        with self._lock:
            self._ledger.sent(draft, self._clock())
            self._failed, self._not_before = 0, 0.0
        return True

    def _failure(self, error: Exception) -> None:
        """Only logged: what was to be told stays in the ledger, where the newest replaces the old."""
        self._failed += 1
        is_last = self._failed >= self._retry.tries
        pause = self._retry.rest if is_last else self._retry.pause * 2.0 ** (self._failed - 1)
        self._not_before = self._clock() + pause
        fields = {"code": "E603", "error": type(error).__name__, "tries": self._failed, "seconds": pause}
        log.warning("an alert could not be sent, it is kept", extra=fields)
        self._failed = 0 if is_last else self._failed

    def _wait(self) -> float | None:
        """Seconds until something is to be done; None: until something happens."""
        now = self._clock()
        with self._lock:
            wait = self._ledger.wait(now)
        return None if wait is None else max(wait, self._not_before - now)

    def _wake(self) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody sends any more
                self._loop.call_soon_threadsafe(self._news.set)

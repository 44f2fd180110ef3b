"""Looks every few seconds at what can go wrong without anybody asking; feeds the gauges, tells the alerts."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.kb.load import Knowledge
from bot.monitor.alerts import Alerts
from bot.monitor.kinds import Name
from bot.monitor.metrics import Metrics
from bot.store import inbox
from bot.store.database import Trouble
from bot.store.inbox import Depth, Row
from bot.store.keeper import Change, Store

_LOOK_SECONDS = 5.0
_OLD_SECONDS = 60.0
"""A citizen who waits so long for an answer is worth an alert."""
_LITTLE_DISK = 200 * 1024 * 1024


@dataclass
class Vigil:
    """``silence``: seconds since Telegram was reached; ``ready``: whether the bot can do its work."""

    store: Store
    metrics: Metrics
    alerts: Alerts
    knowledge: Callable[[], Knowledge]
    has_encoder: Callable[[], bool]
    silence: Callable[[], float]
    ready: Callable[[], bool]
    data: Path | None = None
    clock: Callable[[], float] = time.time
    depth: Depth = field(default_factory=lambda: Depth(0, None))
    since: float = field(default_factory=time.monotonic)
    _bad: set[Name] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.store.listen(self._on_change)
        for name, reading in self._readings().items():
            self.metrics.watch(name, reading)

    def _readings(self) -> dict[str, Callable[[], float]]:
        return {
            "inbox_depth": lambda: self.depth.waiting,
            "inbox_oldest_seconds": self.oldest,
            "telegram_silence_seconds": self.silence,
            "knowledge_age_seconds": lambda: time.monotonic() - self.since,
            "review_dates_passed": lambda: len(self.passed()),
            "translations_stale": lambda: _stale(self.knowledge()),
            "database_up": lambda: self.store.is_up,
            "encoder_present": self.has_encoder,
            "ready": self.ready,
        }

    def oldest(self) -> float:
        """Seconds that the oldest update waits; 0: none does."""
        return 0.0 if self.depth.oldest is None else max(0.0, self.clock() - self.depth.oldest)

    def passed(self) -> list[str]:
        """Programmes whose review date has passed."""
        today = date.fromtimestamp(self.clock()).isoformat()
        return [programme.id for programme in self.knowledge().programmes if programme.review_by < today]

    async def run(self, stop: asyncio.Event) -> None:
        """Look until ``stop``, and send what the alert chat is to hear."""
        sending = asyncio.create_task(self.alerts.run())
        self.alerts.trouble("started")
        if passed := self.passed():
            self.alerts.trouble("review", ", ".join(passed))
        try:
            while not stop.is_set():
                await self.look()
                try:
                    await asyncio.wait_for(stop.wait(), _LOOK_SECONDS)
                except TimeoutError:
                    continue
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def look(self) -> None:
        """Once."""
        try:
            self.depth = await self.store.read(inbox.depth)
        except Trouble:
            self.depth = Depth(0, None)
        waits = self.oldest()
        told = f"{self.depth.waiting}건이 기다리고, 가장 오래된 것은 {waits:.0f}초째입니다."
        self._state("inbox", waits > _OLD_SECONDS, told)
        self._state("encoder", not self.has_encoder(), "")
        if self.data is not None:
            self._look_at_disk(self.data)

    def _look_at_disk(self, folder: Path) -> None:
        try:
            free = shutil.disk_usage(folder).free
        except OSError:  # the folder is gone: the database is in trouble, and that is told
            return
        self._state("disk", free < _LITTLE_DISK, f"남은 공간 {free // 2**20} MB")

    def _state(self, kind: Name, is_bad: bool, text: str) -> None:
        """Tell what began and what ended, not what goes on."""
        if is_bad and kind not in self._bad:
            self._bad.add(kind)
            self.alerts.trouble(kind, text)
        elif not is_bad:
            self._bad.discard(kind)
            self.alerts.over(kind)

    def reloaded(self, is_good: bool, text: str) -> None:
        """New knowledge was taken, or refused; ``text`` says what changed, or what is to be mended."""
        self.metrics.reloaded(is_good)
        if not is_good:
            self.alerts.trouble("knowledge", text)
            return
        self.since = time.monotonic()
        self.alerts.over("knowledge")
        self.alerts.trouble("reloaded", text)

    async def set_aside(self, why: str, row: Row) -> None:
        """An update was given up."""
        self.alerts.trouble("poison", why, row.update_id)

    async def _on_change(self, change: Change) -> None:
        if change.is_up:
            self.alerts.over("database")
        else:
            self.alerts.trouble("database", change.why)


def _stale(knowledge: Knowledge) -> int:
    """Translations that were made from an older Korean text."""
    return sum(
        not translation.is_current(programme)
        for found in knowledge.translations.values()
        for id_, translation in found.items()
        if (programme := knowledge.programme(id_))
    )

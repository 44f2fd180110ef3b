"""Charts as SVG by matplotlib, whose letters the browser draws. One at a time, aside, each kept for a minute."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

KEPT_SECONDS = 60.0
_KEPT = 64


@dataclass(frozen=True)
class Chart:
    """Bars in layers on each other. ``layers``: name of a colour → as many values as there are ``ticks``.

    ``is_flat``: bars lie, and ``ticks`` stand beside them.
    """

    ticks: tuple[str, ...]
    layers: Mapping[str, Sequence[float]]
    is_flat: bool = False


@dataclass(frozen=True)
class Look:
    """Where it is shown."""

    is_dark: bool = False
    is_phone: bool = False


@dataclass
class Drawn:
    """Pictures drawn lately."""

    clock: Callable[[], float] = time.monotonic
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "charts"))
    _kept: OrderedDict[object, tuple[float, bytes]] = field(default_factory=OrderedDict)

    def close(self) -> None:
        """End the thread."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def warm(self) -> None:
        """Load the library meanwhile: somebody is about to look at charts."""
        self._pool.submit(_load)

    async def svg(self, key: object, look: Look, chart: Callable[[], Chart]) -> bytes:
        """The picture of what ``chart`` gives; ``key`` names it."""
        name = key, look
        kept = self._kept.get(name)
        if kept and self.clock() - kept[0] < KEPT_SECONDS:
            return kept[1]
        made = await asyncio.get_running_loop().run_in_executor(self._pool, _draw, chart(), look)
        self._kept[name] = self.clock(), made
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return made


def _load() -> Callable[[Chart, Look], bytes]:
    from bot.web.console.plot import draw  # half a second, which only those pay who look at charts

    return draw


def _draw(chart: Chart, look: Look) -> bytes:
    return _load()(chart, look)

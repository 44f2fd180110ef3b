"""Does memory stay flat while questions flow for half an hour?"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, linear_regression

from bench.reliability.report import Figure, Section, figures
from bench.reliability.tally import Tally
from bench.reliability.world import Recipe, World

FLAT = 0.05
"""By so much may the last fifth lie above the second: the first is that of caches and pools that fill."""


@dataclass(frozen=True)
class Plan:
    """Seconds in all, questions a second, seconds between two looks at the memory."""

    seconds: float = 1800.0
    rate: float = 10.0
    every: float = 5.0
    quiet: float = 60.0


@dataclass(frozen=True)
class Memory:
    """Seconds since the start and megabytes, looked at evenly."""

    samples: tuple[tuple[float, float], ...]

    @property
    def slope(self) -> float:
        """Megabytes an hour, the first fifth left out."""
        settled = self.samples[len(self.samples) // 5 :]
        if len(settled) < 2:
            return 0.0
        times, sizes = zip(*settled, strict=True)
        return linear_regression(times, sizes).slope * 3600

    @property
    def growth(self) -> float:
        """The last fifth over the second, minus one."""
        fifth = max(1, len(self.samples) // 5)
        sizes = [size for _, size in self.samples]
        early, late = sizes[fifth : 2 * fifth] or sizes, sizes[-fifth:]
        return fmean(late) / fmean(early) - 1 if sizes else 0.0

    def figures(self) -> tuple[Figure, ...]:
        """For a report."""
        sizes = [size for _, size in self.samples] or [0.0]
        return (
            Figure("memory at first, at last, at most", f"{sizes[0]:.0f}, {sizes[-1]:.0f}, {max(sizes):.0f} MB"),
            Figure("last fifth over the second", f"{self.growth:+.1%}", f"≤ {FLAT:+.0%}", self.growth <= FLAT),
            Figure("slope without the first fifth", f"{self.slope:+.1f} MB/h"),
        )


async def watch(size: Callable[[], float], every: float, samples: list[tuple[float, float]]) -> None:
    """Look at the memory again and again, until cancelled."""
    begun = time.monotonic()
    while True:
        samples.append((time.monotonic() - begun, size()))
        await asyncio.sleep(every)


@dataclass(frozen=True)
class Soaked:
    """What came of it."""

    tally: Tally
    memory: Memory


async def run(recipe: Recipe, plan: Plan) -> Soaked:
    """One process, one stream of questions."""
    async with World(recipe) as world:
        flow = world.flow(wide=200)
        await world.start()
        samples: list[tuple[float, float]] = []
        watching = asyncio.create_task(watch(lambda: _resident(world), plan.every, samples))
        await flow.stream(int(plan.seconds * plan.rate), plan.rate)
        await flow.drained(plan.quiet, 1.0)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        return Soaked(flow.tally(), Memory(tuple(samples)))


def _resident(world: World) -> float:
    return sum(replica.resident for replica in world.replicas)


def section(title: str, plan: Plan, told: Soaked) -> Section:
    """The report."""
    done = f"{plan.seconds / 60:.0f} minutes of {plan.rate:g} questions a second, VmRSS every {plan.every:g} s."
    slow: Sequence[Figure] = (Figure("95 % answered within", f"{told.tally.latency(95) * 1000:.0f} ms"),)
    return Section(title, done, (*figures(told.tally), *told.memory.figures(), *slow))

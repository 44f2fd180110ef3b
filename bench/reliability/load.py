"""How many updates a second are answered, and how soon? With what share of the cores that the measuring itself took."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bench.reliability.report import Figure, Section
from bench.reliability.tally import Tally, percentile, tally
from bench.reliability.world import Recipe, World

WANTED, PACE, SOON = 60.0, 30.0, 0.150
"""Answers a second; questions a second at which 95 % are answered within so many seconds."""
FREELY = (("MESSAGES_PER_SECOND", "1000"),)
"""Telegram's own limit is not what is measured."""
WIDE = 600
"""So many people, so that nobody asks more often than a person does."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Plan:
    """Seconds of each measurement, after ``warm`` seconds that do not count; ``window`` questions open at once."""

    seconds: float = 40.0
    warm: float = 5.0
    window: int = 32
    quiet: float = 30.0


@dataclass
class Cores:
    """How many cores were busy with what, on average."""

    bot: float = 0.0
    instruments: float = 0.0
    others: float = 0.0

    def __str__(self) -> str:
        return f"{self.bot:.2f} bot, {self.instruments:.2f} stand-in and questions, {self.others:.2f} others"


@dataclass(frozen=True)
class Loaded:
    """What came of it."""

    tally: Tally
    per_second: float
    latencies: tuple[float, ...]
    most: Cores
    paced: Cores


async def run(recipe: Recipe, plan: Plan) -> Loaded:
    """First as many as it can, then ``PACE`` a second."""
    async with World(replace(recipe, settings=(*recipe.settings, *FREELY))) as world:
        await world.start()
        per_second, most, full = await _most(world, plan)
        latencies, paced, calm = await _paced(world, plan)
        return Loaded(_together(full, calm), per_second, latencies, most, paced)


async def _most(world: World, plan: Plan) -> tuple[float, Cores, Tally]:
    """Each answer brings the next question."""
    flow = world.flow(wide=WIDE, burst=1, seed=1)
    await flow.window(plan.warm, plan.window)
    before, begun = flow.tally().answered, time.monotonic()
    with measured(world) as cores:
        await flow.window(plan.seconds, plan.window)
        answered, seconds = flow.tally().answered - before, time.monotonic() - begun
    await flow.drained(plan.quiet, 1.0)
    return answered / seconds, cores, flow.tally()


async def _paced(world: World, plan: Plan) -> tuple[tuple[float, ...], Cores, Tally]:
    flow = world.flow(wide=WIDE, burst=1, seed=2)
    await flow.stream(int(PACE * plan.warm), PACE)
    begun = time.monotonic()
    with measured(world) as cores:
        await flow.stream(int(PACE * plan.seconds), PACE)
    await flow.drained(plan.quiet, 1.0)
    counted = tally([one for one in flow.asked if one.at >= begun])
    return counted.latencies, cores, flow.tally()


def _together(one: Tally, other: Tally) -> Tally:
    return Tally(
        one.asked + other.asked, one.answered + other.answered, one.lost + other.lost, one.doubled + other.doubled,
        one.disorder + other.disorder, one.strays + other.strays, (), (), (*one.samples, *other.samples),
    )  # fmt: skip


@contextmanager
def measured(world: World) -> Iterator[Cores]:
    """Who uses the cores until the end of the block."""
    cores, begun, before = Cores(), time.monotonic(), _clocks(world)
    yield cores
    seconds = time.monotonic() - begun
    cores.bot, cores.instruments, all_ = ((b - a) / seconds for a, b in zip(before, _clocks(world), strict=True))
    cores.others = max(0.0, all_ - cores.bot - cores.instruments)


def _clocks(world: World) -> tuple[float, float, float]:
    """CPU seconds of the bots, of this process, of the whole machine."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _, _, irq, soft, steal = ticks
    all_ = (user + nice + system + irq + soft + steal) / _TICKS
    return sum(replica.cpu for replica in world.replicas), time.process_time(), all_


def section(title: str, recipe: Recipe, plan: Plan, told: Loaded) -> Section:
    """The report."""
    p50, p95, p99 = (percentile(told.latencies, percent) for percent in (50, 95, 99))
    encoder = "with the encoder" if recipe.encoder else "without the encoder"
    return Section(
        title,
        f"{encoder}, {recipe.replicas} process(es), {plan.seconds:.0f} s each: {plan.window} questions always open, "
        f"then {PACE:g} a second. From the moment the stand-in made the update until the bot's message was there.",
        (
            Figure(
                "answered a second, at most", f"{told.per_second:.0f}", f"≥ {WANTED:.0f}", told.per_second >= WANTED
            ),
            Figure(f"95 % at {PACE:g} a second", f"{p95 * 1000:.0f} ms", f"≤ {SOON * 1000:.0f} ms", p95 <= SOON),
            Figure("50 %, 99 %", f"{p50 * 1000:.0f} ms, {p99 * 1000:.0f} ms"),
            Figure("lost", str(told.tally.lost), "0", told.tally.lost == 0),
            Figure("doubled, out of order, other messages", _odd(told.tally), "0, 0, 0", not _is_odd(told.tally)),
            Figure("cores busy at most load", str(told.most)),
            Figure(f"cores busy at {PACE:g} a second", str(told.paced)),
        ),
    )


def _odd(told: Tally) -> str:
    return f"{told.doubled}, {told.disorder}, {told.strays}"


def _is_odd(told: Tally) -> bool:
    return bool(told.doubled or told.disorder or told.strays)


async def both(recipes: dict[str, Recipe], plan: Plan) -> list[Section]:
    """One after the other."""
    found: list[Section] = []
    for title, recipe in recipes.items():
        found.append(section(title, recipe, plan, await run(recipe, plan)))
        await asyncio.sleep(1)
    return found

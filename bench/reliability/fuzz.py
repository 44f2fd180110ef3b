"""Hundreds of thousands of spoilt updates: does the bot stand, in silence, in the same memory, and answer afterwards?

``Edge`` is where they go in: over HTTP as ``door`` does it, or straight into an intake inside this process.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice

import httpx

from bench.reliability.journal import Faults, faults
from bench.reliability.mutate import Mutator
from bench.reliability.report import Figure, Section
from bench.reliability.seeds import seeds
from bench.reliability.soak import Memory, watch
from bench.reliability.tally import Tally
from bench.reliability.world import SECRET, Recipe, World
from bot.web.standin.courier import SECRET_HEADER

Edge = Callable[[bytes], Awaitable[int]]
"""Takes one update as it came over the wire, and gives the status that Telegram would see (0: none)."""
RECIPE = Recipe(webhook=True, encoder=False)
_IDLE = 0.05


@dataclass(frozen=True)
class Plan:
    """How many updates, how many at once, seconds to wait for the bot to come to rest and for each of its replies."""

    updates: int = 200_000
    at_once: int = 32
    every: float = 2.0
    rest: float = 600.0
    patience: float = 60.0
    quiet: float = 60.0
    seed: int = 11


@dataclass(frozen=True)
class Fuzzed:
    """What came of it: statuses, what the log says, memory, and ordinary questions afterwards."""

    statuses: Counter[int]
    seconds: float
    faults: Faults
    is_alive: bool
    memory: Memory
    afterwards: Tally


async def feed(edge: Edge, mutator: Mutator, number: int, at_once: int) -> Counter[int]:
    """Put so many in, so many side by side; how often each status came."""
    statuses, bodies = Counter[int](), islice(mutator, number)

    async def work() -> None:
        for body in bodies:
            statuses[await edge(body)] += 1

    await asyncio.gather(*(work() for _ in range(at_once)))
    return statuses


@asynccontextmanager
async def door(port: int, at_once: int, patience: float = 60.0) -> AsyncIterator[Edge]:
    """``POST /telegram`` with the secret, as Telegram knocks."""
    headers = {"Content-Type": "application/json", SECRET_HEADER: SECRET}
    limits = httpx.Limits(max_connections=at_once)
    async with httpx.AsyncClient(trust_env=False, timeout=patience, limits=limits, headers=headers) as client:

        async def knock(body: bytes) -> int:
            try:
                return (await client.post(f"http://127.0.0.1:{port}/telegram", content=body)).status_code
            except httpx.HTTPError:
                return 0

        yield knock


async def run(recipe: Recipe, plan: Plan) -> Fuzzed:
    """Over HTTP, into a process of its own."""
    async with World(recipe) as world:
        mutator = Mutator(seeds(world.tg), plan.seed)
        await world.start()
        bot, samples, begun = world.replicas[0], list[tuple[float, float]](), time.monotonic()
        watching = asyncio.create_task(watch(lambda: bot.resident, plan.every, samples))
        async with door(bot.port, plan.at_once, plan.patience) as edge:
            statuses = await feed(edge, mutator, plan.updates, plan.at_once)
        seconds = time.monotonic() - begun
        await _rest(world, plan.rest)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        afterwards = await _ordinary(world, plan)
        said = faults(bot.written())
        return Fuzzed(statuses, seconds, said, bot.is_alive, Memory(tuple(samples)), afterwards)


async def _rest(world: World, patience: float) -> None:
    """Until the bot has nothing more to do, as far as its use of the cores tells."""
    bot, deadline = world.replicas[0], time.monotonic() + patience
    while bot.is_alive and time.monotonic() < deadline:
        before = bot.cpu
        await asyncio.sleep(2)
        if not bot.is_alive or bot.cpu - before < 2 * _IDLE:
            return


async def _ordinary(world: World, plan: Plan) -> Tally:
    flow = world.flow(wide=50, burst=1)
    await flow.stream(50, rate=25)
    await flow.drained(plan.quiet, 0.5)
    return flow.tally()


def section(title: str, told: Fuzzed) -> Section:
    """The report."""
    number = told.statuses.total()
    unanswered, failed = told.statuses[0], sum(n for status, n in told.statuses.items() if status >= 500)
    shown = ", ".join(f"{status or 'none'}: {count:,}" for status, count in sorted(told.statuses.items()))
    lost, said = told.afterwards.lost, told.faults
    return Section(
        title,
        f"{number:,} updates by `POST /telegram` in {told.seconds:.0f} s ({number / told.seconds:.0f} a second): "
        "structure and bytes spoilt, both, or neither.",
        (
            Figure("statuses", shown),
            Figure("5xx, no answer at all", f"{failed}, {unanswered}", "0, 0", not failed and not unanswered),
            Figure("the process lives", "yes" if told.is_alive else "no", "yes", told.is_alive),
            Figure("exceptions that nobody caught", str(said.uncaught), "0", said.uncaught == 0),
            Figure("exceptions in a handler", str(said.in_handlers), "0", said.in_handlers == 0),
            Figure("exceptions caught and logged", _events(said)),
            *told.memory.figures(),
            Figure("ordinary questions lost afterwards", f"{lost} of {told.afterwards.asked}", "0", lost == 0),
        ),
        (f"The first of them ends so: `{said.sample}`",) if said.sample else (),
    )


def _events(said: Faults) -> str:
    return ", ".join(f"{count:,} × {event}" for event, count in said.events.most_common(5)) or "0"

"""``kill -9`` at random moments while questions flow: is each answered, and how many twice?"""

import asyncio
import random
import time
from dataclasses import dataclass

from bench.reliability.flow import Flow
from bench.reliability.replica import Replica
from bench.reliability.report import Figure, Section, figures
from bench.reliability.tally import Tally
from bench.reliability.world import Recipe, World

EARLY = 0.2
"""The share of kills that come while the process still starts."""


@dataclass(frozen=True)
class Plan:
    """How many kills, how many questions for each, how fast they come, how long the process lives (seconds, at most).

    ``clump``: questions that come at once. ``travel``: seconds that a message is on its way to Telegram: it arrives
    also when its sender was killed meanwhile, who then cannot know.
    ``quiet``: after so many seconds without any answer what is still unanswered counts as lost.
    ``after``: so long late doubles are waited for.
    """

    kills: int = 100
    questions: int = 20
    rate: float = 12.0
    life: float = 1.2
    clump: int = 5
    travel: float = 0.02
    quiet: float = 90.0
    after: float = 5.0
    seed: int = 4


@dataclass(frozen=True)
class Killed:
    """What came of it. ``at``: when each kill was; ``busy``: how many of them hit a bot that had work."""

    tally: Tally
    at: tuple[float, ...]
    busy: int
    seconds: float


async def run(recipe: Recipe, plan: Plan) -> Killed:
    """One replica is started and killed in turn; of several one is killed, the others go on."""
    async with World(recipe) as world:
        flow = world.flow(wide=60, seed=plan.seed)
        world.tg.fault("sendMessage", slow=plan.travel, times=None)
        begun = time.monotonic()
        await world.start()
        at, busy = await _kills(world, flow, plan)
        await asyncio.gather(*(world.started(one) for one in world.replicas if not one.is_alive))
        await flow.drained(plan.quiet, plan.after)
        return Killed(flow.tally(), tuple(at), busy, time.monotonic() - begun)


async def _kills(world: World, flow: Flow, plan: Plan) -> tuple[list[float], int]:
    rng, at, busy = random.Random(plan.seed), list[float](), 0
    for _ in range(plan.kills):
        asking = asyncio.create_task(flow.stream(plan.questions, plan.rate, plan.clump))
        victim = rng.choice(world.replicas)
        await _live(world, victim, rng, plan)
        busy += flow.outstanding > 0
        await victim.kill()
        at.append(time.monotonic())
        if len(world.replicas) > 1:
            await victim.start()
        await asking
    return at, busy


async def _live(world: World, victim: Replica, rng: random.Random, plan: Plan) -> None:
    """Until the moment of the kill: while it starts, or somewhat after it began to work."""
    moment = rng.uniform(0, plan.life)
    if victim.is_alive:
        await asyncio.sleep(moment)
    elif rng.random() < EARLY:
        await victim.start()
        await asyncio.sleep(moment)
    else:
        await world.started(victim)
        await asyncio.sleep(moment)


def section(title: str, recipe: Recipe, plan: Plan, killed: Killed) -> Section:
    """The report."""
    kills = len(killed.at)
    most = killed.tally.worst(killed.at)
    count = f"{recipe.replicas} replicas" if recipe.replicas > 1 else "one process"
    return Section(
        title,
        f"{count}, {kills} times `kill -9` at random moments (of a single process {EARLY:.0%} during its start), "
        f"{plan.questions} questions for each, {plan.clump} at once, {plan.rate:g} a second; a message travels for "
        f"{plan.travel * 1000:.0f} ms. {killed.seconds:.0f} s in all.",
        (
            *figures(killed.tally, kills),
            Figure("most doubles after one kill", str(most), "≤ 1", most <= 1),
            Figure("kills of a bot that had work", f"{killed.busy} of {kills}"),
            Figure("slowest answer", f"{killed.tally.latency(100):.1f} s"),
        ),
    )

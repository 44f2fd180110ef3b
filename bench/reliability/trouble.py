"""The database in trouble: are answers lost, does the lamp turn red and green, does the bot heal without a restart?"""

import asyncio
import time
from dataclasses import dataclass

from bench.reliability.flow import Flow
from bench.reliability.harm import Harm, Impossible
from bench.reliability.lamp import Lamp
from bench.reliability.report import Figure, Section, figures, skipped
from bench.reliability.tally import Tally
from bench.reliability.world import Recipe, World

RED, GREEN = 503, 200
RED_WITHIN, GREEN_WITHIN = 10.0, 15.0
MEANWHILE = 0.9
"""The share of what was asked in the trouble that must be answered before its end."""
SETTLING = 2.0
"""What was asked in the last seconds of the trouble need not be answered before its end."""
TRAVEL = 0.05


@dataclass(frozen=True)
class Plan:
    """``before`` seconds of calm, so many of trouble, ``after`` of calm; ``later``: questions at a kill afterwards.

    ``quiet``: see ``kill.Plan``. ``patience``: so long is waited for green.
    """

    before: float = 3.0
    seconds: float = 20.0
    after: float = 6.0
    rate: float = 6.0
    quiet: float = 90.0
    patience: float = 60.0
    later: int = 20


@dataclass(frozen=True)
class Troubled:
    """What came of it: first the trouble itself, then a ``kill -9`` after it (None: it did not start again)."""

    tally: Tally
    afterwards: Tally | None
    meanwhile: float
    green_before: bool
    red: float | None
    red_at_end: bool
    green: float | None
    said: str
    alerts: int


async def run(harm: Harm, recipe: Recipe, plan: Plan) -> Troubled:
    """One trouble in the midst of questions. Raises Impossible where it cannot be had."""
    async with World(recipe) as world, harm.setting(world):
        await world.start()
        world.tg.fault("sendMessage", slow=TRAVEL, times=None)
        async with Lamp(world.replicas[0].port) as lamp:
            return await _in_trouble(world, lamp, harm, plan)


async def _in_trouble(world: World, lamp: Lamp, harm: Harm, plan: Plan) -> Troubled:
    green_before = await lamp.until(GREEN, plan.patience / 4)
    flow = world.flow(wide=40)
    number = int(plan.rate * (plan.before + plan.seconds + plan.after))
    asking = asyncio.create_task(flow.stream(number, plan.rate, clump=2))
    await asyncio.sleep(plan.before)
    begun, told_before = time.monotonic(), len(world.alerts)
    async with harm.act(world):
        await asyncio.sleep(plan.seconds)
        red_at_end = lamp.status == RED
        ended = time.monotonic()
    await asking
    await flow.drained(plan.quiet, 1.0)
    await lamp.until(GREEN, plan.patience)
    said = next((seen.said for seen in lamp.seen if seen.at > begun and seen.status == RED), "")
    return Troubled(
        tally=flow.tally(),
        meanwhile=_meanwhile(flow, begun, ended),
        green_before=green_before,
        red=lamp.first(RED, begun),
        red_at_end=red_at_end,
        green=lamp.first(GREEN, ended) if lamp.status == GREEN else None,
        said=said,
        alerts=len(world.alerts) - told_before,
        afterwards=await _killed(world, plan),
    )


async def _killed(world: World, plan: Plan) -> Tally | None:
    """What was mended must also be safe: a kill in the midst of questions."""
    flow = world.flow(wide=10, seed=2)
    world.tg.mend()
    world.tg.fault("sendMessage", slow=4 * TRAVEL, times=None)
    asking = asyncio.create_task(flow.stream(plan.later, rate=20, clump=5))
    await asyncio.sleep(0.03 * plan.later)
    await world.replicas[0].kill()
    try:
        await world.started(world.replicas[0], plan.patience)
    except RuntimeError:
        return None
    finally:
        await asking
    await flow.drained(plan.quiet, 1.0)
    return flow.tally()


def _meanwhile(flow: Flow, begun: float, ended: float) -> float:
    """The share of the questions of the trouble, its last seconds left out, that was answered in it."""
    during = [one for one in flow.asked if begun <= one.at < max(begun, ended - SETTLING)]
    return sum(bool(one.answers) and one.answers[0] < ended for one in during) / len(during) if during else 1.0


async def section(harm: Harm, recipe: Recipe, plan: Plan) -> Section:
    """Run it, and report."""
    try:
        told = await run(harm, recipe, plan)
    except Impossible as why:
        return skipped(harm.name, str(why))
    done = f"{plan.seconds:.0f} s in the midst of {plan.rate:g} questions a second; then a `kill -9`."
    notes = (f"Red said: `{told.said.strip()[:300]}`",) if told.said else ()
    return Section(harm.name, done, (*figures(told.tally), *_lights(harm, told), *_afterwards(told)), notes)


def _lights(harm: Harm, told: Troubled) -> tuple[Figure, ...]:
    share, green, bright = told.meanwhile, "`/readyz` green before", told.green_before
    again = told.green is not None and told.green <= GREEN_WITHIN
    return (
        Figure("answered before the trouble ended", f"{share:.0%}", f"≥ {MEANWHILE:.0%}", share >= MEANWHILE),
        Figure("slowest answer", f"{told.tally.latency(100):.1f} s"),
        Figure(green, _yes(bright), "yes", bright),
        *_red(harm, told),
        Figure("green again after its end", _seconds(told.green), f"≤ {GREEN_WITHIN:.0f} s", again),
        Figure("messages to the admins", str(told.alerts), "1–2", told.alerts in {1, 2}),
    )


def _red(harm: Harm, told: Troubled) -> tuple[Figure, ...]:
    if not harm.lasts:
        return (Figure("red after", _seconds(told.red)), Figure("still red at its end", _yes(told.red_at_end)))
    in_time = told.red is not None and told.red <= RED_WITHIN
    return (
        Figure("red after", _seconds(told.red), f"≤ {RED_WITHIN:.0f} s", in_time),
        Figure("still red at its end", _yes(told.red_at_end), "yes", told.red_at_end),
    )


def _afterwards(told: Troubled) -> tuple[Figure, ...]:
    if told.afterwards is None:
        return (Figure("starts again after a kill", "no", "yes", False),)
    lost = told.afterwards.lost
    return (Figure("lost by a kill afterwards", f"{lost} of {told.afterwards.asked}", "0", lost == 0),)


def _seconds(value: float | None) -> str:
    return "never" if value is None else f"{value:.1f} s"


def _yes(value: bool) -> str:
    return "yes" if value else "no"

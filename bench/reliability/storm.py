"""429, 500, dropped connections, half a minute without network: is all answered afterwards, and in order?"""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bench.reliability.report import Figure, Section, figures
from bench.reliability.tally import Tally
from bench.reliability.world import Recipe, World
from bot.web.standin import Fault, Standin

CLUMP = 4


@dataclass(frozen=True)
class Plan:
    """``rough`` seconds of faults, ``dark`` without network, ``rough`` again. ``quiet``: see ``kill.Plan``."""

    rough: float = 30.0
    dark: float = 30.0
    rate: float = 8.0
    every: float = 0.25
    longest_wait: int = 3
    quiet: float = 120.0
    after: float = 5.0
    seed: int = 7


@dataclass(frozen=True)
class Stormy:
    """What came of it, the faults that hit by kind, and how long after the storm the last answer came."""

    tally: Tally
    hit: Counter[str]
    late: float


async def run(recipe: Recipe, plan: Plan) -> Stormy:
    """Questions flow all the while, also in the dark."""
    async with World(recipe) as world:
        flow = world.flow(wide=40, seed=plan.seed)
        await world.start()
        number = int(plan.rate * (2 * plan.rough + plan.dark))
        asking = asyncio.create_task(flow.stream(number, plan.rate, CLUMP))
        faults = await _weather(world.tg, plan)
        world.tg.mend()
        over = time.monotonic()
        await asking
        await flow.drained(plan.quiet, plan.after)
        last = max((one.answers[0] for one in flow.asked if one.answers), default=over)
        return Stormy(flow.tally(), _hits(faults), max(0.0, last - over))


async def _weather(tg: Standin, plan: Plan) -> list[Fault]:
    rng, faults = random.Random(plan.seed), list[Fault]()
    for _ in range(2):
        end = time.monotonic() + plan.rough
        while time.monotonic() < end:
            faults.append(tg.fault(**_gust(rng, plan)))
            await asyncio.sleep(plan.every)
        if plan.dark and not tg.state.faults.dark_until:
            tg.cut(plan.dark)
            await asyncio.sleep(plan.dark)
    return faults


def _gust(rng: random.Random, plan: Plan) -> dict[str, Any]:
    """One fault. Most concern what is sent: one that concerns ``getUpdates`` may keep a bot from asking for a while."""
    method = rng.choices(("sendMessage", ""), (15, 1))[0]
    wait, times = rng.randint(1, plan.longest_wait), rng.randint(1, 4)
    gusts: tuple[tuple[int, dict[str, Any]], ...] = (
        (4, {"method": "sendMessage", "error": 429, "retry_after": wait}),
        (4, {"method": method, "error": rng.choice((500, 502, 503)), "times": times}),
        (4, {"method": method, "drop": "before", "times": times}),
        (1, {"method": "getUpdates", "drop": "after"}),
        (2, {"method": "sendMessage", "drop": "after"}),
        (2, {"method": "sendMessage", "slow": rng.uniform(0.2, 2.0)}),
    )
    return rng.choices([gust for _, gust in gusts], [weight for weight, _ in gusts])[0]


def _kind(fault: Fault) -> str:
    if fault.error:
        return str(fault.error)
    if fault.drop:
        return f"{fault.method} carried out and dropped" if fault.drop == "after" else "dropped"
    return "slow"


def _hits(faults: list[Fault]) -> Counter[str]:
    hit = Counter[str]()
    for fault in faults:
        hit[_kind(fault)] += fault.used
    return hit


def section(title: str, plan: Plan, stormy: Stormy) -> Section:
    """The report. An answer whose confirmation was dropped may come twice: the bot cannot know that it arrived."""
    unknown = stormy.hit["sendMessage carried out and dropped"]
    weather = ", ".join(f"{count} × {kind}" for kind, count in sorted(stormy.hit.items()) if count)
    return Section(
        title,
        f"{plan.rough:.0f} s of faults ({weather}), {plan.dark:.0f} s without network, faults again; "
        f"{plan.rate:g} questions a second all the while, {CLUMP} at once.",
        (
            *figures(stormy.tally, unknown),
            Figure("last answer after the storm", f"{stormy.late:.1f} s"),
            Figure("median answer", f"{stormy.tally.latency(50):.2f} s"),
        ),
    )

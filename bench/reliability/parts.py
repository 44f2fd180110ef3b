"""Which runs make up each part, in full and in short."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from bench.reliability import backlog, fuzz, kill, load, soak, storm, trouble
from bench.reliability.harm import HARMS, Harm, nothing, stopped
from bench.reliability.postgres import NoPostgres, Postgres
from bench.reliability.report import Section, skipped
from bench.reliability.world import Recipe

Part = Callable[[bool], Coroutine[Any, Any, list[Section]]]

POLLING, WEBHOOK = Recipe(), Recipe(webhook=True)
_KILL = kill.Plan(), kill.Plan(kills=10, quiet=30, after=2)
_REPLICAS = replace(_KILL[0], life=4.0), replace(_KILL[1], life=3.0)
_STORM = storm.Plan(), storm.Plan(rough=6, dark=5, quiet=45, after=2)
_TROUBLE = trouble.Plan(), trouble.Plan(before=2, seconds=8, after=3, quiet=30)
_LOAD = load.Plan(), load.Plan(seconds=8, warm=2)
_SOAK = soak.Plan(), soak.Plan(seconds=60, every=1)
_FUZZ = fuzz.Plan(), fuzz.Plan(updates=3_000, every=0.2, rest=60)


async def kills(short: bool) -> list[Section]:
    """One process that asks for updates."""
    return [kill.section("Kills, polling", POLLING, _KILL[short], await kill.run(POLLING, _KILL[short]))]


async def kills_webhook(short: bool) -> list[Section]:
    """One process that is told of updates."""
    return [kill.section("Kills, webhook", WEBHOOK, _KILL[short], await kill.run(WEBHOOK, _KILL[short]))]


async def kills_replicas(short: bool) -> list[Section]:
    """Three behind one PostgreSQL."""
    title = "Kills, three replicas on PostgreSQL"
    try:
        with Postgres() as server:
            recipe = replace(WEBHOOK, replicas=3, database_url=server.url)
            plan = _REPLICAS[short]
            return [kill.section(title, recipe, plan, await kill.run(recipe, plan))]
    except NoPostgres as why:
        return [skipped(title, str(why))]


async def storms(short: bool) -> list[Section]:
    """Either way."""
    plan = _STORM[short]
    recipes = {"Storm, polling": POLLING, "Storm, webhook": WEBHOOK}
    return [storm.section(title, plan, await storm.run(recipe, plan)) for title, recipe in recipes.items()]


async def troubles(short: bool) -> list[Section]:
    """All that can happen to a file, and a server that goes and comes back."""
    plan = _TROUBLE[short]
    found = [await trouble.section(harm, POLLING, plan) for harm in HARMS]
    for way, recipe in (("polling", POLLING), ("webhook", WEBHOOK)):
        title = f"PostgreSQL is stopped and started, {way}"
        try:
            with Postgres() as server:
                harm = Harm(title, stopped(server), True, nothing)
                found.append(await trouble.section(harm, replace(recipe, database_url=server.url), plan))
        except NoPostgres as why:
            found.append(skipped(title, str(why)))
    return found


async def loads(short: bool) -> list[Section]:
    """Either way on SQLite, and the webhook on PostgreSQL."""
    plan = _LOAD[short]
    found = await load.both({"Load, polling": POLLING, "Load, webhook": WEBHOOK}, plan)
    title = "Load, webhook on PostgreSQL"
    try:
        with Postgres() as server:
            return [*found, *await load.both({title: replace(WEBHOOK, database_url=server.url)}, plan)]
    except NoPostgres as why:
        return [*found, skipped(title, str(why))]


async def soaks(short: bool) -> list[Section]:
    """Half an hour by webhook."""
    return [soak.section("Soak", _SOAK[short], await soak.run(WEBHOOK, _SOAK[short]))]


async def fuzzes(short: bool) -> list[Section]:
    """By spelling alone: it is not the encoder that is tried."""
    return [fuzz.section("Spoilt updates", await fuzz.run(fuzz.RECIPE, _FUZZ[short]))]


async def backlogs(short: bool) -> list[Section]:
    """Many who wait."""
    return [backlog.section("Backlog", await backlog.run(10_000 if short else 100_000))]


PARTS: dict[str, Part] = {
    "kill": kills,
    "kill-webhook": kills_webhook,
    "kill-replicas": kills_replicas,
    "storm": storms,
    "trouble": troubles,
    "load": loads,
    "soak": soaks,
    "fuzz": fuzzes,
    "backlog": backlogs,
}

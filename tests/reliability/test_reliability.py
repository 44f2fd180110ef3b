"""The bot itself, in short: killed, in storms, with its database in trouble, under load, fed with spoilt updates.

The long forms, with the shipped knowledge and the encoder, are ``python -m bench.reliability``.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bench.reliability import backlog, fuzz, kill, load, soak, storm, trouble
from bench.reliability.harm import HARMS, Harm, nothing, stopped
from bench.reliability.postgres import NoPostgres, Postgres
from bench.reliability.report import Section, markdown
from bench.reliability.world import Recipe

QUIET = 25
"""Seconds of silence after which a question counts as lost: more than a lease."""
STRICT = {"most doubles after one kill"}
"""Goals for a machine that does nothing else: messages on their way at the moment of a kill may come twice."""
KILL = kill.Plan(kills=5, questions=10, clump=10, rate=15, life=0.4, travel=0.03, quiet=QUIET, after=1)
STORM = storm.Plan(rough=2, dark=2, rate=8, every=0.15, longest_wait=1, quiet=QUIET, after=0.5)
TROUBLE = trouble.Plan(before=1, seconds=5, after=1, rate=6, quiet=QUIET, patience=20, later=10)
SLOW = pytest.mark.slow
"""Run by ``make soak``."""
POLLING, WEBHOOK = pytest.param(False, id="polling"), pytest.param(True, id="webhook")


def less_often(way: Any) -> Any:
    return pytest.param(*way.values, id=way.id, marks=SLOW)


IN_SHORT = HARMS[1:3]
"""The others are looked at less often."""


@pytest.fixture(scope="module")
def recipe(towns: Any, tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    """A tiny town by spelling alone, whose engine is built once."""
    town = towns(tmp_path_factory.mktemp("town"))
    return Recipe(encoder=False, knowledge=town.root, kept=tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    try:
        with Postgres() as running:
            yield running
    except NoPostgres as why:
        pytest.skip(str(why))


def assert_good(section: Section) -> None:
    if section.done.startswith("**Not run here**"):
        pytest.skip(section.done)
    missed = {figure.what for figure in section.figures if figure.reached is False}
    assert not missed - STRICT, markdown([section])


@pytest.mark.parametrize("webhook", [POLLING, less_often(WEBHOOK)])
async def test_no_question_is_lost_when_the_process_is_killed(recipe: Recipe, webhook: bool) -> None:
    one = replace(recipe, webhook=webhook)
    assert_good(kill.section("", one, KILL, await kill.run(one, KILL)))


async def test_three_replicas_on_postgresql_lose_nothing_when_one_is_killed(recipe: Recipe, server: Postgres) -> None:
    three = replace(recipe, webhook=True, replicas=3, database_url=server.url)
    assert_good(kill.section("", three, KILL, await kill.run(three, KILL)))


@pytest.mark.parametrize("webhook", [less_often(POLLING), WEBHOOK])
async def test_all_is_answered_in_order_after_a_storm(recipe: Recipe, webhook: bool) -> None:
    one = replace(recipe, webhook=webhook)
    assert_good(storm.section("", STORM, await storm.run(one, STORM)))


@pytest.mark.parametrize(
    "harm", [pytest.param(harm, id=harm.name, marks=() if harm in IN_SHORT else SLOW) for harm in HARMS]
)
async def test_a_database_in_trouble_costs_no_answer_and_turns_the_light_red(recipe: Recipe, harm: Harm) -> None:
    assert_good(await trouble.section(harm, recipe, TROUBLE))


@pytest.mark.parametrize("webhook", [less_often(POLLING), WEBHOOK])
async def test_a_postgresql_that_goes_and_comes_back_costs_no_answer(
    recipe: Recipe, server: Postgres, webhook: bool
) -> None:
    harm = Harm("PostgreSQL is stopped", stopped(server), True, nothing)
    one = replace(recipe, webhook=webhook, database_url=server.url)
    assert_good(await trouble.section(harm, one, TROUBLE))


async def test_spoilt_updates_neither_end_the_bot_nor_are_told_as_errors(recipe: Recipe) -> None:
    plan = fuzz.Plan(updates=600, every=0.2, rest=15, quiet=10, patience=10)
    told = await fuzz.run(replace(recipe, webhook=True), plan)
    section = fuzz.section("", told)
    missed = {figure.what for figure in section.figures if figure.reached is False}
    assert not missed - {"last fifth over the second"}, markdown([section])  # memory settles in minutes, not in seconds


@SLOW
async def test_questions_at_a_pace_are_all_answered_once(recipe: Recipe) -> None:
    told = await load.run(replace(recipe, webhook=True), load.Plan(seconds=2, warm=0.5, quiet=10))
    assert (told.tally.lost, told.tally.doubled, told.tally.disorder) == (0, 0, 0), told.tally
    soaked = await soak.run(recipe, soak.Plan(seconds=3, rate=10, every=0.2))
    assert soaked.tally.lost == 0


async def test_a_long_line_of_updates_takes_no_memory_and_holds_up_no_danger() -> None:
    assert_good(backlog.section("", await backlog.run(8_000)))

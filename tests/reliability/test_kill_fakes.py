"""The instruments themselves: a bot that keeps its promises passes, and each way to break them is told."""

import asyncio
from collections.abc import Callable

import pytest

from bench.reliability import kill
from bench.reliability.tally import Tally
from bench.reliability.world import Recipe, World

Fakes = Callable[..., Recipe]
PLAN = kill.Plan(kills=6, questions=10, rate=30, clump=5, life=0.3, travel=0.03, quiet=4, after=0.3)


async def asked(recipe: Recipe) -> Tally:
    """What comes of sixty questions when nobody is killed."""
    async with World(recipe) as world:
        flow = world.flow(wide=8)
        await world.start()
        await flow.stream(60, rate=100, clump=10)
        await flow.drained(quiet=1, after=0.2)
        return flow.tally()


@pytest.mark.parametrize("shape", [{}, {"webhook": True}, {"webhook": True, "replicas": 3}], ids=str)
async def test_a_faithful_bot_loses_nothing_when_it_is_killed(fake: Fakes, shape: dict[str, int]) -> None:
    killed = await kill.run(fake("faithful", **shape), PLAN)
    assert (killed.tally.lost, killed.tally.disorder, killed.tally.strays) == (0, 0, 0), killed.tally
    assert killed.tally.doubled <= PLAN.kills
    assert (killed.tally.asked, len(killed.at)) == (60, 6)
    assert killed.busy


async def test_a_bot_that_confirms_before_it_keeps_is_found_out(fake: Fakes) -> None:
    killed = await kill.run(fake("careless"), PLAN)
    assert killed.tally.lost > 0
    assert not kill.section("", fake("careless"), PLAN, killed).is_good


async def test_without_kills_a_faithful_bot_answers_each_once_and_in_order(fake: Fakes) -> None:
    told = await asked(fake("faithful"))
    assert (told.answered, told.lost, told.doubled, told.disorder, told.strays) == (60, 0, 0, 0, 0)


async def test_a_bot_that_answers_twice_is_found_out(fake: Fakes) -> None:
    told = await asked(fake("doubling"))
    assert (told.lost, told.doubled in {8, 9}) == (0, True)


async def test_a_bot_that_leaves_some_unanswered_is_found_out(fake: Fakes) -> None:
    told = await asked(fake("forgetful"))
    assert told.lost in {8, 9}


async def test_a_bot_that_takes_the_newest_first_is_found_out(fake: Fakes) -> None:
    told = await asked(fake("hasty"))
    assert (told.lost, told.disorder > 5) == (0, True)


async def test_a_bot_that_does_not_start_is_told_with_what_it_said(fake: Fakes) -> None:
    with pytest.raises(RuntimeError, match="list index out of range"):
        async with World(Recipe(command=(*fake("x").command[:2],), subjects=fake("x").subjects, kept=None)) as world:
            await asyncio.wait_for(world.start(), 10)

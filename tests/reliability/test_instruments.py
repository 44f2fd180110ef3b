"""Storms, troubles, load, memory and spoilt updates: each instrument tells a good bot from a bad one."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from bench.reliability import fuzz, load, soak, storm, trouble
from bench.reliability.gateway import Gateway
from bench.reliability.harm import HARMS, Harm, Impossible, stopped
from bench.reliability.lamp import Lamp, Seen
from bench.reliability.ports import free_port, get, is_open
from bench.reliability.postgres import NoPostgres, Postgres, binaries
from bench.reliability.world import Recipe, World
from bot.web.standin import Standin

Fakes = Callable[..., Recipe]
STORM = storm.Plan(rough=2.0, dark=1.0, rate=10, every=0.1, longest_wait=1, quiet=2, after=0.3)
TROUBLE = trouble.Plan(before=0.5, seconds=2.5, after=0.5, rate=6, quiet=3, patience=6, later=8)
FULL, LOCKED, OVERWRITTEN, REPLACED, DELETED = HARMS


@pytest.mark.slow
async def test_a_faithful_bot_weathers_a_storm(fake: Fakes) -> None:
    stormy = await storm.run(fake("faithful"), STORM)
    section = storm.section("", STORM, stormy)
    assert section.is_good, section
    assert {"429", "dropped", "slow"} <= set(stormy.hit)
    assert stormy.hit["429"] > 0


@pytest.mark.slow
async def test_a_bot_that_leaves_some_unanswered_does_not_pass_a_storm(fake: Fakes) -> None:
    stormy = await storm.run(fake("forgetful"), STORM)
    assert stormy.tally.lost > 0


@pytest.mark.slow
async def test_a_locked_database_is_seen_in_the_light_and_in_answers_that_waited(fake: Fakes) -> None:
    told = await trouble.run(LOCKED, fake("faithful"), TROUBLE)
    assert (told.tally.lost, told.tally.doubled) == (0, 0)
    assert (told.green_before, told.red_at_end) == (True, True)
    assert told.red is not None
    assert told.red < 1.5
    assert told.green is not None
    assert told.meanwhile < 0.2  # the fake one waits for the lock: a bot that answers from memory does not
    assert told.afterwards is not None
    assert told.afterwards.lost == 0


@pytest.mark.slow
async def test_a_bot_without_a_lamp_does_not_pass(fake: Fakes) -> None:
    section = await trouble.section(LOCKED, fake("careless"), replace(TROUBLE, seconds=1, patience=1, quiet=1))
    missing = {figure.what for figure in section.figures if figure.reached is False}
    assert {"red after", "still red at its end"} <= missing


async def test_a_full_disk_is_full_until_it_is_not(fake: Fakes) -> None:
    async with World(fake("faithful")) as world:
        try:
            async with FULL.setting(world):
                with world.database.open("wb") as file:
                    file.write(b"x" * 100)
                async with FULL.act(world):
                    with pytest.raises(OSError, match="No space"):
                        world.database.with_name("more").write_bytes(bytes(100_000))
                world.database.with_name("more").write_bytes(bytes(100_000))
        except Impossible as why:
            pytest.skip(str(why))


@pytest.mark.parametrize("harm", [OVERWRITTEN, REPLACED, DELETED], ids=lambda harm: harm.name)
async def test_a_harmed_file_is_no_database_any_more(fake: Fakes, harm: Harm) -> None:
    async with World(fake("faithful")) as world:
        await world.start()
        assert world.database.read_bytes().startswith(b"SQLite format 3")
        async with harm.act(world):
            there = world.database.exists()
            assert not (there and world.database.read_bytes().startswith(b"SQLite format 3"))


@pytest.fixture
def server() -> Postgres:
    try:
        binaries()
        return Postgres()
    except NoPostgres as why:
        pytest.skip(str(why))


async def test_a_postgresql_of_our_own_stops_and_comes_back_with_what_it_knew(fake: Fakes, server: Postgres) -> None:
    with server:
        server.query("create table kept (a int); insert into kept values (7)")
        async with World(fake("faithful")) as world, stopped(server)(world):
            assert not is_open(server.port)
        assert server.query("select a from kept") == "7"
    assert not is_open(server.port)


async def test_the_gateway_takes_turns_and_passes_over_the_dead() -> None:
    async with Gateway([free_port(), free_port()]) as nobody, httpx.AsyncClient(trust_env=False) as client:
        assert (await client.post(f"{nobody.url}/telegram", json={})).status_code == 503
        port = int(nobody.url.rpartition(":")[2])
        async with Gateway([free_port(), port]) as two:
            assert (await client.post(f"{two.url}/telegram", json={})).status_code == 503


async def test_a_page_that_nobody_serves_has_the_status_0() -> None:
    assert await get(free_port(), "/readyz") == (0, "")


def test_the_lamp_says_how_long_each_light_took() -> None:
    lamp = Lamp(0)
    lamp.seen = [Seen(1.0, 200, ""), Seen(5.0, 503, "db"), Seen(9.0, 200, "")]
    assert [lamp.first(503, 4.0), lamp.first(200, 8.0), lamp.first(200, 2.0), lamp.first(0, 2.0)] == [
        1.0,
        1.0,
        0.0,
        None,
    ]


@pytest.mark.slow
async def test_load_is_counted_and_its_cost_is_told(fake: Fakes) -> None:
    told = await load.run(fake("faithful"), load.Plan(seconds=1.0, warm=0.3, window=8, quiet=3))
    assert told.tally.lost == 0
    assert told.per_second > 10
    assert told.most.bot > 0
    assert told.most.instruments > 0


async def test_memory_is_looked_at_while_questions_flow(fake: Fakes) -> None:
    told = await soak.run(fake("faithful"), soak.Plan(seconds=1.5, rate=20, every=0.1))
    assert told.tally.answered == 30
    assert len(told.memory.samples) > 8
    assert all(size > 5 for _, size in told.memory.samples)


@pytest.mark.slow
async def test_a_bot_that_hangs_up_on_a_spoilt_update_is_found_out(fake: Fakes) -> None:
    plan = fuzz.Plan(updates=150, at_once=8, every=0.1, rest=5, quiet=2, patience=2)
    told = await fuzz.run(fake("faithful", webhook=True), plan)
    assert told.statuses[0] > 30
    assert told.faults.uncaught > 30
    assert not fuzz.section("", told).is_good


async def test_spoilt_updates_go_into_any_edge_and_each_status_is_counted() -> None:
    taken: list[bytes] = []

    async def edge(body: bytes) -> int:
        await asyncio.sleep(0)
        taken.append(body)
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            return 400
        return 200

    statuses = await fuzz.feed(edge, fuzz.Mutator(fuzz.seeds(Standin(), 3), 3), 500, 16)
    assert statuses.total() == len(taken) == 500
    assert statuses[200] > 100
    assert statuses[400] > 50

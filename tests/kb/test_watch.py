"""A folder's changes are noticed once it has come to rest."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.kb.files import Signature, signature
from bot.kb.watch import changes
from tests.conftest import Town

SOON = 20.0


class Watched:
    """States of a folder as they are noticed."""

    def __init__(self, town: Town) -> None:
        self.town, self.stop = town, asyncio.Event()
        self.found: asyncio.Queue[Signature] = asyncio.Queue()
        self.task = asyncio.create_task(self._watch(signature(town.root)))

    async def _watch(self, since: Signature) -> None:
        async for state in changes(self.town.root, self.stop, since, 0.1):
            self.found.put_nowait(state)

    async def next(self) -> Signature:
        return await asyncio.wait_for(self.found.get(), SOON)


@pytest.fixture
async def watched(town: Town) -> AsyncIterator[Watched]:
    watched = Watched(town)
    yield watched
    watched.stop.set()
    await asyncio.wait_for(watched.task, SOON)


async def test_a_saved_file_is_noticed(watched: Watched) -> None:
    watched.town.write("city.yaml", "new")
    assert await watched.next() == signature(watched.town.root)


async def test_many_files_are_one_change(watched: Watched) -> None:
    for number in range(40):
        watched.town.write(f"programs/{number}.yaml", "new")
        await asyncio.sleep(0.01)
    assert await watched.next() == signature(watched.town.root)
    assert watched.found.empty()


async def test_what_editors_leave_beside_is_no_change(watched: Watched) -> None:
    watched.town.write("programs/.lamp.yaml.swp", "x")
    await asyncio.sleep(0.3)
    watched.town.write("city.yaml", "new")
    await watched.next()
    assert watched.found.empty()


async def test_a_folder_that_went_away_is_noticed_and_so_is_its_return(watched: Watched) -> None:
    root = watched.town.root
    root.rename(root.with_name("away"))
    assert (await watched.next())[1] == ()
    root.with_name("away").rename(root)
    assert await watched.next() == signature(root)
    watched.town.write("city.yaml", "new")
    assert await watched.next() == signature(root)


async def test_where_nothing_can_be_watched_the_folder_is_looked_at(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Network drives, and machines that have no watches left."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("bot.kb.watch.awatch", refuse)
    watched = Watched(town)
    town.write("city.yaml", "new")
    assert await watched.next() == signature(town.root)
    watched.stop.set()
    await watched.task


async def test_watching_ends_at_once(town: Town) -> None:
    watched = Watched(town)
    await asyncio.sleep(0.2)
    watched.stop.set()
    await asyncio.wait_for(watched.task, 3)

"""An editor saves a file and the running bot answers with it; whatever else happens to the folder, it answers."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.talk import Holder
from bot.engine.answer import Choices, Found
from bot.engine.pipeline import Engine
from bot.kb.load import load
from bot.kb.versions import Changes, Versions
from bot.reload import Places, Refused, Reloaded, Reloader, Told
from tests.conftest import Town

LAMP, BUS = "programs/lamp.yaml", "programs/owl-bus.yaml"
SOON = 30.0
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BEDS = "전동 침대는 어느 창구죠"


class Live:
    """A running reloader, what it told, and questions that somebody asks all the time."""

    def __init__(self, holder: Holder) -> None:
        self.holder = holder
        self.told: asyncio.Queue[Told] = asyncio.Queue()
        self.asked, self.versions = 0, set[str]()

    @property
    def engine(self) -> Engine:
        assert isinstance(self.holder.engine, Engine)
        return self.holder.engine

    async def hear(self, told: Told) -> None:
        self.told.put_nowait(told)

    async def next(self) -> Told:
        return await asyncio.wait_for(self.told.get(), SOON)

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(SOON):
            while not reached():
                await asyncio.sleep(0.01)

    async def stream(self, stop: asyncio.Event) -> None:
        """As the chat does: an engine once a question, and all of the answer from it."""
        while not stop.is_set():
            engine = self.engine
            answer = await asyncio.to_thread(engine.answer, "부엉이 버스 얼마예요")
            assert isinstance(answer, Found | Choices)
            assert engine.knowledge.programme(answer.hits[0].id), "shown from the same knowledge"
            self.asked += 1
            self.versions.add(engine.knowledge.version)


@asynccontextmanager
async def running(
    root: Path, keep: Path, tell: Callable[[Told], Awaitable[object]] | None = None
) -> AsyncIterator[Live]:
    stop, live = asyncio.Event(), Live(Holder(Engine.build(load(root), None)))
    places = Places(root, keep, root / ".kept")
    tasks = [asyncio.create_task(Reloader(live.holder, places, tell or live.hear).run(stop))]
    await live.until(lambda: bool(places.versions.all()))
    tasks.append(asyncio.create_task(live.stream(stop)))
    try:
        yield live
        await live.until(lambda: live.asked > 3)
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), SOON)


@pytest.fixture
def keep(tmp_path: Path) -> Path:
    return tmp_path / "var"


def live_test(test: Callable[[Live, Town], Awaitable[None]]) -> Callable[[Town, Path], None]:
    """Run with a reloader on a town, while questions are asked."""

    def run(town: Town, keep: Path) -> None:
        async def whole() -> None:
            async with running(town.root, keep) as live:
                await test(live, town)
            assert live.told.empty()

        asyncio.run(whole())

    run.__name__ = test.__name__
    return run


async def saved(live: Live, town: Town, where: str, old: str, new: str) -> Told:
    town.change(where, old, new)
    return await live.next()


@live_test
async def test_a_corrected_fact_goes_live(live: Live, town: Town) -> None:
    told = await saved(live, town, LAMP, "무료입니다.", "천 원입니다.")
    assert told == Reloaded(load(town.root).version, Changes(changed=(LAMP,)))
    lamp = live.engine.knowledge.programme("lamp")
    assert lamp is not None
    assert lamp.details[0].text == "천 원입니다."


@live_test
async def test_a_new_phrasing_goes_live_and_is_then_learned_with_all_others(live: Live, town: Town) -> None:
    town.write(LAMP, town.read(LAMP) + f"  - {BEDS}\n")
    assert isinstance(await live.next(), Reloaded)
    answer, quick = live.engine.answer(BEDS), live.engine
    assert isinstance(answer, Found)
    assert answer.id == "lamp"
    await live.until(lambda: live.engine is not quick)
    whole = town.engine()
    for text in (BEDS, "전동 침대", "골목 보안등 얼마예요", "부엉이"):
        assert live.engine.explain(text).ranked == whole.explain(text).ranked


@live_test
async def test_a_new_programme_goes_live(live: Live, town: Town) -> None:
    text = (
        town.read(LAMP).replace("id: lamp", "id: beds").replace("골목 보안등", "전동 침대").replace("가로등", "누울곳")
    )
    town.write("programs/beds.yaml", text[: text.index("questions:")] + f"questions: [{BEDS}]\n")
    told = await live.next()
    assert isinstance(told, Reloaded)
    assert told.changes.added == ("programs/beds.yaml",)
    answer = live.engine.answer(BEDS + "?")
    assert isinstance(answer, Found)
    assert answer.id == "beds"


@live_test
async def test_a_programme_that_is_gone_is_offered_no_more(live: Live, town: Town) -> None:
    (town.root / LAMP).unlink()
    told = await live.next()
    assert isinstance(told, Reloaded)
    assert told.changes.removed == (LAMP,)
    assert not [hit for hit in live.engine.answer("골목 보안등 고장").hits if hit.id == "lamp"]


@live_test
async def test_a_broken_file_changes_nothing_and_the_editor_hears_why(live: Live, town: Town) -> None:
    before, good = live.engine, town.read(LAMP)
    told = await saved(live, town, LAMP, "status: running", "status: runing")
    assert isinstance(told, Refused)
    assert [(p.where, p.line) for p in told.problems] == [(LAMP, town.line(LAMP, "status"))]
    assert "runing" in str(told)
    assert live.engine is before
    town.write(LAMP, good)
    assert await live.next() == Reloaded(before.knowledge.version, Changes())


@live_test
async def test_a_half_saved_file_is_waited_for_in_silence(live: Live, town: Town) -> None:
    whole = town.read(LAMP).replace("무료입니다.", "천 원입니다.")
    town.write(LAMP, whole[: len(whole) // 3])
    await asyncio.sleep(0.5)  # longer than the quiet period: it is looked at, and found broken
    town.write(LAMP, whole)
    assert await live.next() == Reloaded(load(town.root).version, Changes(changed=(LAMP,)))


@live_test
async def test_a_renamed_file_is_refused_until_its_id_is_renamed_too(live: Live, town: Town) -> None:
    (town.root / LAMP).rename(town.root / "programs/light.yaml")
    assert isinstance(await live.next(), Refused)
    told = await saved(live, town, "programs/light.yaml", "id: lamp", "id: light")
    assert isinstance(told, Reloaded)
    assert (told.changes.added, told.changes.removed) == (("programs/light.yaml",), (LAMP,))


@live_test
async def test_a_deleted_folder_changes_nothing_and_may_come_back(live: Live, town: Town) -> None:
    before = live.engine
    town.root.rename(town.root.with_name("away"))
    assert isinstance(await live.next(), Refused)
    assert live.engine is before
    town.root.with_name("away").rename(town.root)
    assert await live.next() == Reloaded(before.knowledge.version, Changes())
    assert isinstance(await saved(live, town, LAMP, "무료입니다.", "천 원입니다."), Reloaded)


@live_test
async def test_files_of_editors_are_none_of_ours(live: Live, town: Town) -> None:
    for name in (".lamp.yaml.swp", "4913", "lamp.yaml~", ".#lamp.yaml", "#lamp.yaml#", ".git/x.yaml", "lamp.yaml.tmp"):
        path = town.root / "programs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("id: [")
    assert isinstance(await saved(live, town, LAMP, "무료입니다.", "천 원입니다."), Reloaded)


@live_test
async def test_an_editor_that_saves_aside_and_renames_is_understood(live: Live, town: Town) -> None:
    text = town.read(LAMP).replace("무료입니다.", "천 원입니다.")
    town.write("programs/lamp.yaml.tmp", text)
    (town.root / LAMP).rename(town.root / "programs/lamp.yaml~")
    (town.root / "programs/lamp.yaml.tmp").rename(town.root / LAMP)
    assert isinstance(await live.next(), Reloaded)


@live_test
async def test_forty_files_of_a_checkout_go_live_together(live: Live, town: Town) -> None:
    """Names and what refers to them change in different files: nothing between would be whole."""
    before, text = live.engine.knowledge.version, town.read(LAMP)
    head = text[: text.index("questions:")]
    ids = [f"lamp-{number}" for number in range(40)]
    for id_, other in zip(ids, [*ids[1:], ids[0]], strict=True):
        here = head.replace("id: lamp", f"id: {id_}").replace("related: []", f"related: [{other}]")
        town.write(f"programs/{id_}.yaml", here.replace("가로등", id_) + f"questions: [{id_} 어디예요]\n")
        await asyncio.sleep(0.02)
    told = await live.next()
    assert isinstance(told, Reloaded)
    assert told.changes.added == tuple(sorted(f"programs/{id_}.yaml" for id_ in ids))
    await live.until(lambda: told.version in live.versions)
    assert live.versions == {before, told.version}


def test_a_folder_that_kubernetes_exchanges_by_a_link_goes_live(town: Town, keep: Path, tmp_path: Path) -> None:
    """``programs -> ..data/programs``, ``..data -> ..2026_1``: the link ``..data`` is replaced in one step."""
    mount = tmp_path / "mount"
    mount.mkdir()
    first, second = (shutil.copytree(town.root, mount / f"..2026_{turn}") for turn in (1, 2))
    (second / LAMP).write_text(town.read(LAMP).replace("무료입니다.", "천 원입니다."))
    (mount / "..data").symlink_to(first.name)
    for name in os.listdir(first):
        (mount / name).symlink_to(Path("..data", name))

    async def whole() -> None:
        async with running(mount, keep) as live:
            (mount / "..data_tmp").symlink_to(second.name)
            (mount / "..data_tmp").replace(mount / "..data")
            shutil.rmtree(first)
            told = await live.next()
            assert isinstance(told, Reloaded)
            assert told.changes == Changes(changed=(LAMP,))

    asyncio.run(whole())


def test_a_folder_that_is_itself_a_link_may_point_elsewhere(town: Town, keep: Path, tmp_path: Path) -> None:
    second = shutil.copytree(town.root, tmp_path / "second")
    (second / LAMP).write_text(town.read(LAMP).replace("무료입니다.", "천 원입니다."))
    link = tmp_path / "current"
    link.symlink_to(town.root)

    async def whole() -> None:
        async with running(link, keep) as live:
            (tmp_path / "next").symlink_to(second)
            (tmp_path / "next").replace(link)
            assert isinstance(await live.next(), Reloaded)
            (second / LAMP).write_text(town.read(LAMP).replace("무료입니다.", "이천 원입니다."))
            assert isinstance(await live.next(), Reloaded)

    asyncio.run(whole())


def test_a_listener_that_fails_stops_nothing(town: Town, keep: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def fail(_: Told) -> None:
        raise RuntimeError("no network")

    async def whole() -> None:
        async with running(town.root, keep, fail) as live:
            for old, new in (("무료입니다.", "천 원입니다."), ("천 원입니다.", "이천 원입니다.")):
                town.change(LAMP, old, new)
                version = load(town.root).version
                await live.until(lambda version=version: live.engine.knowledge.version == version)

    asyncio.run(whole())
    assert "nobody could be told of the knowledge" in caplog.text


def test_an_earlier_version_put_back_goes_live(town: Town, keep: Path) -> None:
    async def whole() -> None:
        async with running(town.root, keep) as live:
            first = live.engine.knowledge.version
            assert isinstance(await saved(live, town, LAMP, "무료입니다.", "천 원입니다."), Reloaded)
            versions = Versions(keep / "versions")
            await live.until(lambda: len(versions.all()) == 2)
            versions.put_back(town.root, None, NOW)
            assert await live.next() == Reloaded(first, Changes(changed=(LAMP,)))

    asyncio.run(whole())


def test_what_was_broken_at_the_start_is_told(town: Town, keep: Path) -> None:
    async def whole() -> None:
        live = Live(Holder(town.engine()))
        town.change(LAMP, "status: running", "status: runing")
        stop = asyncio.Event()
        task = asyncio.create_task(Reloader(live.holder, Places(town.root, keep, keep), live.hear).run(stop))
        assert isinstance(await live.next(), Refused)
        stop.set()
        await task

    asyncio.run(whole())


def test_who_asks_for_a_look_now_hears_what_is_so(town: Town, keep: Path) -> None:
    async def whole() -> None:
        live = Live(Holder(town.engine()))
        reloader = Reloader(live.holder, Places(town.root, keep, keep), live.hear)
        before = load(town.root).version
        assert await reloader.now() == Reloaded(before, Changes())
        assert live.told.empty()
        town.change(LAMP, "무료입니다.", "천 원입니다.")
        told = Reloaded(load(town.root).version, Changes(changed=(LAMP,)))
        assert await asyncio.gather(reloader.now(), reloader.now()) == [told, Reloaded(told.version, Changes())]
        assert live.engine.knowledge.version == told.version
        assert live.told.get_nowait() == told
        town.write(LAMP, "id: [")
        refused = await reloader.now()
        assert isinstance(refused, Refused)
        assert "lamp.yaml" in str(refused)
        assert live.engine.knowledge.version == told.version
        assert await live.next() == refused

    asyncio.run(whole())


def test_a_change_is_said_in_korean() -> None:
    told = Reloaded("0123456789ab", Changes((LAMP,), ("a.yaml",), ("b.yaml",)))
    assert str(told) == f"새 지식 0123456789ab 판으로 답합니다. 바뀜: {LAMP} · 새로 생김: a.yaml · 없어짐: b.yaml"
    assert str(Reloaded("0123456789ab", Changes())).startswith("지식 파일이 다시 맞습니다.")

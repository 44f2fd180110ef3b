"""Records past their time go at the start and every day, whatever happens in between."""

import asyncio

from bot.store import questions, upkeep
from bot.store.keeper import Store
from bot.store.upkeep import keep_tidy, tidy
from tests.store.test_questions import question


async def test_they_go_at_the_start(tmp_path, look):
    async with Store(f"sqlite:///{tmp_path}/bot.db") as store:
        await store.write(questions.record(question(words=("MARKER", ""))))  # of 1970
        stop = asyncio.Event()
        task = asyncio.create_task(keep_tidy(store, 90, stop))
        async with asyncio.timeout(5):
            while await look(store.database, "SELECT * FROM questions"):
                await asyncio.sleep(0.005)
        stop.set()
        await asyncio.wait_for(task, 2)
        assert b"MARKER" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


async def test_trouble_puts_it_off_and_ends_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(upkeep, "_AGAIN_SECONDS", 0.005)
    store, stop, tried = Store(f"sqlite:///{tmp_path}/bot.db"), asyncio.Event(), asyncio.Event()
    attempts = []

    async def rub_out():
        attempts.append(store.is_up)
        (tried.set if len(attempts) == 3 else bool)()
        store.database.file.__class__(tmp_path / "gone.db").checkpoint()

    task = asyncio.create_task(keep_tidy(store, 90, stop))  # it is not open yet
    await asyncio.sleep(0.02)
    store.rub_out = rub_out  # and then the file cannot be emptied
    async with store:
        await asyncio.wait_for(tried.wait(), 5)
        stop.set()
        await asyncio.wait_for(task, 2)


async def test_how_much_went_is_told(tmp_path):
    async with Store(f"sqlite:///{tmp_path}/bot.db") as store:
        await store.write(questions.record(question()))
        gone = await tidy(store, 90)
        assert (gone["questions"], gone["votes"]) == (1, 0)

"""What is written down of a conversation: redacted, by salted hash, and no more than somebody will read."""

import pytest

from bot.chat.buttons import Ballot
from bot.chat.memory import Memory
from bot.chat.notes import Notes
from bot.chat.reply import Reply
from bot.chat.talk import Said
from bot.engine.answer import Choices, Found, Hit, Missed, Urgent
from bot.store.keeper import Store
from bot.store.person import Pepper

TEXT = "제 번호는 010-9876-5432 부엉이버스 언제 와요"
HITS = (Hit("owl-bus", 0.91234567), Hit("lamp", 0.2), Hit("cctv", 0.1), Hit("bus-stop", 0.01))
URGENT = Urgent("attack", ("112",), 0.9)


class Time:
    now = 1_764_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
async def store(url):
    async with Store(url) as found:
        yield found


@pytest.fixture
def notes(store, time):
    return Notes(store, Pepper(b"salt"), Memory(time), clock=time)


def again(notes):
    """The same after a restart."""
    return Notes(notes.store, notes.pepper, Memory(notes.clock), clock=notes.clock)


async def keep(notes, known, answer, number=1, user=777123456):
    for op in notes.question(number, user, TEXT, Said(Reply("x"), answer, "ko", {"decide": 1.5, "render": 2}, known)):
        await notes.store.write(op)


async def everything(look, store):
    tables = ("questions", "votes", "people", "set_aside", "seen", "pulse")
    return str([await look(store.database, f"SELECT * FROM {table}") for table in tables])


@pytest.mark.parametrize("answer", [Found(HITS, "cost"), Choices(HITS, None), Missed(HITS, "tax"), URGENT])
async def test_neither_the_number_nor_who_asked_is_kept(notes, known, look, answer):
    await keep(notes, known, answer)
    kept = await everything(look, notes.store)
    assert "9876" not in kept
    assert "777123456" not in kept


@pytest.mark.parametrize(
    ("answer", "is_kept"), [(Found(HITS), False), (URGENT, False), (Choices(HITS), True), (Missed(HITS), True)]
)
async def test_words_are_kept_only_where_somebody_reads_them(notes, known, look, answer, is_kept):
    await keep(notes, known, answer)
    [(text, normal)] = await look(notes.store.database, "SELECT text, normal FROM questions")
    assert (text is not None, normal is not None) == (is_kept, is_kept)
    assert not is_kept or "부엉이버스" in text


async def test_the_day_and_hour_are_the_citys(notes, known, look, time):
    time.now = 1_764_000_000.0  # 2025-11-24 16:00 UTC
    await keep(notes, known, Found(HITS, "cost"))
    [row] = await look(notes.store.database, "SELECT day, hour, programme, aspect, candidates, ms FROM questions")
    assert row[:4] == ("2025-11-25", 1, "owl-bus", "cost")
    assert row[4] == '[["owl-bus", 0.9123], ["lamp", 0.2], ["cctv", 0.1]]'
    assert row[5] == 3.5


async def test_what_was_no_question_is_not_kept(notes, known, look):
    await keep(notes, known, None)
    assert await look(notes.store.database, "SELECT * FROM questions") == []


async def test_thumbs_down_keeps_the_redacted_words_and_thumbs_up_drops_them(notes, known, look):
    await keep(notes, known, Found(HITS))
    assert await notes.vote(5, Ballot(1, "down"))
    [(text,)] = await look(notes.store.database, "SELECT text FROM questions")
    assert "부엉이버스" in text
    assert "9876" not in text
    assert await notes.vote(5, Ballot(1, "up"))
    assert await look(notes.store.database, "SELECT text FROM questions") == [(None,)]


async def test_a_vote_counts_after_a_restart_without_the_words(notes, known, look):
    await keep(notes, known, Found(HITS))
    later = again(notes)
    assert await later.vote(5, Ballot(1, "up"))
    assert await later.vote(5, Ballot(1, "down"))
    assert await look(notes.store.database, "SELECT vote FROM votes") == [("down",)]
    assert await look(notes.store.database, "SELECT text FROM questions") == [(None,)]


async def test_members_of_a_group_vote_each_for_themselves(notes, known, look):
    await keep(notes, known, Found(HITS))
    for user, vote in ((5, "up"), (6, "down"), (5, "down")):
        await notes.vote(user, Ballot(1, vote))
    assert sorted(await look(notes.store.database, "SELECT vote FROM votes")) == [("down",), ("down",)]


async def test_a_vote_on_an_unknown_question_is_none(notes):
    assert not await notes.vote(5, Ballot(99, "up"))


async def test_a_vote_in_trouble_is_counted_later(known, look, tmp_path, time):
    store = Store(f"sqlite:///{tmp_path}/bot.db")
    notes = Notes(store, Pepper(b"salt"), Memory(time), clock=time)
    assert await notes.vote(5, Ballot(1, "up"))
    assert store.owes == 1


async def test_the_language_and_the_programme_shown_survive_a_restart(notes, time):
    notes.memory.speak(7, "vi")
    notes.memory.show(7, "owl-bus")
    await notes.store.write(notes.remember(7))
    time.now += 599
    later = again(notes)
    await later.recall(7)
    assert (later.memory.language(7), later.memory.shown(7)) == ("vi", "owl-bus")
    time.now += 2
    assert later.memory.shown(7) is None
    latest = again(notes)
    await latest.recall(7)
    assert (latest.memory.language(7), latest.memory.shown(7)) == ("vi", None)


async def test_what_is_shown_again_is_fresh_again_in_the_store_too(notes, time):
    notes.memory.show(7, "owl-bus")
    before = notes.state(7)
    await notes.store.write(notes.remember(7))
    time.now += 300
    assert notes.state(7) == before
    notes.memory.show(7, "owl-bus")
    assert notes.state(7) != before
    await notes.store.write(notes.remember(7))
    time.now += 500
    later = again(notes)
    await later.recall(7)
    assert later.memory.shown(7) == "owl-bus"


async def test_choosing_a_language_makes_no_old_programme_fresh(notes, time):
    notes.memory.show(7, "owl-bus")
    time.now += 500
    notes.memory.speak(7, "vi")
    await notes.store.write(notes.remember(7))
    time.now += 200
    later = again(notes)
    await later.recall(7)
    assert later.memory.shown(7) is None


async def test_who_asks_to_be_forgotten_is_also_in_memory(notes, known, look):
    notes.memory.speak(7, "vi")
    await notes.store.write(notes.remember(7))
    await keep(notes, known, Missed(HITS), user=7)
    await keep(notes, known, Missed(HITS), number=2, user=8)
    assert await notes.forget(7)
    assert notes.memory.language(7) is None
    assert await look(notes.store.database, "SELECT id FROM questions") == [(2,)]
    assert await look(notes.store.database, "SELECT * FROM people") == []


async def test_in_trouble_forgetting_is_not_claimed(tmp_path, time):
    notes = Notes(Store(f"sqlite:///{tmp_path}/bot.db"), Pepper(b"salt"), Memory(time), clock=time)
    assert not await notes.forget(7)


async def test_what_one_replica_forgot_no_other_remembers(shared, time):
    async with Store(shared) as one, Store(shared) as other:
        here, there = (Notes(store, Pepper(b"salt"), Memory(time), clock=time) for store in (one, other))
        here.memory.speak(7, "vi")
        await one.write(here.remember(7))
        await there.recall(7)
        assert there.memory.language(7) == "vi"
        await here.forget(7)
        await there.recall(7)
        assert there.memory.language(7) is None


async def test_a_language_that_is_none_of_ours_is_not_recalled(notes):
    notes.memory.speak(7, "xx")
    await notes.store.write(notes.remember(7))
    later = again(notes)
    await later.recall(7)
    assert later.memory.language(7) is None

"""What goes, when, and that it is gone."""

import pytest

from bot.store import inbox, questions
from bot.store.person import Pepper
from bot.store.questions import Person
from bot.store.retention import DAY, SHOWN_SECONDS, forget, purge
from tests.store.test_questions import question

NOW = 1000 * DAY


async def fill(database, rows, at=NOW):
    """Of two people: two questions each, a vote on one's own and on the other's, and a language."""
    for number, person in enumerate(("p1", "p1", "p2", "p2")):
        marked = question(number, person, "none", (f"MARKER-{person}", "x"), at)
        await database.write(questions.record(marked))
    for number, person in ((0, "p1"), (2, "p1"), (1, "p2"), (3, "p2")):
        await database.write(questions.vote(number, person, "down", at))
    for person in ("p1", "p2"):
        await database.write(questions.remember(person, Person("vi", "owl-bus", at), at))
    await database.write(inbox.set_aside(rows(1)[0], at, "x", "{}"))
    await database.write(inbox.put(rows(8, 9), at, "me", at))


async def test_exactly_the_rows_of_one_person_are_forgotten(database, rows, look):
    await fill(database, rows)
    assert await database.write(forget("p1")) == {"votes": 3, "questions": 2, "people": 1}
    assert await look(database, "SELECT id, person FROM questions ORDER BY id") == [(2, "p2"), (3, "p2")]
    assert await look(database, "SELECT question, person FROM votes") == [(3, "p2")]
    assert await look(database, "SELECT person FROM people") == [("p2",)]
    assert len(await look(database, "SELECT * FROM inbox")) == 2
    assert await database.write(forget("p1")) == {"votes": 0, "questions": 0, "people": 0}


async def test_what_was_forgotten_is_in_no_file_any_more(tmp_path, rows):
    from bot.store.database import Database

    database = Database(f"sqlite:///{tmp_path}/bot.db")
    await database.open()
    await fill(database, rows)
    database.file.checkpoint()
    assert b"MARKER-p1" in (tmp_path / "bot.db").read_bytes()
    await database.write(forget("p1"))
    database.file.checkpoint()
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"MARKER-p1" not in everything
    assert b"MARKER-p2" in everything
    await database.close()


@pytest.mark.parametrize(("age", "left"), [(90 * DAY, 4), (90 * DAY + 1, 0)])
async def test_records_stay_to_the_last_second_of_their_time_and_no_longer(database, rows, look, age, left):
    await fill(database, rows)
    gone = await database.write(purge(NOW + age, days=90))
    assert len(await look(database, "SELECT * FROM questions")) == left
    assert len(await look(database, "SELECT * FROM votes")) == left
    assert len(await look(database, "SELECT * FROM people")) == left // 2
    assert len(await look(database, "SELECT * FROM set_aside")) == (1 if left else 0)
    assert gone["questions"] == 4 - left
    assert gone["seen"] == 2


async def test_what_waits_for_its_answer_is_never_purged(database, rows, look):
    await fill(database, rows)
    await database.write(purge(NOW + 1000 * DAY, days=1))
    assert len(await look(database, "SELECT * FROM inbox")) == 2


async def test_what_was_shown_is_forgotten_after_ten_minutes_the_language_is_not(database, look):
    await database.write(questions.remember("p1", Person("vi", "owl-bus", NOW), NOW))
    await database.write(questions.remember("p2", Person(None, "owl-bus", NOW), NOW))
    await database.write(purge(NOW + SHOWN_SECONDS, days=90))
    assert len(await look(database, "SELECT * FROM people WHERE shown IS NOT NULL")) == 2
    await database.write(purge(NOW + SHOWN_SECONDS + 1, days=90))
    assert await look(database, "SELECT person, language, shown FROM people") == [("p1", "vi", None)]


def test_people_are_told_apart_by_nobody_without_the_salt():
    one, other = Pepper(b"a"), Pepper(b"b")
    assert one.person(7) == one.person(7) != one.person(8)
    assert one.person(7) != other.person(7)
    assert "7" * 9 not in one.person(777777777)
    assert len(one.person(7)) == 32


def test_a_question_has_one_number_however_often_it_comes():
    pepper = Pepper(b"a")
    numbers = {pepper.question(update, date) for update in range(100) for date in range(10)}
    assert len(numbers) == 1000
    assert all(0 <= number < 2**53 for number in numbers)
    assert pepper.question(5, 6) == pepper.question(5, 6) != pepper.question(6, 5)

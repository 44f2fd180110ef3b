"""What is kept of a question, and votes: one a person, changeable, bound to that very question."""

import json

import pytest

from bot.store import questions
from bot.store.questions import Person, Question

WORDS = ("부엉이 [전화]", "부엉이")


def question(number=1, person="p1", outcome="found", words=None, at=1000.0):
    return Question(
        id=number, at=at, day="2026-11-25", hour=23, person=person, language="ko", outcome=outcome,
        programme="owl-bus", aspect="cost", topic=None, candidates=(("owl-bus", 0.9), ("lamp", 0.1)),
        text=words[0] if words else None, normal=words[1] if words else None, knowledge="v1", ms=12.5,
    )  # fmt: skip


@pytest.fixture
async def asked(database):
    await database.write(questions.record(question()))
    return database


async def text_of(look, database):
    return (await look(database, "SELECT text, normal FROM questions WHERE id = 1"))[0]


async def votes_of(look, database):
    return await look(database, "SELECT person, vote FROM votes WHERE question = 1 ORDER BY person")


async def test_everything_about_it_is_kept(database, look):
    await database.write(questions.record(question(words=WORDS)))
    [row] = await look(database, "SELECT * FROM questions")
    assert row[:10] == (1, 1000.0, "2026-11-25", 23, "p1", "ko", "found", "owl-bus", "cost", None)
    assert json.loads(row[10]) == [["owl-bus", 0.9], ["lamp", 0.1]]
    assert row[11:] == (*WORDS, "v1", 12.5)


async def test_a_repeat_changes_nothing(asked, look):
    await asked.write(questions.record(question(outcome="none", words=WORDS)))
    assert await look(asked, "SELECT outcome, text FROM questions") == [("found", None)]


async def test_letters_that_no_database_takes_are_left_out(database, look):
    await database.write(questions.record(question(words=("a\0b\ud800c", "\0"))))
    assert await text_of(look, database) == ("ab?c", "")


async def test_one_vote_a_person_and_the_last_one_counts(asked, look):
    for person, vote in (("p1", "up"), ("p2", "up"), ("p1", "down"), ("p1", "down"), ("p2", "up")):
        assert await asked.write(questions.vote(1, person, vote, 1.0))
    assert await votes_of(look, asked) == [("p1", "down"), ("p2", "up")]


async def test_a_vote_on_a_question_that_is_not_kept_any_more_is_none(asked, look):
    assert not await asked.write(questions.vote(2, "p1", "down", 1.0, WORDS))
    assert await look(asked, "SELECT * FROM votes") == []


async def test_where_the_answer_was_no_help_the_redacted_words_are_kept(asked, look):
    await asked.write(questions.vote(1, "p1", "down", 1.0, WORDS))
    assert await text_of(look, asked) == WORDS


async def test_who_is_content_after_all_has_them_dropped(asked, look):
    await asked.write(questions.vote(1, "p1", "down", 1.0, WORDS))
    await asked.write(questions.vote(1, "p1", "up", 2.0, WORDS))
    assert await text_of(look, asked) == (None, None)


async def test_they_stay_while_anybody_is_not_content(asked, look):
    await asked.write(questions.vote(1, "p1", "down", 1.0, WORDS))
    await asked.write(questions.vote(1, "p2", "down", 1.0, WORDS))
    await asked.write(questions.vote(1, "p1", "up", 2.0))
    assert await text_of(look, asked) == WORDS
    await asked.write(questions.vote(1, "p2", "up", 3.0))
    assert await text_of(look, asked) == (None, None)


async def test_words_of_what_was_missed_stay_whatever_is_voted(database, look):
    await database.write(questions.record(question(outcome="none", words=WORDS)))
    await database.write(questions.vote(1, "p1", "up", 1.0, WORDS))
    assert await text_of(look, database) == WORDS


async def test_a_vote_that_came_too_late_for_the_words_counts_without_them(asked, look):
    assert await asked.write(questions.vote(1, "p1", "down", 1.0, None))
    assert await votes_of(look, asked) == [("p1", "down")]
    assert await text_of(look, asked) == (None, None)


async def test_a_chat_is_remembered_and_a_new_one_is_nobody(database):
    assert await database.write(questions.recall("p1")) == Person()
    for known in (Person("vi", "owl-bus", 5.0), Person("ko", None, 0.0)):
        await database.write(questions.remember("p1", known, 9.0))
        assert await database.write(questions.recall("p1")) == known


async def test_of_whom_nothing_is_known_no_row_is_left(database, look):
    await database.write(questions.remember("p1", Person("vi", None), 9.0))
    await database.write(questions.remember("p1", Person(), 10.0))
    await database.write(questions.remember("p2", Person(), 10.0))
    assert await look(database, "SELECT * FROM people") == []

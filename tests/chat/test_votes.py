"""👍, 👎 and "nothing fits", as a citizen presses them."""

import sqlite3
from contextlib import closing

import pytest

from bot.engine.answer import Found, Hit
from tests.chat.running import Talking


@pytest.fixture
def talking(wire, engine, tmp_path):
    engine.answers["부엉이버스"] = Found((Hit("owl-bus", 0.9),))
    return Talking(wire, engine, f"sqlite:///{tmp_path}/bot.db")


def kept(tmp_path, sql):
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        return connection.execute(sql).fetchall()


async def test_a_vote_is_thanked_for_changed_and_counted_once_also_after_a_restart(talking, tmp_path):
    async with talking.running():
        talking.says("부엉이버스")
        await talking.hears()
        up, down = talking.votes()
        talking.press(down)
        assert await talking.toast(1) == "고칠게요"
        await talking.rest()
        assert kept(tmp_path, "SELECT vote FROM votes") == [("down",)]
        assert kept(tmp_path, "SELECT text FROM questions") == [("부엉이버스",)]
    async with talking.running():
        talking.press(up)
        assert await talking.toast(2) == "좋아요"
        await talking.rest()
    assert kept(tmp_path, "SELECT vote FROM votes") == [("up",)]
    assert kept(tmp_path, "SELECT text FROM questions") == [(None,)]


async def test_members_of_a_group_vote_separately(talking, tmp_path):
    async with talking.running():
        talking.says("@safe_bot 부엉이버스", user=7, chat=-5)
        await talking.hears(chat=-5)
        [missing] = talking.votes(chat=-5) if len(talking.votes(chat=-5)) == 1 else talking.votes(chat=-5)[:1]
        for count, user in enumerate((7, 8, 9, 8), 1):
            talking.press(missing, user=user, chat=-5)
            await talking.toast(count)
        await talking.rest()
    assert kept(tmp_path, "SELECT count(*), count(DISTINCT person) FROM votes") == [(3, 3)]


async def test_nothing_fits_is_thanked_for_below_a_missed_question(talking, tmp_path):
    async with talking.running():
        talking.says("무슨 말")
        await talking.hears()
        [missing] = talking.votes()
        talking.press(missing)
        assert await talking.toast() == "준비할게요"
        await talking.rest()
    assert kept(tmp_path, "SELECT vote FROM votes") == [("missing",)]


async def test_a_vote_on_what_was_deleted_says_so_and_counts_nowhere(talking, tmp_path):
    async with talking.running():
        talking.press("v:zzz:u")
        assert await talking.toast() == "오래된 단추"
        await talking.rest()
        assert 'votes_total{vote="up"} 1' not in talking.parts.metrics.render()[0].decode()
    assert kept(tmp_path, "SELECT * FROM votes") == []


async def test_the_language_and_what_was_shown_survive_a_restart(talking, engine):
    async with talking.running():
        talking.press("g:ko")
        talking.says("부엉이버스")
        await talking.hears()
        await talking.rest()
    async with talking.running():
        talking.says("얼마예요?")
        await talking.hears(2)
        assert talking.parts.notes.memory.language(7) == "ko"
    assert engine.asked[-1] == ("얼마예요?", "owl-bus")


async def test_an_album_whose_answer_was_put_off_is_answered_after_all(talking, wire):
    wire.refuse("sendMessage", 429, "Too Many Requests", retry_after=4)
    talking.says("x", media_group_id="a", sticker=None)
    message = talking.queue[0]["message"]
    del message["text"]
    message["photo"] = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    async with talking.running():
        await talking.until(lambda: wire.sent())
        await talking.until(lambda: not talking.parts.work.hand)
        talking.parts.store._clock = lambda: 9e9  # its time has come
        await talking.until(lambda: len(wire.sent()) >= 2)
        await talking.rest()
    assert [sent["text"] for sent in talking.heard()] == ["글만 읽어요"] * 2

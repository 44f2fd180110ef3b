"""What is left of whole conversations, in the database and in the log: nothing of who asked."""

import io
import logging
import sqlite3
from contextlib import closing

import pytest

from bot.chat import work
from bot.engine.answer import Choices, Found, Hit, Missed
from bot.monitor.log import set_up
from tests.chat.running import Talking

SAID = {
    "010-9876-5432로 전화 주세요 부엉이버스": Found((Hit("owl-bus", 0.9),)),
    "공일공 삼삼삼삼 사사사사 로 연락": Missed(()),
    "메일은 hong.gil@example.com 이에요": Choices((Hit("owl-bus", 0.5),)),
    "주민번호 900101-1234567 입니다": Missed((), "tax"),
    "제 차는 12가 3456 이고 카톡 아이디 gildong77": Missed(()),
    "살려 주세요 010-5555-6666": Missed(()),
    "고장 010-7777-8888": ValueError("cannot read 고장 010-7777-8888"),
}
TRACES = ("9876", "5432", "삼삼삼삼", "3333", "hong.gil", "900101", "1234567", "3456", "gildong77", "6666", "8888")
WHO = ("777123456", "김철수")


@pytest.fixture
def talking(wire, engine, tmp_path, monkeypatch):
    monkeypatch.setattr(work, "_AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(work.Work, "_wait", lambda self, row, deed: None if deed.is_last or not deed.error else 0.01)
    engine.answers |= SAID
    found = Talking(wire, engine, f"sqlite:///{tmp_path}/bot.db", alert_chat_id=-99)
    for text in SAID:
        found.says(text, user=777123456)
    return found


@pytest.fixture
def log(talking):
    stream, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:], root.level
    set_up(talking.settings, stream)
    yield stream
    root.handlers[:], root.level = before


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [str(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in names}


async def test_nothing_of_who_asked_is_in_any_table_or_log_line(talking, log, tmp_path):
    async with talking.running():
        await talking.hears(len(SAID), chat=777123456)
        for vote in talking.votes(1, chat=777123456):
            talking.press(vote, user=777123456)
        talking.press("g:ko", user=777123456)
        await talking.rest()
    kept = rows(tmp_path / "bot.db")
    assert kept["inbox"] == []
    assert len(kept["questions"]) == len(SAID) - 1
    assert len(kept["votes"]) == 1
    assert kept["people"]
    for where, text in {**{name: "\n".join(found) for name, found in kept.items()}, "log": log.getvalue()}.items():
        for trace in (*TRACES, *WHO):
            assert trace not in text, (where, trace)
    assert "ValueError" in log.getvalue()


async def test_after_forget_the_files_hold_no_trace_of_the_person_and_all_of_the_other(talking, tmp_path, engine):
    engine.answers |= {"알파베타 뭐예요": Missed(()), "감마델타 뭐예요": Missed(())}
    talking.queue.clear()
    async with talking.running():
        talking.says("알파베타 뭐예요", user=7)
        talking.says("감마델타 뭐예요", user=8)
        await talking.hears(1, chat=8)
        await talking.hears(1, chat=7)
        talking.press("p:owl-bus", user=7)
        await talking.hears(2, chat=7)
        await talking.rest()
        assert any("알파베타" in row for row in rows(tmp_path / "bot.db")["questions"])
        talking.says("/forget", user=7)
        assert await talking.hears(3, chat=7) == "지웠어요"
        await talking.rest()
        person = talking.parts.notes.pepper.person(7)
        other = talking.parts.notes.pepper.person(8)
    everything = b"".join(path.read_bytes() for path in tmp_path.glob("bot.db*"))
    assert "알파베타".encode() not in everything
    assert person.encode() not in everything
    assert "감마델타".encode() in everything
    assert other.encode() in everything


async def test_privacy_says_how_long(talking):
    talking.queue.clear()
    talking.says("/privacy")
    async with talking.running():
        assert await talking.hears() == "90일 남겨요"


async def test_alerts_hold_no_words(talking):
    async with talking.running():
        await talking.hears(len(SAID), chat=777123456)
        await talking.until(lambda: talking.heard(-99))
        await talking.rest()
        told = "\n".join(sent["text"] for sent in talking.heard(-99))
    assert not [trace for trace in (*TRACES, *WHO) if trace in told]

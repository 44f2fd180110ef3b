"""The same bot in a terminal."""

import io
import re

from bot.chat.talk import Holder
from bot.chat.terminal import chat
from bot.engine.answer import Found, Hit


def talk(engine, *lines: str) -> list[str]:
    out = io.StringIO()
    chat(Holder(engine), io.StringIO("".join(f"{line}\n" for line in lines)), out)
    return re.split(r"(?<=\n)> |(?<=> )> ", out.getvalue())


def test_it_greets_answers_and_shows_numbered_buttons(engine):
    engine.answers["버스 얼마?"] = Found((Hit("owl-bus", 0.9),), "cost")
    start, answer, end = talk(engine, "버스 얼마?")
    assert start.startswith("안녕! <시> 4가지.")
    assert "[1] 메뉴" in start
    assert "[cost] 시내버스와 같습니다 & 환승됩니다." in answer
    assert "[1] 더 보기  [2] 출처\n[3] 🌙 bus-stop <밤> & 버스\n" in answer
    assert end.strip() == ""


def test_a_number_presses_the_button_shown_last(engine):
    parts = talk(engine, "1", "2", "1")
    assert parts[1].startswith("분야?")
    assert parts[2].startswith("📹 카메라 고르기")
    assert parts[3].startswith("📹 cctv")
    assert engine.asked == []


def test_a_number_without_a_button_is_a_question(engine):
    talk(engine, "112", "0", "9" * 5000, "²")
    assert [text for text, _ in engine.asked] == ["112", "0", "9" * 5000, "²"]


def test_it_remembers_the_programme_last_shown(engine):
    engine.answers["버스"] = Found((Hit("owl-bus", 0.9),))
    talk(engine, "버스", "얼마?")
    assert engine.asked == [("버스", None), ("얼마?", "owl-bus")]


def test_commands_blank_lines_and_the_end(engine):
    parts = talk(engine, "", "/menu", "/help", "/start", "/quit", "버스")
    assert [part.strip().split(" ")[0].split("!")[0].split("\n")[0] for part in parts] == [
        "안녕", "", "분야?", "도움말", "안녕", "",
    ]  # fmt: skip
    assert engine.asked == []

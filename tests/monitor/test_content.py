"""What editors are told of dates and of words that match everything."""

from datetime import date

import pytest

from bot.kb.load import load
from bot.monitor.content import broad, misdated

LAMP = "programs/lamp.yaml"
TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("as_of: 2022-10", "as_of: 2062-10", 9),
        ("as_of: 2022-10", "as_of: 2026-12-02", 9),
        ("as_of: 2023\n", "as_of: 2027\n", 19),
        ("date: 2022-10-20", "date: 2027-01", 29),
        ("reviewed_on: 2026-11-23", "reviewed_on: 2026-12-02", 34),
    ],
)
def test_a_day_that_has_not_come_is_told_at_its_line(town, old, new, line):
    town.change(LAMP, old, new)
    (told,) = misdated(load(town.root), TODAY)
    assert (told.where, told.line) == (LAMP, line + 3 if "date: 2027" in new else line)
    assert told.message.endswith("은 아직 오지 않은 날입니다. 날짜를 확인하세요.")


@pytest.mark.parametrize("day", ["2026-12-01", "2026-12", "2026", "날짜 미상"])
def test_today_and_an_unknown_day_are_fine(town, day):
    town.change(LAMP, "as_of: 2022-10", f"as_of: {day}")
    assert list(misdated(load(town.root), TODAY)) == []


def test_the_next_review_is_after_the_last(town):
    town.change(LAMP, "reviewed_on: 2026-11-23", "reviewed_on: 2026-12-01")
    town.change(LAMP, "review_by: 2999-12-31", "review_by: 2026-12-01")
    (told,) = misdated(load(town.root), TODAY)
    assert (told.line, told.message) == (
        35,
        "다시 볼 날이 마지막으로 본 날(2026-12-01)보다 늦어야 합니다. 날짜를 고치세요.",
    )


def test_one_word_that_everybody_says_is_told_with_the_others(town):
    for id_ in ("owl-bus", "patrol"):
        town.write(f"programs/{id_}-2.yaml", town.read(f"programs/{id_}.yaml").replace(f"id: {id_}", f"id: {id_}-2"))
    town.change(LAMP, "aliases: [", "aliases: [얼마, ")
    (told,) = broad(load(town.root))
    assert (told.where, told.line) == (LAMP, 25)
    assert told.message == (
        "'얼마'는 다른 사업 4개(owl-bus, owl-bus-2, patrol)의 표현에도 나오는 낱말인데 "
        "이 말만 적으면 늘 이 사업으로 갑니다. "
        "무엇을 찾는지 드러나게 두 낱말 이상으로 고치세요."
    )


def test_one_word_of_its_own_and_two_words_of_everybody_are_fine(town):
    town.change(LAMP, "aliases: [", "aliases: [얼마 얼마, 전봇대, ")
    assert list(broad(load(town.root))) == []

"""The danger card: a number in the first line, six lines at most, whoever reads it."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from bot.chat.alarm import LINES, AlarmCards
from bot.chat.render import Pages
from bot.chat.reply import plain
from bot.engine.answer import Urgent
from bot.kb.load import Knowledge, load
from bot.kb.model import Language
from bot.kb.urgent import Kind

ROOT = Path(__file__).resolve().parents[2]


def urgent(kind: str, *hotlines: str, asks: str | None = None) -> Urgent:
    return Urgent(kind, hotlines, 0.97, asks)


def cards(known: Knowledge, language: Language = "ko") -> AlarmCards:
    return AlarmCards(known, language, known.phrases["ko"])


def lines(known: Knowledge, language: Language, kind: str, *hotlines: str) -> list[str]:
    return plain(cards(known, language).card(urgent(kind, *hotlines))).splitlines()


def loud(known: Knowledge) -> Knowledge:
    """The same where nobody can report in silence."""
    mute = tuple(line.model_copy(update={"silent": None}) for line in known.hotlines.hotlines)
    return replace(known, hotlines=known.hotlines.model_copy(update={"hotlines": mute}))


def test_the_card_is_the_number_what_to_do_how_in_silence_another_number_and_a_way_back(known: Knowledge) -> None:
    assert cards(known).card(urgent("attack", "112", "1366")).splitlines() == [
        "🚨 바로 전화하세요: <b>☎ 112</b> 경찰 &lt;1&gt;",
        "있는 곳을 말하세요 &lt;지금&gt;",
        "말없이 &amp; 문자",
        "<b>☎ 1366</b> 여성긴급전화 (24시간)",
        "<i>아니면 다시</i>",
    ]


def test_where_nobody_listens_in_silence_no_line_is_lost_on_it(known: Knowledge) -> None:
    assert lines(known, "ko", "fire", "119") == ["🚨 바로 전화하세요: ☎ 119 소방", "밖으로 나가세요", "아니면 다시"]


def test_many_numbers_are_cut_before_the_way_back_is(known: Knowledge) -> None:
    told = lines(known, "ko", "attack", "112", "119", "1366", "1577-1366")
    assert (len(told), told[3][:5], told[4][:6], told[5]) == (LINES, "☎ 119", "☎ 1366", "아니면 다시")
    told = lines(loud(known), "ko", "attack", "112", "119", "1366", "1577-1366")
    assert (len(told), told[4][:11], told[5]) == (LINES, "☎ 1577-1366", "아니면 다시")


def test_whom_the_first_number_does_not_understand_reads_where_there_are_interpreters(known: Knowledge) -> None:
    assert lines(known, "vi", "attack", "112", "1366")[3:5] == [
        "☎ 1366 vi-여성긴급전화 (24시간)",
        "☎ 1577-1366 통역 (24시간)",
    ]


def test_the_interpreters_come_before_a_third_number(known: Knowledge) -> None:
    told = lines(known, "vi", "attack", "112", "1366", "119")
    assert [line.split()[1] for line in told[3:5]] == ["1366", "1577-1366"]


@pytest.mark.parametrize(
    ("language", "kind", "number"),
    [("ko", "attack", "112"), ("vi", "fire", "119"), ("uz", "attack", "112")],
    ids=["the city's own", "the first number speaks it", "the interpreters do not speak it"],
)
def test_no_interpreters_where_they_are_no_help(known: Knowledge, language: Language, kind: str, number: str) -> None:
    assert "1577-1366" not in cards(known, language).card(urgent(kind, number))


def test_the_interpreters_are_told_once_where_they_are_one_of_the_numbers_anyway(known: Knowledge) -> None:
    told = cards(known, "vi").card(urgent("attack", "112", "1577-1366"))
    assert told.count("1577-1366") == 1


def test_a_number_that_was_removed_since_leaves_the_others_and_none_leaves_the_first(known: Knowledge) -> None:
    assert "☎ 1366" in lines(known, "ko", "attack", "999", "1366")[0]
    assert "☎ 112" in lines(known, "ko", "attack", "999")[0]


def test_a_kind_that_was_removed_since_still_has_its_number(known: Knowledge) -> None:
    assert lines(known, "ko", "gone", "119") == ["🚨 바로 전화하세요: ☎ 119 소방", "아니면 다시"]


def test_the_sources_say_whom_the_number_is_for_when_and_where_it_was_read(known: Knowledge) -> None:
    assert cards(known).sources("fire") == (
        "<b>119</b> 소방 — 누구나\n24시간 (2024)\n"
        '· 신문 &lt;A&gt;, <a href="https://a.example/?x=1&amp;y=2">버스 &amp; 밤</a> (2022-10-20)'
    )
    assert [part[:10] for part in cards(known).sources("attack").split("\n\n")] == ["<b>112</b>", "<b>1366</b"]


def test_the_sources_of_a_kind_that_is_gone_are_an_old_button(known: Knowledge) -> None:
    assert cards(known).sources("gone") == "오래된 단추"


def test_below_the_card_are_what_was_asked_beside_the_sources_and_the_menu(known: Knowledge) -> None:
    reply = Pages(known).answer(urgent("attack", "112", asks="owl-bus"), too_long=True, is_strange=True)
    assert reply.html.startswith("🚨 ")
    assert [[button.data for button in row] for row in reply.buttons] == [["p:owl-bus"], ["n:attack", "menu"]]
    assert len(Pages(known).answer(urgent("attack", "112", asks="gone")).buttons) == 1


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return load(ROOT / "knowledge")


def shown(known: Knowledge) -> list[tuple[Kind, Language, list[str]]]:
    """Every card of the shipped kinds in every language, as a citizen reads it."""
    kinds, languages = known.urgent.kinds, known.city.languages
    assert (len(kinds) > 10, languages) == (True, ("ko", "en", "zh", "ru", "vi", "uz"))
    pages = {language: Pages(known, language) for language in languages}
    return [
        (kind, language, plain(pages[language].answer(urgent(kind.id, *kind.hotlines)).html).splitlines())
        for kind, language in product(kinds, languages)
    ]


def test_every_shipped_card_has_six_lines_at_most(shipped: Knowledge) -> None:
    assert [(kind.id, language) for kind, language, card in shown(shipped) if not 3 <= len(card) <= 6] == []


def test_every_shipped_card_has_its_first_number_in_its_first_line(shipped: Knowledge) -> None:
    missing = [(k.id, lang) for k, lang, card in shown(shipped) if f"☎ {k.hotlines[0]} " not in card[0] + " "]
    assert missing == []


def test_every_shipped_card_ends_with_the_way_back_and_says_what_to_do(shipped: Knowledge) -> None:
    wrong = [
        (kind.id, language)
        for kind, language, card in shown(shipped)
        if card[-1] != shipped.phrases[language].urgent.calm or card[1] != kind.say[language]
    ]
    assert wrong == []


def test_every_shipped_card_of_police_or_fire_brigade_says_how_to_report_in_silence(shipped: Knowledge) -> None:
    wrong = []
    for kind, language, card in shown(shipped):
        first = shipped.hotlines.number(kind.hotlines[0])
        assert first
        assert first.silent
        if card[2] != first.silent[language]:
            wrong.append((kind.id, language))
    assert wrong == []


def test_every_shipped_card_names_interpreters_to_whom_the_first_number_does_not_speak(shipped: Knowledge) -> None:
    number = shipped.hotlines.interpreter
    wrong = []
    for kind, language, card in shown(shipped):
        first = shipped.hotlines.number(kind.hotlines[0])
        assert first
        if any(number in line for line in card) != (language not in first.languages):
            wrong.append((kind.id, language))
    assert wrong == []


def test_every_shipped_kind_has_sources_in_every_language(shipped: Knowledge) -> None:
    for kind, language in product(shipped.urgent.kinds, shipped.city.languages):
        told = AlarmCards(shipped, language, shipped.phrases[language]).sources(kind.id)
        assert told.count("\n\n") == len(kind.hotlines) - 1
        assert told.count("<a href=") >= len(kind.hotlines)

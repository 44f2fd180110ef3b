"""What a citizen sees of a programme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import LINES, Cards
from bot.chat.reply import plain
from bot.kb.model import ASPECTS


@pytest.fixture
def cards(make):
    return Cards(make.city(), make.phrases())


def lines(html: str) -> list[str]:
    return plain(html).split("\n")


def test_first_line_is_icon_bold_name_and_status(cards, make):
    html = cards.card(make.programme())
    assert html.split("\n")[0] == "🌙 <b>owl-bus &lt;밤&gt; &amp; 버스</b> — 상태-unconfirmed"


def test_what_was_asked_for_comes_first(cards, make):
    found = lines(cards.card(make.programme(), "cost"))
    assert found[1] == "[cost] 시내버스와 같습니다 & 환승됩니다."
    assert found[2] == "2025년에는 1,650원."
    assert found[4] == "밤에 집에 가는 버스 <심야>입니다."
    assert sum(line.startswith("[cost]") for line in found) == 1


def test_without_a_wish_the_summary_comes_first_then_the_usual_questions(cards, make):
    found = lines(cards.card(make.programme()))
    assert found[1] == "밤에 집에 가는 버스 <심야>입니다."
    assert [line.split("]")[0] for line in found[2:5]] == ["[when", "[where", "[cost"]


def test_what_is_it_is_answered_by_the_summary(cards, make):
    found = lines(cards.card(make.programme(), "what"))
    assert found[1] == "[what] 밤에 집에 가는 버스 <심야>입니다."
    assert plain(cards.card(make.programme(), "what")).count("심야") == 1


def test_what_is_not_known_is_said_and_whom_to_ask(cards, make):
    found = lines(cards.card(make.programme(), "figures"))
    assert found[1] == "[figures] [figures] 자료 없음"
    assert any("1666-0000" in line for line in found)


def test_who_asks_for_a_number_gets_all_numbers_first(cards, make):
    found = lines(cards.card(make.programme(), "contact"))
    assert found[1] == "[contact] 콜센터 1666-0000 (2023년 기준 번호 · 평일 08~19시)"
    assert found[2] == "경찰 112"
    assert found[3] == "누리집 (https://d.example/?a=1&b=2)"
    assert sum("1666-0000" in line for line in found) == 1


def test_every_card_ends_with_a_way_on_and_as_of_when(cards, make):
    found = lines(cards.card(make.programme(), "when"))
    assert found[-3:] == [
        "이용 정류장에서 그냥 탑니다.",
        "[contact] 콜센터 1666-0000 (2023년 기준 번호 · 평일 08~19시)",
        "2022-10 기준 · 출처 3곳",
    ]


def test_as_of_is_that_of_the_answer(cards, make):
    assert lines(cards.card(make.programme(), "where"))[-1].startswith("2025-07 기준")
    assert lines(cards.card(make.programme()))[-1].startswith("2022-10 기준")


def test_a_card_that_shows_no_fact_does_not_claim_no_source(cards, make):
    bare = make.programme(details=[make.detail("why", "까닭", "2020")])
    assert lines(cards.card(bare))[-1] == "2020 기준 · 출처 3곳"


def test_a_follow_up_says_what_it_is_about(cards, make):
    assert lines(cards.card(make.programme(), "cost", follow_up=True))[1] == "방금 보신 ‘owl-bus <밤> & 버스’ 이야기"
    assert "방금" not in cards.card(make.programme(), "cost")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=100)
FACTS = st.lists(st.tuples(st.sampled_from(ASPECTS), TEXT), min_size=1, max_size=16)


@given(facts=FACTS, summary=TEXT, use=TEXT, aspect=st.none() | st.sampled_from(ASPECTS), follow_up=st.booleans())
def test_a_card_fits_on_a_phone_whatever_staff_write(facts, summary, use, aspect, follow_up):
    make = _make()
    details = [make.detail(kind, text) for kind, text in facts]
    cards = Cards(make.city(), make.phrases())
    html = cards.card(make.programme(details=details, summary=summary, how_to_use=use), aspect, follow_up)
    assert html.count("\n") + 1 <= LINES
    assert len(plain(html)) <= 700
    assert summary in plain(html)
    asked = [text for kind, text in facts if kind == aspect]
    if asked:
        assert asked[0] in plain(html)


def test_more_shows_every_fact_with_its_date_department_and_contacts(cards, make):
    programme = make.programme()
    text = plain(cards.full(programme))
    for fact in programme.details:
        assert f"• {fact.text} ({fact.as_of})" in text
    for part in ("담당: 교통과", "• 콜센터 1666-0000", "평일 08~19시", "• 경찰 112", "이용 정류장에서", "누리집"):
        assert part in text
    assert text.index("[what]") < text.index("[when]") < text.index("[contact]")


def test_sources_are_numbered_newest_first_and_linked_as_they_deserve(cards, make):
    html = cards.sources(make.programme())
    assert html.split("\n") == [
        "<b>owl-bus &lt;밤&gt; &amp; 버스 출처</b>",
        "",
        '1. <a href="https://b.example/">뉴스 (2025-07)</a>',
        '2. 신문 &lt;A&gt;, <a href="https://a.example/?x=1&amp;y=2">버스 &amp; 밤</a> (2022-10-20)',
        "3. 일보(사본 주소), 옮긴 글 (날짜 미상)",
    ]


_MAKE = []


@pytest.fixture(autouse=True)
def _keep(make):
    """Hypothesis must not use fixtures that belong to one example: the builders are plain functions."""
    _MAKE[:] = [make]


def _make():
    return _MAKE[0]

"""Every answer has its look, and its way on."""

import pytest

from bot.chat.buttons import MOST_BYTES, Code, Press, parse
from bot.chat.reply import Reply, plain
from bot.engine.answer import Chat, Choices, Found, Hit, Missed


def rows(reply: Reply) -> list[list[str]]:
    return [[button.data for button in row] for row in reply.buttons]


def test_found_is_the_card_with_more_sources_and_two_neighbours(pages):
    reply = pages.answer(Found((Hit("owl-bus", 0.9), Hit("cctv", 0.1)), "cost"))
    assert "시내버스와 같습니다" in reply.html.split("\n")[1]
    assert rows(reply) == [["m:owl-bus:cost", "s:owl-bus:cost"], ["p:bus-stop"], ["p:cctv"]]


def test_a_follow_up_says_so(pages):
    hits = (Hit("owl-bus", 0.9),)
    assert "방금 보신" in pages.answer(Found(hits, "cost", follow_up=True)).html
    assert "방금 보신" not in pages.answer(Found(hits, "cost")).html


def test_choices_keep_what_was_asked_for(pages):
    reply = pages.answer(Choices((Hit("cctv", 0.4), Hit("owl-bus", 0.3)), "where"))
    assert reply.html == "이 중에 있나요?"
    assert rows(reply) == [["p:cctv:where"], ["p:owl-bus:where"], ["menu"]]
    assert reply.buttons[0][0].text == "📹 cctv <밤> & 버스"


def test_missed_says_whom_to_call_and_offers_the_nearest_only_as_buttons(pages):
    reply = pages.answer(Missed((Hit("cctv", 0.1),)))
    text = plain(reply.html)
    assert "모릅니다. 물어보는 곳 1577-0000 (2023년 기준 번호 · 365일)에 물어보세요. 위급하면 112 & 119." in text
    assert text.endswith("가까운 것:")
    assert "cctv" not in text
    assert rows(reply) == [["p:cctv"], ["menu"]]


def test_missed_with_nothing_near_does_not_announce_it(pages):
    reply = pages.answer(Missed(()))
    assert "가까운" not in reply.html
    assert rows(reply) == [["menu"]]


def test_missed_about_something_else_names_it(pages):
    assert plain(pages.answer(Missed((), topic="tax")).html).startswith("‘세금 <>’은 제 일이 아닙니다. 물어보는 곳")
    assert "모릅니다" in pages.answer(Missed((), topic="no-such-topic")).html


def test_small_talk(pages):
    reply = pages.answer(Chat("hello"))
    assert (reply.html, rows(reply)) == ("반가워요 &lt;3", [["menu"]])
    assert "도움말" in pages.answer(Chat("no-such-talk")).html


def test_a_long_message_is_told_that_only_its_beginning_was_read(pages):
    first, second = pages.answer(Chat("hello"), too_long=True).html.split("\n")
    assert (plain(first), second) == ("앞부분만 읽었어요", "반가워요 &lt;3")


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("<3 & Co", "안녕, &lt;3 &amp; Co님!"),
        ("", "안녕!"),
        ("\u202e\ud800\n", "안녕!"),
        ("{city}", "안녕, {city}님!"),
        ("가" * 99, f"안녕, {'가' * 32}님!"),
    ],
)
def test_the_greeting_takes_any_name(pages, name, greeting):
    reply = pages.start(name)
    assert reply.html == f"{greeting} &lt;시&gt; 4가지. 위급하면 112 &amp; 119."
    assert rows(reply) == [["menu"]]


def test_menu_leads_to_categories_that_have_programmes_and_back(pages):
    assert rows(pages.menu()) == [["c:night", "c:eyes"]]
    reply = pages.category("night")
    assert reply.html == "🌙 밤길 고르기"
    assert rows(reply) == [["p:owl-bus"], ["p:bus-stop"], ["p:lamp"], ["back"]]


def test_more_and_sources_lead_back_to_the_card_as_it_was(pages):
    assert rows(pages.more("owl-bus", "cost"))[0] == ["l:owl-bus:cost", "s:owl-bus:cost"]
    assert rows(pages.sources("owl-bus", "cost")) == [["l:owl-bus:cost", "m:owl-bus:cost"]]
    assert pages.press(Press(Code.LESS, "owl-bus", "cost")) == pages.programme("owl-bus", "cost")


@pytest.mark.parametrize("code", [Code.CARD, Code.MORE, Code.LESS, Code.SOURCES, Code.CATEGORY])
def test_what_is_gone_leads_to_the_menu(pages, code):
    reply = pages.press(Press(code, "gone"))
    assert reply.html == "이제 없어요"
    assert reply.buttons == pages.menu().buttons


def test_every_button_works_and_fits(pages):
    seen, todo = set(), [pages.start(), pages.help(), pages.menu(), pages.no_text(), pages.old_button()]
    while todo:
        for row in todo.pop().buttons:
            for button in row:
                assert button.text
                assert len(button.data.encode()) <= MOST_BYTES
                if button.data not in seen:
                    seen.add(button.data)
                    press = parse(button.data)
                    assert press is not None
                    todo.append(pages.press(press))
                    assert todo[-1].html != "이제 없어요"
    assert {"menu", "back", "c:eyes", "p:cctv", "m:lamp", "l:lamp", "s:lamp"} <= seen

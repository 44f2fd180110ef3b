"""What the bot says of itself."""

import pytest

from bot.chat.buttons import ballot
from bot.chat.house import House
from bot.chat.reply import Button, Reply
from bot.engine.answer import Chat, Choices, Found, Hit, Missed, Urgent

MENU = ((Button("메뉴", "menu"),),)
CARD = Reply("x", MENU)


@pytest.fixture
def house(make):
    return House(make.phrases(), MENU)


def votes(reply):
    return [cast.vote for row in reply.buttons for button in row if (cast := ballot(button.data))]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Found((Hit("owl-bus", 0.9),)), ["up", "down"]),
        (Missed(()), ["missing"]),
        (Choices((Hit("owl-bus", 0.5),)), ["missing"]),
        (Urgent("attack", ("112",), 0.9), []),
        (Chat("hello"), []),
    ],
)
def test_which_answers_can_be_voted_on(house, answer, expected):
    assert votes(house.with_votes(CARD, answer, 5)) == expected


def test_without_a_number_nobody_votes(house):
    assert house.with_votes(CARD, Missed(()), None) == CARD


def test_the_buttons_of_the_reply_stay_above(house):
    assert house.with_votes(CARD, Missed(()), 5).buttons[0] == MENU[0]


def test_what_is_kept_how_long_and_that_it_is_gone(house):
    assert house.privacy(90).html == "90일 남겨요"
    assert [house.forgotten(done).html for done in (True, False)] == ["지웠어요", "나중에 다시"]
    assert house.slow_down().html == "천천히요"
    assert [house.voted(vote) for vote in ("up", "down", "missing")] == ["좋아요", "고칠게요", "준비할게요"]

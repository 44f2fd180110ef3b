"""Which language does the bot answer in? The citizen's choice, else the message's, else their Telegram's."""

from dataclasses import replace
from typing import Any

import pytest
from telegram import User

from bot.chat.handlers import spoken_by
from bot.chat.memory import Memory
from bot.chat.render import Pages
from bot.chat.talk import Holder, Talk
from bot.engine.answer import Answer, Found, Hit, Missed, Urgent
from bot.kb.load import Knowledge
from bot.kb.model import Language

CHAT = 7


class Engine:
    """Tells the language as it was told, and answers with ``answers[text]``."""

    def __init__(self, known: Knowledge) -> None:
        self.knowledge = known
        self.languages: dict[str, Language | None] = {"xin chào": "vi", "hello": "en", "안녕": "ko", "สวัสดี": None}
        self.answers: dict[str, Answer] = {}

    def answer(self, text: str, about: str | None = None, mark: object = None) -> Answer:
        return self.answers.get(text, Missed(()))

    def language(self, text: str, hint: Language | None = None) -> Language | None:
        return self.languages.get(text, hint or "ko")


@pytest.fixture
def many(known: Knowledge) -> Engine:
    """A town of three languages: every sentence that matters here says which it is in."""

    def sentences(language: str) -> Any:
        korean = known.phrases["ko"]
        own = {"menu": f"menu-{language}", "missed": f"missed-{language}", "language_set": f"set-{language}"}
        errors = korean.errors.model_copy(update={"nothing_typed": f"nothing-{language}"})
        return korean.model_copy(update=own | {"unknown_language": "six languages", "errors": errors})

    city = known.city.model_copy(update={"languages": ("ko", "en", "vi")})
    return Engine(replace(known, city=city, phrases={language: sentences(language) for language in city.languages}))


@pytest.fixture
def talk(many: Engine) -> Talk:
    return Talk(Holder(many), Memory())


def test_every_language_is_offered_in_its_own_name(known: Knowledge, many: Engine) -> None:
    rows = Pages(many.knowledge).languages().buttons
    assert [[(button.text, button.data) for button in row] for row in rows] == [
        [("한국어", "g:ko"), ("English", "g:en")],
        [("Tiếng Việt", "g:vi")],
    ]
    assert [button.data for row in Pages(known).languages().buttons for button in row] == ["g:ko"]


def test_a_language_without_sentences_is_not_offered(many: Engine) -> None:
    city = many.knowledge.city.model_copy(update={"languages": ("ko", "ru", "vi")})
    rows = Pages(replace(many.knowledge, city=city)).languages().buttons
    assert [button.data for row in rows for button in row] == ["g:ko", "g:vi"]


def test_the_choice_is_confirmed_in_the_language_chosen_in_place(talk: Talk) -> None:
    reply, in_place = talk.press(CHAT, "g:vi")
    assert (reply.html, in_place) == ("set-vi", True)
    assert [[button.data for button in row] for row in reply.buttons] == [["menu"]]


def test_the_choice_is_remembered_for_every_message_and_page(talk: Talk) -> None:
    talk.press(CHAT, "g:vi")
    assert talk.ask(CHAT, "안녕").html == "missed-vi"
    assert talk.ask(CHAT, "hello", "en").html == "missed-vi"
    assert talk.pages(CHAT, "en").menu().html == "menu-vi"
    assert talk.ask(CHAT + 1, "안녕").html == "missed-ko"


def test_the_choice_can_be_changed(talk: Talk) -> None:
    talk.press(CHAT, "g:vi")
    assert talk.press(CHAT, "g:en")[0].html == "set-en"
    assert talk.ask(CHAT, "안녕").html == "missed-en"


def test_the_choice_is_confirmed_in_its_language_though_another_was_just_spoken(talk: Talk) -> None:
    talk.ask(CHAT, "hello")
    assert talk.press(CHAT, "g:vi")[0].html == "set-vi"


def test_the_menu_speaks_the_language_chosen_though_another_was_just_spoken(talk: Talk) -> None:
    talk.ask(CHAT, "hello")
    talk.press(CHAT, "g:vi")
    assert talk.press(CHAT, "menu")[0].html == "menu-vi"


def test_a_language_that_the_city_does_not_have_is_not_chosen(talk: Talk) -> None:
    assert talk.press(CHAT, "g:uz")[0].html == "set-ko"
    assert talk.memory.language(CHAT) is None


@pytest.mark.parametrize(("text", "html"), [("xin chào", "missed-vi"), ("hello", "missed-en"), ("안녕", "missed-ko")])
@pytest.mark.parametrize("hint", [None, "ko", "en", "ru"])
def test_without_a_choice_the_message_says_the_language(
    talk: Talk, text: str, html: str, hint: Language | None
) -> None:
    assert talk.ask(CHAT, text, hint).html == html


@pytest.mark.parametrize(("hint", "html"), [("vi", "missed-vi"), (None, "missed-ko"), ("ru", "missed-ko")])
def test_a_message_that_says_no_language_is_answered_in_that_of_telegram(
    talk: Talk, hint: Language | None, html: str
) -> None:
    assert talk.ask(CHAT, "N60", hint).html == html


def test_the_pages_speak_the_language_of_telegram(talk: Talk) -> None:
    assert talk.pages(CHAT, "vi").menu().html == "menu-vi"
    assert talk.pages(CHAT).menu().html == "menu-ko"
    assert talk.ask(CHAT, " ", "vi").html == "nothing-vi"


def test_the_buttons_below_an_answer_keep_its_language(talk: Talk) -> None:
    talk.ask(CHAT, "xin chào", "ko")
    assert talk.press(CHAT, "menu", "ko")[0].html == "menu-vi"
    assert talk.press(CHAT + 1, "menu", "ko")[0].html == "menu-ko"


def test_after_ten_minutes_a_button_speaks_the_language_of_telegram_again(many: Engine) -> None:
    now = [0.0]
    talk = Talk(Holder(many), Memory(lambda: now[0]))
    talk.ask(CHAT, "xin chào", "en")
    now[0] = 601
    assert talk.press(CHAT, "menu", "en")[0].html == "menu-en"


def test_a_language_that_nobody_here_knows_is_answered_in_english_with_a_note_first(talk: Talk) -> None:
    assert talk.ask(CHAT, "สวัสดี", "ko").html == "<i>six languages</i>\nmissed-en"


def test_who_chose_a_language_reads_no_note(talk: Talk) -> None:
    talk.press(CHAT, "g:vi")
    assert talk.ask(CHAT, "สวัสดี").html == "missed-vi"


def test_nothing_stands_before_a_danger_card(talk: Talk, many: Engine) -> None:
    many.answers["สวัสดี"] = Urgent("attack", ("112",), 0.99)
    assert talk.ask(CHAT, "สวัสดี").html.startswith("🚨 ")


def test_a_long_message_in_an_unknown_language_is_told_both(talk: Talk, many: Engine) -> None:
    text = "ส" * 1001
    many.languages[text] = None
    assert talk.ask(CHAT, text).html == "<i>앞부분만 읽었어요</i>\n<i>six languages</i>\nmissed-en"


def test_a_card_is_remembered_whatever_language_it_was_asked_in(talk: Talk, many: Engine) -> None:
    many.answers["xin chào"] = Found((Hit("lamp", 1.0),))
    talk.ask(CHAT, "xin chào")
    assert (talk.memory.shown(CHAT), talk.memory.heard(CHAT)) == ("lamp", "vi")


@pytest.mark.parametrize(
    ("code", "language"),
    [("ko", "ko"), ("zh-hans", "zh"), ("ZH-Hant", "zh"), ("en-US", "en"), ("uz", "uz"), ("de", None), ("", None)],
)
def test_telegram_tells_a_language_with_or_without_a_country(code: str, language: Language | None) -> None:
    assert spoken_by(User(1, "A", False, language_code=code)) == language


def test_nobody_and_a_telegram_that_keeps_its_language_to_itself_tell_none() -> None:
    assert (spoken_by(None), spoken_by(User(1, "A", False))) == (None, None)

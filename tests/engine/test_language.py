"""Which of six languages is a message in? Learned from the shipped knowledge."""

from pathlib import Path

import pytest

from bot.engine.language import Languages
from bot.engine.pipeline import Engine, spoken
from bot.kb.load import load
from bot.kb.model import Language

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture(scope="module")
def languages() -> Languages:
    knowledge = load(KNOWLEDGE)
    return Languages.of("ko", spoken(knowledge))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("막차 끊겼는데 집에 갈 버스 있어요?", "ko"),
        ("ㅂㅇㅇ ㅂㅅ", "ko"),
        ("Is there a bus after midnight on Friday?", "en"),
        ("how do i get an escort home at night", "en"),
        ("夜间巴士几点结束", "zh"),
        ("Во сколько последний автобус?", "ru"),
        ("Xe buýt đêm chạy đến mấy giờ?", "vi"),
        ("xe buyt dem chay may gio", "vi"),
        ("Kechasi avtobus soat nechagacha yuradi?", "uz"),
        ("Тунги автобус қачонгача юради?", "uz"),
    ],
)
@pytest.mark.parametrize("hint", [None, "ko", "vi"])
def test_each_of_the_six_is_told_by_script_and_words_whatever_telegram_says(
    languages: Languages, text: str, language: Language, hint: Language | None
) -> None:
    assert languages.tell(text, hint) == language


@pytest.mark.parametrize(
    "text", ["รถเมล์กี่โมง", "أين الحافلة", "バスはどこですか", "कितने बजे बस", "Πού είναι το λεωφορείο"]
)
@pytest.mark.parametrize("hint", [None, "ko"])
def test_a_language_of_another_script_is_none_of_ours(languages: Languages, text: str, hint: Language | None) -> None:
    assert languages.tell(text, hint) is None


@pytest.mark.parametrize("text", ["ok", "hi", "bus", "N60", "119", "?", "🙂", ""])
@pytest.mark.parametrize("hint", ["ko", "en", "uz"])
def test_a_message_too_short_to_say_is_in_the_language_of_telegram(
    languages: Languages, text: str, hint: Language
) -> None:
    assert languages.tell(text, hint) == hint


@pytest.mark.parametrize("text", ["N60", "119", "?", "🙂", ""])
def test_without_a_hint_what_has_no_word_is_in_the_citys_language(languages: Languages, text: str) -> None:
    assert languages.tell(text) == "ko"


@pytest.mark.parametrize("text", ["hi", "CCTV"])
def test_without_a_hint_a_short_latin_message_is_in_the_citys_language(languages: Languages, text: str) -> None:
    assert languages.tell(text) == "ko"


@pytest.mark.parametrize("text", ["CPTED 시범사업은 어디예요", "IoT 비상벨", "CCTV 어디", "AI CCTV 몇 대예요"])
def test_korean_with_borrowed_words_is_korean(languages: Languages, text: str) -> None:
    assert languages.tell(text, "en") == "ko"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("부엉이버스 hôm nay thứ bảy có chạy hok ạ", "vi"),
        ("what time does the 부엉이버스 stop running tonight", "en"),
        ("안심귀가 авто до дома как заказать на ночь", "ru"),
    ],
)
def test_a_korean_name_in_a_foreign_question_does_not_make_it_korean(
    languages: Languages, text: str, language: Language
) -> None:
    assert languages.tell(text) == language


def test_a_language_that_the_city_does_not_have_is_none_of_ours() -> None:
    few = Languages.of("ko", {"ko": ["버스"], "en": ["where is the bus"]})
    assert [few.tell(text) for text in ("автобус", "夜间巴士", "where is the bus")] == [None, None, "en"]


def test_a_hint_that_the_city_does_not_have_does_not_count() -> None:
    few = Languages.of("ko", {"ko": ["버스"], "en": ["where is the bus"]})
    assert few.tell("119", "ru") == "ko"


def test_korean_on_an_english_keyboard_is_the_citys_language(clerk: Engine) -> None:
    assert clerk.language("qndjddl qjtm", "en") == "ko"


def test_the_engine_tells_the_language_of_plain_messages_too(clerk: Engine) -> None:
    assert clerk.language("버스 있어요", "en") == "ko"

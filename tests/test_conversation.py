"""Whole conversations: a citizen at the stand-in of Telegram, the real bot, the shipped knowledge."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import App, build, serve
from bot.chat.outbox import Outbox
from bot.chat.pace import Pace
from bot.chat.patience import Patience
from bot.config import Secret, Settings
from bot.engine.pipeline import Engine
from bot.kb.load import load
from bot.web.standin import Chat, Message, Standin

KNOWLEDGE = Path(__file__).resolve().parents[1] / "knowledge"
OWL = "안심귀가 부엉이 버스"
ALARM = "🚨 지금 위험하면 바로 전화하세요: ☎ 112 "
QUIET = 0.3
"""Seconds in which an answer that must not come would have come."""


@pytest.fixture(scope="session")
def engine(pytestconfig: pytest.Config) -> Engine:
    """The shipped knowledge by spelling alone: slow to learn, so what was learned stays between runs."""
    cache = getattr(pytestconfig, "cache", None)
    keep = Path(cache.mkdir("engine")) if cache else None
    return Engine.build(load(KNOWLEDGE), None, keep, ready=KNOWLEDGE / ".kept")


@dataclass
class Talking:
    """A citizen in a chat with the bot."""

    tg: Standin
    app: App
    chat: Chat

    async def says(self, text: str) -> Message:
        """The one answer to a message."""
        self.tg.say(self.chat, None, text)
        return await self.hears()

    async def presses(self, message: Message, button: str) -> Message:
        """The one new message that a button brings."""
        self.tg.press(message, button)
        return await self.hears()

    async def changes(self, message: Message, button: str) -> Message:
        """The message itself, changed by its button."""
        self.tg.press(message, button)
        return await self.tg.wait_for_edit(message, len(message.edits) + 1)

    async def hears(self) -> Message:
        [answer] = await self.tg.wait_for(self.chat, timeout=10)
        return answer

    async def silence(self) -> list[str]:
        """What was sent since the last answer, once all that was said has been read."""
        await self.tg.until(lambda: self.tg.pending == 0)
        await asyncio.sleep(QUIET)
        return [message.text for message in self.tg.sent(self.chat)]


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[Standin]:
    async with Standin(username="safe_bot") as standin:
        yield standin


@pytest_asyncio.fixture
async def app(tg: Standin, engine: Engine) -> AsyncIterator[App]:
    """The bot as it runs, only less patient."""
    settings = Settings(
        telegram_bot_token=Secret(tg.token), telegram_api_url=tg.url, database_url="sqlite:///:memory:", http_port=0
    )
    running = build(settings, engine, patience=Patience(3, 60.0, 0.02), pace=Pace(1000, 0))
    stop = asyncio.Event()
    task = asyncio.create_task(serve(running, stop))
    try:
        yield running
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


@pytest.fixture
def citizen(tg: Standin, app: App) -> Talking:
    return Talking(tg, app, tg.private(tg.user(first_name="<3")))


def foreigner(citizen: Talking, code: str) -> Talking:
    """Another citizen, whose Telegram is in another language."""
    return Talking(citizen.tg, citizen.app, citizen.tg.private(citizen.tg.user(language_code=code)))


def first_line(message: Message) -> str:
    return message.text.partition("\n")[0]


def about(message: Message) -> str:
    """The line below the heading: what a follow-up is about."""
    return message.text.splitlines()[1]


async def test_a_question_brings_the_card_with_what_was_asked_for(citizen: Talking) -> None:
    answer = await citizen.says("부엉이버스 요금 얼마예요?")
    assert OWL in first_line(answer)
    assert "1,450원" in answer.text
    assert answer.text.splitlines()[-1].endswith("기준 · 출처 4곳")
    assert answer.buttons[:2] == ["더 보기", "출처"]


async def test_what_is_asked_next_is_about_the_programme_just_shown(citizen: Talking) -> None:
    await citizen.says("부엉이버스")
    answer = await citizen.says("얼마예요?")
    assert about(answer) == f"방금 보신 ‘{OWL}’에 대한 답입니다."
    assert "1,450원" in answer.text


async def test_the_same_words_without_a_programme_before_them_are_no_follow_up(citizen: Talking) -> None:
    answer = await citizen.says("얼마예요?")
    assert "방금 보신" not in answer.text
    assert answer.buttons[-2:] == ["전체 메뉴", "찾는 답이 없어요"]


async def test_a_related_programme_comes_as_a_new_message_and_is_then_the_one_talked_about(citizen: Talking) -> None:
    card = await citizen.says("부엉이버스")
    related = card.buttons[2]
    other = await citizen.presses(card, related)
    name = related.partition(" ")[2]
    assert name in first_line(other)
    assert card.edits == []
    follow_up = await citizen.says("어디예요?")
    assert about(follow_up) == f"방금 보신 ‘{name}’에 대한 답입니다."


async def test_more_less_and_sources_change_the_card_in_place(citizen: Talking) -> None:
    card = await citizen.says("부엉이버스")
    short = card.text
    await citizen.changes(card, "더 보기")
    assert len(card.text) > len(short)
    assert "담당: " in card.text
    await citizen.changes(card, "접기")
    assert card.text == short
    await citizen.changes(card, "출처")
    assert first_line(card) == f"{OWL} — 어디서 확인했나요"
    assert card.buttons == ["접기", "더 보기", "👍", "👎"]
    await citizen.changes(card, "접기")
    assert card.text == short
    assert citizen.tg.sent(citizen.chat) == [card]


async def test_every_press_stops_blinking(citizen: Talking) -> None:
    card = await citizen.says("부엉이버스")
    pressed = citizen.tg.press(card, "더 보기")
    await citizen.tg.wait_for_edit(card)
    assert [answer.update_id for answer in citizen.tg.answered_callbacks] == [pressed]


async def test_from_the_menu_to_a_category_to_a_programme_and_back(citizen: Talking) -> None:
    menu = await citizen.says("/menu")
    assert menu.text == "어느 분야가 궁금하세요?"
    assert menu.buttons[0] == "🌙 밤길·귀가"
    await citizen.changes(menu, "🌙 밤길·귀가")
    assert menu.text == "🌙 밤길·귀가 — 궁금한 사업을 골라 주세요."
    card = await citizen.presses(menu, f"🌙 {OWL}")
    assert OWL in first_line(card)
    await citizen.changes(menu, menu.buttons[-1])
    assert menu.text == "어느 분야가 궁금하세요?"


@pytest.mark.parametrize(
    "text",
    [
        "누가 칼 들고 쫓아와요",
        "snrk zkf emfrh Whcdkdhkdy",
        "부엉이버스 타려는데 누가 칼 들고 쫓아와요",
    ],
)
async def test_danger_comes_first_with_112_and_nothing_before_it(citizen: Talking, text: str) -> None:
    answer = await citizen.says(text)
    assert answer.text.startswith(ALARM)
    assert answer.text.count("\n") < 6
    assert [message.text for message in citizen.tg.sent(citizen.chat)] == [answer.text]
    assert [call.method for call in citizen.tg.calls if "chat_id" in call.params] == ["sendMessage"]
    assert answer.buttons[-2:] == ["출처", "전체 메뉴"]


async def test_where_the_numbers_were_read_stands_in_a_message_of_its_own(citizen: Talking) -> None:
    card = await citizen.says("누가 칼 들고 쫓아와요")
    told = await citizen.presses(card, "출처")
    assert told.text.startswith("112 ")
    assert card.edits == []


async def test_danger_is_danger_in_the_middle_of_another_conversation(citizen: Talking) -> None:
    await citizen.says("부엉이버스")
    assert (await citizen.says("누가 칼 들고 쫓아와요")).text.startswith(ALARM)
    assert about(await citizen.says("얼마예요?")) == f"방금 보신 ‘{OWL}’에 대한 답입니다."


async def test_danger_is_answered_in_the_language_of_the_message(citizen: Talking) -> None:
    answer = await citizen.says("someone with a knife is chasing me please help")
    assert answer.text.startswith("🚨 ")
    assert "☎ 112" in first_line(answer)
    assert answer.buttons[-1] == "Full menu"


async def test_what_only_sounds_like_danger_is_answered_like_any_question(citizen: Talking) -> None:
    answer = await citizen.says("배고파 죽겠는데 부엉이버스 몇 시까지 있어요?")
    assert OWL in first_line(answer)
    assert "🚨" not in answer.text


async def test_a_vietnamese_question_brings_the_vietnamese_card_with_the_korean_name(citizen: Talking) -> None:
    answer = await citizen.says("xe buyt dem cu con chay ko ad")
    assert f"Xe buýt Cú đêm đưa về nhà an toàn · {OWL}" in first_line(answer)
    assert answer.text.splitlines()[-1] == "Bản dịch này chưa có người kiểm tra lại."
    more = await citizen.changes(answer, answer.buttons[0])
    assert "Phụ trách: " in more.text


async def test_the_language_that_was_chosen_is_kept_whatever_is_written(citizen: Talking) -> None:
    choice = await citizen.says("/language")
    assert choice.buttons == ["한국어", "English", "中文", "Русский", "Tiếng Việt", "Oʻzbekcha"]
    await citizen.changes(choice, "English")
    assert choice.text == "From now on I will answer in English."
    assert f"· {OWL}" in first_line(await citizen.says("부엉이버스"))
    assert (await citizen.says("/menu")).text != "어느 분야가 궁금하세요?"


async def test_a_telegram_in_russian_is_greeted_in_russian(citizen: Talking) -> None:
    answer = await foreigner(citizen, "ru").says("/start")
    assert "Здравствуйте" in answer.text


async def test_what_is_no_business_of_the_bot_is_said_with_whom_to_ask(citizen: Talking) -> None:
    answer = await citizen.says("재산세 어디서 내나요")
    assert "안전 사업만 알아서" in answer.text
    assert "1666-1234" in answer.text
    assert answer.buttons[-2:] == ["전체 메뉴", "찾는 답이 없어요"]


async def test_a_sticker_is_told_that_only_writing_can_be_read(citizen: Talking, engine: Engine) -> None:
    citizen.tg.sticker(citizen.chat)
    assert (await citizen.hears()).text == engine.knowledge.phrases["ko"].errors.no_text


async def test_the_caption_of_a_picture_is_a_question(citizen: Talking) -> None:
    citizen.tg.photo(citizen.chat, caption="부엉이버스 요금 얼마예요?")
    assert OWL in first_line(await citizen.hears())


async def test_in_a_group_only_who_names_the_bot_is_answered_and_quoted(tg: Standin, app: App) -> None:
    group = tg.group("동네", [tg.user(), tg.user()])
    talking = Talking(tg, app, group)
    tg.say(group, None, "부엉이버스 얼마예요?")
    asked = tg.say(group, None, "@safe_bot 부엉이버스 얼마예요?")
    answer = await talking.hears()
    assert (OWL in answer.text, answer.reply_to) == (True, tg.message(asked).id)
    assert await talking.silence() == [answer.text]


async def test_a_name_with_a_tag_in_it_is_shown_as_it_is(citizen: Talking) -> None:
    assert first_line(await citizen.says("/start")).startswith("안녕하세요, <3님. 안산시 안전 사업 ")


@pytest.mark.parametrize(
    "trouble",
    [{"error": 429, "retry_after": 1}, {"error": 500}, {"error": 502}, {"drop": "before"}],
    ids=["too many requests", "server error", "bad gateway", "dropped connection"],
)
async def test_the_answer_comes_in_spite_of_trouble_in_the_middle(citizen: Talking, trouble: dict[str, object]) -> None:
    await citizen.says("부엉이버스")
    fault = citizen.tg.fault("sendMessage", citizen.chat, **trouble)  # type: ignore[arg-type]
    answer = await citizen.says("얼마예요?")
    assert (fault.used, "1,450원" in answer.text) == (1, True)
    assert len(await citizen.silence()) == 2


async def test_a_press_is_answered_though_its_acknowledgement_fails(citizen: Talking) -> None:
    card = await citizen.says("부엉이버스")
    fault = citizen.tg.fault("answerCallbackQuery", error=500)
    await citizen.changes(card, "더 보기")
    assert (fault.used, "담당: " in card.text) == (1, True)


async def test_updates_that_could_not_be_fetched_are_answered_later(citizen: Talking) -> None:
    await citizen.says("부엉이버스")
    citizen.tg.fault("getUpdates", drop="after")
    assert "1,450원" in (await citizen.says("얼마예요?")).text


async def test_who_blocked_the_bot_is_left_alone_until_they_write_again(citizen: Talking) -> None:
    outbox = citizen.app.bot_data["outbox"]
    assert isinstance(outbox, Outbox)
    fault = citizen.tg.fault("sendMessage", citizen.chat, error=403)
    citizen.tg.say(citizen.chat, None, "부엉이버스")
    async with asyncio.timeout(5):
        while not outbox._memory.blocked(citizen.chat.id):
            await asyncio.sleep(0.01)
    assert fault.used == 1
    assert OWL in (await citizen.says("부엉이버스")).text
    assert not outbox._memory.blocked(citizen.chat.id)


async def test_a_message_that_is_changed_afterwards_is_not_answered_again(citizen: Talking) -> None:
    said = citizen.tg.say(citizen.chat, None, "부엉이버스")
    card = await citizen.hears()
    citizen.tg.edit(said, "누가 칼 들고 쫓아와요")
    assert await citizen.silence() == [card.text]


@pytest.mark.parametrize("data", ["v1|answer|77", "p", "더 보기"])
async def test_a_button_that_nobody_knows_any_more_says_so_and_shows_the_way(
    citizen: Talking, engine: Engine, data: str
) -> None:
    card = await citizen.says("부엉이버스")
    citizen.tg.press(card, data=data)
    answer = await citizen.hears()
    assert answer.text == engine.knowledge.phrases["ko"].errors.old_button
    assert answer.buttons == ["전체 메뉴"]


async def test_a_button_of_a_programme_that_is_gone_shows_the_menu(citizen: Talking, engine: Engine) -> None:
    card = await citizen.says("부엉이버스")
    citizen.tg.press(card, data="p:night-train")
    answer = await citizen.hears()
    assert answer.text == engine.knowledge.phrases["ko"].errors.no_longer
    assert answer.buttons[0] == "🌙 밤길·귀가"


async def test_an_old_button_still_leads_where_it_led(citizen: Talking) -> None:
    menu = await citizen.says("/menu")
    citizen.tg.press(menu, data="p:owl-bus:cost")
    assert "1,450원" in (await citizen.hears()).text


async def test_the_same_update_twice_does_no_harm_to_the_next_question(citizen: Talking) -> None:
    await citizen.says("부엉이버스")
    for text in ("얼마예요?", "어디서 타요?", "재산세 어디서 내나요"):
        citizen.tg.say(citizen.chat, None, text)
    answers = await citizen.tg.wait_for(citizen.chat, 3, timeout=10)
    assert ["1,450원" in answers[0].text, "N60" in answers[1].text, "안전 사업만" in answers[2].text] == [True] * 3

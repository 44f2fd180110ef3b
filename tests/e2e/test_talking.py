"""Whole conversations in a browser, with the real bot behind the page."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio

from bot.trial import Trial

pytestmark = pytest.mark.asyncio(loop_scope="session")
BUS = "막차 놓치면 얼마예요"
PHONE = {"width": 390, "height": 844}


@pytest_asyncio.fixture(loop_scope="session")
async def citizen(screen: Any, url: str) -> Any:
    window = await screen()
    await window.go(url)
    await window.start()
    return window


async def test_before_anything_is_said_there_is_only_a_button_to_begin(screen: Any, url: str) -> None:
    window = await screen()
    await window.go(url)
    assert not await window.page.locator("#text").is_visible()
    assert "시민" in await window.start()
    assert await window.page.locator("#text").is_visible()
    assert await window.page.locator("li.out .body").inner_text() == "/start"


async def test_a_question_brings_the_card_with_bold_words_and_buttons(citizen: Any) -> None:
    assert (await citizen.says(BUS)).startswith("🌙 부엉이 버스")
    assert "요금" in await citizen.last.locator(".body strong").all_inner_texts()
    assert (await citizen.keys())[:2] == ["더 보기", "출처"]


async def test_more_opens_in_place_and_keeps_the_focus(citizen: Any) -> None:
    await citizen.says(BUS)
    count = await citizen.page.locator("#messages li").count()
    assert "수정됨" in await citizen.changes("더 보기")
    assert await citizen.page.locator("#messages li").count() == count
    assert await citizen.page.evaluate("document.activeElement.innerText") == "접기"
    assert "글이 바뀌었습니다." in await citizen.page.locator("#changed").inner_text()


async def test_a_choice_leads_to_the_programme_that_is_chosen(citizen: Any) -> None:
    await citizen.says("우리 동네")
    assert {"🌙 골목 보안등", "🌙 자율방범대"} <= set(await citizen.keys())
    assert (await citizen.presses("🌙 자율방범대")).startswith("🌙 자율방범대")


async def test_a_related_programme_comes_as_a_new_message(citizen: Any) -> None:
    await citizen.says(BUS)
    assert (await citizen.presses("🌙 골목 보안등")).startswith("🌙 골목 보안등")


async def test_a_vote_is_thanked_for(citizen: Any) -> None:
    await citizen.says(BUS)
    before = await citizen.keys()
    assert {"👍", "👎"} <= set(before)
    await citizen.button("👍").click()
    told = "document.getElementById('toast').textContent"
    last = "[...document.querySelectorAll('li.in')].at(-1)"
    now = f"[...{last}.querySelectorAll('.key')].map(key => key.innerText).join()"
    await citizen.page.wait_for_function(f"before => {told} || {now} !== before", arg=",".join(before))
    assert not await citizen.page.locator("[aria-busy]").count()


async def test_danger_brings_the_number_first(citizen: Any) -> None:
    answer = await citizen.says("칼 든 사람이 쫓아와요")
    assert "112" in answer.splitlines()[0]


async def test_a_language_is_chosen_from_the_command_menu(citizen: Any) -> None:
    await citizen.page.get_by_role("button", name="메뉴", exact=True).click()
    await citizen.answer_to(citizen.page.get_by_role("menuitem", name="/language").click)
    assert "한국어" in await citizen.keys()
    await citizen.changes("English")
    assert await citizen.last.locator(".body").inner_text() == "I answer in English now."
    await citizen.says("/menu")
    assert "Pick a topic" in await citizen.last.locator(".body").inner_text()


async def test_the_command_menu_is_in_the_language_of_the_persons_telegram(citizen: Any) -> None:
    await citizen.choose("Anna")
    await citizen.start()
    await citizen.page.locator("#text").fill("/st")
    items = citizen.page.get_by_role("menuitem", name="/")
    assert await items.all_inner_texts() == ["/start First screen"]
    await citizen.page.locator("#text").press("ArrowDown")
    await citizen.answer_to(lambda: citizen.page.keyboard.press("Enter"))


async def test_in_a_group_the_bot_answers_who_calls_it_and_quotes_them(citizen: Any) -> None:
    await citizen.choose("이웃 모임")
    await citizen.page.locator("#speaker").select_option(label="Lan")
    for text in (BUS, f"@trial_bot {BUS}"):
        await citizen.page.locator("#text").fill(text)
        await citizen.page.locator("#text").press("Enter")
    await citizen.page.locator("li.in .key").first.wait_for()
    assert await citizen.page.locator("li.out").count() == 2
    assert await citizen.page.locator("li.in").count() == 1
    assert "Lan" in await citizen.last.locator(".quote").inner_text()
    await citizen.page.locator("#speaker").select_option(label="Anna")
    assert await citizen.page.locator("li.out").count() == 0
    await citizen.last.get_by_role("button", name="답장").click()
    assert "골목 보안등" in await citizen.says("골목 보안등")


async def test_an_answer_comes_in_spite_of_too_many_requests(citizen: Any, trial: Trial) -> None:
    assert trial.standin
    fault = trial.standin.fault("sendMessage", error=429, retry_after=1)
    assert (await citizen.says(BUS)).startswith("🌙 부엉이 버스")
    assert fault.used == 1
    assert await citizen.page.locator("li.in").count() == 2


async def test_trouble_can_be_made_from_the_page(citizen: Any, trial: Trial) -> None:
    assert trial.standin
    await citizen.page.get_by_role("button", name="그 밖의 일").click()
    await citizen.page.get_by_role("menuitem", name="문제 일으키기").click()
    await citizen.page.get_by_label("무슨 일이").select_option("drop")
    await citizen.page.get_by_role("button", name="그렇게 하기").click()
    await citizen.page.locator("#toast", has_text="그렇게 했습니다.").wait_for()
    assert (await citizen.says(BUS)).startswith("🌙 부엉이 버스")
    assert [call.status for call in trial.standin.calls if call.method == "sendMessage"][-2:] == [0, 200]


async def test_the_conversation_goes_on_after_the_bot_was_restarted(citizen: Any, trial: Trial) -> None:
    await citizen.says(BUS)
    shown = await citizen.page.locator("#messages li").count()
    await citizen.page.get_by_role("button", name="그 밖의 일").click()
    await citizen.page.get_by_role("menuitem", name="봇 다시 켜기").click()
    await citizen.page.locator("#toast", has_text="봇을 다시 켰습니다.").wait_for()
    assert await citizen.page.locator("#messages li").count() == shown
    assert "수정됨" in await citizen.changes("더 보기")
    assert (await citizen.says("골목 보안등")).startswith("🌙 골목 보안등")


async def test_what_is_asked_while_the_bot_restarts_is_answered_afterwards(citizen: Any, trial: Trial) -> None:
    heard = await citizen.last_id()
    restart = asyncio.create_task(trial.restart())
    await citizen.page.locator("#text").fill(BUS)
    await citizen.page.locator("#text").press("Enter")
    await restart
    await citizen.page.wait_for_function(
        "heard => Number([...document.querySelectorAll('li.in')].at(-1).dataset.id) > heard", arg=heard
    )
    assert (await citizen.last.locator(".body").inner_text()).startswith("🌙 부엉이 버스")


async def test_on_a_phone_one_goes_from_the_list_to_a_conversation_and_back(screen: Any, url: str) -> None:
    window = await screen(PHONE, has_touch=True, is_mobile=True)
    await window.go(url)
    assert not await window.page.locator("#side").is_visible()
    await window.page.get_by_role("button", name="대화 목록으로").tap()
    assert not await window.page.locator("#main").is_visible()
    await window.page.locator("#chats button", has_text="Anna").tap()
    await window.start()
    await window.page.locator("#text").fill(BUS)
    await window.answer_to(window.page.get_by_role("button", name="보내기").tap)
    await window.page.get_by_role("button", name="대화 목록으로").tap()
    assert "부엉이 버스" in await window.page.locator("#chats button", has_text="Anna").inner_text()

"""The page itself: writing, reading, breaking off; the test plays the bot."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.web.standin import Standin

pytestmark = pytest.mark.asyncio(loop_scope="session")
LOOK = Path(__file__).with_name("look.js").read_text("utf-8").strip().rstrip(";")
SMALL = {"width": 360, "height": 640}
HALF = {"width": 640, "height": 400}
"""A window of 1280 × 800 at 200 %."""
HTML = (
    '<b>굵게 <i>기울여</i></b> <u>밑줄</u> <s>지움</s> <code>x &lt; y</code> <a href="https://example.com/?a=1&amp;b=2">길</a>'
    " <tg-spoiler>비밀</tg-spoiler>\n<blockquote>따옴</blockquote>\n<pre>가\n나</pre> /help 👨‍👩‍👧"
)
BAD = "<img src=x onerror=alert(1)> <script>alert(1)</script> &lt;b&gt; javascript:alert(1)"


def buttons(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label[:20]} for label in labels]]}


@pytest_asyncio.fixture(loop_scope="session")
async def me(screen: Any, tg: Standin) -> Any:
    """A person in a conversation that has begun."""
    tg.say(tg.state.chats[1001], None, "/start")
    window = await screen()
    await window.go(tg.url)
    await window.page.locator("#text").wait_for()
    return window


def said(tg: Standin) -> list[str]:
    return [m.text for m in tg.state.chats[1001].messages.values() if not m.sender.is_bot][1:]


async def settled(me: Any, count: int) -> None:
    await me.page.wait_for_function("count => document.querySelectorAll('li.out').length >= count", arg=count)


async def test_markup_is_shown_as_telegram_shows_it(me: Any, api: Any) -> None:
    await me.answer_to(lambda: api("sendMessage", chat_id=1001, text=HTML, parse_mode="HTML"))
    body = me.last.locator(".body")
    for selector, text in {
        "strong": "굵게 기울여", "strong em": "기울여", "u": "밑줄", "s": "지움", "code": "x < y", "blockquote": "따옴",
        "pre": "가\n나", "span.spoiler": "비밀", "button.command": "/help",
    }.items():  # fmt: skip
        assert await body.locator(selector).inner_text() == text
    link = body.locator("a")
    assert await link.get_attribute("href") == "https://example.com/?a=1&b=2"
    assert await link.get_attribute("rel") == "noopener noreferrer"
    assert (await body.inner_text()).endswith("👨‍👩‍👧")


async def test_what_people_and_bots_write_never_becomes_markup(me: Any, api: Any, tg: Standin) -> None:
    await me.answer_to(lambda: api("sendMessage", chat_id=1001, text=BAD, reply_markup=buttons(BAD[:30])))
    assert await me.last.locator(".body").inner_text() == BAD
    await me.page.locator("#text").fill(BAD)
    await me.page.locator("#text").press("Enter")
    await settled(me, 2)
    tg.user(first_name=BAD[:60])
    await me.page.get_by_role("button", name="사람 더하기").click()
    await me.page.get_by_label("이름", exact=True).fill("<b>철수</b>")
    await me.page.get_by_role("button", name="더하기", exact=True).click()
    await me.page.locator("#chats button", has_text="<b>철수</b>").wait_for()
    assert await me.page.locator("#main img, #main script, #chats img").count() == 0


async def test_a_command_in_a_text_can_be_pressed(me: Any, api: Any, tg: Standin) -> None:
    await me.answer_to(lambda: api("sendMessage", chat_id=1001, text="쓰는 법은 /help"))
    await me.last.get_by_role("button", name="/help").click()
    await settled(me, 2)
    assert said(tg) == ["/help"]


async def test_enter_sends_and_shift_enter_begins_a_line(me: Any, tg: Standin) -> None:
    text = me.page.locator("#text")
    await text.press_sequentially("가")
    await text.press("Shift+Enter")
    await text.press_sequentially("나")
    await text.press("Enter")
    await settled(me, 2)
    assert said(tg) == ["가\n나"]
    assert await text.input_value() == ""
    assert await me.page.locator("li.out .body").last.inner_text() == "가\n나"


async def test_enter_that_ends_a_syllable_does_not_send(me: Any, tg: Standin) -> None:
    client = await me.page.context.new_cdp_session(me.page)
    await me.page.locator("#text").focus()
    await client.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})
    key = {"type": "rawKeyDown", "key": "Enter", "code": "Enter"}
    await client.send("Input.dispatchKeyEvent", {**key, "windowsVirtualKeyCode": 229})
    await me.page.evaluate("""() => document.getElementById("text").dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))""")
    await client.send("Input.insertText", {"text": "한글"})
    await me.page.evaluate("""() => document.getElementById("text").dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))""")
    assert said(tg) == []
    await me.page.locator("#text").press("Enter")
    await settled(me, 2)
    assert said(tg) == ["한글"]


async def test_nothing_but_blanks_is_not_sent(me: Any, tg: Standin) -> None:
    await me.page.locator("#text").fill("  \n ")
    await me.page.locator("#text").press("Enter")
    assert await me.page.locator("#send").is_disabled()
    assert said(tg) == []


async def test_ten_thousand_characters_are_too_many_and_that_is_said(me: Any, tg: Standin) -> None:
    text = me.page.locator("#text")
    await text.fill("가" * 10_000)
    await text.press("Enter")
    notice = me.page.get_by_role("alert")
    assert "한 번에 4,096자까지 보냅니다. 지금 10,000자입니다." in await notice.inner_text()
    assert await me.page.locator("#send").is_disabled()
    await text.fill("🦉" * 2048)
    await text.press("Enter")
    await settled(me, 2)
    assert not await notice.is_visible()
    assert [len(words) for words in said(tg)] == [2048]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALL, HALF, {"width": 1280, "height": 800}], ids=["360 px", "200 %", "desk"])
async def test_everybody_can_read_and_use_it(
    screen: Any, tg: Standin, api: Any, scheme: str, size: dict[str, int]
) -> None:
    chat = tg.state.chats[1001]
    tg.say(chat, None, "가" * 400 + " " + "https://example.com/" + "x" * 300)
    tg.group("모임", list(tg.state.users.values()))
    asked = {"reply_parameters": {"message_id": 1}, "reply_markup": buttons("더 보기", "출처" * 20, "w" * 60)}
    await api("sendMessage", chat_id=1001, text=HTML, parse_mode="HTML", **asked)
    window = await screen(size, color_scheme=scheme, reduced_motion="reduce")
    await window.go(tg.url)
    await window.page.locator(".key").first.wait_for()
    assert await window.page.evaluate(LOOK) == []
    await window.page.locator("#text").fill("가" * 5000)
    await window.page.locator("#more").click()
    assert await window.page.evaluate(LOOK) == []
    await window.page.locator("#trouble").click()
    assert await window.page.evaluate(LOOK) == []


async def test_the_keyboard_alone_is_enough(me: Any, api: Any, tg: Standin) -> None:
    await me.answer_to(lambda: api("sendMessage", chat_id=1001, text="고르세요", reply_markup=buttons("하나", "둘")))
    press = me.page.keyboard.press
    await me.page.locator("#text").focus()
    for key in ("Shift+Tab", "Shift+Tab", "Enter"):
        await press(key)
    await tg.until(lambda: tg.state.pressed)
    assert [pressed.data for pressed in tg.state.pressed.values()] == ["둘"]
    await me.page.locator("#more").focus()
    for key in ("Enter", "ArrowDown", "Escape"):
        await press(key)
    assert not await me.page.locator("#more-menu").is_visible()
    assert await me.page.evaluate("document.activeElement.id") == "more"
    await me.page.locator("#chats button").focus()
    assert await me.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


async def test_a_screen_reader_finds_its_way(me: Any) -> None:
    for role, name in (("navigation", "대화 목록"), ("main", "안내봇"), ("log", "주고받은 글"), ("textbox", "메시지")):
        assert await me.page.get_by_role(role, name=name).count() == 1
    assert await me.page.locator("#chats [aria-current=true]").count() == 1


async def test_a_toast_or_a_box_tells_what_the_bot_answers_to_a_press(me: Any, api: Any, tg: Standin) -> None:
    await me.answer_to(lambda: api("sendMessage", chat_id=1001, text="고르세요", reply_markup=buttons("하나")))
    for number, alert in enumerate((False, True)):
        await me.button("하나").click()
        await tg.until(lambda number=number: len(tg.state.updates) == number + 2)
        assert await me.page.locator("[aria-busy=true].key").count() == 1
        query = tg.state.updates.all()[-1]["callback_query"]["id"]
        await api("answerCallbackQuery", callback_query_id=query, text="고맙습니다", show_alert=alert)
        box = me.page.locator("#alert-dialog" if alert else "#toast", has_text="고맙습니다")
        await box.wait_for()
        assert await me.page.locator("[aria-busy=true].key").count() == 0


async def test_the_bot_is_seen_typing_until_it_writes(me: Any, api: Any) -> None:
    await api("sendChatAction", chat_id=1001, action="typing")
    await me.page.locator("#status", has_text="입력 중…").wait_for()
    await me.answer_to(lambda: api("sendMessage", chat_id=1001, text="가"))
    assert "입력 중" not in await me.page.locator("#status").inner_text()


async def test_what_is_deleted_goes_and_what_is_changed_stays_in_its_place(me: Any, api: Any) -> None:
    for text in "가나":
        await me.answer_to(lambda text=text: api("sendMessage", chat_id=1001, text=text))
    await api("editMessageText", chat_id=1001, message_id=2, text="다")
    await me.page.locator("li.in .body", has_text="다").wait_for()
    assert await me.page.locator("li.in .body").all_inner_texts() == ["다", "나"]
    await api("deleteMessage", chat_id=1001, message_id=3)
    await me.page.wait_for_function("document.querySelectorAll('li.in').length === 1")


async def test_other_conversations_count_what_was_not_read(me: Any, api: Any, tg: Standin) -> None:
    other = tg.private(tg.user(first_name="영희"))
    tg.say(other, None, "가")
    for text in "나다":
        await api("sendMessage", chat_id=other.id, text=text)
    badge = me.page.locator("#chats button", has_text="영희").locator(".badge")
    await me.page.locator(".badge", has_text="2").wait_for()
    await me.choose("영희")
    assert await badge.count() == 0
    assert await me.page.locator("li.in .body").all_inner_texts() == ["나", "다"]


async def test_five_hundred_messages_in_a_row_stay_usable(me: Any, api: Any, tg: Standin) -> None:
    chat = tg.state.chats[1001]
    start = time.monotonic()
    for number in range(500):
        tg.say(chat, None, f"{number}번째 🦉")
    await me.page.locator("li.out .body", has_text="499번째").wait_for()
    assert time.monotonic() - start < 6
    assert await me.page.locator("#messages li").count() <= 320
    first = "Number(document.querySelector('#messages li').dataset.id)"
    await me.page.evaluate("document.getElementById('thread').scrollTop = 0")
    await me.page.wait_for_function(f"{first} < 300")
    await api("sendMessage", chat_id=1001, text="새 글")
    chip = me.page.get_by_role("button", name="새 글 1개 ↓")
    await chip.wait_for()
    for _ in range(6):
        await me.page.evaluate("document.getElementById('thread').scrollTop = 0")
        await me.page.evaluate("new Promise(requestAnimationFrame)")
    await me.page.wait_for_function(f"{first} === 1")
    assert await me.page.locator("#messages li").count() <= 440
    await chip.click()
    await me.page.wait_for_function("[...document.querySelectorAll('li.in .body')].at(-1)?.innerText === '새 글'")
    assert not await chip.is_visible()
    await me.page.locator("#text").fill("아직 됩니다")
    await me.page.locator("#text").press("Enter")
    await me.page.locator("li.out .body", has_text="아직 됩니다").wait_for()


async def test_the_page_comes_back_after_the_stand_in_was_away(screen: Any) -> None:
    window = await screen()
    async with Standin(name="안내봇", page=True) as first:
        port = int(first.url.rpartition(":")[2])
        first.say(first.private(), None, "처음")
        await window.go(first.url)
        await window.page.locator("li.out .body", has_text="처음").wait_for()
    await window.page.locator("#banner", has_text="다시 잇고 있습니다").wait_for()
    async with Standin(name="안내봇", page=True, port=port) as second:
        second.say(second.private(), None, "다음")
        await window.page.locator("li.out .body", has_text="다음").wait_for()
        assert not await window.page.locator("#banner").is_visible()
        assert await window.page.locator("li.out .body").all_inner_texts() == ["다음"]


async def test_what_could_not_be_sent_comes_back_into_the_field(me: Any) -> None:
    await me.page.context.set_offline(True)
    await me.page.locator("#text").fill("가")
    await me.page.locator("#text").press("Enter")
    await me.page.locator("#notice", has_text="연결이 끊겨 보내지 못했습니다").wait_for()
    assert await me.page.locator("#text").input_value() == "가"
    await me.page.context.set_offline(False)
    me.trouble.clear()


async def test_people_and_groups_can_be_added(me: Any, tg: Standin) -> None:
    await me.page.get_by_role("button", name="사람 더하기").click()
    await me.page.get_by_label("이름", exact=True).fill("Иван")
    await me.page.get_by_label("텔레그램의 언어").select_option("ru")
    await me.page.get_by_role("button", name="더하기", exact=True).click()
    await me.page.locator("#chats [aria-current]", has_text="러시아어").wait_for()
    await me.page.get_by_role("button", name="모임 만들기").click()
    await me.page.get_by_label("모임 이름").fill("반상회")
    await me.page.get_by_role("button", name="만들기", exact=True).click()
    await me.page.locator("#chats [aria-current]", has_text="반상회").wait_for()
    assert [chat.title for chat in tg.state.chats.values() if chat.title] == ["반상회"]
    assert await me.page.locator("#speaker option").all_inner_texts() == ["시민", "Иван"]


async def test_a_script_that_is_not_the_pages_own_does_not_run(me: Any) -> None:
    policy = (await me.page.request.get(me.page.url.partition("#")[0])).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self';")
    ran = await me.page.evaluate("""() => new Promise((done) => {
        document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
        const script = document.createElement("script");
        try { script.textContent = "window.hacked = 1"; document.body.append(script); } catch { done("trusted types") }
        setTimeout(() => done("ran"), 500);
    })""")
    assert ran != "ran"
    assert await me.page.evaluate("window.hacked") is None
    me.trouble.clear()


async def test_the_end_stays_in_sight_while_a_long_text_is_written(me: Any, api: Any) -> None:
    for number in range(12):
        await me.answer_to(lambda number=number: api("sendMessage", chat_id=1001, text=f"{number}\n" * 5))
    await me.page.evaluate("""() => {
        const [thread, text] = ["thread", "text"].map((id) => document.getElementById(id));
        thread.scrollTop -= 20;
        text.value = "가\\n".repeat(30);
        text.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    await me.page.wait_for_timeout(100)
    left = "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)"
    assert await me.page.evaluate(f"{left}(document.getElementById('thread'))") < 5
    assert not await me.page.locator("#to-end").is_visible()


async def test_typing_goes_on_while_the_bot_writes(me: Any, api: Any) -> None:
    typing = asyncio.create_task(me.page.locator("#text").press_sequentially("안녕하세요 반갑습니다", delay=10))
    for number in range(10):
        await api("sendMessage", chat_id=1001, text=str(number))
    await typing
    assert await me.page.locator("#text").input_value() == "안녕하세요 반갑습니다"

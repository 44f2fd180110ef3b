"""The real python-telegram-bot talks to the stand-in, and notices nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.web.standin import Chat, Standin

pytestmark = pytest.mark.asyncio
App = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("더 보기", callback_data="more")]])
    name = update.effective_user.mention_html() if update.effective_user else ""
    text = f"{name}: <b>{update.effective_message.text_html}</b>"
    await update.effective_message.reply_html(text, reply_markup=keyboard, do_quote=True)


async def more(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query
    await update.callback_query.answer("펼쳤습니다")
    await update.callback_query.edit_message_text("전부")


@asynccontextmanager
async def running(tg: Standin) -> AsyncIterator[App]:
    app = ApplicationBuilder().token(tg.token).base_url(f"{tg.url}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(more))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(timeout=5)
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


async def test_a_real_bot_echoes(tg: Standin) -> None:
    chat = tg.private(tg.user(first_name="<3"))
    async with running(tg):
        said = tg.say(chat, None, "부엉이 <버스> 😀")
        [answer] = await tg.wait_for(chat)
        assert answer.text == "<3: 부엉이 <버스> 😀"
        assert [entity["type"] for entity in answer.entities] == ["text_mention", "bold"]
        assert answer.reply_to == tg.message(said).id
        pressed = tg.press(answer, "더 보기")
        await tg.wait_for_edit(answer)
        assert (answer.text, answer.buttons, answer.edits[0].text) == ("전부", [], "<3: 부엉이 <버스> 😀")
        assert [(a.update_id, a.text) for a in tg.answered_callbacks] == [(pressed, "펼쳤습니다")]
    assert tg.pending == 0


async def test_a_real_bot_survives_a_broken_poll(tg: Standin) -> None:
    chat = tg.private()
    tg.say(chat, None, "첫째")
    tg.fault("getUpdates", drop="after")
    async with running(tg):
        [answer] = await tg.wait_for(chat)
    assert "첫째" in answer.text


async def test_a_real_bot_understands_the_errors(tg: Standin, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with running(tg) as app:
        tg.fault("sendMessage", error=429, retry_after=2)
        with pytest.raises(RetryAfter):
            await app.bot.send_message(chat.id, "가")
        tg.fault("sendMessage", error=403)
        with pytest.raises(Forbidden, match="blocked"):
            await app.bot.send_message(chat.id, "가")
        for trouble in ({"error": 502}, {"drop": "before"}):
            tg.fault("sendMessage", **trouble)  # type: ignore[arg-type]
            with pytest.raises(NetworkError):
                await app.bot.send_message(chat.id, "가")
        with pytest.raises(BadRequest, match="parse entities"):
            await app.bot.send_message(chat.id, "<3", parse_mode="HTML")


async def test_a_real_bot_reads_every_answer(tg: Standin, chat: Chat) -> None:
    async with running(tg) as app:
        await app.bot.set_my_commands([BotCommand("start", "시작")])
        assert (await app.bot.get_my_commands())[0].command == "start"
        assert (await app.bot.get_chat(chat.id)).first_name == "<3"
        assert (await app.bot.get_chat_member(chat.id, chat.id)).status == "member"
        assert not (await app.bot.get_webhook_info()).url
        assert (await app.bot.send_photo(chat.id, b"\x89PNG", caption="가")).caption == "가"
        assert (await app.bot.get_file("x")).file_id
        assert await app.bot.send_chat_action(chat.id, "typing")

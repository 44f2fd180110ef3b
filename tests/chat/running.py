"""The whole bot as it runs, with a Telegram that is only a list."""

import asyncio
from contextlib import asynccontextmanager

from bot.app import build, parts, serve
from bot.chat.pace import Pace
from bot.chat.patience import Patience
from bot.config import Secret, Settings


def settings(url, alert_chat_id=None, **more):
    return Settings(
        telegram_bot_token=Secret("42:abc"),
        telegram_api_url="http://127.0.0.1:1/x",
        database_url=url,
        http_port=0,
        alert_chat_id=alert_chat_id,
        **more,
    )


class Talking:
    """Hands out updates as long polling does, and tells what was sent to whom."""

    def __init__(self, wire, engine, url, **more):
        self.wire, self.engine, self.settings = wire, engine, settings(url, **more)
        self.queue, self.number, self.app = [], 0, None
        result, request = wire._result, wire.do_request
        wire._result = lambda name, given: self._updates(given) if name == "getUpdates" else result(name, given)

        async def do_request(url, method, request_data=None, **rest):
            if url.endswith("/getUpdates"):
                await asyncio.sleep(0.005)
            return await request(url, method, request_data, **rest)

        wire.do_request = do_request

    def _updates(self, given):
        self.queue = [each for each in self.queue if each["update_id"] >= given.get("offset", 0)]
        return list(self.queue)

    @asynccontextmanager
    async def running(self):
        self.app = build(self.settings, self.engine, self.wire, Patience(3, 3.0, 0.001), Pace(1000, 0))
        stop = asyncio.Event()
        task = asyncio.create_task(serve(self.app, stop))
        try:
            yield self
        finally:
            stop.set()
            await asyncio.wait_for(task, 20)

    @property
    def parts(self):
        return parts(self.app)

    def update(self, **content):
        self.number += 1
        self.queue.append({"update_id": self.number, **content})

    def says(self, text, user=7, chat=None, **more):
        where = {"id": chat, "type": "group", "title": "x"} if chat else {"id": user, "type": "private"}
        message = {"message_id": self.number + 1, "date": 1_764_000_000, "chat": where, "text": text, **more}
        message["from"] = {"id": user, "is_bot": False, "first_name": "김철수"}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        self.update(message=message)

    def press(self, data, user=7, chat=None):
        where = {"id": chat, "type": "group", "title": "x"} if chat else {"id": user, "type": "private"}
        message = {"message_id": 900, "date": 1, "chat": where, "text": "x"}
        person = {"id": user, "is_bot": False, "first_name": "김철수"}
        self.update(callback_query={"id": "q", "from": person, "chat_instance": "c", "data": data, "message": message})

    def heard(self, chat=7):
        return [sent for sent in self.wire.sent() if sent["chat_id"] == chat]

    async def hears(self, count=1, chat=7):
        await self.until(lambda: len(self.heard(chat)) >= count)
        return self.heard(chat)[count - 1]["text"]

    async def toast(self, count=1):
        await self.until(lambda: len(self.wire.sent("answerCallbackQuery")) >= count)
        return self.wire.sent("answerCallbackQuery")[count - 1].get("text")

    async def rest(self):
        """Nothing is in hand any more."""
        await self.until(lambda: not self.queue and not self.parts.work.hand)

    async def until(self, condition):
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.005)

    def votes(self, count=1, chat=7):
        """What the buttons of a vote below that message carry."""
        keyboard = self.heard(chat)[count - 1]["reply_markup"]["inline_keyboard"]
        return [b["callback_data"] for row in keyboard for b in row if b["callback_data"].startswith("v:")]

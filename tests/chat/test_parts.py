"""How the parts fit together."""

import httpx
import pytest

from bot.app import build, parts
from bot.config import Secret, Settings
from bot.errors import SettingsError
from bot.parts import webhook_address, webhook_secret
from bot.web.webhook import SECRET_HEADER
from tests.chat.running import Talking, settings

URL = "sqlite:///:memory:"


def test_polling_or_webhook_never_both(engine, wire):
    one = parts(build(settings(URL), engine, wire))
    assert one.poller
    assert not one.hook
    hooked = Settings(telegram_bot_token=Secret("42:abc"), database_url=URL, webhook_url="https://x.example")
    other = parts(build(hooked, engine, wire))
    assert other.hook
    assert not other.poller


def test_a_webhook_needs_a_port(engine, wire):
    with pytest.raises(SettingsError, match="HTTP_PORT"):
        build(settings(URL, webhook_url="https://x.example"), engine, wire)


def test_the_address_has_our_path_once():
    assert webhook_address("https://x.example") == "https://x.example/telegram"
    assert webhook_address("https://x.example/telegram") == "https://x.example/telegram"


def test_all_replicas_find_the_same_secret_and_it_shows_no_token():
    one, other = (webhook_secret(Settings(telegram_bot_token=Secret("42:abc"))) for _ in range(2))
    assert one == other
    assert "abc" not in one
    given = Settings(telegram_bot_token=Secret("42:abc"), webhook_secret=Secret("mine"))
    assert webhook_secret(given) == "mine"


async def test_what_the_webhook_brings_is_taken_in_and_rubbish_refused(engine, wire, tmp_path):
    talking = Talking(wire, engine, f"sqlite:///{tmp_path}/bot.db")
    async with talking.running():
        talking.says("하나")
        update = talking.queue.pop()
        assert await talking.parts.accept(update) is None, "Telegram was not met yet: it is to come again"
        await talking.until(lambda: wire.sent("getUpdates"))
        assert (await talking.parts.accept(update)).done()
        assert (await talking.parts.accept(update)).done()
        await talking.hears(1)
        for rubbish in ([], {}, {"update_id": "x"}, None):
            with pytest.raises(ValueError, match="no update"):
                await talking.parts.accept(rubbish)
    assert len(talking.heard()) == 1


async def test_over_http_from_delivery_to_answer(engine, wire, tmp_path, unused_tcp_port):
    talking = Talking(wire, engine, f"sqlite:///{tmp_path}/bot.db")
    talking.settings = Settings(
        telegram_bot_token=Secret("42:abc"), telegram_api_url="http://127.0.0.1:1/x", http_port=unused_tcp_port,
        database_url=f"sqlite:///{tmp_path}/bot.db", webhook_url="https://x.example", webhook_secret=Secret("s3"),
    )  # fmt: skip
    wire.info = {"url": "https://x.example/telegram", "has_custom_certificate": False, "pending_update_count": 0}
    base = f"http://127.0.0.1:{unused_tcp_port}"
    async with talking.running(), httpx.AsyncClient(base_url=base, trust_env=False) as client:
        await talking.until(lambda: wire.sent("setWebhook"))
        talking.says("하나")
        update = talking.queue.pop()
        assert (await client.post("/telegram", json=update)).status_code == 403
        for _ in range(2):
            answer = await client.post("/telegram", json=update, headers={SECRET_HEADER: "s3"})
            assert answer.status_code == 200
        await talking.hears(1)
        await talking.until(lambda: talking.parts.is_ready)
        assert (await client.get("/readyz")).status_code == 200
    assert len(talking.heard()) == 1
    assert wire.sent("getUpdates") == []

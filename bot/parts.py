"""What a running bot is made of, put together. Everything that reaches outside comes in as an argument."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import Bot, Update
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.chat.admin import Admin
from bot.chat.handlers import Handlers
from bot.chat.hook import Hook
from bot.chat.incoming import incoming
from bot.chat.intake import Full, Intake, Safe
from bot.chat.memory import Memory
from bot.chat.notes import Notes
from bot.chat.outbox import Outbox
from bot.chat.pace import Pace
from bot.chat.patience import Patience
from bot.chat.poll import Poller, PollTrouble
from bot.chat.talk import Engine, Holder, Talk
from bot.chat.threads import Threads
from bot.chat.told import Told
from bot.chat.turns import Turns, unexpected
from bot.chat.work import Work
from bot.config import Settings
from bot.errors import SettingsError
from bot.monitor.alerts import Alerts
from bot.monitor.hide import Redact
from bot.monitor.metrics import Metrics
from bot.monitor.vigil import Vigil
from bot.store.keeper import Store
from bot.store.person import Pepper
from bot.web.webhook import PATH

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

AT_ONCE = 16
"""Requests to Telegram at the same time, without the one that waits for updates and those about danger."""
ALLOWED = (Update.MESSAGE, Update.CALLBACK_QUERY)
_TELEGRAM_SECONDS = 150.0
"""Telegram not reached for so long: not ready."""


@dataclass
class Parts:
    """``poller`` or ``hook``, never both."""

    settings: Settings
    holder: Holder
    store: Store
    notes: Notes
    threads: Threads
    work: Work
    intake: Intake
    bot: Bot
    metrics: Metrics
    alerts: Alerts
    vigil: Vigil
    admin: Admin
    poller: Poller | None = None
    hook: Hook | None = None

    async def accept(self, update: object) -> Safe | None:
        """Take in what the webhook brought; None: not now. Raises ValueError for what is no update."""
        try:
            me = self.bot.bot
        except RuntimeError:  # Telegram was not met yet: nobody knows who we are, so nobody knows what is for us
            return None
        found = incoming(update, me.id, me.username or "")
        if found is None:
            raise ValueError("no update")
        try:
            (safe,) = await self.intake.accept([found])
        except Full:
            return None
        return safe

    @property
    def silence(self) -> float:
        """Seconds since Telegram was reached."""
        reached = self.poller.reached_at if self.poller else self.hook.reached_at if self.hook else None
        return float("inf") if reached is None else time.monotonic() - reached

    def checks(self) -> Mapping[str, str]:
        """What must be well for the bot to do its work → what is wrong."""
        return {
            "knowledge": "",
            "database": self.store.why,
            "telegram": "" if self.silence < _TELEGRAM_SECONDS else "Telegram was not reached lately",
        }

    @property
    def is_ready(self) -> bool:
        """Whether all of that is well."""
        return not any(self.checks().values())


def assemble(settings: Settings, engine: Engine, request: BaseRequest | None, patience: Patience, pace: Pace) -> App:
    """A bot ready to run; its parts are in ``parts(app)``. Raises SettingsError without a token."""
    app = _application(settings, request)
    bot: Bot = app.bot
    holder, memory, store, threads = Holder(engine), Memory(), Store(settings.database_url), Threads()
    notes = Notes(store, Pepper.of(settings), memory, settings.retention_days)
    data = store.database.file.path.parent if store.database.file else None
    metrics = Metrics(lambda: [programme.id for programme in holder.engine.knowledge.programmes], data)
    alerts = Alerts(_sender(bot, settings.alert_chat_id), Redact(settings.secrets).clean)
    told = Told(metrics, alerts)
    outbox = Outbox(bot, memory, patience, at_once=AT_ONCE, pace=pace, hear=told.refused)
    found: Parts
    vigil = Vigil(
        store=store,
        metrics=metrics,
        alerts=alerts,
        knowledge=lambda: holder.engine.knowledge,
        has_encoder=lambda: holder.engine.encoder is not None,
        silence=lambda: found.silence,
        ready=lambda: found.is_ready,
        data=data,
    )
    admin = Admin(settings.admin_ids, settings.alert_chat_id, outbox, vigil, lambda: found.checks())
    app.add_handlers([*admin.handlers(), *Handlers(Talk(holder, memory), outbox, notes, threads, told).all()])
    app.add_error_handler(unexpected)
    work = Work(store, Turns(app).handle, vigil.set_aside)
    intake = Intake(store, work, lambda text: holder.engine.glance(text))
    found = Parts(settings, holder, store, notes, threads, work, intake, bot, metrics, alerts, vigil, admin)
    _open_a_way_in(found, told)
    app.bot_data.update(parts=found, outbox=outbox)
    return app


def _open_a_way_in(found: Parts, told: Told) -> None:
    """Webhook or polling."""
    settings = found.settings
    if not settings.webhook_url:
        found.poller = Poller(found.bot, found.intake, ALLOWED, PollTrouble(hear=told.polled))
        return
    if not settings.http_port:
        raise SettingsError("HTTP_PORT: expected a port from 1 to 65535 where WEBHOOK_URL is set, not 0")
    address, secret = webhook_address(settings.webhook_url), webhook_secret(settings)
    found.hook = Hook(found.bot, address, secret, ALLOWED, found.alerts, told.refused)


def _sender(bot: Bot, chat: int | None) -> Callable[[str], Awaitable[object]] | None:
    if chat is None:
        return None

    async def send(text: str) -> None:
        await bot.send_message(chat, text)

    return send


def parts(app: App) -> Parts:
    """What the bot is made of."""
    found = app.bot_data["parts"]
    assert isinstance(found, Parts)
    return found


def webhook_address(url: str) -> str:
    """WEBHOOK_URL with our path at its end."""
    return url if url.endswith(PATH) else f"{url}{PATH}"


def webhook_secret(settings: Settings) -> str:
    """WEBHOOK_SECRET; without it one that all replicas find for themselves from the token."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.reveal()
    return hmac.new(settings.token.encode(), b"webhook", hashlib.sha256).hexdigest()


def _application(settings: Settings, request: BaseRequest | None) -> App:
    builder = Application.builder().token(settings.token)
    builder = builder.base_url(f"{settings.telegram_api_url}/bot").base_file_url(
        f"{settings.telegram_api_url}/file/bot"
    )
    if request is not None:
        return builder.request(request).get_updates_request(request).build()
    builder = builder.connection_pool_size(2 * AT_ONCE).get_updates_connection_pool_size(4)
    builder = builder.connect_timeout(10).read_timeout(20).write_timeout(20).pool_timeout(10)
    builder = builder.get_updates_connect_timeout(10).get_updates_read_timeout(10).get_updates_pool_timeout(10)
    return builder.build()

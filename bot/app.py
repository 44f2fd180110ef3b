"""The composition root: settings and an engine in, a running bot out. Its edges are arguments."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from starlette.routing import BaseRoute
from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.chat.pace import Pace
from bot.chat.patience import Patience
from bot.chat.talk import Engine, Holder
from bot.config import Settings
from bot.engines import VERSIONS
from bot.errors import SettingsError
from bot.monitor import ring
from bot.monitor.log import level_on_signal
from bot.parts import App, Parts, assemble, parts
from bot.store.upkeep import keep_tidy
from bot.web import console
from bot.web.health import health_routes
from bot.web.numbers import metrics_route
from bot.web.service import Service
from bot.web.webhook import webhook_route

__all__ = ["App", "Beside", "build", "holder", "on_end", "parts", "run_bot", "serve"]

Beside: TypeAlias = Callable[[App, asyncio.Event], Coroutine[Any, Any, None]]

log = logging.getLogger(__name__)

BRIEF = Patience(tries=3, seconds=3.0, pause=0.5)
"""What takes longer goes back to the inbox, where it stands in nobody's way."""
_FINISH = 25.0
"""Seconds to finish answers in progress: below the 30 that a container is given."""
_FIRST_DELAY, _MOST_DELAY = 1.0, 30.0


def build(
    settings: Settings,
    engine: Engine,
    request: BaseRequest | None = None,
    patience: Patience = BRIEF,
    pace: Pace | None = None,
) -> App:
    """A bot ready to run. See ``holder`` to exchange the engine later.

    ``request`` replaces the network, ``pace`` how fast it may be used: for tests.

    Raises SettingsError without a token.
    """
    return assemble(settings, engine, request, patience, pace or Pace(settings.messages_per_second))


def holder(app: App) -> Holder:
    """Where the engine of the moment is: ``holder(app).engine = new`` exchanges it, also while the bot runs."""
    return parts(app).holder


async def announce(app: App) -> None:
    """Tell Telegram the commands, in every language that there are phrases for. Not doing so stops nothing."""
    knowledge = holder(app).engine.knowledge
    try:
        for lang, phrases in knowledge.phrases.items():
            commands = [BotCommand(name, text[:256]) for name, text in phrases.commands.model_dump().items()]
            await app.bot.set_my_commands(commands, language_code=None if lang == knowledge.city.languages[0] else lang)
    except TelegramError as error:
        log.warning("the commands could not be announced", extra={"code": "E404", "error": str(error)})
    ordinary = knowledge.phrases[knowledge.city.languages[0]].commands.model_dump()
    await parts(app).admin.announce(app.bot, ordinary)


def run_bot(app: App, beside: Beside | None = None) -> None:
    """Run until SIGTERM or SIGINT, then finish the answers in progress. A second signal ends at once.

    ``beside`` runs as long as the bot. Raises SettingsError when Telegram does not know the token, StoreError when
    another bot has the database.
    """
    asyncio.run(_until_signal(app, beside))


async def _until_signal(app: App, beside: Beside | None) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def on_signal(number: int) -> None:
        loop.remove_signal_handler(number)
        log.info("stopping", extra={"code": "I102", "signal": signal.Signals(number).name})
        stop.set()

    on_end(on_signal)
    level_on_signal()
    await serve(app, stop, beside)


def on_end(do: Callable[[int], object]) -> None:
    """Call this with the signal's number at SIGTERM and SIGINT, while the running loop runs."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the loop instead
            loop.add_signal_handler(number, do, number)


async def serve(app: App, stop: asyncio.Event, beside: Beside | None = None) -> None:
    """Answer until ``stop`` is set, with ``beside`` running meanwhile."""
    found = parts(app)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(found.store)
        for counting in (found.metrics.handler(), found.admin.recent):
            logging.getLogger().addHandler(counting)
            stack.callback(logging.getLogger().removeHandler, counting)
        if found.settings.http_port:
            await stack.enter_async_context(_service(found))
        if beside:
            stack.push_async_callback(_cancelled, asyncio.create_task(beside(app, stop)))
        stack.push_async_callback(_end, app)
        if await _unless(stop, _begin(app)):
            log.info("ready", extra={"code": "I101", "bot": app.bot.username})
            await _work(found, stop)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _service(found: Parts) -> Service:
    routes: list[BaseRoute] = [*health_routes(found.checks), metrics_route(found.metrics.render)]
    if found.hook:
        routes.append(webhook_route(found.hook.secret, found.accept))
    routes += console.routes(found, VERSIONS, ring.running())  # none without ADMIN_PASSWORD
    return Service(found.settings.http_host, found.settings.http_port, routes)


async def _work(found: Parts, stop: asyncio.Event) -> None:
    """All that goes on until ``stop``. Answers in progress are then finished, as far as time allows."""
    ways_in = found.poller.run(stop) if found.poller else found.hook.watch(stop) if found.hook else stop.wait()
    async with asyncio.TaskGroup() as group:
        working = group.create_task(found.work.run(stop))
        group.create_task(keep_tidy(found.store, found.settings.retention_days, stop))
        group.create_task(found.vigil.run(stop))
        await group.create_task(ways_in)
        done, _ = await asyncio.wait([working], timeout=_FINISH)
        if not done:
            log.warning(
                "stopped without waiting any longer",
                extra={"code": "E103", "for": "answers in progress", "seconds": _FINISH},
            )
            working.cancel()
    if found.poller:
        await found.poller.confirm()


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work, but drop it when ``stop`` comes first. Whether it was done."""
    tasks = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    if isinstance(results[0], Exception):
        raise results[0]
    return results[0] is None


async def _begin(app: App) -> None:
    await _patiently(app.initialize)
    await announce(app)
    found = parts(app)
    if found.hook:
        await _patiently(found.hook.set)
    else:
        await _patiently(app.bot.delete_webhook)
    if found.poller:
        found.poller.reached_at = time.monotonic()


async def _patiently(call: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Meet Telegram, however long the network takes to come."""
    delay = _FIRST_DELAY
    while True:
        try:
            await call()
            return
        except InvalidToken:  # its message holds the token
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN: Telegram does not know it; expected the token from @BotFather"
            ) from None
        except TelegramError as error:
            log.warning(
                "Telegram cannot be reached, trying again",
                extra={"code": "E403", "error": str(error), "seconds": delay},
            )
        await asyncio.sleep(delay)
        delay = min(2 * delay, _MOST_DELAY)


async def _end(app: App) -> None:
    parts(app).threads.close()
    await app.shutdown()
    await app.bot.shutdown()  # also when it never got as far as being initialized

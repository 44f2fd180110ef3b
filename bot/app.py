"""The composition root: settings and an engine in, a running bot out. Its edges are arguments."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes
from telegram.request import BaseRequest

from bot.chat.handlers import Handlers
from bot.chat.lanes import Lanes
from bot.chat.memory import Memory
from bot.chat.outbox import STEADY, Outbox, Patience
from bot.chat.talk import Engine, Holder, Talk
from bot.config import Settings
from bot.errors import SettingsError

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Beside: TypeAlias = Callable[[App, asyncio.Event], Coroutine[Any, Any, None]]

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Requests to Telegram at the same time, without the one that waits for updates."""
ALLOWED = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL_SECONDS = 30
_STOP_POLLING, _FINISH = 5.0, 25.0
"""Seconds to stop asking for updates, and to finish answers in progress: below the 30 that a container is given."""
_FIRST_DELAY, _MOST_DELAY = 1.0, 30.0


def build(settings: Settings, engine: Engine, request: BaseRequest | None = None, patience: Patience = STEADY) -> App:
    """A bot ready to run. ``request`` replaces the network, for tests. See ``holder`` to exchange the engine later.

    Raises SettingsError without a token.
    """
    app = _application(settings, request)
    holder, memory = Holder(engine), Memory()
    outbox = Outbox(app.bot, memory, patience, at_once=AT_ONCE)
    app.bot_data.update(holder=holder, outbox=outbox)
    app.add_handlers(Handlers(Talk(holder, memory), outbox).all())
    app.add_error_handler(_unexpected)
    return app


def holder(app: App) -> Holder:
    """Where the engine of the moment is: ``holder(app).engine = new`` exchanges it, also while the bot runs."""
    found = app.bot_data["holder"]
    assert isinstance(found, Holder)
    return found


def _application(settings: Settings, request: BaseRequest | None) -> App:
    builder = Application.builder().token(settings.token)
    builder = builder.base_url(f"{settings.telegram_api_url}/bot").base_file_url(
        f"{settings.telegram_api_url}/file/bot"
    )
    builder = builder.concurrent_updates(Lanes()).post_init(announce)
    if request is not None:
        return builder.request(request).get_updates_request(request).build()
    builder = builder.connection_pool_size(2 * AT_ONCE).get_updates_connection_pool_size(4)
    builder = builder.connect_timeout(10).read_timeout(20).write_timeout(20).pool_timeout(10)
    builder = builder.get_updates_connect_timeout(10).get_updates_read_timeout(10).get_updates_pool_timeout(10)
    return builder.build()


async def announce(app: App) -> None:
    """Tell Telegram the commands, in every language that there are phrases for. Not doing so stops nothing."""
    knowledge = holder(app).engine.knowledge
    try:
        for lang, phrases in knowledge.phrases.items():
            commands = [BotCommand(name, text[:256]) for name, text in phrases.commands.model_dump().items()]
            await app.bot.set_my_commands(commands, language_code=None if lang == knowledge.city.languages[0] else lang)
    except TelegramError as error:
        log.warning("the commands could not be announced", extra={"error": str(error)})


async def _unexpected(_: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    log.error("an error outside of any answer", exc_info=context.error)


class PollTrouble:
    """Says once in a while why no updates come. Called at every failed attempt; pauses between them grow to 30 s."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, every: float = 60.0) -> None:
        self._clock, self._every = clock, every
        self._said: dict[type[TelegramError], float] = {}

    def __call__(self, error: TelegramError) -> None:
        now, kind = self._clock(), type(error)
        if now - self._said.get(kind, -self._every) < self._every:
            return
        self._said[kind] = now
        if isinstance(error, Conflict):
            log.error(
                "another process asks Telegram for this bot's updates, so this one gets none: stop the other one, "
                "give this one another TELEGRAM_BOT_TOKEN, or set WEBHOOK_URL for several at once"
            )
        else:
            log.warning("no updates from Telegram, trying again", extra={"error": f"{kind.__name__}: {error}"})


def run_polling(app: App, beside: Beside | None = None) -> None:
    """Run until SIGTERM or SIGINT, then finish the answers in progress. A second signal ends at once.

    ``beside`` runs as long as the bot. Raises SettingsError when Telegram does not know the token.
    """
    asyncio.run(_until_signal(app, beside))


async def _until_signal(app: App, beside: Beside | None) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def on_signal(number: int) -> None:
        loop.remove_signal_handler(number)
        log.info("stopping", extra={"signal": signal.Signals(number).name})
        stop.set()

    on_end(on_signal)
    await serve(app, stop, beside)


def on_end(do: Callable[[int], object]) -> None:
    """Call this with the signal's number at SIGTERM and SIGINT, while the running loop runs."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the loop instead
            loop.add_signal_handler(number, do, number)


async def serve(app: App, stop: asyncio.Event, beside: Beside | None = None) -> None:
    """Answer until ``stop`` is set, with ``beside`` running meanwhile."""
    work = asyncio.create_task(beside(app, stop)) if beside else None
    try:
        if await _unless(stop, _begin(app)):
            log.info("ready", extra={"bot": app.bot.username})
            await stop.wait()
    finally:
        await _end(app)
        if work:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


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
    await _connect(app)
    if app.post_init:
        await app.post_init(app)
    assert app.updater is not None
    await app.updater.start_polling(
        timeout=POLL_SECONDS,
        bootstrap_retries=-1,
        allowed_updates=ALLOWED,
        drop_pending_updates=False,
        error_callback=PollTrouble(),
    )
    await app.start()


async def _connect(app: App) -> None:
    """Meet Telegram, however long the network takes to come."""
    delay = _FIRST_DELAY
    while True:
        try:
            return await app.initialize()
        except InvalidToken:  # its message holds the token
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN: Telegram does not know it; expected the token from @BotFather"
            ) from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached, trying again", extra={"error": str(error), "seconds": delay})
        await asyncio.sleep(delay)
        delay = min(2 * delay, _MOST_DELAY)


async def _end(app: App) -> None:
    if app.updater and app.updater.running:
        await _within(_STOP_POLLING, app.updater.stop(), "asking for updates")
    if app.running:
        await _within(_FINISH, app.stop(), "answers in progress")
    await app.shutdown()
    await app.bot.shutdown()  # also when it never got as far as being initialized


async def _within(seconds: float, work: Coroutine[Any, Any, None], what: str) -> None:
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        log.warning("stopped without waiting any longer", extra={"for": what, "seconds": seconds})

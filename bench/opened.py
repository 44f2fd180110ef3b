"""The console alone, on a free port of this machine, in front of a bot that is not running: for tests and pictures."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.app import build
from bot.chat.talk import Engine
from bot.config import Secret, Settings
from bot.kb.versions import Versions
from bot.monitor.hide import Redact
from bot.monitor.ring import Ring
from bot.parts import Parts, parts
from bot.web.console.desk import Desk
from bot.web.console.routes import desk_of, routes_of
from bot.web.service import Service

PASSWORD = "korean-owl-bus-77"


@dataclass(frozen=True)
class Open:
    """Where it is, and what it shows."""

    url: str
    desk: Desk
    bot: Parts


@asynccontextmanager
async def opened(
    settings: Settings, engine: Engine, versions: Versions, clock: Callable[[], float] = time.time
) -> AsyncIterator[Open]:
    """Inside it answers."""
    app = build(settings, engine)
    found = parts(app)
    ring = Ring(Redact.of(settings))
    desk = desk_of(found, settings.admin_password or Secret(PASSWORD), versions, ring)
    desk.clock = clock
    logging.getLogger().addHandler(ring)
    try:
        async with found.store, Service("127.0.0.1", 0, routes_of(desk)) as service:
            yield Open(f"http://127.0.0.1:{service.port}", desk, found)
    finally:
        logging.getLogger().removeHandler(ring)
        found.threads.close()
        desk.close()
        await app.bot.shutdown()

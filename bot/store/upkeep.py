"""What goes on beside the answers: rows past their time are deleted at the start and once a day."""

from __future__ import annotations

import asyncio
import logging
import time

from bot.errors import StoreError
from bot.store.keeper import Store
from bot.store.retention import DAY, purge

log = logging.getLogger(__name__)

_AGAIN_SECONDS = 600.0
"""After a failure."""


async def keep_tidy(store: Store, days: int, stop: asyncio.Event) -> None:
    """Delete what is older than ``days`` until ``stop``."""
    while not stop.is_set():
        wait = DAY
        try:
            gone = await tidy(store, days)
            log.info(
                "deleted what is past its time",
                extra={"code": "I502"} | {f"deleted_{table}": rows for table, rows in gone.items()},
            )
        except StoreError:
            wait = _AGAIN_SECONDS
        try:
            await asyncio.wait_for(stop.wait(), wait)
        except TimeoutError:
            continue


async def tidy(store: Store, days: int) -> dict[str, int]:
    """Delete once; how many rows of each table. Raises StoreError."""
    gone = await store.write(purge(time.time(), days))
    await store.rub_out()
    return gone

"""When does a knowledge folder change, and when has it come to rest?

``watchfiles`` wakes at once; beside it the folder is looked at every second, because a watch loses a folder that is
deleted, comes back, or is exchanged by a link, and hears nothing on network drives.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

from bot.kb.files import Signature, signature

log = logging.getLogger(__name__)

QUIET = 0.25
"""Seconds without a change after which files are taken for saved."""
_LOOK = 1.0


async def changes(root: Path, stop: asyncio.Event, since: Signature, quiet: float = QUIET) -> AsyncIterator[Signature]:
    """The state of the folder each time that it came to rest in another state than the last, from ``since`` on."""
    last = since
    async for _ in _wakings(root, stop):
        while (now := await asyncio.to_thread(signature, root)) != last and not stop.is_set():
            await _pause(quiet, stop)
            if await asyncio.to_thread(signature, root) == now:
                last = now
                yield now


async def _wakings(root: Path, stop: asyncio.Event) -> AsyncIterator[None]:
    """Now and whenever it is worth a look."""
    while not stop.is_set():
        yield
        if (real := _real(root)) is None:
            await _pause(_LOOK / 4, stop)
            continue
        try:
            async for _ in _watched(root, real, stop):
                yield
        except (OSError, RuntimeError) as error:  # gone between two looks, or no watches are left on this machine
            log.debug("the knowledge is not watched, only looked at", extra={"error": str(error)})
            await _pause(_LOOK, stop)


async def _watched(root: Path, real: str, stop: asyncio.Event) -> AsyncIterator[None]:
    """As long as the same folder is there."""
    look = int(_LOOK * 1000)
    async for _ in awatch(real, watch_filter=None, stop_event=stop, step=20, rust_timeout=look, yield_on_timeout=True):
        yield
        if _real(root) != real:
            return


def _real(root: Path) -> str | None:
    """Where the folder is, after all links; None: nowhere."""
    try:
        return os.path.realpath(root) if root.is_dir() else None
    except OSError:
        return None


async def _pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait, but not for somebody who stops."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return

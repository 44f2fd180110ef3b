"""An update in hand."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.store.inbox import Row

_ASK_SECONDS = 0.2
"""So long danger waits for the database to say whether it was answered before."""


@dataclass
class Item:
    """``done`` when it is out of hand. ``is_new`` (danger only): whether the database had not seen it before."""

    row: Row
    is_stored: bool
    done: asyncio.Future[None]
    is_new: asyncio.Future[bool] | None = None

    async def is_repeat(self) -> bool:
        """What the database says; danger does not wait long for it."""
        if self.is_new is None:
            return False
        await asyncio.wait([self.is_new], timeout=_ASK_SECONDS)
        return self.is_new.done() and not self.is_new.result()

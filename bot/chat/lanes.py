"""In which order are updates worked on? One after the other within a chat, side by side between chats."""

import asyncio
from weakref import WeakValueDictionary


class Lanes:
    """A lock for each chat, which lives as long as somebody holds it or waits for it. First come, first served."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._locks)

    def of(self, chat: int) -> asyncio.Lock:
        """The lane of a chat: ``async with lanes.of(chat): ...``"""
        if (lock := self._locks.get(chat)) is None:
            lock = self._locks[chat] = asyncio.Lock()
        return lock

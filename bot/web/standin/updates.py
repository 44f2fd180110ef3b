"""The queue of updates: kept until the bot confirms them, asked for by one poller at a time."""

from typing import Any

Json = dict[str, Any]
FIRST_ID = 100_000_001
MAX_BATCH = 100
# Where an update tells its chat.
_PLACES = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member")
# What a bot must ask for by name.
_RESERVED = {"chat_member", "message_reaction", "message_reaction_count"}


def lane(update: Json) -> int:
    """The chat within which updates keep their order; 0 for those without one."""
    content = next((update[name] for name in _PLACES if name in update), None)
    if content is None:
        content = update.get("callback_query", {}).get("message") or {}
    return int(content.get("chat", {}).get("id", 0))


class Updates:
    """Updates waiting for the bot, oldest first."""

    def __init__(self, first: int = FIRST_ID) -> None:
        self._waiting: dict[int, Json] = {}
        self._next = first
        self.allowed: list[str] = []
        self.turn = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, kind: str, content: Json) -> int:
        """Queue an update if the bot wants this kind; its number either way."""
        number, self._next = self._next, self._next + 1
        if self.wants(kind):
            self._waiting[number] = {"update_id": number, kind: content}
        return number

    def repeat(self, update: Json) -> None:
        """Queue an update once more, as Telegram does when it is not sure that it arrived."""
        self._waiting[update["update_id"]] = update
        self._waiting = dict(sorted(self._waiting.items()))

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in _RESERVED

    def confirm(self, offset: int) -> None:
        """Forget what comes before ``offset``; a negative one counts from the end."""
        keep = list(self._waiting)[offset:] if offset < 0 else [n for n in self._waiting if n >= offset]
        self._waiting = {number: self._waiting[number] for number in keep}

    def batch(self, limit: int) -> list[Json]:
        """The oldest updates, still unconfirmed."""
        size = limit if 1 <= limit <= MAX_BATCH else MAX_BATCH
        return list(self._waiting.values())[:size]

    def all(self) -> list[Json]:
        """All that wait."""
        return list(self._waiting.values())

    def forget(self, number: int) -> None:
        """One update arrived."""
        self._waiting.pop(number, None)

    def clear(self) -> None:
        """Forget all, unconfirmed or not."""
        self._waiting.clear()

    def take_turn(self) -> int:
        """Become the poller; who polled before loses the turn."""
        self.turn += 1
        return self.turn

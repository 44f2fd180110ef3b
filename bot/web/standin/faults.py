"""Trouble to order: errors, slowness and broken connections."""

import time
from dataclasses import dataclass, field

from .errors import ApiError

_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(eq=False)
class Fault:
    """What goes wrong, for which calls and how often; ``used`` counts."""

    method: str = ""
    chat: int | None = None
    error: int = 0
    retry_after: int = 0
    description: str = ""
    times: int | None = 1
    drop: str = ""
    slow: float = 0.0
    used: int = 0

    def __post_init__(self) -> None:
        if not (self.error or self.drop or self.slow):
            raise ValueError("a fault needs error=, drop= or slow=")
        if self.drop not in {"", "before", "after"}:
            raise ValueError('drop is "before" or "after" the call was carried out')

    def concerns(self, method: str, chat: int | None) -> bool:
        """Whether the fault hits this call."""
        if self.times is not None and self.used >= self.times:
            return False
        return self.method.lower() in {"", method.lower()} and self.chat in {None, chat}

    def answer(self) -> ApiError:
        """The error that the bot gets."""
        if self.error == 429:
            words = self.description or f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, words, retry_after=self.retry_after)
        return ApiError(self.error, self.description or _WORDS.get(self.error, "Error"))


@dataclass
class Faults:
    """The faults ordered, oldest first; a call meets one at most."""

    ordered: list[Fault] = field(default_factory=list)
    dark_until: float = 0.0

    @property
    def offline(self) -> bool:
        """Whether there is no network between the bot and Telegram, in either direction."""
        return time.monotonic() < self.dark_until

    def cut(self, seconds: float) -> None:
        """From now on there is no network for a while."""
        self.dark_until = time.monotonic() + seconds

    def order(self, fault: Fault) -> Fault:
        """From now on, this goes wrong."""
        self.ordered = [old for old in self.ordered if old.times is None or old.used < old.times] + [fault]
        return fault

    def meet(self, method: str, chat: int | None) -> Fault | None:
        """The fault that hits a call, counted as used."""
        if self.offline:
            return Fault(drop="before")
        for fault in self.ordered:
            if fault.concerns(method, chat):
                fault.used += 1
                return fault
        return None

    def clear(self) -> None:
        """All is well again."""
        self.ordered.clear()
        self.dark_until = 0.0

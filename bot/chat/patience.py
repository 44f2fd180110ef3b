"""How long is a message tried, and what comes of it when that is in vain?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the outbox tries: so often, waiting so many seconds in all, the first time after a network error."""

    tries: int = 3
    seconds: float = 60.0
    pause: float = 0.5


STEADY = Patience()


class GaveUp(Exception):
    """The reply could not be delivered. ``again``: it may be in so many seconds; None: never."""

    def __init__(self, again: float | None = None) -> None:
        super().__init__()
        self.again = again

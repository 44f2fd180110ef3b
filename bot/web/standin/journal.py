"""What changed, in order, so that a page that looks on misses nothing."""

import secrets
from collections import deque
from dataclasses import dataclass
from typing import Literal

Kind = Literal["message", "action", "answer", "people", "bot"]
MAX_ENTRIES = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: what became different, not how."""

    number: int
    kind: Kind
    thing: object


class Journal:
    """The last changes. ``run`` tells this journal from that of a stand-in that ran before."""

    def __init__(self) -> None:
        self.run = secrets.token_hex(4)
        self.last = 0
        self._entries: deque[Entry] = deque(maxlen=MAX_ENTRIES)

    def note(self, kind: Kind, thing: object = None) -> None:
        """Something changed."""
        self.last += 1
        self._entries.append(Entry(self.last, kind, thing))

    def since(self, number: int) -> list[Entry] | None:
        """What changed after ``number``, each thing once; None when nobody remembers that far back."""
        if number > self.last or number < self.last - len(self._entries):
            return None
        newest = {(entry.kind, id(entry.thing)): entry for entry in self._entries if entry.number > number}
        return sorted(newest.values(), key=lambda entry: entry.number)

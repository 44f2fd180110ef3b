"""Updates spoilt in their structure and byte by byte, the same ones for the same seed."""

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Json = dict[str, Any]
Where = tuple[Any, Any]
"""A dict or list, and the key in it."""

STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**40, 1.5, 1e308, float("nan"), float("inf"),
    "", " ", "\0", "\ud800", "a" * 5000, "가" * 4097, "<b>", "{}", "%s{0}", "\u202e", "123", "-1", "null", "/start",
    [], {}, [[]], [None], {"": None}, {"id": None}, [{}] * 50,
)  # fmt: skip
_BYTES = (b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"{", b"}", b"[", b'"', b"\\u", b",", b":", b"e999", b"\n")
MAX_BYTES = 20_000
DEEP = 3000


class Mutator:
    """Makes updates without end. Most keep a number of their own, or they would all be taken for repeats."""

    def __init__(self, seeds: Sequence[Json], seed: int = 1, first_update: int = 500_000_000) -> None:
        self._seeds, self._random, self._number = list(seeds), random.Random(seed), first_update
        self._shapes: tuple[Callable[[Json], object], ...] = (
            self._drop, self._exchange, self._rename, self._swap, self._copy, self._nest,
        )  # fmt: skip

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield self.next()

    def next(self) -> bytes:
        """The next body: half of them spoilt in structure, a third in bytes, the rest in both or not at all."""
        self._number += 1
        update = {**copy.deepcopy(self._random.choice(self._seeds)), "update_id": self._number}
        kind = self._random.random()
        if kind < 0.6:
            for _ in range(self._random.choice((1, 1, 1, 2, 3, 8))):
                self._random.choice(self._shapes)(update)
        if self._random.random() < 0.9:
            update.setdefault("update_id", self._number)
        body = json.dumps(update, ensure_ascii=self._random.random() < 0.5).encode("utf-8", "surrogatepass")
        return self._spoilt(body)[:MAX_BYTES] if 0.5 < kind < 0.95 else body

    def _spoilt(self, body: bytes) -> bytes:
        for _ in range(self._random.choice((1, 1, 2, 4, 16))):
            a, b = sorted(self._random.randrange(len(body) + 1) for _ in range(2))
            b = min(b, a + self._random.choice((0, 1, 2, 8, 64)))
            middle = self._random.choice(
                (self._random.randbytes(b - a), self._random.choice(_BYTES), b"", body[a:b] * 3, b"[" * DEEP)
            )
            body = body[:a] + middle + body[b:]
        return body[: self._random.randrange(len(body) + 1)] if self._random.random() < 0.1 else body

    def _spot(self, update: Json) -> Where:
        """A place somewhere in it, deep ones as likely as others."""
        places = list(_places(update))
        return self._random.choice(places) if places else (update, "message")

    def _drop(self, update: Json) -> None:
        holder, key = self._spot(update)
        if key in holder if isinstance(holder, dict) else key < len(holder):
            del holder[key]

    def _exchange(self, update: Json) -> None:
        holder, key = self._spot(update)
        holder[key] = copy.deepcopy(self._random.choice(STRANGE))

    def _rename(self, update: Json) -> None:
        holder, key = self._spot(update)
        if isinstance(holder, dict) and key in holder:
            _, other = self._spot(self._random.choice(self._seeds))
            holder[str(other)] = holder.pop(key)

    def _swap(self, update: Json) -> None:
        (one, key), (other, name) = self._spot(update), self._spot(self._random.choice(self._seeds))
        if isinstance(other, list) or name in other:
            one[key] = copy.deepcopy(other[name])

    def _copy(self, update: Json) -> None:
        holder, key = self._spot(update)
        if isinstance(holder, dict):
            holder.update(copy.deepcopy(self._random.choice(self._seeds)))
        else:
            holder.extend(copy.deepcopy(holder[key : key + 1]) * self._random.choice((1, 3, 200)))

    def _nest(self, update: Json) -> None:
        holder, key = self._spot(update)
        inner: Any = holder[key] if isinstance(holder, list) or key in holder else None
        for _ in range(self._random.choice((1, 2, 60))):
            inner = [inner] if self._random.random() < 0.5 else {str(key): inner}
        holder[key] = inner


def _places(value: Any) -> Iterator[Where]:
    if isinstance(value, dict):
        items: Any = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    else:
        return
    for key, inner in items:
        yield value, key
        yield from _places(inner)

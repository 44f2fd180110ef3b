"""Who is at the console: logins, how often they may be tried, and how long they last. In memory: a restart ends all."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

IDLE_SECONDS, MOST_SECONDS = 30 * 60.0, 8 * 3600.0
_SESSIONS, _KEYS = 100, 10_000

Clock = Callable[[], float]


@dataclass
class Session:
    """``id`` is for the access log and opens nothing; ``token`` goes into forms."""

    id: str
    who: str
    token: str
    began: float
    seen: float


class Limit:
    """At most ``most`` within ``seconds`` for each key; the keys that were heard of longest ago are forgotten."""

    def __init__(self, most: int, seconds: float, clock: Clock = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str = "") -> float:
        """Seconds until there is room for one more; 0: now."""
        times = self._times.get(key)
        if times is None or len(times) < self._most:
            return 0.0
        return max(0.0, times[0] + self._seconds - self._clock())

    def count(self, key: str = "") -> None:
        """One more."""
        times = self._times.setdefault(key, deque(maxlen=self._most))
        self._times.move_to_end(key)
        times.append(self._clock())
        if len(self._times) > _KEYS:
            self._times.popitem(last=False)

    def forget(self, key: str) -> None:
        """Begin anew."""
        self._times.pop(key, None)


class Sessions:
    """Opened by the password alone; the browser holds a random number, of which only the hash is kept here."""

    def __init__(self, password: str, clock: Clock = time.monotonic) -> None:
        self._hash, self._clock = _digest(password), clock
        self._open: OrderedDict[bytes, Session] = OrderedDict()
        self._tries_here, self._tries = Limit(5, 300, clock), Limit(50, 300, clock)

    def wait(self, address: str) -> float:
        """Seconds until a password from this address is looked at again."""
        return max(self._tries_here.wait(address), self._tries.wait())

    def enter(self, password: str, who: str, address: str) -> tuple[str, Session] | None:
        """The number for the browser; None: the wrong password, or too many tries."""
        if self.wait(address):
            return None
        self._tries_here.count(address)
        self._tries.count()
        if not hmac.compare_digest(_digest(password), self._hash):
            return None
        self._tries_here.forget(address)
        now, number = self._clock(), secrets.token_urlsafe(32)
        session = Session(secrets.token_hex(4), who, secrets.token_urlsafe(32), now, now)
        self._open[_digest(number)] = session
        while len(self._open) > _SESSIONS:
            self._open.popitem(last=False)
        return number, session

    def find(self, number: str) -> Session | None:
        """The session that a browser's number opens, if it lasts still."""
        key, now = _digest(number), self._clock()
        session = self._open.get(key)
        if session is None:
            return None
        if now - session.seen > IDLE_SECONDS or now - session.began > MOST_SECONDS:
            del self._open[key]
            return None
        session.seen = now
        return session

    def leave(self, number: str) -> None:
        """End it."""
        self._open.pop(_digest(number), None)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

"""What happened, what of it was told, and what is due to be told now? No clock, no network."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.monitor.kinds import kind

_HOUR = 3600.0
_ROWS, _TEXT, _MESSAGE = 10, 500, 3900
"""How many row numbers, letters of one text and of a message (Telegram takes 4096) are told."""
_DOUBLINGS = 5
"""What goes on and on is told ever more seldom: windows double so often."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds in which the same kind is told once, and messages in an hour."""

    window: float = 600.0
    an_hour: int = 12


@dataclass
class _Entry:
    """One kind: since when, how often, and what of it was told."""

    since: float
    count: int = 0
    unsaid: int = 0
    text: str = ""
    rows: deque[int] = field(default_factory=lambda: deque(maxlen=_ROWS))
    more_rows: int = 0
    over_at: float | None = None
    told_at: float | None = None
    told_over: bool = False
    """The last telling said that it is over."""
    tellings: int = 0

    @property
    def is_over(self) -> bool:
        return self.over_at is not None

    @property
    def is_news(self) -> bool:
        return self.unsaid > 0 or (self.is_over and not self.told_over)

    def due(self, window: float) -> float:
        """When it may be told: at once the first time and when it is over, else once in a window."""
        if self.told_at is None:
            return self.since
        return self.told_at if self.is_over and not self.told_over else self.told_at + self.pause(window)

    def pause(self, window: float) -> float:
        """How long nothing more is told, after so many tellings."""
        return window * 2.0 ** min(self.tellings - 1, _DOUBLINGS)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message, and what it tells: kind, how many times, whether that it is over."""

    text: str
    told: tuple[tuple[str, int, bool], ...]


class Ledger:
    """Troubles by kind. Its size is bounded by the kinds."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._entries: dict[str, _Entry] = {}
        self._sent: deque[float] = deque(maxlen=limits.an_hour)
        self.quiet_until = 0.0

    def trouble(self, name: str, text: str, row: int | None, now: float) -> None:
        """It happened, once more or for the first time."""
        entry = self._entries.setdefault(name, _Entry(now))
        if entry.is_over:
            entry.over_at, entry.since, entry.count = None, now, entry.unsaid
        entry.count += 1
        entry.unsaid += 1
        entry.text = text[:_TEXT] or entry.text
        if row is not None:
            entry.more_rows += len(entry.rows) == _ROWS
            entry.rows.append(row)

    def over(self, name: str, text: str, now: float) -> bool:
        """It is over; whether it was there at all."""
        entry = self._entries.get(name)
        if entry is None or entry.is_over or not kind(name).lasts:
            return False
        entry.over_at, entry.text = now, text[:_TEXT]
        return True

    def wait(self, now: float) -> float | None:
        """Seconds until something is due; None: nothing is new."""
        times = [entry.due(self._limits.window) for entry in self._entries.values() if entry.is_news]
        if not times:
            return None
        return max(0.0, min(times) - now, self.quiet_until - now, self._full(now))

    def draft(self, now: float) -> Draft | None:
        """One message about all that is due."""
        self._forget(now)
        if self.wait(now) != 0.0:
            return None
        due = {n: e for n, e in self._entries.items() if e.is_news and e.due(self._limits.window) <= now}
        parts = [_told(name, entry, now) for name, entry in due.items()]
        if self._held(min(entry.due(self._limits.window) for entry in due.values())):
            parts.insert(0, f"⏸ 알림이 한 시간에 {self._limits.an_hour}번을 넘어 모아서 보냅니다.")
        return Draft(_joined(parts), tuple((name, e.unsaid, e.is_over) for name, e in due.items()))

    def sent(self, draft: Draft, now: float) -> None:
        """The message went out; what came meanwhile is still news."""
        self._sent.append(now)
        for name, count, is_over in draft.told:
            entry = self._entries[name]
            entry.unsaid -= count
            entry.told_at, entry.told_over = now, is_over and entry.is_over
            entry.tellings += 1
            if not entry.unsaid:
                entry.rows.clear()
                entry.more_rows = 0

    def _full(self, now: float) -> float:
        """Seconds until the hour has room for another message."""
        return self._sent[0] + _HOUR - now if len(self._sent) == self._limits.an_hour else 0.0

    def _held(self, due: float) -> bool:
        """Whether what was due then had to wait for room."""
        return self._full(due) > 0

    def _forget(self, now: float) -> None:
        """What was told to the end and has not come back within a window."""
        for name, entry in list(self._entries.items()):
            is_done = entry.told_over or not kind(name).lasts
            if is_done and not entry.is_news and now >= (entry.told_at or 0.0) + entry.pause(self._limits.window):
                del self._entries[name]


def _told(name: str, entry: _Entry, now: float) -> str:
    """One kind, in a few lines."""
    known, span = kind(name), duration((now if entry.over_at is None else entry.over_at) - entry.since)
    times = f" ({entry.count}번)" if entry.count > 1 else ""
    if entry.is_over:
        first = f"🟢 풀렸습니다: {known.title} — {span} 만에{times}"
    elif entry.told_at is None or entry.unsaid == entry.count:
        first = f"{'🔴' if known.lasts else '🔔'} {known.title}{times}"
    else:
        first = f"🟠 {'계속됩니다' if known.lasts else '또 있습니다'}: {known.title} — {span} 동안 {entry.count}번"
    more = f" 외 {entry.more_rows}개" if entry.more_rows else ""
    rows = f"줄 번호 {', '.join(map(str, entry.rows))}{more}" if entry.rows else ""
    todo = "" if entry.is_over else f"할 일: {known.todo}"
    return "\n".join(filter(None, (first, entry.text, rows, todo)))


def _joined(parts: Iterable[str]) -> str:
    text = "\n\n".join(parts)
    return text if len(text) <= _MESSAGE else text[:_MESSAGE] + "\n…"


def duration(seconds: float) -> str:
    """A span of time, as people say it."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole}초"
    minutes = whole // 60
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days}일 {hours % 24}시간"
    return f"{hours}시간 {minutes % 60}분" if hours else f"{minutes}분"

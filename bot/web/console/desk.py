"""What the pages have at hand: the running bot, seen from outside."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.chat.talk import Holder
from bot.config import Settings
from bot.kb.load import Knowledge
from bot.kb.versions import Versions
from bot.monitor.ring import Ring
from bot.monitor.vigil import Vigil
from bot.store.access import Access, Deed, note
from bot.store.keeper import Store
from bot.web.console.drawn import Drawn
from bot.web.console.sessions import Limit, Session, Sessions


class Source(Protocol):
    """What the console needs of a running bot."""

    @property
    def settings(self) -> Settings: ...

    @property
    def holder(self) -> Holder: ...

    @property
    def store(self) -> Store: ...

    @property
    def vigil(self) -> Vigil: ...

    def checks(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Span:
    """Days of the city, both included."""

    first: date
    last: date

    @property
    def days(self) -> list[str]:
        """All of them, in order."""
        return [(self.first + timedelta(n)).isoformat() for n in range((self.last - self.first).days + 1)]

    @property
    def ends(self) -> tuple[str, str]:
        """As ``store.stats`` wants them."""
        return self.first.isoformat(), self.last.isoformat()


@dataclass
class Desk:
    """``ring`` is None where nobody keeps log lines; ``clock``: seconds since 1970."""

    bot: Source
    versions: Versions
    ring: Ring | None
    sessions: Sessions
    clock: Callable[[], float] = time.time
    drawn: Drawn = field(default_factory=Drawn)
    asked: Limit = field(default_factory=lambda: Limit(30, 60))
    checked: Limit = field(default_factory=lambda: Limit(4, 60))

    def close(self) -> None:
        """Draw no more."""
        self.drawn.close()

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge of the moment."""
        return self.bot.holder.engine.knowledge

    @property
    def zone(self) -> ZoneInfo:
        """The city's."""
        return ZoneInfo(self.knowledge.city.time_zone)

    def span(self, days: int) -> Span:
        """So many days, today the last."""
        today = datetime.fromtimestamp(self.clock(), self.zone).date()
        return Span(today - timedelta(days - 1), today)

    def when(self, at: float) -> str:
        """A time as the city's clocks show it."""
        return datetime.fromtimestamp(at, self.zone).strftime("%Y-%m-%d %H:%M:%S")

    def called(self, programme: str | None) -> str:
        """A programme's name; its id where it is gone."""
        found = self.knowledge.programme(programme) if programme else None
        return found.name if found else programme or ""

    async def note(self, who: Session | str, address: str, deed: Deed, about: str, status: int) -> None:
        """Into the access log, now or as soon as the database is back."""
        name, id_ = (who.who, who.id) if isinstance(who, Session) else (who, "")
        await self.bot.store.settle(note(Access(self.clock(), name, address, id_, deed, about, status)))

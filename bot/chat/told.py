"""What the conversation tells those who watch: numbers, and alerts without a word of a citizen's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from telegram.error import Conflict, Forbidden, TelegramError

from bot.chat.trouble import trouble
from bot.engine.answer import Answer, Urgent
from bot.kb.model import Language
from bot.monitor.alerts import Alerts
from bot.monitor.metrics import Metrics
from bot.store.questions import Vote


@dataclass(frozen=True)
class Told:
    """By default nobody listens."""

    metrics: Metrics = field(default_factory=Metrics)
    alerts: Alerts = field(default_factory=lambda: Alerts(None))

    def answered(self, answer: Answer, seconds: float, lang: Language, steps: Mapping[str, float], row: int) -> None:
        """A question was answered, so long after it came in. ``row``: its number in the store."""
        self.metrics.answered(answer, seconds * 1000, lang, steps)
        if isinstance(answer, Urgent):
            self.alerts.trouble("emergency", row=row)

    def voted(self, vote: Vote) -> None:
        """Somebody said what they thought of an answer."""
        self.metrics.vote(vote)

    def refused(self, error: TelegramError) -> None:
        """Telegram did not do what was asked."""
        self.metrics.telegram_error(trouble(error))

    def polled(self, error: TelegramError | None) -> None:
        """Asking for updates failed; None: it worked."""
        if error is None:
            self.alerts.over("conflict")
            self.alerts.over("telegram")
            return
        self.refused(error)
        if isinstance(error, Conflict):
            self.alerts.trouble("conflict")
        elif not isinstance(error, Forbidden):
            self.alerts.trouble("telegram", trouble(error))

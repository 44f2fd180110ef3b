"""What does Prometheus scrape? Counts and times without words or people, on a registry of its own."""

import logging
import math
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, Metric, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bot import __version__
from bot.engine.answer import OUTCOMES, Answer, Found, Urgent
from bot.kb.model import LANGUAGES

STEPS = ("wait", "encode", "danger", "read", "rules", "decide", "language", "render", "store", "send")
"""Where the time of one question goes; ``wait`` is in the inbox."""
TROUBLES = ("conflict", "flood", "forbidden", "network", "refused", "server", "timeout")
"""Kinds of errors of Telegram: what was done, not what was said."""
VOTES = ("up", "down", "missing")
LEVELS = ("warning", "error", "critical")
OTHER = "other"
"""In place of every label that is not known, so that nobody can make a thousand series."""

GAUGES: Mapping[str, tuple[str, bool]] = {
    "inbox_depth": ("Updates that wait for an answer.", False),
    "inbox_oldest_seconds": ("Age of the oldest update that waits; 0 if none does.", False),
    "telegram_silence_seconds": ("Since Telegram was reached last.", False),
    "knowledge_age_seconds": ("Since the knowledge in use was loaded.", False),
    "review_dates_passed": ("Programmes whose review date has passed.", False),
    "translations_stale": ("Translations older than their Korean text.", False),
    "database_up": ("1: the database can be written.", True),
    "encoder_present": ("1: searched by meaning too; 0: by spelling alone.", True),
    "ready": ("1: knowledge loaded, database writable, Telegram reached lately.", True),
    "disk_free_bytes": ("Free space of the folder of data.", False),
    "disk_size_bytes": ("Size of the disk of the folder of data.", False),
}
"""What is asked for at each scrape: name, help, and whether it is a yes or no, which is no where asking fails."""

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_CODE = re.compile(r"[EI][0-9]{3}")
Reading = Callable[[], float]

log = logging.getLogger(__name__)
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """Count here; ``watch`` what can be asked for; ``render`` for the scrape.

    ``programmes`` gives the ids of the knowledge of the moment: no other becomes a label.
    """

    def __init__(self, programmes: Callable[[], Collection[str]] = tuple, data: Path | None = None) -> None:
        self._programmes = programmes
        self.registry = CollectorRegistry()
        self._counters(self.registry)
        self._gauges = _Gauges()
        self.registry.register(self._gauges)
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        if data:
            self.watch("disk_free_bytes", lambda: shutil.disk_usage(data).free)
            self.watch("disk_size_bytes", lambda: shutil.disk_usage(data).total)

    def _counters(self, to: CollectorRegistry) -> None:
        self._questions = Counter("bot_questions", "Questions answered.", ["outcome", "language"], registry=to)
        self._by_programme = Counter(
            "bot_programme", "Questions answered with a programme.", ["programme"], registry=to
        )
        self._emergencies = Counter("bot_emergencies", "Messages of danger that got the numbers.", registry=to)
        self._whole = Histogram("bot_answer_seconds", "From intake to reply.", registry=to, buckets=_BUCKETS)
        self._by_step = Histogram("bot_step_seconds", "One step.", ["step"], registry=to, buckets=_BUCKETS)
        self._telegram = Counter("bot_telegram_errors", "Errors of Telegram.", ["kind"], registry=to)
        self._reloads = Counter("bot_reloads", "New knowledge, taken or not.", ["result"], registry=to)
        self._votes = Counter("bot_votes", "Votes of citizens.", ["vote"], registry=to)
        self._lines = Counter("bot_log_lines", "Log lines of trouble.", ["level"], registry=to)
        self._codes = Counter("bot_log_codes", "The same by code (docs/admin.md).", ["code"], registry=to)
        Info("bot", "The bot.", registry=to).info({"version": __version__})
        self._begin()

    def _begin(self) -> None:
        """Series begin at 0: Prometheus cannot tell a first 1 from one that was always there."""
        for outcome in OUTCOMES.values():
            for language in (*LANGUAGES, OTHER):
                self._questions.labels(outcome, language)
        for counter, labels in (
            (self._telegram, (*TROUBLES, OTHER)),
            (self._reloads, ("good", "refused")),
            (self._votes, (*VOTES, OTHER)),
            (self._lines, LEVELS),
            (self._codes, (OTHER,)),
        ):
            for label in labels:
                counter.labels(label)
        for step in STEPS:
            self._by_step.labels(step)

    def answered(self, answer: Answer, ms: float, lang: str, steps: Mapping[str, float] | None = None) -> None:
        """One question, in milliseconds as the log line says them."""
        self._questions.labels(OUTCOMES[type(answer)], _known(lang, LANGUAGES)).inc()
        if isinstance(answer, Found):
            self._by_programme.labels(_known(answer.id, self._programmes())).inc()
        if isinstance(answer, Urgent):
            self._emergencies.inc()
        self._whole.observe(ms / 1000)
        for step, spent in (steps or {}).items():
            self.step(step, spent)

    def step(self, step: str, ms: float) -> None:
        """A step that ends after the answer is counted: storing, sending."""
        self._by_step.labels(_known(step, STEPS)).observe(ms / 1000)

    def telegram_error(self, kind: str) -> None:
        """An error of Telegram, one of ``TROUBLES``."""
        self._telegram.labels(_known(kind, TROUBLES)).inc()

    def reloaded(self, is_good: bool) -> None:
        """New knowledge was taken, or refused."""
        self._reloads.labels("good" if is_good else "refused").inc()

    def vote(self, kind: str) -> None:
        """A citizen's vote, one of ``VOTES``."""
        self._votes.labels(_known(kind, VOTES)).inc()

    def watch(self, name: str, reading: Reading) -> None:
        """Ask this at each scrape. Raises KeyError for a name that is not in ``GAUGES``."""
        if name not in GAUGES:
            raise KeyError(name)
        self._gauges.readings[name] = reading

    def handler(self) -> logging.Handler:
        """Counts lines of trouble by level and code: to be added to the root logger."""
        return _Lines(self._lines, self._codes)

    def render(self) -> tuple[bytes, str]:
        """What Prometheus reads, and its content type."""
        for programme in self._programmes():
            self._by_programme.labels(programme)
        return generate_latest(self.registry), CONTENT_TYPE_PLAIN_0_0_4


def _known(label: str, known: Collection[str]) -> str:
    return label if label in known else OTHER


class _Gauges(Collector):
    """Readings; what nobody watches is not there, rather than wrong."""

    def __init__(self) -> None:
        self.readings: dict[str, Reading] = {}
        self._failed: set[str] = set()

    def collect(self) -> Iterator[Metric]:
        for name, reading in list(self.readings.items()):
            yield GaugeMetricFamily(f"bot_{name}", GAUGES[name][0], value=self._read(name, reading))

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not read yet."""
        return ()

    def _read(self, name: str, reading: Reading) -> float:
        """The reading; one that fails must cost no other number of the scrape, and is told once."""
        try:
            value = float(reading())
        except Exception:
            if name not in self._failed:
                log.exception("a number could not be read", extra={"code": "E602", "number": name})
            self._failed.add(name)
            return 0.0 if GAUGES[name][1] else math.nan
        self._failed.discard(name)
        return value


class _Lines(logging.Handler):
    def __init__(self, lines: Counter, codes: Counter) -> None:
        super().__init__(logging.WARNING)
        self._counters = lines, codes

    def emit(self, record: logging.LogRecord) -> None:
        lines, codes = self._counters
        code = str(getattr(record, "code", ""))
        lines.labels(_known(record.levelname.lower(), LEVELS)).inc()
        codes.labels(code if _CODE.fullmatch(code) else OTHER).inc()

"""What does the bot write to its log? One line per question, never the question itself, never a secret, never who.

Everybody logs with the standard library; structlog makes the lines. ``docs/admin.md`` explains each ``code``.
"""

import contextlib
import logging
import signal
import sys
import threading
from asyncio import get_running_loop
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.config import LEVELS, LogFormat, Settings
from bot.engine.answer import OUTCOMES, Answer, Urgent
from bot.errors import BotError
from bot.monitor.hide import HIDDEN, Redact
from bot.monitor.lines import json_line, shortened, text_line

__all__ = [
    "HIDDEN",
    "QUIET",
    "Redact",
    "answered",
    "bound",
    "catching",
    "formatter",
    "level",
    "level_on_signal",
    "set_level",
    "set_up",
    "worth_a_line",
]

QUIET = ("httpx", "httpcore", "telegram", "uvicorn", "aiosqlite", "sqlalchemy", "asyncpg", "watchfiles", "matplotlib")
"""Below WARNING they say addresses with the token, statements with their values, or what the bot says itself."""

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_RENDER: dict[LogFormat, Processor] = {"json": json_line, "text": text_line}

log = logging.getLogger("bot")
bound = structlog.contextvars.bound_contextvars
"""``with bound(row=17):`` gives these fields to every line that is written inside, also by libraries and threads."""


def set_up(settings: Settings, stream: TextIO | None = None) -> None:
    """Send all logs to ``stream`` (standard error by default) as the settings say, redacted."""
    handler = _Handler(stream or sys.stderr)
    handler.usual = settings.log_level
    handler.addFilter(worth_a_line)
    handler.setFormatter(formatter(Redact.of(settings), settings.log_format))
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(settings.log_level)
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, so that setting up twice does not double the lines nor drop the handlers of others."""

    usual = "INFO"

    def handleError(self, record: logging.LogRecord) -> None:
        """The standard one prints the message and its arguments as they are, secrets too."""
        if sys.__stderr__:
            with contextlib.suppress(OSError, ValueError):
                sys.__stderr__.write(f"a log line of {record.name} could not be written (E601)\n")


def worth_a_line(record: logging.LogRecord) -> bool:
    """Whether a record is written: DEBUG is for the bot alone: libraries' debug lines hold whole messages."""
    if _within(record.name, "bot"):
        return True
    least = logging.WARNING if any(_within(record.name, name) for name in QUIET) else logging.INFO
    return record.levelno >= least


def _within(name: str, family: str) -> bool:
    return name == family or name.startswith(f"{family}.")


def formatter(redact: Redact, form: LogFormat) -> logging.Formatter:
    """Record → redacted line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.contextvars.merge_contextvars, _message, _extras],
        processors=[
            _head,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            shortened,
            _RENDER[form],
        ],
        pass_foreign_args=True,
        use_get_message=False,
    )


def _message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The message; one whose arguments do not fit it must cost neither the line nor the answer.

    Of python-telegram-bot's none are shown: where a reply is broken they are the whole reply, with what people wrote.
    """
    args = event.pop("positional_args", ())
    if _within(event["_record"].name, "telegram"):
        return event
    try:
        event["event"] = event["event"] % args if args else event["event"]
    except (TypeError, ValueError, KeyError):
        event["event"] = f"{event['event']} {args}"
    return event


def _extras(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    record = event["_record"]
    return {**event, **{name: value for name, value in vars(record).items() if name not in _STANDARD}}


def _head(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """When, how bad and whose stand first."""
    record: logging.LogRecord = event["_record"]
    time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    first: EventDict = {
        "time": time,
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": event.pop("event"),
    }
    return {**first, **event}


def level() -> str:
    """What is worth a line now."""
    return logging.getLevelName(logging.getLogger().level)


def set_level(name: str) -> None:
    """From now on this is worth a line. Raises ValueError for what is no level."""
    if name.upper() not in LEVELS:
        raise ValueError(name)
    before = logging.getLogger().level
    logging.getLogger().setLevel(min(before, logging.getLevelName(name.upper())))
    log.info("log level", extra={"code": "I104", "now": name.upper()})
    logging.getLogger().setLevel(name.upper())


def _toggle() -> None:
    """Between DEBUG and what the settings say."""
    usual = next((h.usual for h in logging.getLogger().handlers if isinstance(h, _Handler)), "INFO")
    set_level("DEBUG" if level() != "DEBUG" else usual if usual != "DEBUG" else "INFO")


def level_on_signal() -> None:
    """SIGUSR1 turns DEBUG on and off, while the running loop runs."""
    with contextlib.suppress(NotImplementedError, AttributeError):  # Windows has neither
        get_running_loop().add_signal_handler(signal.SIGUSR1, _toggle)


@contextlib.contextmanager
def catching() -> Iterator[None]:
    """What nobody caught, in any thread, and warnings go to the log: Python itself prints them with their secrets.

    What ends the work inside is logged, then exit 1; what this project raises on purpose goes on to whoever tells it.
    """
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    threading.excepthook = lambda lost: _uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)
    sys.unraisablehook = lambda lost: _uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)
    sys.excepthook = _uncaught
    logging.captureWarnings(True)
    try:
        yield
    except BotError:
        raise
    except Exception as error:
        _uncaught(type(error), error, error.__traceback__)
        raise SystemExit(1) from None
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before
        logging.captureWarnings(False)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        log.critical("an error that nobody caught", exc_info=(kind, error or kind(), trace), extra={"code": "E102"})


def answered(
    answer: Answer,
    ms: float,
    lang: str,
    *,
    steps: Mapping[str, float] | None = None,
    version: str | None = None,
    row: int | None = None,
) -> None:
    """The canonical line of one question: milliseconds in all and by step, the knowledge, the row in the database."""
    programme, score = _about(answer)
    fields: dict[str, Any] = {
        "code": "I201",
        "outcome": OUTCOMES[type(answer)],
        "programme": programme,
        "score": None if score is None else round(score, 3),
        "aspect": answer.aspect,
        "lang": lang,
        "ms": round(ms, 1),
        **{f"ms_{step}": round(spent, 1) for step, spent in (steps or {}).items()},
        "knowledge": version,
        "row": row,
    }
    known = {name: value for name, value in fields.items() if value is not None}
    log.info("answered", extra=known)


def _about(answer: Answer) -> tuple[str | None, float | None]:
    """The programme that is answered with or is nearest, and how sure that is; of danger, how sure that is."""
    if isinstance(answer, Urgent):
        return answer.asks, answer.score
    return (answer.hits[0].id, answer.hits[0].score) if answer.hits else (None, None)

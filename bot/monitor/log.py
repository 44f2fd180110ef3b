"""What does the bot write to its log? One line per question, never the question itself, never a secret, never who."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.config import LogFormat, Secret, Settings
from bot.engine.answer import OUTCOMES, Answer

HIDDEN = "[hidden]"
QUIET = ("httpx", "httpcore", "telegram", "watchfiles")
"""They log addresses (with the token) and whole messages below WARNING; the last one each file twice."""

_TOKEN = re.compile(r"(?:bot)?[0-9]{5,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_PASSWORD = re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)")
_SHORTEST = 4
"""A secret of fewer letters stands in half of all words: hiding it would ruin the log and tell what it is."""
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

log = logging.getLogger("bot")


class Redact(logging.Filter):
    """Takes tokens and secrets out of a record: message, arguments, extras, exception and stack."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        super().__init__()
        values = sorted((secret.reveal() for secret in secrets), key=len, reverse=True)
        self._values = [value for value in values if len(value) >= _SHORTEST]

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.clean(_message(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_text = self.clean(record.exc_text) if record.exc_text else None
        record.stack_info = self.clean(record.stack_info) if record.stack_info else None
        for name, value in _extras(record).items():
            if not isinstance(value, int | float | bool | None):
                setattr(record, name, self.clean(str(value)))
        return True

    def clean(self, text: str) -> str:
        """The text without anything secret in it."""
        for value in self._values:
            text = text.replace(value, HIDDEN)
        return _PASSWORD.sub(HIDDEN, _TOKEN.sub(HIDDEN, text))


def _message(record: logging.LogRecord) -> str:
    """The message; one whose arguments do not fit it must cost neither the line nor the answer."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args}"


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Json(logging.Formatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _message(record),
        }
        line |= _extras(record)
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)


class Text(logging.Formatter):
    """One line for people; an exception's lines follow it."""

    def format(self, record: logging.LogRecord) -> str:
        extras = "".join(f" {name}={value}" for name, value in _extras(record).items())
        first = f"{_time(record)} {record.levelname:<7} {record.name}: {_message(record)}{extras}".replace("\n", "\\n")
        return "\n".join(filter(None, (first, record.exc_text, record.stack_info)))


_FORMATTERS: dict[LogFormat, type[logging.Formatter]] = {"json": Json, "text": Text}


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, so that setting up twice does not double the lines nor drop the handlers of others."""


def set_up(settings: Settings, stream: TextIO | None = None) -> None:
    """Send all logs to ``stream`` (standard error by default) as the settings say, redacted."""
    handler = _Handler(stream or sys.stderr)
    handler.addFilter(Redact(settings.secrets))
    handler.setFormatter(_FORMATTERS[settings.log_format]())
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(settings.log_level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def answered(answer: Answer, ms: float, lang: str) -> None:
    """The canonical line of one question."""
    best = answer.hits[0] if answer.hits else None
    log.info(
        "answered",
        extra={
            "outcome": OUTCOMES[type(answer)],
            "entry": best.id if best else None,
            "score": round(best.score, 3) if best else None,
            "aspect": answer.aspect,
            "ms": round(ms, 1),
            "lang": lang,
        },
    )

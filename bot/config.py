"""Which settings are there, what may they be, and what are they now? The only reader of the environment.

``Settings.read()`` looks into the environment first, then into ``.env``. An empty value is the default.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from bot.errors import SettingsError

LogFormat = Literal["json", "text"]

_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")
_QUOTED = re.compile(r"""(["'])(.*?)\1\s*(?:#.*)?""")
_FOREIGN = frozenset({"HTTP_PROXY", "HTTPS_PROXY"})
"""Names of other programs that look like a slip in one of ours."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that does not print. Not a ``str``: that would leak through ``json.dumps``."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """The value itself, for the one place that needs it."""
        return self._value


def _matching(pattern: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return parse


def _secret(pattern: str = r".+") -> Callable[[str], Secret]:
    fits = _matching(pattern)
    return lambda text: Secret(fits(text))


def _url(text: str) -> str:
    return _matching(r"https?://[^\s/?#]+[^\s?#]*")(text).rstrip("/")


def _between(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return parse


def _one_of(*words: str, change: Callable[[str], str] = str.lower) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if change(text) not in words:
            raise ValueError
        return change(text)

    return parse


def _whole(text: str) -> int:
    return int(_matching(r"-?[0-9]{1,18}")(text))


def _ids(text: str) -> tuple[int, ...]:
    return tuple(_whole(part) for part in re.split(r"[,\s]+", text.strip(", ")))


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class Row:
    """One setting as documents, tests and error lines see it. ``parse`` raises ValueError."""

    name: str
    parse: Callable[[str], object]
    expected: str
    description: str

    @property
    def default(self) -> str:
        """What one would write in ``.env`` to get the default; empty where unset is the default."""
        value = next(item.default for item in fields(Settings) if item.name == self.name.lower())
        return "" if value in (None, ()) else str(value)


_TOKEN = _secret(r"[0-9]+:[A-Za-z0-9_-]+")
_DATABASE = _matching(r"(sqlite:///|postgresql://)\S+")
_ADDRESS = "an http(s) address"
_DATABASES = "sqlite:///path or postgresql://user:password@host/name"

ROWS: tuple[Row, ...] = (
    Row("TELEGRAM_BOT_TOKEN", _TOKEN, "a token such as 123456789:AAE…", "the bot's token from @BotFather"),
    Row("TELEGRAM_API_URL", _url, _ADDRESS, "the Bot API server: the official one, your own or a stand-in"),
    Row("KNOWLEDGE_DIR", Path, "a folder", "where the city's words are"),
    Row("DATABASE_URL", _DATABASE, _DATABASES, "where questions and updates are kept; PostgreSQL for several replicas"),
    Row("ADMIN_IDS", _ids, "Telegram user ids with commas between", "who may use the admin commands"),
    Row("ALERT_CHAT_ID", _whole, "a Telegram chat id", "the chat that hears of trouble"),
    Row("WEBHOOK_URL", _url, _ADDRESS, "where Telegram delivers updates; unset: the bot asks for them (long polling)"),
    Row("WEBHOOK_SECRET", _secret(r"[A-Za-z0-9_-]{1,256}"), "1–256 of A–Z a–z 0–9 _ -", "said with every delivery"),
    Row("HTTP_HOST", _matching(r"\S+"), "a host name or address", "where health, metrics and console listen"),
    Row("HTTP_PORT", _between(0, 65535), "a port from 0 to 65535", "the port of the same; 0 = off"),
    Row("ADMIN_PASSWORD", _secret(), "a password", "opens the console; unset: no console"),
    Row("ID_PEPPER", _secret(), "a long random text", "mixed into the hashes of user ids"),
    Row("RETENTION_DAYS", _between(1, 3650), "a number of days from 1 to 3650", "how long questions are kept"),
    Row("MESSAGES_PER_SECOND", _between(1, 1000), "a number from 1 to 1000", "how fast to send; Telegram allows 30"),
    Row("LOG_LEVEL", _one_of(*LEVELS, change=str.upper), "one of " + ", ".join(LEVELS), "what is worth a log line"),
    Row("LOG_FORMAT", _one_of("json", "text"), "json or text", "log lines for machines or for people"),
)
"""All settings, in the order of the documentation."""

_NAMES = tuple(row.name for row in ROWS)
_PRIVATE = ("TELEGRAM_BOT_TOKEN", "DATABASE_URL", "WEBHOOK_SECRET", "ADMIN_PASSWORD", "ID_PEPPER")


@dataclass(frozen=True, slots=True)
class Settings:
    """What was set, or the default. ``ROWS`` says what each one is; its name there is in capitals."""

    telegram_bot_token: Secret | None = None
    telegram_api_url: str = "https://api.telegram.org"
    knowledge_dir: Path = Path("knowledge")
    database_url: str = field(default="sqlite:///var/bot.db", repr=False)
    admin_ids: tuple[int, ...] = ()
    alert_chat_id: int | None = None
    webhook_url: str | None = None
    webhook_secret: Secret | None = None
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    admin_password: Secret | None = None
    id_pepper: Secret | None = None
    retention_days: int = 90
    messages_per_second: int = 30
    log_level: str = "INFO"
    log_format: LogFormat = "text"

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> "Settings":
        """Settings from ``environ`` (the process's own by default), then from the file ``dotenv`` if there is one.

        Raises SettingsError that says in one line which setting is wrong and what is expected.
        """
        given = os.environ if environ is None else environ
        texts = {**_dotenv(dotenv), **{name: given[name] for name in _NAMES if name in given}}
        _refuse_slips(given, texts)
        values: dict[str, Any] = {
            row.name.lower(): _value(row, texts[row.name].strip()) for row in ROWS if texts.get(row.name, "").strip()
        }
        return cls(**values)

    @property
    def token(self) -> str:
        """The bot's token. Raises SettingsError when there is none."""
        if self.telegram_bot_token is None:
            raise SettingsError(f"{ROWS[0].name} is not set: expected {ROWS[0].expected} from @BotFather")
        return self.telegram_bot_token.reveal()

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """All that must never be written down."""
        values = (getattr(self, item.name) for item in fields(self))
        return tuple(value for value in values if isinstance(value, Secret))


def _value(row: Row, text: str) -> object:
    try:
        return row.parse(text)
    except ValueError:
        shown = "the value given" if row.name in _PRIVATE else repr(text[:60])
        raise SettingsError(f"{row.name}: expected {row.expected}, not {shown}") from None


def _refuse_slips(environ: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """The environment is full of other programs' names: only a near miss of a setting that is not given is ours."""
    families = {name.split("_")[0] for name in _NAMES}
    for name in sorted(set(environ) - set(_NAMES) - _FOREIGN):
        if "_" in name and name.split("_")[0] in families and (meant := _meant(name, 0.85)) and meant not in texts:
            raise SettingsError(f"{name}: there is no such setting; did you mean {meant}?")


def _meant(name: str, cutoff: float) -> str | None:
    return next(iter(get_close_matches(name.upper(), _NAMES, 1, cutoff)), None)


def _dotenv(path: Path) -> dict[str, str]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return dict(_pair(line, f"{path}:{number}") for number, line in lines if line and not line.startswith("#"))


def _pair(line: str, where: str) -> tuple[str, str]:
    if (match := _LINE.fullmatch(line)) is None:
        raise SettingsError(f"{where}: expected NAME=value")
    name, text = match[1], match[2]
    if name not in _NAMES:
        meant = _meant(name, 0.6)
        raise SettingsError(f"{where}: there is no setting {name}" + (f"; did you mean {meant}?" if meant else ""))
    if quoted := _QUOTED.fullmatch(text):
        return name, quoted[2]
    return name, re.sub(r"(^|\s)#.*", "", text).strip()

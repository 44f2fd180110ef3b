"""What must never be written down? Tokens, secrets and passwords are taken out of everything that leaves."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote

from structlog.typing import EventDict, WrappedLogger

from bot.config import Secret, Settings

HIDDEN = "[hidden]"

_TOKEN = re.compile(r"(?:bot)?[0-9]{5,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_PASSWORD = re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)")
_SHORTEST = 4
"""A secret of fewer letters stands in half of all words: hiding it would ruin the log and tell what it is."""


class Redact:
    """Hides tokens and secrets in a text, or in all fields of a log line."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        forms = {form for secret in secrets for form in _forms(secret.reveal()) if len(form) >= _SHORTEST}
        self._forms = sorted(forms, key=len, reverse=True)

    @classmethod
    def of(cls, settings: Settings) -> "Redact":
        """For all secrets of the settings, also the password inside the database's address."""
        return cls([*settings.secrets, *map(Secret, _passwords(settings.database_url))])

    def clean(self, text: str) -> str:
        """The text without anything secret in it."""
        for form in self._forms:
            text = text.replace(form, HIDDEN)
        return _PASSWORD.sub(HIDDEN, _TOKEN.sub(HIDDEN, text))

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        """As a step of structlog."""
        return {name: self._clean(value) for name, value in event.items()}

    def _clean(self, value: Any) -> Any:
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, Mapping):
            return {self.clean(str(name)): self._clean(inner) for name, inner in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(inner) for inner in value]
        return self.clean(str(value))


def _forms(value: str) -> Iterator[str]:
    """As it is, and as addresses, JSON, Python and pages write it."""
    yield from (value, quote(value, safe=""), quote_plus(value), html.escape(value), repr(value)[1:-1])
    yield from (json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])


def _passwords(address: str) -> Iterator[str]:
    """The password of an address, as it is written there and as the database hears it; also one with / or @ in it."""
    if found := re.search(r"://[^:@\s]*:(.+)@", address):
        yield from (found[1], unquote(found[1]))

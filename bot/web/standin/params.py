"""Reading what a call sends: strings of a form or values of JSON, told wrong where they are wrong.

Telegram repairs some nonsense in silence (``offset=abc`` is 0 to it); here it is a 400, so that a test finds it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import ApiError, bad_request

Json = dict[str, Any]
_INTEGER = re.compile(r"-?\d{1,19}")
_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}


def decode(raw: str) -> Any:
    """JSON as the standard says; ``ValueError`` for anything else."""
    try:
        return json.loads(raw, parse_constant=_refuse)
    except RecursionError as e:
        raise ValueError("nested too deeply") from e


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def check_unicode(values: Mapping[str, Any]) -> None:
    """Refuse halves of surrogate pairs, wherever they hide."""
    try:
        json.dumps(dict(values), ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as e:
        raise bad_request("strings must be encoded in UTF-8") from e


def parse_integer(value: Any) -> int | None:
    """A whole number, also as text; nothing if it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 2**63 else None
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    return None


@dataclass(frozen=True)
class Params:
    """The parameters of one call."""

    values: Mapping[str, Any]

    def has(self, name: str) -> bool:
        """Whether the parameter was sent with something in it."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A string; empty if it was not sent."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise bad_request(f'field "{name}" must be of type String')
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number."""
        if not self.has(name):
            return default
        number = parse_integer(self.values[name])
        if number is None:
            raise bad_request(f"invalid {name} specified")
        return number

    def boolean(self, name: str) -> bool:
        """Yes or no; no if it was not sent."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        known = _BOOLEANS.get(str(value).lower())
        if known is None:
            raise bad_request(f'field "{name}" must be of type Boolean')
        return known

    def object(self, name: str, called: str = "") -> Json | None:
        """A JSON object, sent as such or as text; nothing if it was not sent."""
        value = self._json(name, called)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {called or name}")
        return value

    def array(self, name: str, called: str = "") -> list[Any] | None:
        """A JSON array, sent as such or as text; nothing if it was not sent."""
        value = self._json(name, called)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"array expected as {called or name}")
        return value

    def _json(self, name: str, called: str) -> Any:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return decode(value) if isinstance(value, str) else value
        except ValueError as e:
            raise self._unread(called or name) from e

    @staticmethod
    def _unread(called: str) -> ApiError:
        return bad_request(f"can't parse {called} JSON object")

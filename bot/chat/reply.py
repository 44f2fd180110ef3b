"""What goes out to a citizen, as a value: HTML as Telegram knows it, and buttons in rows."""

import html as _html
import re
from dataclasses import dataclass

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Button:
    """What stands on it, and what comes back when it is pressed (ASCII, at most 64 bytes)."""

    text: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send: text with Telegram's HTML tags, and the buttons below it."""

    html: str
    buttons: Rows = ()


def escape(text: str) -> str:
    """Text that Telegram shows as it is."""
    return _html.escape(text, quote=False)


def bold(text: str) -> str:
    """Escaped, in bold."""
    return f"<b>{escape(text)}</b>"


def link(text: str, url: str) -> str:
    """Escaped, leading to ``url``."""
    return f'<a href="{_html.escape(url, quote=True)}">{escape(text)}</a>'


def fill(template: str, **values: str) -> str:
    """A fixed sentence with its places filled, all escaped. Values that are HTML already go through ``Markup``."""
    ready = {name: value if isinstance(value, Markup) else escape(value) for name, value in values.items()}
    return escape(template).format(**ready)


class Markup(str):
    """HTML that was escaped where it was made."""

    __slots__ = ()


def plain(html: str) -> str:
    """The same without markup: for terminals, tests, and when Telegram refuses the markup."""
    linked = _LINK.sub(lambda link: f"{link[2]} ({link[1]})", html)
    return _html.unescape(_TAG.sub("", linked))

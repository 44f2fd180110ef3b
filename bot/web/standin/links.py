"""Which links Telegram takes: the web and its own; ``tel:`` and ``mailto:`` it drops or refuses."""

import re

from .errors import bad_request

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+-]*):")
_HOST = re.compile(r"^(?:[^/?#\s@]*@)?[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#]\S*)?$")
_USER = re.compile(r"^tg:(?://)?user\?id=(\d{1,19})\b")


def problem(url: str) -> str:
    """Why Telegram does not take the link; empty if it does."""
    scheme = _SCHEME.match(url)
    if scheme is None:
        return "" if _HOST.match(url) else "Wrong HTTP URL"
    if scheme.group(1).lower() in {"tg", "ton", "tonsite"}:
        return ""
    if scheme.group(1).lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    return "" if _HOST.match(url[scheme.end() :].removeprefix("//")) else "Wrong HTTP URL"


def checked(url: str) -> str | None:
    """The link as Telegram keeps it in a text, or nothing: it drops what it does not take, without a word."""
    url = url.strip()
    if problem(url):
        return None
    if _SCHEME.match(url):
        return url
    return f"http://{url}" if "/" in url else f"http://{url}/"


def user_of(url: str) -> int | None:
    """The user that ``tg://user?id=...`` names."""
    match = _USER.match(url)
    return int(match.group(1)) if match else None


def check_button_url(url: str) -> None:
    """Refuse the link of a button as Telegram does."""
    if user_of(url) is None and (why := problem(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")

"""Templates → pages, with the headers that let a browser do nothing but show them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.web.console import words
from bot.web.console.sessions import Session

_HERE = Path(__file__).parent
STYLE = (_HERE / "static/console.css").read_text("utf-8")
ICON = (_HERE / "static/icon.svg").read_text("utf-8")

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all browsers would hide where a form comes from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"number": words.number, "share": words.share, "ms": words.ms}
    found.globals |= {
        "OUTCOMES": words.OUTCOMES,
        "LANGUAGES": words.LANGUAGES,
        "VOTES": words.VOTES,
        "DEEDS": words.DEEDS,
        "LEVELS": words.LEVELS,
        "PAGES": words.PAGES,
    }
    return found


_TEMPLATES = _environment()


def page(name: str, session: Session | None, status: int = 200, **context: Any) -> Response:
    """A template filled in. Whatever was typed by anybody is escaped."""
    text = _TEMPLATES.get_template(f"{name}.html").render(page=name, session=session, **context)
    return HTMLResponse(text, status)


def told(title: str, text: str, status: int, session: Session | None = None) -> Response:
    """A page that says one thing."""
    return page("told", session, status, title=title, text=text)


def gone(where: str) -> Response:
    """On to another page of ours."""
    return RedirectResponse(where, 303)


def sealed(response: Response) -> Response:
    """With the headers; one that has its own keeps it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def utc(text: str) -> datetime:
    """A time as versions and log lines tell it."""
    return datetime.fromisoformat(text).astimezone(UTC)

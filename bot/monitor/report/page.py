"""The report as one HTML page that needs nothing else: pictures are inside, no address is asked."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from math import inf
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.monitor.labels import KOREAN, LANGUAGES, VOTES
from bot.monitor.report.month import Month, ranked
from bot.store.stats import crossed, summed

_MOST = 20
_WEEKDAYS = "월화수목금토일"
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(month: Month) -> str:
    """The whole file."""
    return _PAGES.get_template("page.html").render(
        month=month,
        names=month.names,
        pictures=_pictures(month),
        outcomes=_shares(month.outcomes, KOREAN.outcomes),
        languages=_shares(summed(month.languages, "name"), LANGUAGES),
        programmes=ranked(month.programmes),
        topics=ranked(month.topics),
        days=_days(month),
        most=_MOST,
        infinite=inf,
        changes={version.name: str(version.changes) for version in month.versions},
    )


def _pictures(month: Month) -> Mapping[str, str]:
    """Data addresses of the charts, by name."""
    from bot.monitor.pictures import COLOURS, bars, by_day, by_hour, svg

    top = [(month.names.programme(id_), n) for id_, n in ranked(month.programmes)[:10]]
    cast = summed(month.votes, "part")
    votes = [(title, cast.get(vote, 0)) for vote, title in VOTES.items()]
    found = {
        "day": svg(by_day(crossed(month.hours, "day", "part"), month.days.all, KOREAN), 3.2),
        "hour": svg(by_hour(crossed(month.hours, "name", "part"), KOREAN), 2.8),
        "top": svg(bars(KOREAN.top, top), 0.6 + 0.34 * len(top)) if top else "",
        "votes": svg(bars("시민의 표", votes, [COLOURS[vote] for vote in VOTES]), 1.7) if cast else "",
    }
    return {name: _address(picture) for name, picture in found.items() if picture}


def _address(picture: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


def _shares(found: Mapping[str, int], titles: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """Title, questions, share of all; known ones in their order, then the rest."""
    total = sum(found.values()) or 1
    keys = [*(key for key in titles if key in found), *sorted(found.keys() - titles.keys())]
    return [(titles.get(key, key), found[key], f"{found[key] / total:.1%}") for key in keys]


def _days(month: Month) -> list[tuple[str, int, Mapping[str, int]]]:
    """Each day with its weekday, its questions, and those of each outcome."""
    found = crossed(month.hours, "day", "part")
    rows: list[tuple[str, int, Mapping[str, int]]] = []
    for day in month.days.all:
        outcomes = found.get(day, {})
        title = f"{day} ({_WEEKDAYS[date.fromisoformat(day).weekday()]})"
        rows.append((title, sum(outcomes.values()), outcomes))
    return rows

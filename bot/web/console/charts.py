"""How it went over days and hours: pictures, and the numbers behind them as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.responses import Response

from bot.store import stats
from bot.store.stats import By, Count
from bot.store.tally import MORE, PACES, Kind
from bot.web.console import words
from bot.web.console.desk import Desk, Span
from bot.web.console.drawn import Chart, Look
from bot.web.console.gate import Ask
from bot.web.console.paper import page

SPANS = {"7": "7일", "30": "30일", "90": "90일", "365": "1년"}
USUAL = "30"
_SVG = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""matplotlib writes styles into its pictures; nothing else in one is heeded."""
_MOST_DAYS = 92
_PACES = (*(str(bound) for bound in PACES), MORE)


@dataclass(frozen=True)
class Kept:
    """The counts of one kind over days."""

    span: Span
    rows: Sequence[Count]

    def chart(
        self, by: By, beside: By, keys: Sequence[str], shown: Mapping[str, str], names: Mapping[str, str]
    ) -> Chart:
        """Layers of ``names`` over ``keys``, which are shown as ``shown`` says."""
        found = stats.crossed(self.rows, beside, by)
        layers = {name: tuple(float(found.get(name, {}).get(key, 0)) for key in keys) for name in names}
        return Chart(tuple(shown.get(key, key) for key in keys), layers)

    def days(self, beside: By, names: Mapping[str, str]) -> Chart:
        """Over the days, or the months where there are many."""
        days = self.span.days
        if len(days) <= _MOST_DAYS:
            return self.chart("day", beside, days, {day: f"{int(day[5:7])}.{int(day[8:])}" for day in days}, names)
        months = list(dict.fromkeys(day[:7] for day in days))
        rows = [replace(row, day=row.day[:7]) for row in self.rows]
        shown = {month: f"{month[2:4]}.{int(month[5:])}" for month in months}
        return Kept(self.span, rows).chart("day", beside, months, shown, names)


def _days(kept: Kept) -> Chart:
    return kept.days("part", words.OUTCOMES)


def _hours(kept: Kept) -> Chart:
    hours = [str(hour) for hour in range(24)]
    return kept.chart("name", "part", hours, {}, words.OUTCOMES)


def _languages(kept: Kept) -> Chart:
    told = kept.chart("name", "part", list(words.LANGUAGES), words.LANGUAGES, words.OUTCOMES)
    return Chart(told.ticks, told.layers, is_flat=True)


def _paces(kept: Kept) -> Chart:
    found = stats.summed(kept.rows, "name")
    ticks = [f"≤{bound}" for bound in PACES] + [f">{PACES[-1]}"]
    return Chart(tuple(ticks), {"plain": tuple(float(found.get(pace, 0)) for pace in _PACES)})


def _votes(kept: Kept) -> Chart:
    return kept.days("part", words.VOTES)


@dataclass(frozen=True)
class Drawing:
    """A chart of the page. ``by``: what it tells apart; ``legend``: colours → words; ``head``: what its ticks are."""

    title: str
    kind: Kind
    by: tuple[By, ...]
    make: Callable[[Kept], Chart]
    legend: Mapping[str, str]
    head: str


DRAWINGS: Mapping[str, Drawing] = {
    "days": Drawing("날마다 받은 질문", "hour", ("day", "part"), _days, words.OUTCOMES, "날"),
    "hours": Drawing("하루 중 언제", "hour", ("name", "part"), _hours, words.OUTCOMES, "시"),
    "languages": Drawing("언어", "language", ("name", "part"), _languages, words.OUTCOMES, "언어"),
    "paces": Drawing("답을 찾는 데 걸린 시간(밀리초)", "pace", ("name",), _paces, {"plain": "질문"}, "밀리초"),
    "votes": Drawing("시민의 표", "vote", ("day", "part"), _votes, words.VOTES, "질문한 날"),
}


async def kept(desk: Desk, kind: Kind, span: Span, by: Sequence[By]) -> Kept:
    """From the store."""
    return Kept(span, await desk.bot.store.read(stats.counts(kind, *span.ends, by)))


def days_of(ask: Ask, usual: str = USUAL) -> str:
    """How many days were asked for."""
    return ask.choice("days", tuple(SPANS), usual)


@dataclass(frozen=True)
class Shown:
    """A chart with the table behind it."""

    name: str
    drawing: Drawing
    chart: Chart

    @property
    def rows(self) -> list[tuple[str, list[float], float]]:
        """Tick, value of each layer, sum; ticks without any are left out."""
        values = zip(self.chart.ticks, *self.chart.layers.values(), strict=True)
        rows = [(str(tick), [float(value) for value in row], float(sum(row))) for tick, *row in values]
        return [row for row in rows if row[2]]


async def charts(desk: Desk, ask: Ask) -> Response:
    """The page."""
    days = days_of(ask)
    span = desk.span(int(days))
    found = {name: await kept(desk, drawing.kind, span, drawing.by) for name, drawing in DRAWINGS.items()}
    drawn = [Shown(name, drawing, drawing.make(found[name])) for name, drawing in DRAWINGS.items()]
    paces = stats.summed(found["paces"].rows, "name")
    return page(
        "charts",
        ask.session,
        days=days,
        spans=SPANS,
        drawn=drawn,
        total=sum(row.n for row in found["days"].rows),
        outcomes=stats.summed(found["days"].rows, "part"),
        median=stats.within(paces, 0.5),
        slow=stats.within(paces, 0.95),
        programmes=await programmes(desk, span),
    )


async def programmes(desk: Desk, span: Span, most: int = 30) -> list[tuple[str, int, int, int]]:
    """Name, answers, 👍, 👎 of those that were answered with most."""
    asked = await kept(desk, "programme", span, ("name",))
    voted = await kept(desk, "vote", span, ("name", "part"))
    answers, votes = stats.summed(asked.rows, "name"), stats.crossed(voted.rows, "name", "part")
    first = sorted(answers.items(), key=lambda one: (-one[1], one[0]))[:most]
    return [
        (desk.called(id_), n, votes.get(id_, {}).get("up", 0), votes.get(id_, {}).get("down", 0)) for id_, n in first
    ]


async def picture(desk: Desk, ask: Ask) -> Response:
    """One chart as SVG."""
    name = str(ask.request.path_params["name"])
    if name not in DRAWINGS:
        return Response(status_code=404)
    drawing, span = DRAWINGS[name], desk.span(int(ask.choice("days", ("1", *SPANS), USUAL)))
    look = Look(ask.choice("dark", ("0", "1"), "0") == "1", ask.choice("phone", ("0", "1"), "0") == "1")
    found = await kept(desk, drawing.kind, span, drawing.by)
    svg = await desk.drawn.svg((name, *span.ends), look, lambda: drawing.make(found))
    return Response(svg, media_type="image/svg+xml", headers=_SVG)

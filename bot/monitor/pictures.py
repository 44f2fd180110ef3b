"""Charts of what was asked: SVG for pages, PNG for the chat. Imports matplotlib, which takes a second: import it late.

Nothing here knows a clock, a database or Telegram. Rendering is for a thread; one picture is drawn at a time, because
matplotlib's settings are global.
"""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from bot.monitor.fonts import korean
from bot.monitor.labels import ENGLISH, KOREAN, Labels

Draw: TypeAlias = Callable[[Axes], None]
Split: TypeAlias = Mapping[str, Mapping[str, int]]
"""Day or hour → outcome → questions (``stats.crossed``)."""

COLOURS: Mapping[str, str] = {
    "found": "#2f6f9f",
    "choices": "#8fbbd9",
    "none": "#e08e3c",
    "urgent": "#b8323a",
    "chat": "#a9adb3",
    "up": "#3f8f6b",
    "down": "#b8323a",
    "missing": "#e08e3c",
}
"""Told apart also by who does not see red and green, and in grey."""
_INK, _FAINT = "#33373d", "#d9dce0"
_WIDE = 9.0
_LETTERS = 24
_drawing = threading.Lock()


def by_day(found: Split, days: Sequence[str], labels: Labels) -> Draw:
    """Questions of each day (``2026-11-01``), by outcome."""
    columns = {outcome: [found.get(day, {}).get(outcome, 0) for day in days] for outcome in _seen(found)}

    def draw(axes: Axes) -> None:
        _stack(axes, [f"{int(day[5:7])}/{int(day[8:])}" for day in days], columns, labels.outcomes)
        axes.set_xticks(axes.get_xticks()[:: max(1, len(days) // 10)])
        axes.set_title(labels.by_day, loc="left")

    return draw


def by_hour(found: Split, labels: Labels) -> Draw:
    """Questions of each hour of the day (``0`` … ``23``), by outcome."""
    hours = [str(hour) for hour in range(24)]
    columns = {outcome: [found.get(hour, {}).get(outcome, 0) for hour in hours] for outcome in _seen(found)}

    def draw(axes: Axes) -> None:
        _stack(axes, hours, columns, labels.outcomes)
        axes.set_title(labels.by_hour, loc="left")

    return draw


def bars(title: str, rows: Sequence[tuple[str, int]], colours: Sequence[str] = ()) -> Draw:
    """One bar a row, the first on top, each with its number."""

    def draw(axes: Axes) -> None:
        axes.set_title(title, loc="left")
        bar = axes.barh(
            range(len(rows)), [many for _, many in rows], color=list(colours) or COLOURS["found"], height=0.7
        )
        axes.bar_label(bar, [f"{many:,}" for _, many in rows], padding=4, color=_INK)
        axes.set_yticks(range(len(rows)), [_short(name) for name, _ in rows])
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.xaxis.set_visible(False)
        axes.grid(False)
        axes.spines[["bottom"]].set_visible(False)

    return draw


def _seen(found: Split) -> list[str]:
    """Outcomes that there are, in their order; those that nobody named at the end."""
    seen = {outcome for outcomes in found.values() for outcome in outcomes}
    return [*(name for name in COLOURS if name in seen), *sorted(seen - COLOURS.keys())]


def _stack(axes: Axes, names: Sequence[str], columns: Mapping[str, Sequence[int]], titles: Mapping[str, str]) -> None:
    below = [0] * len(names)
    for key, heights in columns.items():
        axes.bar(
            range(len(names)),
            heights,
            bottom=below,
            width=0.8,
            color=COLOURS.get(key, _INK),
            label=titles.get(key, key),
        )
        below = [one + other for one, other in zip(below, heights, strict=True)]
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(0, max([*below, 1]) * 1.25)  # room for the legend
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: f"{int(value):,}")
    if columns:
        axes.legend(loc="upper left", ncols=len(columns), frameon=False, handlelength=1, columnspacing=1.2)


def svg(draw: Draw, high: float = 3.0) -> str:
    """One chart as an SVG element. Its letters are text: whoever looks at it has a font for them."""
    out = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    settings = {**_style(), "svg.fonttype": "none", "svg.hashsalt": "chart"}
    with _drawing, matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # what this machine cannot measure, its reader can show
        _figure([draw], [high]).savefig(out, format="svg", metadata=nothing)
    return re.sub(r"^.*?(?=<svg)", "", out.getvalue(), count=1, flags=re.DOTALL)


def png(draws: Sequence[Draw], highs: Sequence[float]) -> bytes:
    """Charts one below the other, for a phone."""
    out = io.BytesIO()
    with _drawing, matplotlib.rc_context({**_style(), "font.size": 12}):
        _figure(draws, highs).savefig(out, format="png", dpi=120)
    return out.getvalue()


def drawn_in() -> Labels:
    """The language that a picture of dots can be written in on this machine."""
    return KOREAN if korean() else ENGLISH


def _figure(draws: Sequence[Draw], highs: Sequence[float]) -> Figure:
    figure = Figure(figsize=(_WIDE, sum(highs)), layout="constrained", facecolor="white")
    grid = figure.subplots(len(draws), 1, squeeze=False, height_ratios=list(highs))
    for axes, draw in zip(grid[:, 0], draws, strict=True):
        draw(axes)
    return figure


def _style() -> dict[Any, Any]:
    return {
        "font.family": [found, "sans-serif"] if (found := korean()) else ["sans-serif"],
        "font.size": 10,
        "text.color": _INK,
        "axes.edgecolor": _FAINT,
        "axes.labelcolor": _INK,
        "axes.titleweight": "bold",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.unicode_minus": False,
        "grid.color": _FAINT,
        "xtick.color": _INK,
        "ytick.color": _INK,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "text.parse_math": False,
    }


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"

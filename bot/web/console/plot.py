"""One chart → SVG. Legends and titles are the page's: here are bars, ticks and numbers alone."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.web.console.drawn import Chart, Look

LIGHT = {
    "found": "#2a78b5", "choices": "#e0a100", "none": "#c8502d", "urgent": "#8e3fa8", "chat": "#8b98a3",
    "up": "#2e8b57", "down": "#c8502d", "missing": "#8b98a3", "plain": "#2a78b5",
}  # fmt: skip
DARK = {
    "found": "#5ba7e6", "choices": "#f0bf45", "none": "#ee7f5c", "urgent": "#c58ae0", "chat": "#8695a3",
    "up": "#5cc48b", "down": "#ee7f5c", "missing": "#8695a3", "plain": "#5ba7e6",
}  # fmt: skip
_HALF = 0.4
_TEXT, _GRID = ("#47535e", "#b3c0cc"), ("#dfe4e8", "#2b3a48")
_FONT = "'Noto Sans KR','Noto Sans CJK KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif"
_SIZES = (6.6, 2.4), (3.7, 2.2)
_MOST_TICKS = 13, 8
_TICK = re.compile("<!-- [^>]*? -->|tick([0-9]+)\\.")
"""What stands for a tick while matplotlib, whose fonts know no Hangul, draws; it repeats texts in comments."""
_FAMILY = re.compile(r"font-family: [^;\"]*|(?<=px )'[^;\"]*")


def draw(chart: Chart, look: Look) -> bytes:
    """The picture. Not for two threads at once: matplotlib's settings are everybody's."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "chart", "font.size": 9.0}):
        figure = Figure(figsize=_SIZES[look.is_phone])
        axes = figure.add_axes(_place(chart, look))
        _bars(axes, chart, DARK if look.is_dark else LIGHT)
        _frame(axes, chart, look)
        out = BytesIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
    text = _FAMILY.sub(_family, out.getvalue().decode())
    return _TICK.sub(lambda found: escape(chart.ticks[int(found[1])]) if found[1] else "", text).encode()


def _family(found: re.Match[str]) -> str:
    return f"font-family: {_FONT}" if found[0].startswith("font-family") else _FONT


def _place(chart: Chart, look: Look) -> tuple[float, float, float, float]:
    """Letters are measured by a font that is not the browser's: room is left by hand."""
    width, height = _SIZES[look.is_phone]
    left = (0.15 + 0.14 * max((len(tick) for tick in chart.ticks), default=1)) if chart.is_flat else 0.5
    return left / width, 0.3 / height, 1 - (left + 0.15) / width, 1 - 0.42 / height


def _bars(axes: Axes, chart: Chart, colours: dict[str, str]) -> None:
    places = list(range(len(chart.ticks)))
    base = [0.0] * len(places)
    for name, values in chart.layers.items():
        tops = [low + value for low, value in zip(base, values, strict=True)]
        boxes = [_box(*box, chart.is_flat) for box in zip(places, base, tops, strict=True) if box[1] != box[2]]
        axes.add_collection(PolyCollection(boxes, facecolors=colours[name], linewidths=0), autolim=False)
        base = tops
    highest, along = max(base, default=0.0) * 1.04 or 1.0, (-0.6, len(places) - 0.4)
    if chart.is_flat:
        axes.set(xlim=(0, highest), ylim=along[::-1])
    else:
        axes.set(xlim=along, ylim=(0, highest))


def _box(place: int, low: float, high: float, is_flat: bool) -> list[tuple[float, float]]:
    """The corners of a bar; one collection of them is drawn ten times as fast as so many bars."""
    near, far = place - _HALF, place + _HALF
    if is_flat:
        return [(low, near), (high, near), (high, far), (low, far)]
    return [(near, low), (near, high), (far, high), (far, low)]


def _frame(axes: Axes, chart: Chart, look: Look) -> None:
    text, grid = _TEXT[look.is_dark], _GRID[look.is_dark]
    counts, names = (axes.xaxis, axes.yaxis) if chart.is_flat else (axes.yaxis, axes.xaxis)
    most = len(chart.ticks) if chart.is_flat else _MOST_TICKS[look.is_phone]
    step = max(1, -(-len(chart.ticks) // most))
    places = list(range(0, len(chart.ticks), step))
    names.set_ticks(places, [f"tick{at}." for at in places])
    counts.set_major_locator(MaxNLocator(nbins=5, integer=True))
    counts.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    counts.grid(True, color=grid, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=text, length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)

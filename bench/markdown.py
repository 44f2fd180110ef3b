"""Figures as Markdown tables."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column is text, the others are figures."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def number(value: float, unit: str = "") -> str:
    """Three digits that count."""
    if value == float("inf"):
        return "gave up"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def share(values: Iterable[bool]) -> str:
    found = list(values)
    return f"{sum(found) / len(found):.1%}" if found else "—"

"""A report of ``check`` as staff read it (a list, a table, one sentence) and as machines do (JSON)."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.errors import Problem
from bot.monitor.check import Report, Row

SHOWN = 10
"""So many warnings of a kind are shown; ``--all`` shows every one."""
_HEADS = ("살펴본 것", "개수", "고칠 곳", "볼 곳")


def text(report: Report, note: str = "", is_all: bool = False) -> str:
    """What must be mended, what should be looked at, the table, and whether it may go live."""
    out = [*_mistakes(report), *_warnings(report.rows, is_all), *table(report.rows), *([note] if note else [])]
    return "\n".join([*out, sentence(report)]) + "\n"


def as_json(report: Report, note: str = "") -> str:
    """The same for machines: every problem with its file and line."""
    counted = ((r.name, r.seen, len(r.mistakes), len(r.warnings)) for r in report.rows)
    rows = [dict(zip(("name", "seen", "mistakes", "warnings"), row, strict=True)) for row in counted]
    found = {"mistakes": _listed(report.rows, "mistakes"), "warnings": _listed(report.rows, "warnings")}
    told = {"ok": not report.mistakes, "checked": report.checked, **found, "rows": rows}
    return json.dumps({**told, "note": note, "sentence": sentence(report)}, ensure_ascii=False, indent=1) + "\n"


def broken(problems: Sequence[Problem]) -> str:
    """JSON for a knowledge that could not be loaded at all."""
    found = [_plain("형식과 연결", problem) for problem in problems]
    told = {"ok": False, "checked": 0, "mistakes": found, "warnings": [], "rows": [], "note": ""}
    return json.dumps({**told, "sentence": unloaded(problems)}, ensure_ascii=False, indent=1) + "\n"


def unloaded(problems: Sequence[Problem]) -> str:
    """The sentence for the same."""
    return f"지식 파일에 고칠 곳이 {len(problems)}군데 있습니다."


def sentence(report: Report) -> str:
    """The last line: what was looked at, and whether it may go live."""
    programmes = next((row.seen for row in report.rows if row.name == "비슷한 사업"), 0)
    done = f"사업 {programmes}개, 표현과 질문 {report.checked}개를 확인했습니다."
    if report.mistakes:
        return f"{done} 고칠 곳이 {len(report.mistakes)}군데 있습니다. 고친 뒤 다시 확인하세요."
    if report.warnings:
        return f"{done} 올려도 됩니다. 볼 곳 {len(report.warnings)}군데는 틈날 때 살펴보세요."
    return f"{done} 문제가 없습니다. 올려도 됩니다."


def table(rows: Iterable[Row]) -> Iterator[str]:
    """A line a step, its figures below each other on any terminal: Hangul is two columns wide."""
    cells = [_HEADS, *((r.name, f"{r.seen:,}", str(len(r.mistakes)), str(len(r.warnings))) for r in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(_HEADS))]
    for name, *figures in cells:
        rest = (" " * (w - _width(f)) + f for w, f in zip(widths[1:], figures, strict=True))
        yield "  ".join([name + " " * (widths[0] - _width(name)), *rest])


def _mistakes(report: Report) -> list[str]:
    head = [f"고쳐야 할 곳 {len(report.mistakes)}군데"] if report.mistakes else []
    return [*head, *(f"  {problem}" for problem in report.mistakes), *([""] if head else [])]


def _warnings(rows: Sequence[Row], is_all: bool) -> Iterator[str]:
    for row in rows:
        if not row.warnings:
            continue
        yield f"살펴볼 곳 {len(row.warnings)}군데 · {row.name}"
        most = len(row.warnings) if is_all else SHOWN
        yield from (f"  {problem}" for problem in row.warnings[:most])
        if (rest := len(row.warnings) - most) > 0:
            yield f"  … 그 밖에 {rest}군데(모두 보기: check --all)"
        yield ""


def _listed(rows: Iterable[Row], which: str) -> list[dict[str, object]]:
    return [_plain(row.name, problem) for row in rows for problem in getattr(row, which)]


def _plain(name: str, problem: Problem) -> dict[str, object]:
    return {"step": name, "file": problem.where, "line": problem.line, "message": problem.message}


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

"""The report's numbers as CSV that Excel opens as it should: UTF-8 with its mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from bot.monitor.labels import KOREAN, LANGUAGES
from bot.monitor.report.month import Month
from bot.store.stats import summed

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, or skips before one."""
Rows = Iterable[Sequence[object]]


def sheets(month: Month) -> Mapping[str, bytes]:
    """Contents by file name."""
    tables: Mapping[str, tuple[Sequence[str], Rows]] = {
        "hours.csv": (("날", "시", "결과", "질문"), _hours(month)),
        "languages.csv": (("날", "언어", "결과", "질문"), _languages(month)),
        "programmes.csv": (("날", "id", "사업", "물은 것", "답한 수"), _programmes(month)),
        "missed.csv": (("가까운 사업 id", "가까운 사업", "다른 주제", "질문", "줄 번호 하나"), _missed(month)),
        "votes.csv": (("id", "사업", "좋아요", "아쉬워요", "찾는 답이 없음"), _votes(month)),
        "latency.csv": (("몇 밀리초 안에", "질문"), summed(month.paces, "name").items()),
        "knowledge.csv": (("판", "처음 답한 날", "마지막으로 답한 날", "질문", "바뀐 것"), _knowledge(month)),
    }
    if month.texts is not None:
        tables = {**tables, "missed_texts.csv": (("질문(가린 글)", "언어", "번", "마지막 날"), _texts(month))}
    return {name: sheet(head, rows) for name, (head, rows) in tables.items()}


def sheet(head: Sequence[str], rows: Rows) -> bytes:
    """One file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: object) -> object:
    """Text that begins like a formula begins with an apostrophe instead; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \u3000\ufeff").startswith(_FORMULA) else cell


def _hours(month: Month) -> Rows:
    for row in sorted(month.hours, key=lambda row: (row.day, int(row.name), row.part)):
        yield row.day, int(row.name), KOREAN.outcomes.get(row.part, row.part), row.n


def _languages(month: Month) -> Rows:
    for row in month.languages:
        yield row.day, LANGUAGES.get(row.name, row.name), KOREAN.outcomes.get(row.part, row.part), row.n


def _programmes(month: Month) -> Rows:
    for row in month.programmes:
        yield row.day, row.name, month.names.programme(row.name), row.part, row.n


def _missed(month: Month) -> Rows:
    for gap in month.gaps:
        near = month.names.programme(gap.near)
        yield gap.near or "", near, month.names.topic(gap.topic), gap.n, _number(gap.row)


def _votes(month: Month) -> Rows:
    for id_, *votes in month.ballots:
        yield id_, month.names.programme(id_), *votes


def _knowledge(month: Month) -> Rows:
    changes = {version.name: str(version.changes) for version in month.versions}
    for used in month.used:
        yield used.version, used.first, used.last, used.n, changes.get(used.version, "")


def _texts(month: Month) -> Rows:
    for row in month.texts or ():
        yield row.sample, LANGUAGES.get(row.language, row.language), row.n, row.last


def _number(row: int) -> str:
    """As text: a spreadsheet would round sixteen digits."""
    return f"#{row}"

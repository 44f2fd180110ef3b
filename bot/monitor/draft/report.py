"""What ``draft`` says to staff, in Korean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.monitor.draft.article import Article
from bot.monitor.draft.facts import Fact
from bot.monitor.draft.find import Found
from bot.monitor.draft.known import Compared, Match

_LINES = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One programme of the article: what we know of it, what was written (``file`` is None: there was nothing to)."""

    found: Found
    match: Match
    facts: tuple[Fact, ...]
    compared: tuple[Compared, ...]
    ours: dict[Compared, str]
    file: Path | None
    is_written: bool


def told(path: Path, article: Article, rows: Sequence[Row]) -> str:
    """The whole report."""
    if not rows:
        return (
            f"{path}: 사업을 찾지 못했습니다({len(article.lines)}줄을 읽었습니다).\n"
            "사업이 있는 기사라면 본문만 복사해 .txt로 저장한 뒤 다시 해 보세요.\n"
        )
    known, near, new = ([r for r in rows if r.match.verdict == v] for v in ("known", "near", "new"))
    title = f"「{article.title[:50]}」에서 " if article.title else ""
    out = [f"{path}: {title}사업 {len(rows)}개를 찾았습니다."]
    out.append(f"이미 있음 {len(known)} · 비슷한 사업이 있음 {len(near)} · 새 사업 {len(new)}")
    for heading, some in (
        ("이미 있는 사업", known),
        ("비슷한 사업이 있음: 같은 사업인지 확인하세요", near),
        ("새 사업", new),
    ):
        if some:
            out += ["", f"{heading} ({len(some)})", *(line for row in some for line in _row(row))]
    return "\n".join([*out, "", _next(rows)]) + "\n"


def _row(row: Row) -> list[str]:
    match = row.match
    ours = f" → {match.id} (이름 {match.likeness:.2f}, 검색 {match.probability:.2f})" if match.verdict != "new" else ""
    out = [f"  {row.found.place!s:>10}  {row.found.name}{ours}"]
    out += [f"    다름  {_fact(c.fact)}  |  지금 {row.ours[c]}" for c in row.compared if c.standing == "contradicts"]
    adds = [c.fact for c in row.compared if c.standing == "adds"]
    out += [
        f"    {'더함' if match.verdict == 'known' else '사실'}  {_fact(f)}"
        for f in (adds if match.verdict == "known" else row.facts)[:_LINES]
    ]
    if row.file:
        out.append(f"    초안  {row.file}" + ("" if row.is_written else "  (이미 있는 파일이라 쓰지 않았습니다)"))
    return out


def _fact(fact: Fact) -> str:
    return f"{fact.value} [{fact.kind}, {fact.place}]"


def _next(rows: Sequence[Row]) -> str:
    written = sum(row.is_written for row in rows)
    if not written:
        return "새로 쓴 초안이 없습니다."
    return (
        f"초안 {written}개를 썼습니다. 사람이 확인하고 새로 쓴 뒤 [초안] 표시를 지워 knowledge/programs/로 옮기고 "
        "python -m bot check를 돌리세요. 표시가 남은 파일은 봇이 읽지 않습니다."
    )

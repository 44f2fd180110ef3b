"""Groups as people and programs read them: text, JSON, CSV for Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from bot.kb.load import Knowledge
from bot.monitor.missed.group import Group
from bot.store.missed import State, Why

STATES: dict[State, str] = {"new": "새것", "pending": "보는 중", "done": "끝남", "ignored": "무시"}
WHYS: dict[Why, str] = {
    "none": "답 없음",
    "elsewhere": "다른 곳 일",
    "choices": "고르게 함",
    "down": "👎",
    "missing": "찾는 답 없음",
}
_OUTCOMES = {"none": "답 없음", "choices": "고르게 함", "urgent": "위험 카드", "chat": "인사"}
_TEXTS = 5
_HEAD = (
    "순위", "상태", "물은 수", "사람 수", "질문", "같은 뜻의 질문", "언어", "까닭", "지금 답",
    "가까운 사업 1", "점수 1", "가까운 사업 2", "점수 2", "가까운 사업 3", "점수 3", "처음", "마지막",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula."""


def names(knowledge: Knowledge) -> dict[str, str]:
    """Names of programmes and topics by id."""
    topics = {topic.id: topic.name for topic in knowledge.elsewhere.topics}
    return topics | {programme.id: programme.name for programme in knowledge.programmes}


def listed(groups: Sequence[Group], knowledge: Knowledge, zone: tzinfo) -> str:
    """All groups as text."""
    known = names(knowledge)
    return "\n\n".join(block(group, number, known, zone) for number, group in enumerate(groups, 1))


def block(group: Group, number: int, known: dict[str, str], zone: tzinfo) -> str:
    """One group as a few lines."""
    lines = [f"{number}. {group.texts[0]}   [{STATES[group.state]}]"]
    lines.append(
        f"   {group.asked}번 · {group.people}명 · {_why(group)} · {group.language} · {_when(group.last, zone)}"
    )
    same = zip(group.texts[1:_TEXTS], group.counts[1:_TEXTS], strict=True)
    lines += [f"   = {text}" + (f" ({count}번)" if count > 1 else "") for text, count in same]
    if (rest := len(group.texts) - _TEXTS) > 0:
        lines.append(f"   = … 그 밖에 {rest}가지")
    lines += [f"   {i}) {hit.score:.2f}  {known.get(hit.id, '')} ({hit.id})" for i, hit in enumerate(group.nearest, 1)]
    lines.append(f"   지금은 {outcome(group.now)}{_decided(group)}")
    return "\n".join(lines)


def _why(group: Group) -> str:
    return ", ".join(f"{WHYS[why]} {count}" for why, count in group.why.items())


def outcome(now: str) -> str:
    """What the citizen gets (``Group.now``), in Korean."""
    kind, _, id_ = now.partition(":")
    if id_:
        return f"'{id_}' 답이 나갑니다" if kind == "found" else f"'{id_}' 주제로 안내합니다"
    return _OUTCOMES.get(kind, kind)


def _decided(group: Group) -> str:
    target = group.decision and group.decision.target
    return f" · 정한 곳: {target}" if target else ""


def _when(at: float, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at, zone).strftime("%Y-%m-%d %H:%M")


def plain(group: Group, zone: tzinfo) -> dict[str, object]:
    """One group for JSON."""
    decision = group.decision
    return {
        "id": group.id,
        "state": group.state,
        "asked": group.asked,
        "people": group.people,
        "texts": list(group.texts),
        "language": group.language,
        "why": dict(group.why),
        "now": group.now,
        "nearest": [{"id": hit.id, "score": hit.score} for hit in group.nearest],
        "topics": list(group.topics),
        "first": datetime.fromtimestamp(group.first, zone).isoformat(timespec="seconds"),
        "last": datetime.fromtimestamp(group.last, zone).isoformat(timespec="seconds"),
        "decision": decision and {"deed": decision.deed, "target": decision.target, "at": decision.at},
    }


def sheet(groups: Iterable[Group], zone: tzinfo) -> bytes:
    """CSV as Excel opens it: UTF-8 with its mark. No cell is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for number, group in enumerate(groups, 1):
        writer.writerow([_harmless(cell) for cell in _cells(number, group, zone)])
    return out.getvalue().encode("utf-8-sig")


def _cells(number: int, group: Group, zone: tzinfo) -> list[str | int | float]:
    scores: list[str | float] = []
    for hit in group.nearest[:3]:
        scores += [hit.id, hit.score]
    scores += [""] * (6 - len(scores))
    rest = " / ".join(group.texts[1:])
    told: list[str | int | float] = [
        number,
        STATES[group.state],
        group.asked,
        group.people,
        group.texts[0],
        rest,
        group.language,
    ]
    return [*told, _why(group), outcome(group.now), *scores, _when(group.first, zone), _when(group.last, zone)]


def _harmless(cell: str | int | float) -> str | int | float:
    if isinstance(cell, str) and (cell.startswith(_RISKY) or cell.lstrip().startswith(_RISKY)):
        return f"'{cell}"
    return cell

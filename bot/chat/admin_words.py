"""What admins read in the chat: Korean, without a citizen's word and without a city's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.monitor.labels import KOREAN
from bot.monitor.ledger import duration
from bot.monitor.recent import Trouble
from bot.store.monthly import Gap

COMMANDS: Mapping[str, str] = {
    "status": "봇의 상태",
    "stats": "30일의 질문(그림)",
    "missed": "답하지 못한 질문",
    "reload": "지식 다시 읽기",
    "mute": "알림 잠시 끄기(분)",
}
"""Menu of the admins, in addition to the citizens'."""
MOST_MINUTES = 7 * 24 * 60
MUTE_USAGE = f"몇 분 동안 조용히 할지 적어 주세요. 예: /mute 60 (0이면 다시 알림, 가장 길게 {MOST_MINUTES})"
FAILED = "명령을 하지 못했습니다. 로그에서 E208을 찾아보세요."
NO_DATABASE = "데이터베이스를 읽을 수 없어 지금은 알 수 없습니다. /status를 보세요."
NO_RELOAD = "이 봇은 지식을 다시 읽지 않게 켜져 있습니다."
NO_QUESTIONS = "30일 동안 받은 질문이 없습니다."
_CHECKS = {"knowledge": "지식", "database": "데이터베이스", "telegram": "텔레그램"}


@dataclass(frozen=True, slots=True)
class Status:
    """What /status tells. ``silence``: seconds since Telegram was reached; ``quiet``: alerts are muted for so long."""

    wrong: Mapping[str, str]
    waiting: int
    oldest: float
    owed: int
    silence: float
    knowledge: str
    knowledge_age: float
    has_encoder: bool
    uptime: float
    quiet: float
    troubles: Sequence[Trouble]
    zone: tzinfo


def status(now: Status) -> str:
    """A glance."""
    wrong = [_CHECKS.get(name, name) for name, why in now.wrong.items() if why]
    head = f"🔴 준비되지 않음: {', '.join(wrong)}" if wrong else "🟢 준비됨"
    oldest = f", 가장 오래된 것 {duration(now.oldest)}째" if now.waiting else ""
    why = now.wrong.get("database")
    owed = f" (적지 못한 것 {now.owed}건)" if now.owed else ""
    silence = "아직 닿지 않음" if now.silence == float("inf") else f"{duration(now.silence)} 전에 닿음"
    return "\n".join(
        (
            head,
            f"기다리는 메시지 {now.waiting}건{oldest}",
            f"데이터베이스 {f'문제 있음: {why}' if why else '정상'}{owed}",
            f"텔레그램 {silence}",
            f"지식 {now.knowledge} 판, {duration(now.knowledge_age)}째",
            f"찾는 방법 {'뜻과 철자' if now.has_encoder else '철자만(인코더 없음)'}",
            f"켜진 지 {duration(now.uptime)}",
            f"알림 {f'{duration(now.quiet)} 동안 조용히' if now.quiet > 0 else '켜짐'}",
            f"최근 경고와 오류 {_troubles(now.troubles, now.zone)}",
        )
    )


def _troubles(found: Sequence[Trouble], zone: tzinfo) -> str:
    if not found:
        return "없음"
    rows = (f"{datetime.fromtimestamp(one.at, zone):%m-%d %H:%M} {one.code}{_times(one.times)}" for one in found)
    return "(뜻은 docs/admin.md)\n  " + "\n  ".join(rows)


def _times(times: int) -> str:
    return f" × {times}" if times > 1 else ""


def stats(outcomes: Mapping[str, int], days: int) -> str:
    """Below the picture."""
    total = sum(outcomes.values())
    parts = [f"{title} {outcomes[key]:,}" for key, title in KOREAN.outcomes.items() if outcomes.get(key)]
    return f"{days}일 동안 받은 질문 {total:,}개\n{' · '.join(parts)}"


def missed(gaps: Sequence[Gap], names: Mapping[str, str], topics: Mapping[str, str], days: int, most: int = 15) -> str:
    """Counts, what was near, and a row number; what was asked stays in the database."""
    total = sum(gap.n for gap in gaps)
    if not total:
        return f"{days}일 동안 답하지 못한 질문이 없습니다."
    rows = [f"{n}. {_gap(gap, names, topics)} — {gap.n:,}번, 줄 번호 {gap.row}" for n, gap in enumerate(gaps[:most], 1)]
    rest = sum(gap.n for gap in gaps[most:])
    more = [f"그 밖에 {rest:,}번"] if rest else []
    end = "시민의 글은 텔레그램으로 보내지 않습니다. 서버에서 python -m bot report --texts로 보세요."
    return "\n".join([f"{days}일 동안 답하지 못한 질문 {total:,}번", *rows, *more, "", end])


def _gap(gap: Gap, names: Mapping[str, str], topics: Mapping[str, str]) -> str:
    if gap.topic is not None:
        return f"다른 주제 ‘{topics.get(gap.topic, gap.topic)}’"
    return "가까운 사업 없음" if gap.near is None else f"‘{names.get(gap.near, gap.near)}’ 쪽"


def muted(minutes: int) -> str:
    """What /mute did."""
    if not minutes:
        return "🔔 다시 알립니다. 그동안 있었던 일은 지금 보냅니다."
    return f"🔕 {duration(minutes * 60)} 동안 알리지 않습니다. 그동안 있었던 일은 뒤에 모아서 보냅니다."

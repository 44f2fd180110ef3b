"""The console's words for what the bot counts, and how it writes numbers."""

from __future__ import annotations

from collections.abc import Mapping

OUTCOMES: Mapping[str, str] = {
    "found": "답함",
    "choices": "고르게 함",
    "none": "답 없음",
    "urgent": "위험",
    "chat": "인사·잡담",
}
LANGUAGES: Mapping[str, str] = {
    "ko": "한국어",
    "en": "영어",
    "zh": "중국어",
    "ru": "러시아어",
    "vi": "베트남어",
    "uz": "우즈베크어",
}
VOTES: Mapping[str, str] = {"up": "👍 도움됨", "down": "👎 아님", "missing": "찾는 답이 없음"}
DEEDS: Mapping[str, str] = {
    "login": "로그인",
    "refused": "거절됨",
    "logout": "로그아웃",
    "view": "봄",
    "try": "시험 질문",
    "check": "파일 검사",
    "rollback": "되돌림",
}
LEVELS: Mapping[str, str] = {"DEBUG": "모두", "INFO": "알림부터", "WARNING": "경고부터", "ERROR": "오류만"}
PAGES: Mapping[str, tuple[str, str]] = {
    "today": ("/admin", "오늘"),
    "charts": ("/admin/charts", "추이"),
    "missed": ("/admin/missed", "답 없음"),
    "feedback": ("/admin/feedback", "반응"),
    "try": ("/admin/try", "시험"),
    "knowledge": ("/admin/knowledge", "지식"),
    "logs": ("/admin/logs", "로그"),
    "access": ("/admin/access", "접속 기록"),
}


def number(value: float) -> str:
    """12,345."""
    return f"{value:,.0f}"


def share(part: float, whole: float) -> str:
    """12 %; a dash of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def ms(value: float | None) -> str:
    """The bound of a class of times."""
    if value is None:
        return "–"
    return "5초 넘음" if value == float("inf") else f"{value:,.0f} ms"

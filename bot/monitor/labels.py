"""What stands beside numbers: Korean for staff, English where a picture's machine has no Korean font."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """Titles of charts, and names of what is counted."""

    by_day: str
    by_hour: str
    top: str
    outcomes: Mapping[str, str]
    is_korean: bool


KOREAN = Labels(
    by_day="날마다 받은 질문",
    by_hour="시각마다 받은 질문",
    top="많이 답한 사업",
    outcomes={"found": "답함", "choices": "고르게 함", "none": "답 없음", "urgent": "위험", "chat": "인사·잡담"},
    is_korean=True,
)
ENGLISH = Labels(
    by_day="Questions by day",
    by_hour="Questions by hour of the day",
    top="Top programmes",
    outcomes={"found": "answered", "choices": "choices", "none": "no answer", "urgent": "danger", "chat": "chat"},
    is_korean=False,
)
LANGUAGES: Mapping[str, str] = {
    "ko": "한국어",
    "en": "영어",
    "zh": "중국어",
    "ru": "러시아어",
    "vi": "베트남어",
    "uz": "우즈베크어",
}
VOTES: Mapping[str, str] = {"up": "👍", "down": "👎", "missing": "찾는 답이 없음"}

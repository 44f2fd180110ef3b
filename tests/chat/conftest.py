"""A tiny city, an engine that answers what it is told to, and a Telegram that is only a list."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.request import BaseRequest

from bot.chat.render import Pages
from bot.engine.answer import Missed
from bot.kb.load import Knowledge
from bot.kb.model import ASPECTS, STATUSES, City, Elsewhere, Programme
from bot.kb.phrases import Phrases
from bot.kb.urgent import Hotlines, Urgent

SOURCES = {
    "paper": {"publisher": "신문 <A>", "title": "버스 & 밤", "date": "2022-10-20", "url": "https://a.example/?x=1&y=2"},
    "short": {"publisher": "뉴스", "title": "[요약] 우리말", "date": "2025-07", "url": "https://b.example/"},
    "copy": {"publisher": "일보(사본 주소)", "title": "옮긴 글", "date": "날짜 미상", "url": "https://c.example/"},
}


def detail(aspect: str, text: str, as_of: str = "2022-10", *sources: str) -> dict[str, Any]:
    return {"aspect": aspect, "text": text, "as_of": as_of, "sources": list(sources or ("paper",))}


def programme(id_: str = "owl-bus", **changes: Any) -> Programme:
    return Programme.model_validate(
        {
            "id": id_,
            "name": f"{id_} <밤> & 버스",
            "category": "night",
            "status": "unconfirmed",
            "summary": "밤에 집에 가는 버스 <심야>입니다.",
            "details": [
                detail("when", "금·토 밤 11시부터 새벽 2시까지."),
                detail("where", "역을 돕니다.", "2025-07", "short"),
                detail("cost", "시내버스와 같습니다 & 환승됩니다.", "2022-10", "paper", "copy"),
                detail("cost", "2025년에는 1,650원.", "2025-10", "short"),
                detail("what", "번호 앞 N은 밤이라는 뜻입니다."),
            ],
            "how_to_use": "정류장에서 그냥 탑니다.",
            "contacts": [
                {
                    "name": "콜센터",
                    "phone": "1666-0000",
                    "hours": "평일 08~19시",
                    "as_of": "2023",
                    "sources": ["short"],
                },
                {"name": "경찰", "phone": "112", "as_of": "2022", "sources": ["short"]},
                {"name": "누리집", "url": "https://d.example/?a=1&b=2", "as_of": "날짜 미상", "sources": ["short"]},
            ],
            "aliases": [],
            "questions": [],
            "related": [],
            "department": "교통과",
            "sources": SOURCES,
            "reviewed_on": "2026-11-23",
            "review_by": "2027-05-23",
        }
        | changes
    )


def city() -> City:
    contact = {"name": "물어보는 곳", "phone": "1577-0000", "hours": "365일", "as_of": "2023-02", "sources": ["paper"]}
    return City.model_validate(
        {
            "id": "town",
            "name": "<시>",
            "languages": ["ko"],
            "time_zone": "Asia/Seoul",
            "contact": contact,
            "emergency": "위급하면 112 & 119.",
            "categories": [
                {"id": "night", "name": "밤길", "icon": "🌙"},
                {"id": "eyes", "name": "카메라", "icon": "📹"},
                {"id": "empty", "name": "빈 분야", "icon": "🕳"},
            ],
            "sources": {"paper": SOURCES["paper"]},
        }
    )


def phrases() -> Phrases:
    return Phrases.model_validate(
        {
            "start": "안녕{name}! {city} {count}가지. {emergency}",
            "named": ", {name}님",
            "help": "도움말 {count} {emergency}",
            "menu": "분야?",
            "category": "{name} 고르기",
            "choices": "이 중에 있나요?",
            "missed": "모릅니다. {contact}에 물어보세요. {emergency}",
            "elsewhere": "‘{topic}’은 제 일이 아닙니다. {contact}. {emergency}",
            "near": "가까운 것:",
            "follow_up": "방금 보신 ‘{name}’ 이야기",
            "unknown_aspect": "{aspect} 자료 없음",
            "card_end": "{as_of} 기준 · 출처 {count}곳",
            "contact": "{name} {phone}",
            "hours": "{hours}",
            "old_number": "{year}년 기준 번호",
            "sources_title": "{name} 출처",
            "department": "담당: {department}",
            "use": "이용",
            "language_title": "언어?",
            "language_set": "한국어로 답해요",
            "unreviewed": "검토 전 번역",
            "untranslated": "한국어만 있어요",
            "unknown_language": "여섯 언어를 읽어요",
            "urgent": {
                "title": "바로 전화하세요",
                "also": "함께 돕는 곳",
                "calm": "아니면 다시",
                "interpreter": "통역",
            },
            "status": {status: f"상태-{status}" for status in STATUSES},
            "aspects": {aspect: {"label": f"[{aspect}]", "cues": ["x"]} for aspect in ASPECTS},
            "fillers": ["요"],
            "smalltalk": [{"id": "hello", "reply": "반가워요 <3", "examples": ["안녕"]}],
            "buttons": {
                "more": "더 보기",
                "less": "접기",
                "sources": "출처",
                "menu": "메뉴",
                "back": "뒤로",
                "missing": "답 없음",
            },
            "commands": {
                "start": "처음",
                "menu": "분야",
                "help": "쓰는 법",
                "language": "언어",
                "privacy": "남기는 것",
                "forget": "지우기",
            },
            "feedback": {"up": "좋아요", "down": "고칠게요", "missing": "준비할게요"},
            "privacy": "{days}일 남겨요",
            "forgotten": "지웠어요",
            "forget_later": "나중에 다시",
            "slow_down": "천천히요",
            "errors": {
                "apology": "죄송합니다",
                "no_text": "글만 읽어요",
                "too_long": "앞부분만 읽었어요",
                "old_button": "오래된 단추",
                "no_longer": "이제 없어요",
                "nothing_typed": "적어 주세요",
            },
        }
    )


def hotlines() -> Hotlines:
    def line(number: str, name: str, *languages: str, **more: Any) -> dict[str, Any]:
        return {
            "number": number,
            "name": {"ko": name, "vi": f"vi-{name}"},
            "whom": {"ko": "누구나"},
            "hours": {"ko": "24시간"},
            "languages": ["ko", *languages],
            "as_of": "2024",
            "sources": ["paper"],
        } | more

    return Hotlines.model_validate(
        {
            "hotlines": [
                line("112", "경찰 <1>", silent={"ko": "말없이 & 문자"}),
                line("119", "소방", "vi"),
                line("1366", "여성긴급전화"),
                line("1577-1366", "다누리", "vi", "en"),
            ],
            "interpreter": "1577-1366",
            "sources": {"paper": SOURCES["paper"]},
        }
    )


def urgent() -> Urgent:
    return Urgent.model_validate(
        {
            "kinds": [
                {
                    "id": "attack",
                    "name": {"ko": "폭력"},
                    "hotlines": ["112", "1366"],
                    "say": {"ko": "있는 곳을 말하세요 <지금>"},
                    "signs": {"ko": ["칼 + 들고"]},
                    "examples": {"ko": ["칼 든 사람이 있어요"]},
                },
                {
                    "id": "fire",
                    "name": {"ko": "불"},
                    "hotlines": ["119"],
                    "say": {"ko": "밖으로 나가세요"},
                    "signs": {"ko": ["!불났어요"]},
                    "examples": {"ko": ["집에 불이 났어요"]},
                },
            ],
            "harmless": {"signs": {"ko": ["영화|드라마"]}, "examples": {"ko": ["칼국수 맛집", "불닭 매워요"]}},
        }
    )


def knowledge(*programmes: Programme) -> Knowledge:
    known = programmes or (
        programme("owl-bus", related=["bus-stop", "gone", "cctv", "lamp"]),
        programme("bus-stop"),
        programme("cctv", category="eyes"),
        programme("lamp"),
    )
    elsewhere = Elsewhere.model_validate({"topics": [{"id": "tax", "name": "세금 <>", "examples": ["세금"]}]})
    return Knowledge(city(), known, {"ko": phrases()}, elsewhere, (), "v1", {}, hotlines(), urgent())


class FakeEngine:
    """Answers with ``answers[text]``, or that it knows nothing; an exception there is raised."""

    def __init__(self, known: Knowledge) -> None:
        self.knowledge = known
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, str | None]] = []

    def answer(self, text: str, about: str | None = None, mark: object = None) -> Any:
        self.asked.append((text, about))
        found = self.answers.get(text, Missed(()))
        if isinstance(found, Exception):
            raise found
        return found

    encoder = None

    def glance(self, text: str) -> bool:
        return "살려" in text

    def language(self, text: str, hint: Any = None) -> Any:
        return hint or "ko"


class Wire(BaseRequest):
    """The network replaced by a list: what was called, and refusals in the order given for each method."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: dict[str, list[Any]] = {}
        self.numbers = iter(range(1000, 100_000))

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    def refuse(self, method: str, code: int, description: str, times: int = 1, **parameters: Any) -> None:
        answer = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
        self.refusals.setdefault(method, []).extend([(code, answer)] * times)

    def sent(self, method: str = "sendMessage") -> list[dict[str, Any]]:
        return [parameters for called, parameters in self.calls if called == method]

    async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        parameters = request_data.parameters if request_data else {}
        self.calls.append((name, parameters))
        if self.refusals.get(name):
            refusal = self.refusals[name].pop(0)
            if isinstance(refusal, Exception):
                raise refusal
            return refusal[0], json.dumps(refusal[1]).encode()
        return 200, json.dumps({"ok": True, "result": self._result(name, parameters)}).encode()

    def _result(self, name: str, parameters: dict[str, Any]) -> Any:
        if name == "getMe":
            return {"id": 42, "is_bot": True, "first_name": "Bot", "username": "safe_bot"}
        if name in ("sendMessage", "editMessageText"):
            chat = {"id": parameters["chat_id"], "type": "private"}
            return {"message_id": next(self.numbers), "date": 0, "chat": chat, "text": "x"}
        return [] if name == "getUpdates" else True


@pytest.fixture
def make() -> SimpleNamespace:
    """The builders above."""
    return SimpleNamespace(
        programme=programme,
        detail=detail,
        knowledge=knowledge,
        phrases=phrases,
        city=city,
        engine=FakeEngine,
        wire=Wire,
    )


@pytest.fixture
def known() -> Knowledge:
    return knowledge()


@pytest.fixture
def pages(known: Knowledge) -> Pages:
    return Pages(known)


@pytest.fixture
def engine(known: Knowledge) -> FakeEngine:
    return FakeEngine(known)


@pytest.fixture
def wire() -> Wire:
    return Wire()

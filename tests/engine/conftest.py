"""A tiny city of four programmes, an encoder that knows six things, and numbers that no fitting moves."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import settings

from bot.engine.calibration import EVIDENCE, Bands, Calibration, Caution
from bot.engine.encode import Encoder, Vectors
from bot.engine.pipeline import Engine
from bot.engine.rules import RULES
from bot.engine.search import Search
from bot.kb.load import Knowledge, load
from bot.kb.model import ASPECTS, Aspect, City, Elsewhere, Programme, Smalltalk, Topic
from bot.kb.phrases import AspectWords, Phrases
from bot.kb.urgent import Harmless, Hotlines, Kind, Urgent

settings.register_profile("busy", deadline=None)  # a machine with other work to do is no failure
settings.load_profile("busy")

ROOT = Path(__file__).resolve().parents[2]
CUES: dict[Aspect, tuple[str, ...]] = {
    "cost": ("얼마", "요금"),
    "where": ("어디", "정류장"),
    "when": ("몇 시", "막차"),
    "how": ("신청", "어떻게 하"),
    "figures": ("얼마나 많", "몇 대"),
    "what": ("뭐예요",),
}
FILLERS = ("그거", "그건", "인가요", "에서", "타요", "예요", "이", "요")
THINGS = (
    ("버스", "막차", "bus", "автобус"),
    ("카메라", "cctv", "camera"),
    ("비상벨", "단추", "화장실", "bell"),
    ("귀가", "데려다", "무서", "escort"),
    ("세금", "재산세", "tax"),
    ("안녕", "고맙", "hello"),
)
WEIGHTS = {"both": 4, "meaning": 4, "letters": 4, "nearest": 4, "spelling": 4, "name": 2, "initials": 9}


def programme(id_: str, name: str, aliases: Sequence[str] = (), questions: Sequence[str] = ()) -> Programme:
    """Only what the engine reads of a programme; ``tests/chat/conftest.py`` has whole ones."""
    return Programme.model_construct(id=id_, name=name, aliases=tuple(aliases), questions=tuple(questions))


FOUR = (
    programme(
        "smart-cctv",
        "지능형 CCTV",
        ["똑똑한 카메라"],
        ["카메라가 몇 대 있어요", "골목이 어두워요", "찍힌 걸 보고 싶어요"],
    ),
    programme(
        "owl-bus", "부엉이버스", ["심야버스", "N60"], ["막차 끊겼는데 집에 어떻게 가요", "밤 열두 시에 버스 있어요"]
    ),
    programme(
        "safe-return", "안심귀가", ["안심동행"], ["집까지 데려다 주세요", "혼자 가기 무서워요", "골목이 어두워요"]
    ),
    programme("restroom-bell", "화장실 비상벨", ["비상벨"], ["단추를 누르면 누가 와요", "화장실이 무서워요"]),
)
HELLO = Smalltalk(id="hello", reply="안녕하세요.", examples=("안녕하세요", "안녕"))
THANKS = Smalltalk(id="thanks", reply="고맙습니다.", examples=("고맙습니다",))
WEATHER = Topic(id="weather", name="날씨", examples=("오늘 비 와요", "내일 날씨"))
TAX = Topic(id="tax", name="세금", examples=("재산세 내는 곳", "세금 고지서"))


FIRE = Kind.model_construct(
    id="fire", hotlines=("119", "112"), signs={"ko": ("!불났어요",)}, examples={"ko": ("집에 불이 났어요",)}
)


def phrases(*smalltalk: Smalltalk) -> Phrases:
    """Only what the engine reads of a language."""
    words = {aspect: AspectWords(label=aspect, cues=CUES.get(aspect, (f"@{aspect}",))) for aspect in ASPECTS}
    return Phrases.model_construct(aspects=words, fillers=FILLERS, smalltalk=smalltalk or (HELLO, THANKS))


def town(*programmes: Programme, **languages: Phrases) -> Knowledge:
    city = City.model_construct(id="town", languages=("ko",))
    known = {"ko": phrases()} | languages
    return Knowledge(
        city=city,
        programmes=programmes or FOUR,
        phrases=known,  # type: ignore[arg-type]
        elsewhere=Elsewhere(topics=(WEATHER, TAX)),
        golden=(),
        version="v1",
        documents={},
        hotlines=Hotlines.model_construct(hotlines=()),
        urgent=Urgent(kinds=(FIRE,), harmless=Harmless(examples={"ko": ("불닭 매워요",)})),
    )


class Concepts:
    """Texts are alike if they speak of the same things; all point a little the same way, as E5's vectors do."""

    def __init__(self, name: str = "concepts-1", dim: int = len(THINGS)) -> None:
        self.name, self.dim = name, dim
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows = [[0.5 + 2 * sum(word in text for word in things) for things in THINGS] for text in texts]
        out = np.array(rows, np.float32).reshape(len(texts), len(THINGS))[:, : self.dim]
        return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), np.float32)


def calibration() -> Calibration:
    return Calibration(tuple(WEIGHTS.get(rule.name, 0) for rule in RULES), -1.0, 1.0, Bands(0.7, 0.2, 0.5))


def engine(knowledge: Knowledge, encoder: Encoder | None = None, keep: Path | None = None) -> Engine:
    """An engine with the numbers above in place of the fitted ones; only a written sign tells it danger."""
    built = Engine.build(knowledge, encoder, keep)
    caution = Caution(tuple(9.0 if name == "strong_sign" else 0.0 for name in EVIDENCE), -5.0, 0.9)
    return replace(built, calibration=calibration(), guard=replace(built.guard, caution=caution))


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The builders above."""
    return SimpleNamespace(
        programme=programme,
        programmes=FOUR,
        phrases=phrases,
        town=town,
        encoder=Concepts,
        calibration=calibration,
        engine=engine,
    )


@pytest.fixture(scope="session")
def spelling() -> Search:
    """The tiny city, searched by spelling alone."""
    return engine(town()).search


@pytest.fixture(scope="session")
def meaning() -> Search:
    """The tiny city, searched by meaning and spelling."""
    return engine(town(), Concepts()).search


@pytest.fixture(scope="session")
def clerk() -> Engine:
    """Answers for the tiny city by meaning and spelling."""
    return engine(town(), Concepts())


@pytest.fixture(scope="session")
def shipped(pytestconfig: pytest.Config) -> Engine:
    """The city's real knowledge, searched by spelling alone: slow to build, so built once for the same code."""
    return Engine.build(load(ROOT / "knowledge"), None, keep(pytestconfig))


def keep(config: pytest.Config) -> Path | None:
    """A folder for weights between runs, emptied when the code changes; None where pytest keeps nothing."""
    cache = getattr(config, "cache", None)
    if cache is None:
        return None
    folder = Path(cache.mkdir("engine"))
    code = hashlib.sha256(b"".join(path.read_bytes() for path in sorted((ROOT / "bot/engine").glob("*.py"))))
    if not (folder / code.hexdigest()).exists():
        for old in folder.iterdir():
            old.unlink(missing_ok=True)
        (folder / code.hexdigest()).touch()
    return folder

"""What must never be written down is gone before anything is written; everything else can still be read."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kb.load import load
from bot.store.redact import Redactor
from bot.store.redact.marks import MARKS
from tools.privacy import Measure, measure, phrasings, read

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = ("mobile", "landline", "resident_no", "foreigner_no", "card", "account", "passport", "licence", "plate")
KNOWN = load(ROOT / "knowledge")
REDACTOR = Redactor.of(KNOWN)


@pytest.fixture(scope="module", params=["privacy_a", "privacy_b"])
def measured(request: pytest.FixtureRequest) -> Measure:
    return measure(REDACTOR, read([ROOT / f"tests/data/{request.param}.jsonl"]))


def test_of_numbers_hardly_one_is_left(measured: Measure) -> None:
    found = sum(measured.found[kind] for kind in NUMBERS)
    left = sum(len(measured.left.get(kind, ())) for kind in NUMBERS)
    assert found > 180
    assert left <= 1


def test_most_mails_ids_addresses_and_names_are_gone(measured: Measure) -> None:
    floors = {"email": 0.96, "messenger": 0.8, "id_no": 0.87, "birth": 0.9, "address": 0.9, "name": 0.75}
    assert {k: measured.gone[k] for k, floor in floors.items() if measured.gone[k] < floor} == {}


def test_what_only_looks_personal_stays(measured: Measure) -> None:
    assert measured.harmless >= 80
    assert measured.unharmed >= 0.95


def test_ordinary_questions_stay_as_they_are() -> None:
    asked = list(phrasings(KNOWN))[::5]
    assert sum(REDACTOR.redact(text) != text for text in asked) / len(asked) <= 0.01


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("제 번호 010-2345-6789예요", "phone"),
        ("공일공-이삼사오-육칠팔구로 전화 주세요", "phone"),
        ("０１０ ２３４５ ６７８９", "phone"),
        ("주민번호 900101-1234567", "number"),
        ("hong.gil@example.com 으로 보내 주세요", "email"),
        ("홍길 골뱅이 네이버 쩜 컴", "email"),
        ("카톡 아이디 hong_gil99 예요", "handle"),
        ("차 번호 12가 3456 검은색", "plate"),
        ("제 이름은 홍길동입니다", "name"),
        ("My name is John Smith", "name"),
        ("샛별로 12번길 34, 2층에 살아요", "address"),
    ],
)
def test_each_kind_leaves_its_mark(text: str, kind: str) -> None:
    mark = {str(name): word for name, word in MARKS.items()}[kind]
    assert mark in REDACTOR.redact(text)


@pytest.mark.parametrize(
    "text",
    ["112에 신고했어요", "밤 11시 30분 막차", "2022년에 시작했나요", "요금 1,450원", "기사님이 친절해요", "70세 이상"],
)
def test_public_numbers_times_years_prices_and_titles_stay(text: str) -> None:
    assert REDACTOR.redact(text) == text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.from_regex(r"[0-9 ./()-]{1,40}", fullmatch=True))
def test_any_text_is_taken_and_once_is_enough(text: str) -> None:
    once = REDACTOR.redact(text)
    assert REDACTOR.redact(once) == once


@pytest.mark.parametrize(
    "text", ["1" * 10_000, "가" * 10_000, "a@" * 5_000, "1 - " * 2_500, "동 12 " * 2_000, "공일" * 5_000]
)
def test_a_long_message_takes_no_longer_than_its_length(text: str) -> None:
    REDACTOR.redact(text[:400])
    began = time.perf_counter()
    REDACTOR.redact(text)
    assert time.perf_counter() - began < 5

"""What must never be written down is gone before anything is written; everything else can still be read."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.kb.load import load
from bot.store.redact import Redactor, Span
from bot.store.redact.marks import MARKS
from tools.privacy import Measure, Message, Secret, main, measure, phrasings, read

ROOT = Path(__file__).resolve().parents[2]
CERTAIN = (
    *("mobile", "landline", "resident_no", "foreigner_no", "card", "account", "passport", "licence", "plate"),
    *("id_no", "email", "messenger", "birth", "foreign_phone", "code", "device"),
)
KNOWN = load(ROOT / "knowledge")
REDACTOR = Redactor.of(KNOWN)


@dataclass(frozen=True)
class Leaves:
    """A redactor that leaves what a test wants to be left."""

    left: str

    def redact(self, _: str) -> str:
        return self.left


def one(secret: str, kind: str) -> list[Message]:
    return [Message(f"글 {secret} 글", (Secret(kind, secret),), ())]


@pytest.fixture(scope="module", params=["privacy_a", "privacy_b", "privacy_c"])
def measured(request: pytest.FixtureRequest) -> Measure:
    return measure(REDACTOR, read([ROOT / f"tests/data/{request.param}.jsonl"]))


def test_of_numbers_mails_and_ids_nothing_is_left(measured: Measure) -> None:
    assert sum(measured.found[kind] for kind in CERTAIN) > 250
    assert {kind: measured.left[kind] for kind in CERTAIN if measured.left.get(kind)} == {}


def test_messages_written_after_the_rules_lose_all_but_some_names() -> None:
    unseen = measure(REDACTOR, read([ROOT / "tests/data/privacy_d.jsonl"]))
    assert {kind: unseen.left[kind] for kind in CERTAIN if unseen.left.get(kind)} == {}
    assert unseen.gone["address"] >= 0.9
    assert unseen.gone["name"] >= 0.65
    assert unseen.unharmed >= 0.95


def test_most_addresses_and_names_are_gone(measured: Measure) -> None:
    assert measured.gone["address"] >= 0.9
    assert measured.gone["name"] >= 0.7


def test_what_only_looks_personal_stays(measured: Measure) -> None:
    assert measured.harmless >= 80
    assert measured.unharmed >= 0.95


def test_ordinary_questions_stay_as_they_are() -> None:
    asked = list(phrasings(KNOWN))[::5]
    assert sum(REDACTOR.redact(text) != text for text in asked) / len(asked) <= 0.003


def test_the_tool_prints_a_table_by_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "small.jsonl"
    file.write_text(
        '{"q": "제 번호 010-2345-6789", "secrets": [{"kind": "mobile", "text": "010-2345-6789"}]}\n', "utf-8"
    )
    assert main([str(file)]) == 0
    assert "| 휴대전화 | 100.0% (1/1) |" in capsys.readouterr().out


def test_kinds_that_writers_name_otherwise_are_counted_with_ours(tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text('{"q": "900101-1234567", "secrets": [{"kind": "rrn", "text": "900101-1234567"}]}\n', "utf-8")
    assert measure(REDACTOR, read([file])).gone == {"resident_no": 1.0}


@pytest.mark.parametrize("left", ["제 번호 010-2345-6789", "제 번호 2345만요", "공일공 이삼사오", "010 2 3 4 5"])
def test_the_measure_sees_what_is_left_of_a_number(left: str) -> None:
    found = measure(Leaves(left), one("010-2345-6789", "mobile"))
    assert found.gone["mobile"] == 0


@pytest.mark.parametrize(
    ("secret", "kind", "left"),
    [
        ("hong33@naver.com", "email", "hong33 네이버"),
        ("원곡로 12, 302호", "address", "‹주소› 302호"),
        ("이서윤", "name", "이서윤이가 왔어요"),
        ("1990년 5월 5일", "birth", "‹생일› 5월 5일"),
    ],
)
def test_the_measure_sees_what_is_left_of_other_kinds(secret: str, kind: str, left: str) -> None:
    assert measure(Leaves(left), one(secret, kind)).gone[kind] == 0


def test_public_numbers_come_from_the_knowledge_alone() -> None:
    contact = KNOWN.city.contact.model_copy(update={"phone": "031-555-0000"})
    other = Redactor.of(replace(KNOWN, city=KNOWN.city.model_copy(update={"contact": contact})))
    asked = "031-555-0000에 걸어도 되나요"
    assert other.redact(asked) == asked
    assert REDACTOR.redact(asked) == "‹전화›에 걸어도 되나요"


def test_a_number_is_not_public_because_somebody_asked_about_it() -> None:
    topic = KNOWN.elsewhere.topics[0].model_copy(update={"examples": ("031-555-6666 누구 번호예요",)})
    asked = Redactor.of(replace(KNOWN, elsewhere=KNOWN.elsewhere.model_copy(update={"topics": (topic,)})))
    assert asked.redact("031-555-6666 누구 번호예요") == "‹전화› 누구 번호예요"


def test_what_is_found_is_told_with_its_place() -> None:
    text = "서윤 씨 전화 ０１０-2345-6789"
    assert REDACTOR.found(text) == (Span("name", 0, 2), Span("phone", 8, 21))


def test_marks_that_somebody_types_stay_and_join_nothing() -> None:
    text = " ".join(MARKS.values())
    assert REDACTOR.redact(text) == text
    assert REDACTOR.redact("12‹전화›34") == "12‹전화›34"

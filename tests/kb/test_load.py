"""What an editor reads when a file is wrong: the file, the line, the mend."""

import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.kb.load import load

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
OWL = "programs/owl-bus.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def broken(folder: Path, old: str, new: str, where: str = OWL) -> list[str]:
    path = folder / where
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_knowledge_has_29_programmes_with_forty_phrasings_each() -> None:
    knowledge = load(KNOWLEDGE)
    assert len(knowledge.programmes) == 29
    assert min(len(p.phrasings) for p in knowledge.programmes) >= 40


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("status: unconfirmed", "status: maybe", "owl-bus.yaml:5: status: 'maybe'은(는) 쓸 수 없는 값"),
        ("category: going-home", "catgory: going-home", "owl-bus.yaml:4: catgory: 모르는 항목"),
        ("status: unconfirmed", "status: unconfirmed\nstatus: running", "owl-bus.yaml:6: 'status' 항목이 두 번"),
        ("details:\n", "details:\n\t", "탭 문자가 있습니다"),
        ("category: going-home", "category: nowhere", "owl-bus.yaml:4: 'nowhere' 분야가"),
        ("related: [", "related: [no-such-bus, ", "'no-such-bus' 사업이 없습니다"),
        ("sources: [mt-20220926", "sources: [nobody, mt-20220926", "출처 'nobody'가"),
        ("summary: ", "summary: 요금: ", "큰따옴표로 감싸세요"),
        ("summary: ", "summary: " + "가" * 150, "너무 깁니다"),
        ("reviewed_on: ", "reviewed_on: 어제 ", "날짜가 아닙니다"),
        ("phone: 1666-1234", "phone: 전화하세요", "숫자와 붙임표만"),
    ],
)
def test_a_mistake_names_file_line_and_mend(folder: Path, old: str, new: str, told: str) -> None:
    assert any(told in line for line in broken(folder, old, new)), broken


def test_a_file_in_another_encoding_says_how_to_save_it(folder: Path) -> None:
    (folder / OWL).write_bytes("id: 부엉이".encode("cp949"))
    with pytest.raises(KnowledgeError, match=r"owl-bus\.yaml:1: UTF-8이 아닌 파일"):
        load(folder)


def test_numbers_times_and_no_stay_what_was_written(folder: Path) -> None:
    path = folder / OWL
    path.write_text(path.read_text("utf-8").replace("- N80\n", "- N80\n  - 18:30\n  - 031\n  - no\n"), "utf-8")
    owl = load(folder).programme("owl-bus")
    assert owl is not None
    assert {"18:30", "031", "no"} <= set(owl.aliases)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    (folder / "programs/cpted.yaml").write_text("id: [", "utf-8")
    assert len(broken(folder, "status: unconfirmed", "status: maybe")) == 2

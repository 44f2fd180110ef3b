"""An editor learns of a card or a page that no phone and no Telegram shows whole."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.chat.fit import MOST, unfit
from bot.kb.load import Knowledge
from bot.kb.model import Programme
from bot.kb.reader import Document, read


@pytest.fixture
def document(tmp_path) -> Document:
    path = tmp_path / "lamp.yaml"
    path.write_text("id: lamp\nname: 등\ndetails:\n  - 가\nsources: {}\n", "utf-8")
    return read(path, "programs/lamp.yaml")


def told(known: Knowledge, document: Document, lamp: Programme) -> list[str]:
    town = replace(known, programmes=(lamp,), documents={"programs/lamp.yaml": document})
    return [str(problem) for problem in unfit(town)]


def test_pages_that_fit_are_no_problem(known: Knowledge, document: Document, make: SimpleNamespace) -> None:
    assert told(known, document, make.programme("lamp")) == []


def test_a_programme_that_was_not_read_from_a_file_is_not_told(known: Knowledge, make: SimpleNamespace) -> None:
    facts = [make.detail("what", "가" * 100) for _ in range(30)]
    town = replace(known, programmes=(make.programme("lamp", details=facts, summary="가" * 100),))
    assert list(unfit(town)) == []


def test_all_that_is_known_must_fit_one_message(known: Knowledge, document: Document, make: SimpleNamespace) -> None:
    long = make.programme("lamp").details[0].model_copy(update={"text": "가" * 2100})
    lamp = make.programme("lamp").model_copy(update={"details": (long, long)})
    [problem] = [line for line in told(known, document, lamp) if "펼친 글" in line]
    assert problem.startswith("programs/lamp.yaml:3: 이 내용을 펼친 글이 4")
    assert problem.endswith(f"자입니다(텔레그램 한 메시지는 최대 {MOST}자). 줄이거나 나누세요.")


def test_the_sources_must_fit_one_message(known: Knowledge, document: Document, make: SimpleNamespace) -> None:
    lamp = make.programme("lamp")
    source = next(iter(lamp.sources.values())).model_copy(update={"title": "가" * 5000})
    [problem] = told(known, document, lamp.model_copy(update={"sources": {"paper": source}}))
    assert problem.startswith("programs/lamp.yaml:5: 이 내용을 펼친 글이 5")


def test_a_card_longer_than_twelve_lines_is_told(known: Knowledge, document: Document, make: SimpleNamespace) -> None:
    lamp = make.programme("lamp").model_copy(update={"summary": "한 줄\n" * 12})
    problems = told(known, document, lamp)
    assert problems[0].startswith("programs/lamp.yaml:3: '전체' 카드가 21")
    assert problems[0].endswith("줄입니다(최대 12줄). 사실을 줄이거나 합치세요.")

"""Words that must never be said: looked for in all that is sent, and told where they stand."""

from pathlib import Path

import pytest

from bot.kb.load import load
from bot.monitor.words import UNSENT, unspeakable

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
LAMP = "programs/lamp.yaml"
ENGLISH = """\
id: lamp
source: "000000000000"
name: Lamp
summary: It is bright.
details: [Free, Brighter]
how_to_use: Just come.
questions: [dark street]
"""


@pytest.fixture
def abroad(town):
    """The town in English too."""
    town.go_abroad()
    town.write("translations/en/lamp.yaml", ENGLISH)
    return town


@pytest.mark.parametrize("start", ["name: 골목 보안등", "summary: 골목", "    text: 무료", "how_to_use: 그냥"])
def test_a_word_that_must_not_be_said_is_found_wherever_the_card_says_it(town, start):
    town.change(LAMP, start, f"{start} 홍길동")
    told = "'홍길동'은(는) 답에 나오면 안 되는 말입니다(city.yaml never_say)."
    assert [(problem.where, problem.message) for problem in unspeakable(load(town.root))] == [(LAMP, told)]


def test_a_word_that_must_not_be_said_is_told_at_its_line(town):
    town.change(LAMP, "그냥 오세요", "홍길동에게 오세요")
    assert [problem.line for problem in unspeakable(load(town.root))] == [15]


def test_citizens_may_say_what_must_not_be_said(town):
    town.change(LAMP, "aliases: [", "aliases: [홍길동 등, ")
    town.change(LAMP, "  - 어두운 길", "  - 홍길동 어두운 길")
    assert list(unspeakable(load(town.root))) == []


@pytest.mark.parametrize(
    ("where", "old"), [("phrases/ko.yaml", "menu: "), ("elsewhere.yaml", "name: "), ("city.yaml", "emergency: ")]
)
def test_the_fixed_sentences_must_not_say_it_either(town, where, old):
    town.change(where, old, f"{old}홍길동 ")
    assert [problem.where for problem in unspeakable(load(town.root))] == [where]


def test_a_key_of_a_file_is_not_said(town):
    town.change("city.yaml", "[홍길동]", "[how_to_use]")
    assert list(unspeakable(load(town.root))) == []


@pytest.mark.parametrize(
    ("where", "old"),
    [
        ("city.yaml", "name: 밤골시청"),
        ("city.yaml", "name: 밤길"),
        ("elsewhere.yaml", "name: 세금\n    where: 시청"),
        ("phrases/ko.yaml", "    reply: "),
        ("phrases/en.yaml", "buttons:\n  more: "),
        ("hotlines.yaml", "whom: {en: x, ko: 범죄"),
        ("urgent.yaml", "say: {en: x, ko: 안전한"),
        ("translations/en/lamp.yaml", "summary: It"),
        ("translations/en/lamp.yaml", "details: [Free"),
        (LAMP, "publisher: 신문"),
        (LAMP, "department: 안전과"),
    ],
)
def test_every_file_is_read_for_what_it_sends(abroad, where, old):
    if where == "elsewhere.yaml":
        abroad.change(where, "name: 세금", "name: 세금\n    where: 시청")
    abroad.change(where, old, f"{old} 홍길동 ")
    line = abroad.read(where)[: abroad.read(where).index("홍길동")].count("\n") + 1
    assert [(problem.where, problem.line) for problem in unspeakable(load(abroad.root))] == [(where, line)]


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [
        ("elsewhere.yaml", "examples: [", "examples: [홍길동 세금, "),
        ("urgent.yaml", "examples: {ko: [", "examples: {ko: [홍길동이 쫓아와요, "),
        ("urgent.yaml", "signs: {ko: [", "signs: {ko: [홍길동, "),
        ("phrases/ko.yaml", "fillers: [", "fillers: [홍길동, "),
        ("phrases/ko.yaml", "cues: [", "cues: [홍길동, "),
        ("phrases/ko.yaml", "    examples:\n", "    examples:\n      - 홍길동\n"),
        ("translations/en/lamp.yaml", "questions: [", "questions: [홍길동, "),
        ("questions/golden.yaml", "q: 부엉이", "q: 홍길동 부엉이"),
    ],
)
def test_what_citizens_say_is_not_what_the_bot_says(abroad, where, old, new):
    abroad.change(where, "examples: {ko: [" if old.startswith("examples: {ko") else old, new)
    assert list(unspeakable(load(abroad.root))) == []


def test_small_letters_and_full_width_do_not_hide_a_word(town):
    town.change("city.yaml", "[홍길동]", "[Gildong]")
    town.change(LAMP, "그냥 오세요", "ＧＩＬＤＯＮＧ에게 오세요")
    (problem,) = unspeakable(load(town.root))
    assert problem.line == 15
    assert problem.message.startswith("'Gildong'은(는) ")


def test_every_word_is_told(town):
    town.change("city.yaml", "[홍길동]", "[홍길동, 그냥]")
    town.change(LAMP, "그냥 오세요", "그냥 홍길동에게 오세요")
    assert len([problem for problem in unspeakable(load(town.root)) if problem.where == LAMP]) == 2


def test_what_is_unsent_exists():
    assert [
        (model.__name__, name) for model, names in UNSENT.items() for name in names if name not in model.model_fields
    ] == []


def test_the_shipped_knowledge_never_says_it():
    assert list(unspeakable(load(KNOWLEDGE))) == []

"""The fixed sentences: which {words} each may hold, and what an editor reads about others."""

from copy import deepcopy
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.kb.explain import in_korean
from bot.kb.phrases import Phrases
from bot.kb.reader import read

WHERE = "phrases/ko.yaml"
KOREAN = read(Path(__file__).resolve().parents[2] / "knowledge" / WHERE, WHERE)
NONE = "없음"
ALL = "{name}, {city}, {count}, {emergency}"

OFFERED = {
    "start": ALL,
    "help": ALL,
    "named": "{name}",
    "category": "{name}",
    "follow_up": "{name}",
    "sources_title": "{name}",
    "unknown_aspect": "{name}, {aspect}",
    "card_end": "{as_of}, {count}",
    "contact": "{name}, {phone}, {hours}, {year}",
    "hours": "{hours}",
    "old_number": "{year}",
    "department": "{department}",
    "menu": NONE,
    "choices": NONE,
    "near": NONE,
    "status.running": NONE,
    "commands.start": NONE,
    "errors.apology": NONE,
    "errors.too_long": NONE,
}


def said(sentence: str, text: str) -> Phrases:
    """The shipped sentences with one of them changed."""
    data = deepcopy(KOREAN.data)
    *around, last = sentence.split(".")
    here = data
    for part in around:
        here = here[part]
    here[last] = text
    return Phrases.model_validate(data)


def refused(sentence: str, text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        said(sentence, text)
    (fault,) = caught.value.errors()
    assert fault["loc"] == tuple(sentence.split("."))
    return in_korean(fault, KOREAN, Phrases).message


@pytest.mark.parametrize(("sentence", "offered"), OFFERED.items())
def test_a_word_that_cannot_be_filled_is_told_with_those_that_can(sentence, offered):
    path = " › ".join(sentence.split("."))
    assert refused(sentence, "{mayor}님의 말") == (
        f"{path}: {{mayor}}은(는) 이 문장에서 채울 수 없습니다. 쓸 수 있는 것: {offered}."
    )


@pytest.mark.parametrize(("sentence", "offered"), [row for row in OFFERED.items() if row[1] != NONE])
def test_every_word_that_is_offered_is_accepted(sentence, offered):
    assert getattr(said(sentence, offered), sentence) == offered


@pytest.mark.parametrize("sentence", ["missed", "elsewhere"])
def test_who_has_no_answer_may_name_topic_contact_and_emergency(sentence):
    text = "{topic} {contact} {emergency}"
    assert getattr(said(sentence, text), sentence) == text
    assert refused(sentence, "{name}").startswith(
        f"{sentence}: {{name}}은(는) 이 문장에서 채울 수 없습니다. 쓸 수 있는 것: {{contact}}, {{emergency}}, {{topic}}"
    )


@pytest.mark.parametrize("word", ["{}", "{0}", "{ name }", "{name.x}", "{name[0]}", "{Name}", "{이름}"])
def test_only_the_very_word_can_be_filled(word):
    assert refused("category", f"{word} 고르기") == (
        f"category: {word}은(는) 이 문장에서 채울 수 없습니다. 쓸 수 있는 것: {{name}}."
    )


def test_the_first_of_several_wrong_words_is_told():
    assert refused("category", "{z} {name} {b} {a}").startswith("category: {a}은(는) ")


@pytest.mark.parametrize("text", ["{name", "name}", "{", "}", "{name}}"])
def test_a_brace_without_its_other_half_is_told(text):
    assert refused("category", text) == f"category: '{text}': 중괄호 {{ }}의 짝이 맞지 않습니다."


def test_a_doubled_brace_is_a_brace():
    assert said("menu", "{{name}}").menu.format() == "{name}"


def test_a_sentence_needs_no_word_to_fill():
    assert said("category", "골라 주세요").category == "골라 주세요"


def test_blanks_around_a_sentence_do_not_count():
    assert said("menu", "  어느 분야요?\n").menu == "어느 분야요?"


@pytest.mark.parametrize(
    ("sentence", "most"), [("near", 200), ("menu", 900), ("buttons.more", 24), ("aspects.cost.label", 12), ("use", 40)]
)
def test_a_sentence_is_as_long_as_its_place(sentence, most):
    said(sentence, "가" * most)
    assert f"글이 너무 깁니다(지금 {most + 1}자, 최대 {most}자)" in refused(sentence, "가" * (most + 1))
    assert refused(sentence, "").endswith(": 비어 있습니다. 내용을 적거나 항목을 지우세요.")


def test_a_mistake_stands_at_the_line_of_its_sentence(town):
    town.change(WHERE, "menu: ", "menu: '{name}' # ")
    line = town.line(WHERE, "menu: ")
    assert town.problems() == [
        f"{WHERE}:{line}: menu: {{name}}은(는) 이 문장에서 채울 수 없습니다. 쓸 수 있는 것: 없음."
    ]


def test_a_stroke_in_braces_is_told_like_any_other_word():
    assert refused("menu", "{a|b}") == "menu: {a|b}은(는) 이 문장에서 채울 수 없습니다. 쓸 수 있는 것: 없음."


@pytest.mark.parametrize("text", ["{name:,}", "{name:d}", "{name!x}", "{name:{width}}"])
def test_a_word_that_would_break_when_it_is_filled_is_refused(text):
    assert refused("category", text) == (
        f"category: {text}은(는) 이 문장에서 채울 수 없습니다. 쓸 수 있는 것: {{name}}."
    )

"""Written rules for danger: what the people who write them may rely on."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.signs import Sign, Signs, fold

NAMES = {"무기": ("칼", "망치", "knife"), "없음": ()}


def fits(sign: str, text: str, classes: Mapping[str, Sequence[str]] = NAMES) -> bool:
    found = Signs.of([sign], classes).fitting(text)
    return found is not None and found.written == sign


@pytest.mark.parametrize(
    ("sign", "text", "is_found"),
    [
        ("칼 + 쫓아", "칼 들고 쫓아와요", True),
        ("칼 + 쫓아", "쫓아와요 칼을 들고", True),
        ("칼 + 쫓아", "칼을 들고", False),
        ("칼 + 쫓아", "쫓아와요", False),
        ("칼|도끼 + 쫓아", "도끼 들고 쫓아와요", True),
        ("칼|도끼 + 쫓아", "망치 들고 쫓아와요", False),
        ("칼 | 도끼", "도끼", True),
        ("+칼+", "칼", True),
        ("칼||", "안녕", False),
    ],
)
def test_all_parts_are_needed_and_any_spelling_of_each(sign: str, text: str, is_found: bool) -> None:
    assert fits(sign, text) is is_found


@pytest.mark.parametrize(
    ("sign", "text", "is_found"),
    [
        ("<무기> + 들고", "망치 들고", True),
        ("< 무기 > + 들고", "칼 들고", True),
        ("<무기> + 들고", "삽 들고", False),
        ("삽|<무기> + 들고", "삽 들고", True),
        ("삽|<무기> + 들고", "칼 들고", True),
        ("<무기> + chasing", "he is chasing me with a knife", True),
    ],
)
def test_a_class_stands_for_its_words(sign: str, text: str, is_found: bool) -> None:
    assert fits(sign, text) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("help", True), ("HELP!!", True), (" help ", True), ("help me", False), ("no help", False), ("helpful", False)],
)
def test_quotes_mean_the_whole_message(text: str, is_found: bool) -> None:
    assert fits('"help"', text) is is_found


def test_a_whole_message_of_several_words_may_be_written_with_or_without_spaces() -> None:
    assert fits('"도와 주세요"', "도와주세요")
    assert fits('"도와주세요"', "도와 주세요!")
    assert not fits('"도와주세요"', "좀 도와주세요")


def test_a_quoted_spelling_beside_others_is_the_only_one_that_must_be_all() -> None:
    assert [fits('"help"|sos', text) for text in ("help", "help me", "sos now")] == [True, False, True]


@pytest.mark.parametrize("text", ["살려주세요", "살려 주세요", "제발살려주세요", "살 려 주 세 요", "살려\n주세요"])
def test_korean_needs_no_spaces(text: str) -> None:
    assert fits("살려주세요", text)
    assert fits("살려 주세요", text)


def test_chinese_may_stand_anywhere() -> None:
    assert fits("救命", "请问救命啊")


@pytest.mark.parametrize(
    ("sign", "text", "is_found"),
    [
        ("knife", "knives and a knife", True),
        ("knife", "he has two knifes", True),
        ("knife", "(knife)", True),
        ("knife", "penknife", False),
        ("to kill", "he wants to kill me", True),
        ("to kill", "into kill", False),
        ("нож", "у него ножи", True),
        ("нож", "множество", False),
        ("119", "call 1190", True),
        ("119", "call 0119", False),
    ],
)
def test_other_scripts_begin_a_word(sign: str, text: str, is_found: bool) -> None:
    assert fits(sign, text) is is_found


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("cứu tôi", "cuu toi"),
        ("cuu toi", "CỨU TÔI"),
        ("đâm", "dam"),
        ("о‘g‘ri", "оg'ri"),
        ("o‘g‘ri", "ogri"),
        ("ogri", "oʻgʻri"),
        ("o'g'ri", "o`g´ri"),
        ("don't", "dont"),
        ("ёлка", "елка"),
        ("ｋｎｉｆｅ", "knife"),
    ],
)
def test_accents_and_apostrophes_do_not_count(sign: str, text: str) -> None:
    assert fits(sign, text)


def test_fold_keeps_korean_whole() -> None:
    assert fold("칼 든 사람, 'O‘g‘ri' — Đâm!") == "칼 든 사람 ogri dam"


def test_a_strong_rule_is_told_before_a_weak_one_that_stands_first() -> None:
    signs = Signs.of(["칼", "!칼 + 쫓아", "!쫓아"])
    found = [signs.fitting(text) for text in ("칼 쫓아", "칼", "쫓아")]
    assert [sign and (sign.written, sign.is_strong) for sign in found] == [
        ("!칼 + 쫓아", True),
        ("칼", False),
        ("!쫓아", True),
    ]


def test_the_first_of_equal_rules_is_told() -> None:
    signs = Signs.of(["망치", "칼"])
    assert signs.fitting("칼 망치") == Sign.of("망치")


@pytest.mark.parametrize("written", ["", "!", "+", " | ", "<없음>", "?!", '""'])
def test_a_rule_without_a_word_fits_nothing(written: str) -> None:
    assert [Signs.of([written], NAMES).fitting(text) for text in ("", "칼", "?!")] == [None, None, None]


def test_no_rules_fit_nothing() -> None:
    assert Signs.of([]).fitting("칼") is None


SIGNS = Signs.of(['"help"', "칼 + 쫓아", "knife", "нож", "救命", "<무기>"], NAMES)


@given(st.text() | st.text(st.characters(min_codepoint=0x300)))
def test_any_text_is_read_without_complaint(text: str) -> None:
    SIGNS.fitting(text)


@given(st.text())
def test_any_rule_is_read_without_complaint(written: str) -> None:
    Signs.of([written], NAMES).fitting(written)


LETTERS = "가칼ㅅab1é刀нё' "


@st.composite
def rules(draw: st.DrawFn) -> str:
    spellings = st.builds(
        lambda quote, word: quote + word + quote, st.sampled_from(["", '"']), st.text(LETTERS, max_size=3)
    )
    parts = st.lists(spellings, min_size=1, max_size=2).map("|".join)
    return draw(st.sampled_from(["", "!"])) + "+".join(draw(st.lists(parts, min_size=1, max_size=3)))


def stands(spelling: str, text: str) -> bool:
    """Whether one spelling is in a message, letter by letter as the file's first lines say."""
    word, said = fold(spelling), fold(text)
    if spelling.strip().startswith('"'):
        return word.replace(" ", "") == said.replace(" ", "")
    if any(char >= "\u1100" for char in word):
        return word.replace(" ", "") in said.replace(" ", "")
    return f" {word}" in f" {said}"


def by_hand(written: Sequence[str], text: str) -> str | None:
    """The rule that fits: as slow as it is plain."""
    fitting = []
    for rule in written:
        parts = [[s for s in part.split("|") if fold(s)] for part in rule.removeprefix("!").split("+")]
        parts = [part for part in parts if part]
        if parts and all(any(stands(spelling, text) for spelling in part) for part in parts):
            fitting.append(rule)
    return next((rule for rule in fitting if rule.startswith("!")), fitting[0] if fitting else None)


@given(st.lists(rules(), max_size=5), st.text(LETTERS, max_size=12))
def test_the_fast_way_finds_what_the_slow_way_finds(written: list[str], text: str) -> None:
    found = Signs.of(written).fitting(text)
    assert (found.written if found else None) == by_hand(written, text)

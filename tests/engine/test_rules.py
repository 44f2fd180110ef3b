"""Each rule gives what its reason says, and no text breaks any."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.engine import rules
from bot.engine.query import Query
from bot.engine.rules import RULES, Rule, Scores, Seen
from bot.engine.runs import runs
from bot.engine.search import Search


@pytest.fixture(scope="session", params=["spelling", "meaning"])
def any_search(request: pytest.FixtureRequest) -> Search:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Search)
    return found


def seen(search: Search, text: str) -> Seen:
    return search.see(search.read(text))


def given_to(search: Search, rule: Callable[[Seen], Scores], text: str) -> dict[str, float]:
    """What a rule gives to whom, without those to whom it gives nothing."""
    values = rule(seen(search, text))
    return {owner.id: float(v) for owner, v in zip(search.index.owners, values, strict=True) if v}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@settings(max_examples=40)
@given(text=st.text(max_size=40) | st.text("부엉이버스비상벨ㅂㅇㅅ n60cctv", max_size=12))
def test_each_rule_gives_every_owner_a_number_whatever_the_text(rule: Rule, any_search: Search, text: str) -> None:
    values = rule.give(seen(any_search, text))
    assert values.shape == (len(any_search.index.owners),)
    assert np.isfinite(values).all()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_message_that_says_nothing_speaks_for_nobody(rule: Rule, any_search: Search) -> None:
    assert given_to(any_search, rule.give, " ?!🙏 ") == {}


def test_rules_have_names_of_their_own_and_reasons() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason for rule in RULES)


def test_without_an_encoder_meaning_is_silent_and_both_is_letters(spelling: Search) -> None:
    query = seen(spelling, "심야 버스 있나요")
    assert not rules.meaning(query).any()
    assert not rules.nearest(query).any()
    assert np.array_equal(rules.both(query), rules.letters(query))
    assert rules.letters(query).any()


def test_in_another_language_only_meaning_counts(meaning: Search) -> None:
    query = seen(meaning, "автобус")
    assert query.index.owners[int(rules.both(query).argmax())].id == "owl-bus"
    assert np.array_equal(rules.both(query), rules.meaning(query))
    assert rules.letters(query).max() < 0.1


def test_in_korean_meaning_and_letters_count_together(meaning: Search) -> None:
    query = seen(meaning, "심야 버스 있나요")
    assert query.vector is not None
    assert np.array_equal(rules.both(query), query.learned.by_both(query.vector, query.spelling))


def test_initials_alone_tell_no_meaning_and_no_spelling(meaning: Search) -> None:
    query = seen(meaning, "ㅂㅇㅇ ㅂㅅ")
    assert query.vector is None
    assert not any(rule(query).any() for rule in (rules.both, rules.letters, rules.nearest))


@given(text=st.sampled_from(["버스", "카메라 단추", "무서워요", "세금", "автобус 버스"]))
def test_nearest_is_the_likeness_to_the_likest_phrasing(meaning: Search, text: str) -> None:
    query = seen(meaning, text)
    assert query.vector is not None
    for number, value in enumerate(rules.nearest(query)):
        rows = [v for p, v in zip(query.index.phrases, query.learned.vectors, strict=True) if p.owner == number]
        assert value == pytest.approx(max(0.0, *(float(row @ query.vector) for row in rows)), abs=1e-5)


TYPED = st.text("부엉이버스안심귀가비상벨 카메라", max_size=14) | st.sampled_from(
    ["부엉이 뻐스", "골목이 어두워", "n6"]
)


@given(text=TYPED)
def test_spelling_is_the_ratio_to_the_likest_phrasing_above_chance(spelling: Search, text: str) -> None:
    query = seen(spelling, text)
    typed = query.query.letters
    slow = [0.0] * len(query.index.owners)
    for phrase in query.index.phrases:
        if runs(phrase.letters) & runs(typed):
            slow[phrase.owner] = max(slow[phrase.owner], (fuzz.ratio(phrase.letters, typed) - 60) / 40)
    assert rules.spelling(query) == pytest.approx(slow, abs=1e-6)


def test_a_saved_phrasing_to_the_letter_is_spelled_wholly_right(spelling: Search) -> None:
    assert given_to(spelling, rules.spelling, "막차 끊겼는데 집에 어떻게 가요?")["owl-bus"] == 1.0
    typo = given_to(spelling, rules.spelling, "막차 끈겻는데 집에 어떡게 가요")
    assert 0.7 < typo["owl-bus"] < 1.0


def test_all_programmes_that_share_a_phrasing_are_found_after_a_typo(make: SimpleNamespace) -> None:
    many = [make.programme(f"p{number}", f"사업 {number}", [], ["밤길이 무서워요"]) for number in range(20)]
    found = given_to(make.engine(make.town(*many)).search, rules.spelling, "밤길이 무서웟어요")
    assert {f"p{number}" for number in range(20)} <= set(found)
    assert len(set(found.values())) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("어제 부엉이버스를 놓쳤어요", {"owl-bus": 1.0}),
        ("우리 동네 비상벨은 어디 있나요", {"restroom-bell": 0.86}),
        ("지능형cctv랑 심야버스", {"smart-cctv": 1.0, "owl-bus": 0.93}),
        ("n60 버스", {}),
        ("재산세", {}),
    ],
)
def test_a_name_inside_a_message_counts_by_its_length(spelling: Search, text: str, found: dict[str, float]) -> None:
    assert given_to(spelling, rules.name, text) == pytest.approx(found, abs=1e-6)


def test_a_name_with_a_typo_counts_less(spelling: Search) -> None:
    typo = given_to(spelling, rules.name, "어제 부엉이뻐스를 놓쳤어요")["owl-bus"]
    assert typo == pytest.approx((100 * 10 / 11 - 60) / 40, abs=0.02)


@pytest.mark.parametrize(("text", "named"), [("부엉이버", True), ("부엉이ㅂ", False)])
def test_a_message_much_shorter_than_the_name_does_not_name_it(spelling: Search, text: str, named: bool) -> None:
    assert ("owl-bus" in given_to(spelling, rules.name, text)) is named


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ㅂㅇㅇ ㅂㅅ", {"owl-bus": 1.0}),
        ("ㅂㅇㅇㅂㅅ ㅇㄱ", {"owl-bus": pytest.approx(5 / 7, abs=0.12)}),
        ("ㅎㅈㅅㅂㅅㅂ", {"restroom-bell": 1.0}),
        ("ㅈㄴㅎ cctv", {"smart-cctv": 1.0}),
        ("ㄱㅁㅇㅇㄷㅇㅇ", {"smart-cctv": pytest.approx(0.85), "safe-return": pytest.approx(0.85)}),
        ("부엉이버스", {}),
        ("ㅂ", {}),
        ("ㅇㄴㅎㅅㅇ", {}),
    ],
)
def test_initials_find_names_and_phrasings(spelling: Search, text: str, found: dict[str, float]) -> None:
    given_ = given_to(spelling, rules.initials, text)
    assert {id_: value for id_, value in given_.items() if value > 0.5} == found


def test_likeness_is_the_cosine_with_every_phrasing(meaning: Search) -> None:
    query = seen(meaning, "버스")
    vector = meaning.learned.vectors[5]
    alike = Seen(Query("버스"), query.index, query.learned, query.spelling, vector).likeness
    assert alike is not None
    assert alike.shape == (len(query.index.phrases),)
    assert alike[5] == pytest.approx(1.0, abs=1e-5)

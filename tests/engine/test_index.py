"""Owners and phrasings in a fixed order, and runs of letters found as fast as a slow loop finds them."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.index import Owner, owners_of, phrases_of
from bot.engine.runs import Runs, _best, runs
from bot.engine.search import Search
from bot.kb.model import Smalltalk

TEXTS = st.lists(st.text("ㄱㅏㄴ", max_size=7), min_size=1, max_size=12)
QUERY = st.text("ㄱㅏㄴㄷ", max_size=9)
MOST = st.integers(1, 13)


def weights(texts: list[str]) -> dict[str, float]:
    count = {run: sum(run in runs(text) for text in texts) for text in texts for run in runs(text)}
    return {run: math.log(len(texts) / number) + 1 for run, number in count.items()}


def shared(texts: list[str], query: str) -> list[float]:
    return [sum(weights(texts)[run] for run in sorted(runs(text) & runs(query))) for text in texts]


def size(texts: list[str], text: str) -> float:
    return sum(weights(texts).get(run, 1.0) for run in runs(text))


def assert_best(rows: list[int], scores: list[float], most: int) -> None:
    """The rows are the best of the scores above zero, best first; ties by row."""
    wanted = sorted((-round(score, 9), row) for row, score in enumerate(scores) if score > 0)[:most]
    assert [(-round(scores[row], 9), row) for row in rows] == wanted


@settings(max_examples=60)
@given(TEXTS, QUERY, MOST)
def test_the_likest_are_those_of_a_loop_over_all_texts(texts: list[str], query: str, most: int) -> None:
    whole = [size(texts, text) + size(texts, query) or 1 for text in texts]
    scores = [part / of for part, of in zip(shared(texts, query), whole, strict=True)]
    assert_best(Runs(texts).likest(query, most).tolist(), scores, most)


@settings(max_examples=60)
@given(TEXTS, QUERY, MOST, st.sampled_from([0.35, 0.77]))
def test_what_stands_inside_is_found_by_a_loop_too(texts: list[str], query: str, most: int, share: float) -> None:
    covered = [part / (size(texts, text) or 1) for part, text in zip(shared(texts, query), texts, strict=True)]
    scores = [score if score >= share else 0 for score in covered]
    assert_best(Runs(texts).inside(query, share, most).tolist(), scores, most)


def test_scores_that_differ_in_the_last_bits_alone_are_ties() -> None:
    scores = np.array([0.0, 0.5, 0.7, 0.3, np.nextafter(0.7, 1), 0.1 + 0.2])
    assert _best(scores, 1).tolist() == [2]
    assert _best(scores, 5).tolist() == [2, 4, 1, 3, 5]


@given(st.lists(st.text(max_size=9), min_size=1, max_size=5), st.text(max_size=20))
def test_any_text_can_be_looked_up(texts: list[str], query: str) -> None:
    index = Runs(texts)
    rows = index.likest(query, 9).tolist()
    assert index.likest(query, 3).tolist() == rows[:3]
    assert set(index.inside(query, 0.0, 9).tolist()) == set(rows)


def test_runs_are_three_letters_long_or_all_there_is() -> None:
    assert runs("ㄱㅏㄴㅏ") == {"ㄱㅏㄴ", "ㅏㄴㅏ"}
    assert (runs("ㄱㅏ"), runs("")) == ({"ㄱㅏ"}, set())


def test_texts_are_compared_as_wholes() -> None:
    texts = ["가나다", "가나다라마바사아"]
    assert Runs(texts).likest("가나다라마바", 2).tolist() == [1, 0]
    assert Runs(texts).likest("가나다라", 2).tolist() == [0, 1]
    assert Runs(texts).likest("가나다라고기", 2).tolist() == [1, 0]


def test_equal_texts_keep_their_order() -> None:
    assert Runs(["나가나", "가나다라", "가나다라", "가나다"]).likest("가나다라", 3).tolist() == [1, 2, 3]
    assert Runs(["가나다"] * 9).likest("가나다", 4).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(("having", "found"), [(60, 10), (61, 0)])
def test_a_run_in_more_than_a_fifth_of_the_texts_tells_nothing(having: int, found: int) -> None:
    texts = ["버스요"] * having + [f"길{number:03}" for number in range(300 - having)]
    assert len(Runs(texts).likest("버스요", 10)) == found


def test_in_a_small_knowledge_fifty_texts_may_share_a_run() -> None:
    assert [len(Runs(["버스요"] * n + ["길에서"]).likest("버스요", 99)) for n in (50, 51)] == [50, 0]


def test_owners_are_programmes_then_topics_then_smalltalk(make: SimpleNamespace) -> None:
    both = make.town(en=make.phrases())
    assert [f"{o.kind}:{o.id}" for o in owners_of(both)] == [
        "programme:smart-cctv",
        "programme:owl-bus",
        "programme:safe-return",
        "programme:restroom-bell",
        "elsewhere:weather",
        "elsewhere:tax",
        "smalltalk:hello",
        "smalltalk:thanks",
    ]


def test_phrasings_in_every_language_lead_to_the_same_smalltalk(make: SimpleNamespace) -> None:
    talk = Smalltalk(id="hello", reply="Hi.", examples=("Hello!", "안녕"))
    both = make.town(en=make.phrases(talk))
    hello = owners_of(both).index(Owner("smalltalk", "hello"))
    assert [p.text for p in phrases_of(both) if p.owner == hello] == ["hello", "안녕", "안녕하세요"]


def test_a_phrasing_said_twice_counts_once_and_an_empty_one_not_at_all(make: SimpleNamespace) -> None:
    owl = make.programme("owl-bus", "부엉이 버스!", ["???", "N60"], ["부엉이  버스", "부엉이버스", "N60"])
    rows = [(p.text, p.letters, p.is_name) for p in phrases_of(make.town(owl)) if p.owner == 0]
    assert rows == [
        ("부엉이 버스", "ㅂㅜㅇㅓㅇㅇㅣㅂㅓㅅㅡ", True),
        ("n60", "n60", True),
        ("부엉이버스", "ㅂㅜㅇㅓㅇㅇㅣㅂㅓㅅㅡ", False),
    ]


def test_the_same_words_may_belong_to_two_programmes(spelling: Search) -> None:
    index = spelling.index
    assert index.exact["골목이어두워요"] == {"safe-return", "smart-cctv"}
    assert index.exact["비상벨"] == {"restroom-bell"}
    assert "안녕" not in index.exact
    assert "내일날씨" not in index.exact


def test_the_index_knows_words_syllables_names_and_initials(spelling: Search) -> None:
    index = spelling.index
    assert index.latin == {"cctv"}
    assert {"부", "엉", "단", "녕", "날"} <= index.syllables
    assert not index.syllables & set("cn6 닭ㅂ")
    assert [p.text for p in index.names] == [
        *("지능형 cctv", "똑똑한 카메라", "부엉이버스", "심야버스"),
        *("안심귀가", "안심동행", "화장실 비상벨", "비상벨"),
    ]
    assert index.first_letters[:2] == ("ㅈㄴㅎcctv", "ㄸㄸㅎㅋㅁㄹ")
    assert len(index.first_letters) == len(index.ours) == 19
    assert np.array_equal(index.owner_of, [p.owner for p in index.phrases])

"""Spelling as numbers: the same whatever the spaces, nearly the same after a typo."""

import math
import zlib
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.grams import WIDTH, Spelling, grams, squashed

KOREAN = st.text(st.sampled_from("부엉이버스 안심 귀가cctv3"), max_size=20)
CITY = ["부엉이 버스", "버스 정류장", "안심귀가", "안심 정류장", "비상벨"]


def slow(texts: list[str], text: str) -> list[float]:
    """Signed tf-idf written out: every gram into its column, then to length one."""
    having = Counter(gram for known in texts for gram in set(grams(known)))
    row = [0.0] * WIDTH
    for gram in grams(text):
        times = grams(text).count(gram)
        idf = math.log((1 + len(texts)) / (1 + max(1, having[gram]))) + 1
        hashed = zlib.crc32(gram.encode())
        row[hashed % WIDTH] += (1 if hashed >= 2**31 else -1) * (1 + math.log(times)) * idf / times
    length = math.sqrt(sum(value**2 for value in row)) or 1.0
    return [value / length for value in row]


def test_grams_are_all_runs_of_two_to_five_letters() -> None:
    assert grams("가나") == ["ㄱㅏ", "ㅏㄴ", "ㄴㅏ", "ㄱㅏㄴ", "ㅏㄴㅏ", "ㄱㅏㄴㅏ"]
    assert grams("a") == []
    assert max(map(len, grams("부엉이버스"))) == 5


@given(st.text(max_size=40))
def test_any_text_has_so_many_grams_as_its_letters_allow(text: str) -> None:
    size = len(squashed(text))
    assert [len(gram) for gram in grams(text)] == [n for n in (2, 3, 4, 5) for _ in range(size - n + 1)]


@given(KOREAN, st.integers(0, 20))
def test_a_space_more_changes_nothing(text: str, at: int) -> None:
    spelling = Spelling.of(CITY)
    assert np.array_equal(spelling.vector(text[:at] + " " + text[at:]).dense(), spelling.vector(text).dense())


@given(st.text(max_size=40))
def test_any_text_is_a_vector_of_length_one_or_none(text: str) -> None:
    length = float(np.linalg.norm(Spelling.of(CITY).vector(text).dense()))
    assert length == pytest.approx(1.0, abs=1e-5) or (length == 0 and len(squashed(text)) < 2)


@settings(max_examples=30)
@given(st.lists(KOREAN, max_size=4), KOREAN)
def test_vectors_are_those_of_the_slow_way(texts: list[str], text: str) -> None:
    assert Spelling.of(texts).vector(text).dense() == pytest.approx(np.array(slow(texts, text)), abs=1e-5)


def test_a_matrix_is_its_vectors_one_below_the_other() -> None:
    spelling = Spelling.of(CITY)
    matrix = spelling.matrix([*CITY, ""])
    assert matrix.shape == (6, WIDTH)
    assert np.array_equal(matrix, np.stack([spelling.vector(text).dense() for text in [*CITY, ""]]))


def test_a_typo_stays_nearer_than_another_word() -> None:
    spelling = Spelling.of(CITY)
    owl = spelling.vector("부엉이 버스").dense()
    typo, other = (float(owl @ spelling.vector(text).dense()) for text in ("부엉이 뻐스", "안심귀가"))
    assert typo > 0.4 > 0.1 > other


def test_what_few_phrasings_have_says_more() -> None:
    spelling = Spelling.of(CITY)
    rare, common = spelling.vector("부엉이 버스").dense(), spelling.vector("버스 정류장").dense()
    assert float(rare @ spelling.vector("부엉이").dense()) > float(common @ spelling.vector("버스").dense())

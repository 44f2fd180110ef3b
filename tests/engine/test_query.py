"""A message is read as it was meant: the keyboard put right, initials told from words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import hangul
from bot.engine.grams import squashed
from bot.engine.normalize import normalize
from bot.engine.query import Query, read

LATIN = frozenset({"cctv", "bell"})
SYLLABLES = frozenset("부엉이버스막차안전한골목")
KOREAN_WORD = st.text(st.sampled_from(sorted(SYLLABLES)), min_size=2, max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("qndjddl qjtm", "부엉이 버스"),
        ("QNDJDDL QJTM!!", "부엉이 버스"),
        ("3 qjtm 부엉이", "3 버스 부엉이"),
        ("cctv qjtm", "cctv 버스"),
        ("ㅐ지 ㅠㅕㄴ", "owl bus"),
        ("ㅒ지 ㅠㅕㄴ 3", "owl bus 3"),
        ("ㅗㅐㅡㄷ", "home"),
    ],
)
def test_a_keyboard_in_the_wrong_language_is_put_right(typed: str, meant: str) -> None:
    assert read(typed, LATIN, SYLLABLES) == Query(meant, repaired=True)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("부엉이 버스!", "부엉이 버스"),
        ("hello there", "hello there"),
        ("bell CCTV", "bell cctv"),
        ("ㅂㅇㅇ ㅂㅅ", "ㅂㅇㅇ ㅂㅅ"),
        ("부엉이 ㅠㅠ", "부엉이"),
        ("ㅠㅠ", "ㅠㅠ"),
        ("ㅏ 부엉이버스", "ㅏ 부엉이버스"),
        ("qn", "qn"),
        ("n60", "n60"),
        ("", ""),
        ("\0\ud800", ""),
    ],
)
def test_what_was_typed_as_meant_stays(typed: str, read_as: str) -> None:
    assert read(typed, LATIN, SYLLABLES) == Query(read_as, repaired=False)


@pytest.mark.parametrize(("meant", "repaired"), [("부엉이버스막닭", True), ("부엉이버스닭", False)])
def test_one_strange_syllable_in_seven_is_still_korean_and_one_in_six_is_not(meant: str, repaired: bool) -> None:
    keys = hangul.typed_in_latin(meant)
    assert read(keys, LATIN, SYLLABLES) == Query(meant if repaired else keys, repaired)


@pytest.mark.parametrize(("typed", "repaired"), [("ㅑㅕ부엉이막", True), ("ㅑㅕ부엉이막차", False), ("ㅑ부", False)])
def test_three_lone_vowels_in_ten_mean_english(typed: str, repaired: bool) -> None:
    assert read(typed, LATIN, SYLLABLES).repaired is repaired


@given(st.lists(KOREAN_WORD, min_size=1, max_size=5).map(" ".join))
def test_korean_typed_with_english_keys_comes_back(meant: str) -> None:
    assert read(hangul.typed_in_latin(meant), frozenset(), SYLLABLES) == Query(normalize(meant), repaired=True)


@pytest.mark.parametrize("meant", ["불났어요", "예쁜 꽃", "쓰레기 또"])
def test_double_consonants_come_back_too(meant: str) -> None:
    assert read(hangul.typed_in_latin(meant), LATIN, SYLLABLES | set(meant)).text == meant


@pytest.mark.parametrize("meant", ["owl bus", "pumpkin", "human", "you", "where is my home", "hi you"])
def test_english_typed_with_korean_keys_comes_back(meant: str) -> None:
    assert read(hangul.typed_in_hangul(meant), LATIN, SYLLABLES) == Query(meant, repaired=True)


@given(st.text(max_size=60), st.frozensets(st.text("abqjtm", max_size=4)), st.frozensets(st.characters()))
def test_any_text_can_be_read(text: str, latin: frozenset[str], syllables: frozenset[str]) -> None:
    query = read(text, latin, syllables)
    assert query.repaired or query.text == normalize(text)
    assert query.letters == squashed(query.text)
    assert set(query.words.split()) <= set(query.text.split())


@pytest.mark.parametrize(
    ("text", "initials", "words"),
    [
        ("ㅂㅇㅇ ㅂㅅ", "ㅂㅇㅇㅂㅅ", ""),
        ("ㅂㅇㅇ 요금 n60", "ㅂㅇㅇn60", "요금 n60"),
        ("부엉이 ㅂ", "", "부엉이 ㅂ"),
        ("부엉이 n60", "", "부엉이 n60"),
        ("ㅑㅑ", "", "ㅑㅑ"),
        ("ㅂㅇ버", "", "ㅂㅇ버"),
        ("", "", ""),
    ],
)
def test_initials_are_told_from_words(text: str, initials: str, words: str) -> None:
    query = Query(text)
    assert (query.initials, query.words) == (initials, words)


@pytest.mark.parametrize(("text", "korean"), [("가abcd", True), ("가abcde", False), ("가 ab cd", True), ("bus", False)])
def test_a_fifth_of_hangul_is_korean(text: str, korean: bool) -> None:
    assert Query(text).is_hangul is korean


def test_letters_are_what_the_text_is_typed_with() -> None:
    assert Query("부엉이 n60").letters == "ㅂㅜㅇㅓㅇㅇㅣn60"


@pytest.mark.parametrize(
    ("typed", "read_as"), [("ㅂㅓ스 노선", "버스 노선"), ("알려주세ㅛ", "알려주세요"), ("ㄷㅗㅇㅘ", "도와")]
)
def test_syllables_typed_in_pieces_are_put_together(typed: str, read_as: str) -> None:
    assert read(typed, frozenset(), frozenset()) == Query(read_as)


@pytest.mark.parametrize("typed", ["ㅂㅇㅇ ㅂㅅ", "ㅋㅠㅋ", "가아ㅏㅏ"])
def test_initials_and_feelings_are_not_pieces(typed: str) -> None:
    assert read(typed, frozenset(), frozenset()).text == typed

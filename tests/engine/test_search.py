"""A message is read, cut and compared; what was computed once is kept between runs."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.encode import Recalling
from bot.engine.index import phrases_of
from bot.engine.pipeline import Engine
from bot.engine.query import Query
from bot.engine.search import Search
from bot.engine.window import READ

STORY = "저는 여기서 삼십 년을 살았는데 요즘 무릎도 아프고 손주도 보고 김치도 담그고 그럽니다 "


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("부엉이버스!!", Query("부엉이버스")),
        ("qndjddl qjtm", Query("부엉이 버스", repaired=True)),
        ("CCTV qjtm", Query("cctv 버스", repaired=True)),
        ("ㅠㅕㄴ", Query("bus", repaired=True)),
        ("ㅂㅇㅇ ㅂㅅ", Query("ㅂㅇㅇ ㅂㅅ")),
    ],
)
def test_a_message_is_read_by_the_words_that_the_knowledge_uses(spelling: Search, typed: str, query: Query) -> None:
    assert spelling.read(typed) == query


def test_a_long_story_is_cut_to_what_asks(spelling: Search) -> None:
    query = spelling.read(STORY * 5 + "막차 끊겼는데 집에 어떻게 가요? " + STORY * 5)
    assert "끊겼는데 집에" in query.text
    assert len(query.text) <= READ + 1
    assert spelling.read(STORY * 3).text == (STORY * 3).strip()


def test_words_are_compared_by_meaning_and_initials_are_not(make: SimpleNamespace) -> None:
    encoder = make.encoder()
    search = make.engine(make.town(), encoder).search
    embedded = len(encoder.asked)
    both, alone = (search.see(search.read(text)) for text in ("버스 ㅂㅇㅇㅂㅅ", "버스"))
    assert np.array_equal(both.spelling.dense(), alone.spelling.dense())
    assert np.linalg.norm(both.vector) == pytest.approx(1.0, abs=1e-5)
    assert search.see(search.read("ㅂㅇㅇ ㅂㅅ")).vector is None
    assert encoder.asked[embedded:] == ["버스", "버스"]


def test_without_an_encoder_there_is_no_meaning(spelling: Search) -> None:
    seen = spelling.see(spelling.read("버스"))
    assert (seen.vector, seen.likeness, spelling.encoder) == (None, None, None)


def test_the_next_start_embeds_nothing_and_finds_the_same(tmp_path: Path, make: SimpleNamespace) -> None:
    encoder = make.encoder()
    first = make.engine(make.town(), encoder, tmp_path).search
    embedded = len(encoder.asked)
    again = make.engine(make.town(), encoder, tmp_path).search
    assert len(encoder.asked) == embedded == len(set(encoder.asked))
    assert {p.text for p in phrases_of(make.town())} <= set(encoder.asked)
    assert {path.name for path in tmp_path.iterdir()} >= {"vectors.npz", "learned-both.npz"}
    assert np.array_equal(first.learned.both, again.learned.both)
    assert np.array_equal(first.learned.vectors, again.learned.vectors)


def test_one_new_phrasing_is_all_that_is_embedded(tmp_path: Path, make: SimpleNamespace) -> None:
    make.engine(make.town(), make.encoder(), tmp_path)
    encoder, owl = make.encoder(), make.programme("owl-bus", "부엉이버스", ["심야버스"], ["첫차도 있나요"])
    changed = make.engine(make.town(owl, *make.programmes[2:]), encoder, tmp_path).search
    assert encoder.asked == ["첫차도 있나요"]
    fresh = make.engine(make.town(owl, *make.programmes[2:]), make.encoder()).search
    assert changed.learned.both == pytest.approx(fresh.learned.both, abs=1e-3)


def test_without_an_encoder_only_weights_of_letters_are_kept(tmp_path: Path, make: SimpleNamespace) -> None:
    make.engine(make.town(), None, tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert "learned-letters.npz" in names
    assert not names & {"vectors.npz", "learned-both.npz"}


def test_checks_do_not_embed_phrasings_again(tmp_path: Path, make: SimpleNamespace) -> None:
    encoder = make.encoder()
    search = Engine.build(make.town(), encoder, tmp_path, recall=True).search
    embedded = len(encoder.asked)
    for text in ("부엉이버스", "심야버스!", "버스 언제 와요", "버스 언제 와요"):
        search.see(search.read(text))
    assert isinstance(search.encoder, Recalling)
    assert encoder.asked[embedded:] == ["버스 언제 와요"]


def test_progress_is_heard_while_phrasings_are_embedded(tmp_path: Path, make: SimpleNamespace) -> None:
    heard: list[tuple[int, int]] = []
    Engine.build(make.town(), make.encoder(), tmp_path, lambda *done: heard.append(done))
    count = len({p.text for p in phrases_of(make.town())})
    assert heard[0] == (count, count)


@given(text=st.text(max_size=80))
def test_any_text_is_read_the_same_twice(meaning: Search, text: str) -> None:
    assert meaning.read(text) == meaning.read(text)
    assert meaning.see(meaning.read(text)).none.shape == (len(meaning.index.owners),)

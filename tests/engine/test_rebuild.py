"""A change is live at once: what did not change is taken over, and is just what a whole build gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import relearn as module
from bot.engine.answer import Found, Urgent
from bot.engine.index import Index, owners_of, phrases_of
from bot.engine.pipeline import Engine
from bot.engine.rebuild import rebuilt
from bot.engine.runs import Runs
from bot.errors import KnowledgeError
from bot.kb.load import Seen, load, load_again
from tests.conftest import Town
from tests.engine.conftest import Concepts

LAMP = "programs/lamp.yaml"
QUESTIONS = (
    "부엉이 버스 얼마예요",
    "골목이 깜깜해요",
    "ㅂㅇㅇ ㅂㅅ",
    "세금",
    "안녕하세요",
    "칼 든 사람이 쫓아와요",
    "순찰 어디",
)
ASKED = "전동 침대는 어느 창구죠"


def changed(town: Town, old: str, new: str) -> tuple[Engine, Engine, bool]:
    """The engine after a change of one file: quickly, and built whole; whether the quick one is whole."""
    before = Engine.build(load(town.root), Concepts())
    town.change(LAMP, old, new)
    after = load(town.root)
    found = rebuilt(before, after, before.encoder)
    return found.engine, Engine.build(after, Concepts()), found.is_whole


def told(engine: Engine) -> list[object]:
    seen = [engine.explain(question, lambda: 0.0) for question in QUESTIONS]
    return [(x.answer, x.ranked, x.language, x.alarm) for x in seen]


def firsts(engine: Engine) -> list[str]:
    return [engine.explain(question).ranked[0].owner.id for question in QUESTIONS]


@pytest.mark.parametrize(
    ("old", "new"),
    [("무료입니다.", "천 원입니다."), ("status: running", "status: ended"), ("1666-0000", "1666-1111")],
)
def test_after_another_fact_the_engine_is_a_whole_one(town: Town, old: str, new: str) -> None:
    quick, whole, is_whole = changed(town, old, new)
    assert is_whole
    assert told(quick) == told(whole)
    assert quick.knowledge == whole.knowledge


@pytest.mark.parametrize(
    ("old", "new"), [("\nquestions:\n", f"\nquestions:\n  - {ASKED}\n"), ("  - 불빛 없는 길 어디예요\n", "")]
)
def test_after_another_phrasing_the_index_is_whole_and_what_was_learned_is_near(town: Town, old: str, new: str) -> None:
    quick, whole, is_whole = changed(town, old, new)
    assert not is_whole
    assert quick.search.index.phrases == whole.search.index.phrases
    assert firsts(quick) == firsts(whole)
    learned, wanted = quick.search.learned, whole.search.learned
    assert learned.meaning.shape == wanted.meaning.shape
    assert learned.vectors == pytest.approx(wanted.vectors, abs=0.1)


def test_a_new_phrasing_is_answered_to_the_letter(town: Town) -> None:
    quick, _, _ = changed(town, "\nquestions:\n", f"\nquestions:\n  - {ASKED}\n")
    answer = quick.answer(ASKED)
    assert isinstance(answer, Found)
    assert answer.id == "lamp"


def test_meaning_fits_new_rows_and_leaves_no_hole_where_rows_are_gone(town: Town) -> None:
    """Where all rows are near ones the fit is the closed form itself, but for the centre."""
    before = Engine.build(load(town.root), Concepts())
    town.change(LAMP, "  - 불빛 없는 길 어디예요\n", f"  - {ASKED}\n")
    after = load(town.root)
    index = Index.of(owners_of(after), phrases_of(after))
    found = module.relearned(before.search.learned, before.search.index, index, Concepts())
    targets = np.eye(len(index.owners), dtype=np.float32)[index.owner_of]
    wanted = module.dual_ridge(found.vectors, targets - targets.mean(axis=0), module.RIDGE_MEANING)
    near = module.kernel(found.vectors @ found.vectors.T)
    assert near @ found.meaning == pytest.approx(near @ wanted, abs=0.02)


def test_after_very_many_changes_a_sample_of_all_is_learned(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 0)
    quick, whole, _ = changed(town, "\nquestions:\n", f"\nquestions:\n  - {ASKED}\n")
    assert firsts(quick) == firsts(whole)


def test_a_programme_that_comes_and_one_that_goes_have_their_columns(town: Town) -> None:
    before = Engine.build(load(town.root), Concepts())
    text = (
        town.read(LAMP).replace("id: lamp", "id: beds").replace("골목 보안등", "전동 침대").replace("가로등", "누울곳")
    )
    town.write("programs/beds.yaml", text[: text.index("questions:")] + f"questions: [{ASKED}, 침대 빌려요]\n")
    (town.root / "programs/patrol.yaml").unlink()
    engine = rebuilt(before, load(town.root), before.encoder).engine
    assert [owner.id for owner in engine.search.index.owners][:3] == ["beds", "lamp", "owl-bus"]
    answer = engine.answer("전동 침대 빌려 주나요")
    assert answer.hits[0].id == "beds"
    assert "patrol" not in {hit.id for question in QUESTIONS for hit in engine.answer(question).hits}


def test_new_signs_of_danger_count_at_once(town: Town) -> None:
    before = Engine.build(load(town.root), None)
    assert not isinstance(before.answer("풍선이 터졌어요"), Urgent)
    town.change("urgent.yaml", '"!칼+쫓아"', '"!칼+쫓아", "!풍선+터졌"')
    found = rebuilt(before, load(town.root), None)
    assert isinstance(found.engine.answer("풍선이 터졌어요"), Urgent)
    assert not found.is_whole


def test_a_language_that_is_gone_is_spoken_no_more(town: Town) -> None:
    korean = {where: town.read(where) for where in ("city.yaml", "hotlines.yaml", "urgent.yaml")}
    town.go_abroad()
    before = Engine.build(load(town.root), None)
    assert before.languages.known == {"ko", "en"}
    for where, text in korean.items():
        town.write(where, text)
    (town.root / "phrases/en.yaml").unlink()
    after = rebuilt(before, load(town.root), None).engine
    assert after.languages.known == {"ko"}
    assert set(after.languages.chances) <= {"ko"}
    assert set(after.aspects) == {"ko"}


@given(
    st.lists(st.text("가나다라마 ", max_size=9), max_size=12),
    st.lists(st.text("가나다라마 ", max_size=9), min_size=1, max_size=12),
)
def test_runs_built_from_earlier_ones_find_the_same(before: list[str], after: list[str]) -> None:
    new, again = Runs(after), Runs(after, Runs(before), before)
    for text in (*after, "가나다라"):
        assert new.shared(text) == pytest.approx(again.shared(text))
        assert new.likest(text, 5).tolist() == again.likest(text, 5).tolist()


def test_what_did_not_change_is_not_read_again_and_is_the_same(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, read = Seen(), []
    assert replace(load_again(town.root, seen), documents={}) == replace(load(town.root), documents={})
    town.change(LAMP, "무료입니다.", "천 원입니다.")
    real = module_read()
    monkeypatch.setattr("bot.kb.load.read", lambda path, where: read.append(where) or real(path, where))
    again = load_again(town.root, seen)
    assert read == [LAMP, "questions/golden.yaml"]
    monkeypatch.undo()
    assert replace(again, documents={}) == replace(load(town.root), documents={})


def module_read():
    from bot.kb import load as module

    return module.read


def test_a_mistake_that_shows_in_an_unchanged_file_is_told_at_its_line(town: Town) -> None:
    seen = Seen()
    town.change(LAMP, "related: []", "related: [patrol]")
    load_again(town.root, seen)
    (town.root / "programs/patrol.yaml").unlink()
    with pytest.raises(KnowledgeError) as caught:
        load_again(town.root, seen)
    assert [(p.where, p.line) for p in caught.value.problems] == [(LAMP, town.line(LAMP, "related"))]

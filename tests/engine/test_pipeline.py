"""Whole questions to whole answers: what a citizen types, what a citizen gets."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.answer import OUTCOMES, Answer, Chat, Choices, Found, Hit, Missed, Urgent
from bot.engine.calibration import shipped as shipped_numbers
from bot.engine.pipeline import Engine

STORY = "저는 여기서 삼십 년을 살았는데 요즘 무릎도 아프고 손주도 보고 김치도 담그고 그럽니다 "
SON = "우리 아들이 작년에 취직을 해서 서울로 이사를 갔는데 명절에도 얼굴 보기가 힘들어서 서운합니다 "


@pytest.fixture(scope="session")
def speller(make: SimpleNamespace) -> Engine:
    """Answers for the tiny city by spelling alone."""
    found = make.engine(make.town())
    assert isinstance(found, Engine)
    return found


def first(answer: Answer) -> tuple[str, str]:
    """The outcome and the programme shown first."""
    return OUTCOMES[type(answer)], answer.hits[0].id


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("부엉이버스", "owl-bus"),
        ("부엉이 뻐스", "owl-bus"),
        ("N60", "owl-bus"),
        ("ㅂㅇㅇ ㅂㅅ", "owl-bus"),
        ("ㅂㅇㅇㅂㅅ", "owl-bus"),
        ("qndjddl qjtm", "owl-bus"),
        ("QNDJDDLQJTM DJEL", "owl-bus"),
        ("막차끊겼는데집에어떻게가요", "owl-bus"),
        ("화장실 비상벨 어디 있나요", "restroom-bell"),
        ("지능형 씨씨티비 CCTV", "smart-cctv"),
    ],
)
def test_by_spelling_alone_names_typos_initials_and_keys_are_understood(speller: Engine, text: str, id_: str) -> None:
    assert first(speller.answer(text)) == ("found", id_)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("밤에 버스 타고 싶은데", "owl-bus"),
        ("автобус", "owl-bus"),
        ("ㅠㅕㄴ", "owl-bus"),
        ("camera", "smart-cctv"),
        ("단추 하나 눌렀는데", "restroom-bell"),
    ],
)
def test_with_an_encoder_meaning_is_understood_in_any_language(clerk: Engine, text: str, id_: str) -> None:
    assert first(clerk.answer(text)) == ("found", id_)


def test_small_talk_is_answered_and_what_is_elsewhere_is_named(clerk: Engine) -> None:
    hello, tax = clerk.answer("안녕하세요~"), clerk.answer("세금 어디서 내요")
    assert (type(hello), getattr(hello, "kind", "")) == (Chat, "hello")
    assert (type(tax), getattr(tax, "topic", ""), tax.aspect) == (Missed, "tax", "where")


@pytest.mark.parametrize("text", ["불났어요", "부엉이버스에 불났어요!!", "안녕하세요 불 났 어요"])
def test_danger_comes_before_everything(clerk: Engine, speller: Engine, text: str) -> None:
    for engine in (clerk, speller):
        answer = engine.answer(text, about="owl-bus")
        assert isinstance(answer, Urgent)
        assert (answer.kind, answer.hotlines) == ("fire", ("119", "112"))
        assert answer.asks == ("owl-bus" if "버스" in text else None)


def test_what_says_nothing_is_missed_and_the_nearest_are_in_order_of_id(clerk: Engine) -> None:
    answer = clerk.answer("?!")
    assert type(answer) is Missed
    assert [hit.id for hit in answer.hits] == ["owl-bus", "restroom-bell", "safe-return"]


def test_a_saved_phrasing_is_certain_and_its_neighbours_follow(clerk: Engine) -> None:
    answer = clerk.answer("  막차 끊겼는데 집에, 어떻게 가요??? ")
    assert type(answer) is Found
    assert answer.hits[0] == Hit("owl-bus", 1.0)
    assert len({hit.id for hit in answer.hits}) == 3
    assert (answer.aspect, answer.follow_up) == ("when", False)


def test_a_phrasing_that_two_programmes_share_is_offered_as_a_choice(clerk: Engine, speller: Engine) -> None:
    halves = Choices((Hit("safe-return", 0.5), Hit("smart-cctv", 0.5)), None)
    assert clerk.answer("골목이 어두워요") == halves
    assert speller.answer("골목이어두워요!") == halves


def test_at_most_three_of_many_that_share_a_phrasing_are_offered(make: SimpleNamespace) -> None:
    many = [make.programme(f"p{n}", f"사업 {n}", [], ["밤길이 무서워요"]) for n in (4, 2, 3, 1)]
    answer = make.engine(make.town(*many)).answer("밤길이 무서워요")
    assert answer == Choices((Hit("p1", 0.25), Hit("p2", 0.25), Hit("p3", 0.25)), None)


@pytest.mark.parametrize(("text", "aspect"), [("그거 얼마예요?", "cost"), ("어디에서 타요", "where"), ("막차", "when")])
def test_a_question_that_names_nothing_is_about_what_was_shown(clerk: Engine, text: str, aspect: str) -> None:
    assert clerk.answer(text, about="owl-bus") == Found((Hit("owl-bus", 1.0),), aspect, follow_up=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("about", [None, "", "no-such-bus", "tax", "hello", "\ud800"])
def test_nothing_known_shown_before_changes_nothing(clerk: Engine, about: str | None) -> None:
    assert clerk.answer("그거 얼마예요?", about=about) == clerk.answer("그거 얼마예요?")
    assert not getattr(clerk.answer("그거 얼마예요?", about=about), "follow_up", False)


@pytest.mark.parametrize("text", ["화장실 비상벨 어디 있나요", "골목이 어두워요", "안녕", "그거", "camera 얼마"])
def test_a_question_that_names_something_is_not_about_what_was_shown(clerk: Engine, text: str) -> None:
    assert clerk.answer(text, about="owl-bus") == clerk.answer(text)


@pytest.mark.parametrize("text", ["비상벨 어디", "N60 얼마", "비상벨 신청"])
def test_a_short_name_is_a_name(clerk: Engine, text: str) -> None:
    about = "smart-cctv"
    assert clerk.answer(text, about=about) == clerk.answer(text)


def test_the_longest_saved_phrasing_is_certain(make: SimpleNamespace) -> None:
    long = (STORY * 5)[:199].strip()
    engine = make.engine(make.town(make.programme("long", "긴 사업", [], [long]), *make.programmes))
    assert engine.answer(long).hits[0] == Hit("long", 1.0)


@given(
    text=st.text(max_size=50)
    | st.sampled_from(["부엉이버스 얼마", "골목이 어두워요", "안녕", "그거 어디", "ㅂㅇㅇ ㅂㅅ"]),
    about=st.sampled_from([None, "owl-bus", "gone"]),
)
def test_the_same_question_has_the_same_answer(clerk: Engine, text: str, about: str | None) -> None:
    answer = clerk.answer(text, about)
    assert type(answer) in OUTCOMES
    assert clerk.answer(text, about) == answer
    assert all(clerk.knowledge.programme(hit.id) and 0 <= hit.score <= 1 for hit in answer.hits)


def test_whoever_holds_a_watch_hears_each_step(clerk: Engine) -> None:
    heard: list[str] = []
    clerk.answer("부엉이 버스 얼마예요", None, heard.append)
    assert heard == ["encode", "danger", "read", "rules"]


@pytest.mark.parametrize("text", ["부엉이버스 얼마", "골목이 어두워요", "안녕", "세금", "", "ㅂㅇㅇ ㅂㅅ"])
def test_what_is_explained_is_what_is_answered(clerk: Engine, text: str) -> None:
    explained = clerk.explain(text)
    assert explained.answer == clerk.answer(text)
    assert explained.query == clerk.search.read(text)
    assert sorted(row.owner for row in explained.ranked) == sorted(clerk.search.index.owners)


def test_the_time_of_each_step_is_told_in_milliseconds(clerk: Engine) -> None:
    seconds = iter([10.0, 10.001, 10.003, 10.006, 10.010, 10.015])
    steps = clerk.explain("부엉이버스", clock=lambda: next(seconds)).steps
    assert [name for name, _ in steps] == ["encode", "danger", "read", "rules", "decide"]
    assert [ms for _, ms in steps] == pytest.approx([1, 2, 3, 4, 5])


def test_an_engine_is_built_with_the_numbers_of_its_search(make: SimpleNamespace, tmp_path: Path) -> None:
    encoder = make.encoder()
    built = [Engine.build(make.town(), None), Engine.build(make.town(), encoder, tmp_path)]
    assert [engine.calibration for engine in built] == [shipped_numbers(False), shipped_numbers(True)]
    assert [engine.encoder for engine in built] == [None, encoder]
    assert {path.name for path in tmp_path.iterdir()} >= {"vectors.npz", "learned-both.npz"}


@pytest.mark.parametrize(
    ("text", "embedded"),
    [
        ("버스 어디 있나요?", ["버스 어디 있나요"]),
        ("버스 ㅂㅇㅇㅂㅅ", ["버스 ㅂㅇㅇㅂㅅ", "버스"]),
        ("qndjddl qjtm", ["부엉이 버스"]),
        ("?!", []),
    ],
)
def test_a_question_is_embedded_only_as_often_as_it_is_read(
    make: SimpleNamespace, text: str, embedded: list[str]
) -> None:
    encoder = make.encoder()
    engine = make.engine(make.town(), encoder)
    before = len(encoder.asked)
    engine.answer(text)
    assert encoder.asked[before:] == embedded


def test_vectors_of_phrasings_that_are_gone_are_not_kept(make: SimpleNamespace, tmp_path: Path) -> None:
    for programmes, folder in ((make.programmes, "old"), (make.programmes[:2], "old"), (make.programmes[:2], "new")):
        Engine.build(make.town(*programmes), make.encoder(), tmp_path / folder)
    old, new = (np.load(tmp_path / folder / "vectors.npz")["keys"] for folder in ("old", "new"))
    assert sorted(old) == sorted(new)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("부엉이버스 요금", "owl-bus"),
        ("부엉이뻐스 어디서 타요", "owl-bus"),
        ("qndjddl qjtm", "owl-bus"),
        ("ghkwkdtlf qltkdqpf", "restroom-bell"),
        ("화장실 비상벨 누르면 누가 와요?", "restroom-bell"),
        (SON * 4 + "부엉이버스 막차는 몇 시에 있나요? " + SON * 4, "owl-bus"),
    ],
)
def test_the_shipped_knowledge_understands_what_citizens_type(shipped: Engine, text: str, id_: str) -> None:
    assert shipped.answer(text).hits[0].id == id_


def test_the_shipped_knowledge_finds_every_programme_by_its_own_name(shipped: Engine) -> None:
    wrong = [p.name for p in shipped.knowledge.programmes if shipped.answer(p.name).hits[0].id != p.id]
    assert wrong == []


def test_the_initials_in_the_readme_find_the_owl_bus(shipped: Engine) -> None:
    assert shipped.answer("ㅂㅇㅇ ㅂㅅ").hits[0].id == "owl-bus"


HOSTILE = {
    "ten thousand letters": "가나다라 " * 2000,
    "one long word": "부" * 10_000,
    "one long latin word": "qndjddl" * 1500,
    "nul": "부엉이\0버스" + "\0" * 5000,
    "half surrogates": "\ud800\udfff부엉이\udc00",
    "right to left": "\u202eمتى يأتي الباص\u202c 부엉이",
    "html": "<script>alert('x')</script><b>부엉이버스</b>&nbsp;",
    "sql": "'; drop table question; -- 부엉이버스",
    "yaml": "- !!python/object/apply:os.system ['ls']\n? {a: *b}\n---\n%YAML",
    "regex": "(((((a+)+)+)+)+)$[\\",
    "format": "{0.__class__} %s %n {city!r}",
    "combining": "e" + "\u0301" * 5000,
    "ligatures": "\ufdfa" * 4000,
    "emoji": "👩‍👩‍👧‍👦" * 500,
    "lone jamo": "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ" * 500,
    "old hangul": "ᄒᆞᆫ글 나랏말ᄊᆞ미" * 200,
    "only spaces": " \t\n\u3000\u200b" * 2000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_message_breaks_the_shipped_engine(shipped: Engine, text: str) -> None:
    answer = shipped.answer(text, about="owl-bus")
    assert type(answer) in OUTCOMES
    assert len(answer.hits) <= 3
    assert shipped.explain(text).answer == shipped.answer(text)


@settings(max_examples=60)
@given(text=st.text(max_size=300), about=st.none() | st.text(max_size=5) | st.just("owl-bus"))
def test_any_message_has_an_answer(shipped: Engine, text: str, about: str | None) -> None:
    assert type(shipped.answer(text, about)) in OUTCOMES

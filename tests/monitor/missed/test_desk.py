"""What staff can do about a group, what is refused, and taking it back."""

import json
from dataclasses import replace

import pytest

from bot.errors import KnowledgeError, UsageError
from bot.kb.load import load
from bot.kb.unreviewed import MARK
from bot.monitor.missed.effect import effect
from bot.monitor.missed.journal import MOST
from bot.store.missed import Decision

BUS = "programs/owl-bus.yaml"
NEW = "막차 뒤에 뭐 타요"


def test_a_phrasing_is_added_to_the_programme_and_the_group_is_done(desk, group, town):
    plan = desk.phrasing(group, "owl-bus")
    assert f'+  - "{NEW}"' in plan.change.diff
    assert NEW not in town.read(BUS)
    assert desk.do(plan, {}) == {group.id: Decision("done", "phrasing", "owl-bus", 500.0)}
    assert load(town.root).programme("owl-bus").questions[-1] == NEW


def test_staff_may_word_it_otherwise(desk, group, town):
    desk.do(desk.phrasing(group, "owl-bus", "  막차가\n끊기면  "), {})
    assert load(town.root).programme("owl-bus").questions[-1] == "막차가 끊기면"


def test_what_is_not_ours_becomes_an_example_of_a_topic(desk, group, town):
    plan = desk.example(group, "tax")
    assert desk.do(plan, {})[group.id].target == "tax"
    assert load(town.root).elsewhere.topics[0].examples[-1] == NEW


def test_a_question_in_another_language_goes_to_the_translation_if_there_is_one(desk, group, town):
    town.go_abroad()
    foreign = replace(group, language="en", texts=("Last bus?",))
    assert desk.phrasing(foreign, "owl-bus").change.where == BUS
    card = f"id: owl-bus\nsource: {load(town.root).programme('owl-bus').fingerprint}\nname: Owl\nsummary: Bus.\n"
    town.write(
        "translations/en/owl-bus.yaml", card + "details: [Free., Light.]\nhow_to_use: Come.\nquestions:\n  - Fare?\n"
    )
    plan = desk.phrasing(foreign, "owl-bus")
    assert plan.change.where == "translations/en/owl-bus.yaml"
    assert plan.knowledge.translation("owl-bus", "en").questions == ("Fare?", "Last bus?")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("부엉이 노선 얼마예요?", "이미 있습니다.*owl-bus.yaml"),
        ("보안등고장 얼마예요", "이미 있습니다.*lamp.yaml"),
        ("재산세 언제까지 내나요", "이미 있습니다.*elsewhere.yaml의 tax"),
        ("‹전화›로 전화했어요", "개인정보를 지운 자리"),
        ("?!", "글자가 없습니다"),
        ("가" * 201, "너무 깁니다"),
    ],
)
def test_what_would_do_harm_as_a_phrasing_is_refused_and_nothing_changes(desk, group, town, words, why):
    before = town.read(BUS)
    with pytest.raises(UsageError, match=why):
        desk.phrasing(group, "owl-bus", words)
    assert town.read(BUS) == before


def test_an_unknown_programme_or_topic_is_said_so(desk, group):
    with pytest.raises(UsageError, match=r"programs/none\.yaml 파일이 없습니다"):
        desk.phrasing(group, "none")
    with pytest.raises(UsageError, match="'none' 주제가 없습니다"):
        desk.example(group, "none")


def test_a_knowledge_that_is_broken_already_is_not_changed(desk, group, town):
    town.change("programs/lamp.yaml", "status: running", "status: maybe")
    with pytest.raises(KnowledgeError, match="lamp.yaml"):
        desk.phrasing(group, "owl-bus")


def test_a_draft_waits_beside_the_knowledge_and_cannot_go_live_as_it_is(desk, group, town):
    asked = replace(group, texts=(NEW, "‹이름› 씨네 막차", "버스 끊기면"))
    plan = desk.draft(asked, "새벽 택시")
    assert desk.do(plan, {})[group.id].state == "pending"
    text = (desk.drafts / "saebyeok-taeksi.yaml").read_text("utf-8")
    assert all(words in text for words in (NEW, "버스 끊기면", MARK, "새벽 택시"))
    assert "‹이름›" not in text
    with pytest.raises(UsageError, match="이미 있습니다"):
        desk.draft(asked, "새벽 택시")
    town.write("programs/saebyeok-taeksi.yaml", text)
    assert any(MARK in problem for problem in town.problems())


def test_a_draft_whose_marks_were_filled_in_is_good(desk, group, town):
    text = desk.draft(group, "새벽 택시").change.after
    filled = {"분야": "night", "https://…": "https://t.example/", "확인한 날": "2026-11-23", "다시 볼 날": "2999-01-01"}
    for mark, value in filled.items():
        text = text.replace(f"{MARK} {mark}", value)
    town.write("programs/saebyeok-taeksi.yaml", text.replace(f"{MARK} ", "").replace("[초안]", "초안"))
    assert load(town.root).programme("saebyeok-taeksi").questions == (NEW,)


@pytest.mark.parametrize(("deed", "state"), [("later", "pending"), ("ignore", "ignored"), ("close", "done")])
def test_a_group_is_put_off_ignored_or_closed(desk, group, deed, state):
    assert desk.do(desk.settle(group, deed), {}) == {group.id: Decision(state, deed, None, 500.0)}


def test_deeds_are_taken_back_one_by_one_latest_first(desk, group, town):
    before, known = town.read(BUS), {group.id: Decision("pending", "later", None, 1.0)}
    desk.do(desk.phrasing(group, "owl-bus"), known)
    desk.do(desk.phrasing(group, "owl-bus", "둘째 표현"), {})
    desk.do(desk.draft(group, "새벽 택시"), {})
    assert "초안" in desk.undo()[0]
    assert not list(desk.drafts.glob("*.yaml"))
    assert desk.undo()[1] == {group.id: None}
    assert desk.undo() == (f"'{NEW}'을(를) {BUS}에 더했습니다", known)
    assert town.read(BUS) == before
    with pytest.raises(UsageError, match="되돌릴 것이 없습니다"):
        desk.undo()


def test_a_file_that_was_changed_since_is_not_taken_back(desk, group, town):
    desk.do(desk.phrasing(group, "owl-bus"), {})
    town.change(BUS, "부엉이 버스", "부엉이 큰버스")
    with pytest.raises(UsageError, match="그 사이에 바뀌었습니다"):
        desk.undo()
    assert "부엉이 큰버스" in town.read(BUS)


def test_a_deed_that_fails_leaves_nothing_to_take_back(desk, group, town):
    plan = desk.phrasing(group, "owl-bus")
    town.change(BUS, "부엉이 버스", "부엉이 큰버스")
    with pytest.raises(UsageError):
        desk.do(plan, {})
    assert desk.journal.last() is None


def test_the_journal_keeps_so_many_deeds_and_reads_past_a_torn_one(desk, group):
    for _ in range(MOST + 3):
        desk.do(desk.settle(group, "later"), {})
    files = sorted(desk.journal.folder.iterdir())
    assert len(files) == MOST
    assert files[0].stat().st_mode & 0o077 == 0
    assert json.loads(files[-1].read_text("utf-8"))["told"] == "나중에 보기로 했습니다"
    files[-1].write_text("{", "utf-8")
    assert desk.journal.last()[0] == files[-2]


def test_what_will_be_answered_is_told_before_it_is_written(desk, group, clerk):
    found = effect(clerk, desk.phrasing(group, "owl-bus").knowledge, group)
    assert found.told == ((NEW, "found:owl-bus"),)
    assert found.broken == ()


def test_a_promised_question_that_would_lose_its_answer_is_told(desk, group, clerk, town):
    town.change("questions/golden.yaml", "q: 세금 고지서 어디서 내요", "q: 뭐 타고 가나요 막차 뒤에")
    taken = desk.phrasing(group, "owl-bus", "뭐 타고 가나요 막차 뒤에")
    assert effect(clerk, taken.knowledge, group).broken == ("뭐 타고 가나요 막차 뒤에",)

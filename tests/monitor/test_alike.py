"""Phrasings that are nearly the same, programmes that are hard to tell apart: both places, and what to add."""

from bot.errors import Problem
from bot.monitor.alike import confused, said, twins

LAMP, OWL = "programs/lamp.yaml", "programs/owl-bus.yaml"


def test_nearly_the_same_phrasing_of_two_programmes_is_told_with_both_places(town):
    town.change(LAMP, "aliases: [", "aliases: [밤에 집 가는 길 어두워요, ")
    town.change(OWL, "aliases: [", "aliases: [밤에 집가는 길 어두워여, ")
    engine = town.engine()
    told = f"'밤에 집가는 길 어두워여'는 {LAMP}:25의 '밤에 집 가는 길 어두워요'와 거의 같습니다"
    assert list(twins(engine.knowledge, [one for _, one in said(engine)])) == [
        Problem(OWL, 25, f"{told}. 한쪽을 지우거나, 어느 사업인지 드러나게 고치세요.")
    ]


def test_nearly_the_same_phrasing_of_one_programme_is_fine(town):
    town.change(LAMP, "aliases: [", "aliases: [밤에 집 가는 길 어두워요, 밤에 집가는 길 어두워여, ")
    engine = town.engine()
    assert list(twins(engine.knowledge, [one for _, one in said(engine)])) == []


def test_programmes_that_are_far_apart_are_not_confused(town):
    town.change(LAMP, "questions:\n", "questions:\n  - 순찰 도는 분들이 전등도 고치나요\n")
    engine = town.engine()
    assert list(confused(engine, said(engine))) == []


def test_two_programmes_that_people_ask_about_alike_are_told_with_a_phrasing_to_add(town):
    alike = "".join(f"  - 우리 아파트 뒷길이 {word} 무서워요\n" for word in ("너무", "정말", "밤마다", "아주", "많이"))
    town.change(LAMP, "questions:\n", "questions:\n" + alike.replace("요", "요 도와주세요"))
    town.change(OWL, "questions:\n", "questions:\n" + alike)
    engine = town.engine()
    (told,) = confused(engine, said(engine))
    assert told.where in (LAMP, OWL)
    assert told.message.startswith("'골목 보안등'과 '부엉이 버스'는 구별하기 어렵습니다(표현 ")
    assert " 이름이 드러나는 표현을 더하세요. 예: '" in told.message
    assert told.message.rpartition("예: '")[2].startswith(("골목 보안등 우리", "부엉이 버스 우리"))

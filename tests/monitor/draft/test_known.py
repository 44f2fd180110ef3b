"""Which programme of ours an article means, and what it adds to or says otherwise than the knowledge."""

import pytest

from bot.kb.load import load
from bot.monitor.draft.facts import Fact, Place
from bot.monitor.draft.known import compare, match
from tools import articles

OWL = "owl-bus"
BEGAN = "부엉이 버스는 2021년 10월에 다니기 시작했다."


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("안심귀가부엉이 버스", "owl-bus"),
        ("로보캅순찰대", "robocop-patrol"),
        ("가정폭력-성폭력 공동대응팀", "violence-response-team"),
        ("셉테드(CPTED) 사업", "cpted"),
        ("시민 설문조사", "resident-survey"),
    ],
)
def test_a_name_that_is_ours_is_known_however_it_is_spaced(shipped, name, id_):
    found = match(shipped, name)
    assert (found.id, found.verdict) == (id_, "known")


@pytest.mark.parametrize("name", ["농기계 야간 반사판", "심야 공공약국", "물놀이 안전관리요원", "전세피해 상담센터"])
def test_what_other_cities_do_is_not_taken_for_ours(shipped, name):
    assert match(shipped, name).verdict != "known"


def test_no_programme_of_an_invented_city_is_taken_for_a_different_one_of_ours(shipped):
    names = [name for said in articles.gold(articles.ARTICLES).values() for name in said["programmes"]]
    known = [match(shipped, name) for name in names]
    assert sum(found.verdict == "known" for found in known) <= len(names) * 0.1


def fact(kind, value, sentence, aspect="figures"):
    return Fact(kind, value, sentence, Place(9, 9), aspect)


@pytest.mark.parametrize(
    ("told", "standing", "against"),
    [
        (fact("돈", "1,450원", "어른 요금은 1,450원이다.", "cost"), "known", ""),
        (fact("돈", "2,000원", "개통 때 어른 요금은 2,000원이다.", "cost"), "contradicts", "1,450원"),
        (fact("때", "2021년 10월", BEGAN, "since"), "contradicts", "2022년 10월 21일"),
        (fact("때", "2022년 10월", BEGAN.replace("1년", "2년"), "since"), "known", ""),
        (fact("수", "300명", "하루 300명이 탄다."), "adds", ""),
        (fact("곳", "호수공원", "호수공원에도 선다.", "where"), "adds", ""),
        (fact("곳", "중앙역", "중앙역에 선다.", "where"), "known", ""),
    ],
)
def test_a_fact_is_known_new_or_otherwise(told, standing, against):
    programme = load(articles.ARTICLES.parents[2] / "knowledge").programme(OWL)
    [compared] = compare(programme, [told])
    assert compared.standing == standing
    assert against in compared.text
    assert bool(compared.path) == (standing == "contradicts")

"""Facts stand beside the programme that they are about, with kind, question and place."""

import pytest

from bot.monitor.draft.facts import facts
from bot.monitor.draft.find import find


def told(article, text):
    """The facts of the first programme in a text: kind and value."""
    own = article(text)
    return [(fact.kind, fact.value) for fact in facts(own, find(own)[0])]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("2022년 6월 3일 시작했다", [("때", "2022년 6월 3일")]),
        ("밤 10시부터 새벽 1시 30분까지 운영한다", [("시각", "밤 10시"), ("시각", "새벽 1시 30분")]),
        ("24시간 운영한다", [("시각", "24시간")]),
        ("2억 7,500만 원을 들여 설치했다", [("돈", "2억 7,500만 원")]),
        ("골목 42곳에 1,200대를 설치했다", [("수", "42곳"), ("수", "1,200대")]),
        ("20여 개 유관기관이 운영한다", [("수", "20여 개 유관기관")]),
        ("법무부와 밤골경찰서가 운영한다", [("기관", "법무부"), ("기관", "밤골경찰서")]),
        ("밤골역 앞과 달빛공원에 설치했다", [("곳", "밤골역 앞"), ("곳", "달빛공원")]),
        ("문의는 031-000-1234, 운영은 시가 한다", [("전화", "031-000-1234")]),
        ("지하철 4호선을 따라 운영한다", []),
        ("시장이 활동하는 지역에서 운영한다", []),
    ],
)
def test_each_kind_of_fact_is_read(article, words, wanted):
    assert told(article, f"시는 ‘달빛 동행’ 사업을 벌인다. {words}.") == wanted


def test_a_fact_says_where_it_stands_and_which_question_it_answers(article):
    own = article("시는 ‘달빛 동행’ 사업을 벌인다. 이용 요금은 1,450원이고 2022년에 시작했다. 문의 1588-0000.")
    found = [(str(f.place), f.aspect, f.sentence) for f in facts(own, find(own)[0])]
    sentence = "이용 요금은 1,450원이고 2022년에 시작했다."
    assert found == [
        ("2줄 28자", "cost", sentence),
        ("2줄 37자", "since", sentence),
        ("2줄 53자", "contact", "문의 1588-0000."),
    ]


def test_each_item_of_a_list_has_its_own_facts(article):
    own = article("- 안심 버스 운영: 3대, 밤 11시\n- 안심 벨 설치(관내 86곳)\n- 여성 안심맵 보급")
    assert [[f.value for f in facts(own, one)] for one in find(own)] == [["3대", "밤 11시"], ["86곳"], []]


def test_lines_under_an_item_are_about_it(article):
    own = article("1. 안심 버스 운영\n - 예산: 3억 원\n - 위치: 밤골역\n2. 안심 벨 설치\n - 대상: 40가구")
    assert [[f.value for f in facts(own, one)] for one in find(own)] == [["3억 원", "밤골역"], ["40가구"]]


def test_clauses_of_one_sentence_are_shared_out(article):
    own = article("2021년 밤골 국제안전도시 인증을 받았으며, 환승 주차장 18곳이 밤길 안전 인증을 받았다.")
    assert [[f.value for f in facts(own, one)] for one in find(own)] == [["2021년"], ["18곳"]]

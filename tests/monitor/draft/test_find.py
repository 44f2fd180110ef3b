"""Programmes of a press release: told by marks, names and what is done; people and figures are none."""

from pathlib import Path

import pytest

from bot.monitor.draft.article import read
from bot.monitor.draft.find import find
from tools import articles

ARTICLES = articles.ARTICLES
GOLD = articles.gold(ARTICLES)
SCORES = {name: articles.score(ARTICLES, name, said) for name, said in GOLD.items()}


def names(article):
    return [found.name for found in find(article)]


@pytest.mark.parametrize("name", GOLD)
def test_most_of_each_release_is_found_and_hardly_anything_invented(name):
    own = SCORES[name]
    assert len(own.missed) <= 1, own.missed
    assert len(own.invented) <= 1, own.invented


def test_all_releases_together():
    right, missed, invented = (
        sum(len(getattr(s, p)) for s in SCORES.values()) for p in ("right", "missed", "invented")
    )
    assert right / (right + missed) >= 0.97
    assert right / (right + invented) >= 0.98
    assert sum(s.facts for s in SCORES.values()) / sum(s.wanted for s in SCORES.values()) >= 0.9


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("시는 △안심 버스 운영 △여성 안심맵 보급 등을 추진한다.", ["안심 버스", "여성 안심맵"]),
        ("시는 ▲안심 버스 운영, ▲여성 안심맵 보급 등을 추진한다.", ["안심 버스", "여성 안심맵"]),
        ("달라지는 것은 ①안심 버스 운영 ②빈집 관리 사업 등 두 가지다.", ["안심 버스", "빈집 관리 사업"]),
        ("◇ 안심 버스 운영\n◇ 여성 안심맵 보급: 3월부터", ["안심 버스", "여성 안심맵"]),
        ("1. 안심 버스 운영\n - 예산: 3억 원\n2. 여성 안심맵 보급", ["안심 버스", "여성 안심맵"]),
        ("내년에 밤길 버스 운영, 안심 벨 설치, 여성 안심맵 보급 등에 나선다.", ["밤길 버스", "안심 벨", "여성 안심맵"]),
        (
            "시는 △로보캅 순찰대 및 시민지킴이 운영 △안심 벨 설치 및 운영 등에 힘쓴다.",
            ["로보캅 순찰대", "시민지킴이", "안심 벨"],
        ),
        (
            "시는 △디지털 국토사업스마트 안전 빌리지 추진 △안심 벨 설치 등에 힘쓴다.",
            ["디지털 국토사업", "스마트 안전 빌리지", "안심 벨"],
        ),
        ("시는 ‘달빛 동행’ 사업을 시작했다.", ["달빛 동행"]),
        ("시는 지난해 배회감지기 보급 사업을 시작했다.", ["배회감지기 보급 사업"]),
        ("첫째, 전세피해 상담센터를 연다.", ["전세피해 상담센터"]),
    ],
)
def test_each_style_of_list_is_read(article, text, wanted):
    assert names(article(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "이날 행사에는 △이해든 시장 △강보라 국장 △조은솔 팀장 등이 참석했다.",
        "지난해 범죄는 △절도 312건 △사기 498건 △폭력 207건으로 집계됐다.",
        "신청은 ①누리집 접속 ②본인 확인 ③신청서 제출 순으로 하면 된다.",
        "시는 △공단로 △역전길 △시장통길 등 거리에 나무를 심었다.",
        "숙제는 △인력 부족 △사생활 침해 우려 △예산 지속성이다.",
        "제출할 서류는 △안전 확인서 △범죄 피해 확인서 △보호자 동의서다.",
        "▲ 11일 열린 시상식에서 관계자들이 기념 촬영을 하고 있다. 사진=밤골시 제공",
        "시는 안전한 도시를 만들고자 다양한 사업을 추진한다.",
        "‘범죄 없는 안전도시 밤골’을 만들어가는 데 힘쓴다.",
        "시장은 “불 켜진 골목 하나가 범죄를 막는다”고 말했다.",
        "시는 경찰서, 소방서, 교육청 등 9개 기관과 함께한다.",
        "꾸러미는 △스마트 초인종 △현관문 안전장치 △휴대용 비상벨로 구성됐다.",
        "○ 일시: 매월 첫째 주\n○ 장소: 시청 3층\n○ 문의: 안전과",
    ],
)
def test_people_figures_steps_streets_parts_and_slogans_are_no_programmes(article, text):
    assert names(article(text)) == []


def test_a_name_said_again_shortly_is_the_same_programme(article):
    listed = "시는 △고위험 1인가구 안부확인 서비스 △빈집 안전관리 사업 등을 한다."
    found = find(article(f"{listed}\n안부확인 서비스는 3월부터 620가구가 쓴다."))
    assert [one.name for one in found] == ["고위험 1인가구 안부확인 서비스", "빈집 안전관리 사업"]
    assert [passage.line for passage in found[0].passages] == [1, 2]


def test_items_of_one_list_that_differ_little_stay_apart(article):
    text = " ".join(f"△{name}동 안심 순찰대 운영" for name in ("가나", "가라", "나라"))
    assert names(article(f"시는 {text} 등을 추진한다.")) == [
        "가나동 안심 순찰대",
        "가라동 안심 순찰대",
        "나라동 안심 순찰대",
    ]


def test_a_list_of_three_hundred_is_read_whole(article):
    text = " ".join(f"△제{number}구역 안심 순찰대 운영" for number in range(300))
    assert len(find(article(f"시는 {text} 등을 추진한다."))) == 300


def test_every_place_points_at_its_name_in_the_file():
    for name in (n for n in GOLD if n.endswith(".txt")):
        lines = (ARTICLES / name).read_text("utf-8").splitlines()
        for found in find(read(ARTICLES / name)):
            assert lines[found.place.line - 1][found.place.column - 1 :].startswith(found.name[:3]), (name, found)


SHARED = Path(__file__).resolve().parents[4] / "shared" / "article"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the article lies beside the checkout of those who may use it")
def test_the_first_article_gives_its_29_programmes_and_no_other():
    [path] = SHARED.glob("*.txt")
    assert len(names(read(path))) == 29

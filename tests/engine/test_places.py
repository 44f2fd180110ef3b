"""Another city's name sends a question away, unless ours stands beside it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.engine.index import Owner
from bot.engine.normalize import normalize
from bot.engine.places import NOWHERE, Places
from bot.kb.model import Elsewhere, Topic

SEOUL = Topic(id="seoul", name="서울", places=("서울", "seoul", "首尔", "сеул"), examples=("서울 버스",))
BUSAN = Topic(id="busan", name="부산", places=("부산",), examples=("부산 버스",))
TAX = Topic(id="tax", name="세금", examples=("세금",))
OWNERS = [
    Owner("programme", "owl-bus"),
    Owner("elsewhere", "seoul"),
    Owner("elsewhere", "busan"),
    Owner("elsewhere", "tax"),
]
NUMBERS = {owner.id: number for number, owner in enumerate(OWNERS)}


@pytest.fixture(scope="module")
def places(make: SimpleNamespace) -> Places:
    town = make.town()
    city = town.city.model_copy(update={"places": ("밤골", "Bamgol")})
    return Places.of(replace(town, city=city, elsewhere=Elsewhere(topics=(SEOUL, BUSAN, TAX))), OWNERS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("서울 버스 몇 시까지 있어요", {"seoul"}),
        ("서울에서 버스 타요", {"seoul"}),
        ("Bus in SEOUL?", {"seoul"}),
        ("автобус в Сеуле", {"seoul"}),
        ("请问首尔有夜间巴士吗", {"seoul"}),
        ("서울이랑 부산 버스", {"seoul", "busan"}),
        ("버스 몇 시까지 있어요", set()),
        ("남서울 버스", set()),
        ("seoulite", set()),
        ("", set()),
    ],
)
def test_a_place_is_named_by_the_beginning_of_a_korean_word_or_a_whole_latin_one(
    places: Places, text: str, ids: set[str]
) -> None:
    assert places.elsewhere(normalize(text)) == {NUMBERS[id_] for id_ in ids}


@pytest.mark.parametrize("text", ["밤골에서 서울 가는 버스", "from Bamgol to Seoul", "우리밤골 말고 부산"])
def test_where_our_own_place_is_named_too_the_question_is_ours(places: Places, text: str) -> None:
    assert places.elsewhere(normalize(text)) == frozenset()


def test_a_topic_without_places_is_no_place(places: Places) -> None:
    assert NUMBERS["tax"] not in {owner for _, owner in places.others}


def test_nowhere_sends_nobody_away() -> None:
    assert NOWHERE.elsewhere("서울") == frozenset()

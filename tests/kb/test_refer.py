"""Names that lead nowhere: an editor reads which, where, and what to do."""

import pytest

from bot.kb.load import load
from bot.kb.model import ASPECTS

LAMP = "programs/lamp.yaml"
UNKNOWN = "사업이 없습니다. programs 폴더의 파일 이름을 확인하세요."


def test_a_good_town_has_nothing_to_mend(town):
    knowledge = load(town.root)
    assert [programme.id for programme in knowledge.programmes] == ["lamp", "owl-bus", "patrol"]
    assert len(knowledge.golden) == 2


@pytest.mark.parametrize(
    ("where", "old", "new", "told"),
    [
        (LAMP, "category: night", "category: day", "3: 'day' 분야가 city.yaml의 categories에 없습니다."),
        (LAMP, "related: []", "related: [patrol, gone]", f"26: 'gone' {UNKNOWN}"),
        (LAMP, "related: []", "related:\n  - patrol\n  - gone", f"28: 'gone' {UNKNOWN}"),
        (LAMP, "related: []", "related: [lamp]", f"26: 'lamp' {UNKNOWN}"),
        ("questions/golden.yaml", "[owl-bus]", "[owl-bus, owl]", f"3: 'owl' {UNKNOWN}"),
        ("questions/golden.yaml", "[owl-bus]", "\n      - owl-bus\n      - owl", f"5: 'owl' {UNKNOWN}"),
        (
            LAMP,
            "    sources: [paper]",
            "    sources: [paper, papre]",
            "10: 출처 'papre'가 아래 sources에 없습니다. 출처를 더하거나 철자를 고치세요.",
        ),
        (
            LAMP,
            "    sources: [paper]",
            "    sources:\n      - paper\n      - papre",
            "12: 출처 'papre'가 아래 sources에 없습니다. 출처를 더하거나 철자를 고치세요.",
        ),
        (
            LAMP,
            "    as_of: 2023\n    sources: [paper]",
            "    as_of: 2023\n    sources: [papre]",
            "20: 출처 'papre'가 아래 sources에 없습니다. 출처를 더하거나 철자를 고치세요.",
        ),
        (
            LAMP,
            "sources:\n  paper:",
            "sources:\n  book: {publisher: 책, title: 책, date: 2022, url: https://b.example}\n  paper:",
            "29: 출처 'book'를 쓰는 사실이 없습니다. 지우거나 사실에 이어 주세요.",
        ),
        (
            "elsewhere.yaml",
            "topics:\n",
            "topics:\n  - {id: tax, name: 세금, examples: [국세]}\n",
            "3: 'tax' 주제가 두 번 있습니다.",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_its_line(town, where, old, new, told):
    town.change(where, old, new)
    assert town.problems() == [f"{where}:{told}"]


def test_the_citys_own_sources_must_be_there_and_be_used(town):
    town.change("city.yaml", "sources: [hall]", "sources: [home]")
    assert town.problems() == [
        "city.yaml:9: 출처 'home'가 아래 sources에 없습니다. 출처를 더하거나 철자를 고치세요.",
        "city.yaml:16: 출처 'hall'를 쓰는 사실이 없습니다. 지우거나 사실에 이어 주세요.",
    ]


def test_a_source_may_be_used_by_a_contact_alone(town):
    town.change(LAMP, "    as_of: 2023\n    sources: [paper]", "    as_of: 2023\n    sources: [book]")
    book = "  book: {publisher: 책, title: 책, date: 2022, url: https://b.example}\n"
    town.change(LAMP, "sources:\n  paper:", f"sources:\n{book}  paper:")
    assert load(town.root).programme("lamp").contacts[0].sources == ("book",)


def test_a_file_is_named_like_its_programme(town):
    town.write("programs/light.yaml", town.read(LAMP).replace("id: lamp", "id: lantern"))
    assert town.problems() == [
        "programs/light.yaml:1: id 'lantern'와 파일 이름이 다릅니다. 파일 이름을 lantern.yaml로 바꾸세요."
    ]


def test_a_copied_file_must_get_its_own_id(town):
    town.write("programs/light.yaml", town.read(LAMP))
    assert [line for line in town.problems() if line.startswith("programs/light.yaml:1: ")]


def test_every_language_of_the_city_has_its_sentences(town):
    town.change("city.yaml", "languages: [ko]", "languages: [ko, vi]")
    assert "city.yaml: phrases/vi.yaml 파일이 없습니다. 만들거나 languages에서 빼세요." in town.problems()


def test_every_status_and_aspect_has_a_word(town):
    where = "phrases/ko.yaml"
    line = town.line(where, "status:")
    town.change(where, "  running: 운영 중\n", "")
    assert town.problems() == [f"{where}:{line}: status에 빠진 항목이 있습니다: running."]


def test_all_missing_aspects_are_told_in_one_line(town):
    where = "phrases/ko.yaml"
    text = town.read(where)
    start, end = text.index("aspects:\n"), text.index("fillers:")
    town.write(where, f"{text[:start]}aspects:\n  cost: {{label: 요금, cues: [얼마]}}\n{text[end:]}")
    missing = ", ".join(aspect for aspect in ASPECTS if aspect != "cost")
    line = town.line(where, "aspects:")
    assert town.problems() == [f"{where}:{line}: aspects에 빠진 항목이 있습니다: {missing}."]


def test_everything_that_leads_nowhere_is_told_at_once_in_order(town):
    town.change(LAMP, "category: night", "category: day")
    town.change("programs/patrol.yaml", "related: []", "related: [gone]")
    town.change("questions/golden.yaml", "[owl-bus]", "[owl]")
    assert [line.partition(": ")[0] for line in town.problems()] == [
        "programs/lamp.yaml:3",
        "programs/patrol.yaml:26",
        "questions/golden.yaml:3",
    ]


def test_a_copied_file_is_told_whose_id_it_has_and_what_to_do(town):
    town.write("programs/light.yaml", town.read(LAMP).replace("sources: [paper]", "sources: [papre]"))
    assert town.problems() == [
        "programs/light.yaml:1: 'lamp'는 programs/lamp.yaml의 id입니다. 이 파일의 id를 'light'로 고치세요."
    ]


ENGLISH = """\
id: {id}
source: "000000000000"
name: Lamp
summary: Bright.
details: [Free, Brighter]
how_to_use: Come.
questions: [dark street]
"""


@pytest.mark.parametrize(
    ("name", "id_", "told"),
    [
        ("lamp", "lamp", None),
        (
            "light",
            "lamp",
            "light.yaml:1: 'lamp'는 translations/ko/lamp.yaml의 id입니다. 이 파일의 id를 'light'로 고치세요.",
        ),
        ("gone", "gone", "gone.yaml:1: 'gone' 사업이 없습니다. programs 폴더를 확인하세요."),
        ("light", "patrol", "light.yaml:1: id 'patrol'와 파일 이름이 다릅니다. 파일 이름을 patrol.yaml로 바꾸세요."),
    ],
)
def test_a_translation_is_named_like_its_programme(town, name, id_, told):
    town.write("translations/ko/lamp.yaml", ENGLISH.format(id="lamp"))
    town.write(f"translations/ko/{name}.yaml", ENGLISH.format(id=id_))
    if told is None:
        assert load(town.root).translation("lamp", "ko").name == "Lamp"
    else:
        assert town.problems() == [f"translations/ko/{told}"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", "'vi' 언어가 city.yaml의 languages에 없습니다. 더하거나 이 {what}을(를) 지우세요."),
        ("xx", "'xx'은(는) 봇이 모르는 언어입니다(ko, en, zh, ru, vi, uz). 이름을 고치거나 지우세요."),
    ],
)
def test_words_of_a_language_that_the_city_does_not_have_are_told(town, language, told):
    town.write(f"phrases/{language}.yaml", town.read("phrases/ko.yaml"))
    town.write(f"translations/{language}/lamp.yaml", ENGLISH.format(id="lamp"))
    assert town.problems() == [
        f"phrases/{language}.yaml: {told.format(what='파일')}",
        f"translations/{language}: {told.format(what='폴더')}",
    ]


def test_a_folder_without_programmes_is_told(town):
    (town.root / "programs").rename(town.root / "programmes")
    assert "programs: 사업 파일이 하나도 없습니다. 이 폴더에 사업마다 .yaml 파일을 두세요." in town.problems()


@pytest.mark.parametrize("name", ["light.yml", "light.YAML"])
def test_a_file_that_ends_otherwise_is_told_with_its_right_name(town, name):
    ending = name.removeprefix("light")
    town.write(f"programs/{name}", town.read(LAMP).replace("id: lamp", "id: light"))
    town.write(".github/ci.yml", "on: push\n")
    assert town.problems() == [
        f"programs/{name}: 이름이 {ending}로 끝나는 파일은 읽지 않습니다. 파일 이름을 light.yaml로 바꾸세요."
    ]

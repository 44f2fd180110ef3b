"""Files as staff break them: each mistake is told at its line, and the mend that is told, when followed, passes."""

from dataclasses import dataclass

import pytest

from bot.errors import KnowledgeError
from bot.kb.load import load

LAMP = "programs/lamp.yaml"
CITY = "city.yaml"
GOLDEN = "questions/golden.yaml"
URGENT = "urgent.yaml"
HOTLINES = "hotlines.yaml"


@dataclass(frozen=True)
class Slip:
    """``old`` was there, ``broken`` was typed, ``line`` and ``words`` are told, ``mended`` follows them."""

    old: str
    broken: str
    line: int
    words: str
    mended: str
    where: str = LAMP


NAME = "name: 골목 보안등"
ALIASES = "aliases: [가로등]"
AS_OF = "    as_of: 2022-10\n"
FIRST = "  - aspect: cost\n"

SLIPS = {
    # YAML takes it without a word
    "a hash cuts a text": Slip(NAME, "name: 골목 #1 보안등", 2, "큰따옴표로 감싸고", 'name: "골목 #1 보안등"'),
    "a hash empties a text": Slip(NAME, "name: #보안등", 2, "큰따옴표로 감싸고", 'name: "#보안등"'),
    "a hash empties an item": Slip(ALIASES, "aliases:\n  - #가로등", 26, "큰따옴표로", 'aliases:\n  - "#가로등"'),
    "a hash cuts a list": Slip(ALIASES, "aliases: [등 #1, 길]", 25, "큰따옴표로", 'aliases: ["등 #1", 길]'),
    "a note behind a date": Slip(AS_OF, "    as_of: 2022-10 # 개통\n", 9, "메모면 윗줄에", f"    # 개통\n{AS_OF}"),
    "round quotes": Slip(NAME, "name: “골목 보안등”", 2, "곧은 큰따옴표", 'name: "골목 보안등"'),
    "round quotes around a colon": Slip(NAME, "name: “골목: 등”", 2, "곧은 큰따옴표", 'name: "골목: 등"'),
    "round single quotes": Slip(NAME, "name: ‘골목 보안등’", 2, "곧은 큰따옴표", 'name: "골목 보안등"'),
    "a dash sinks into a text": Slip(
        ALIASES, "aliases:\n  - 가로등\n    - 전등", 27, "세로로 맞추세요", "aliases:\n  - 가로등\n  - 전등"
    ),
    "an unseen letter": Slip(NAME, "name: 골목\u200b 보안등", 2, "U+200B", NAME),
    "a mark of another file": Slip(NAME, "name: \ufeff골목 보안등", 2, "U+FEFF", NAME),
    "a tab in a text": Slip(NAME, "name:\t골목 보안등", 2, "빈칸(스페이스)으로 바꾸세요", NAME),
    # The parser stumbles
    "a tab before a key": Slip(FIRST, "\t- aspect: cost\n", 7, "빈칸(스페이스) 두 개씩", FIRST),
    "a colon in a text": Slip(NAME, "name: 골목: 보안등", 2, "큰따옴표로", 'name: "골목: 보안등"'),
    "a colon at the end": Slip(NAME, "name: 보안등:", 2, "큰따옴표로", 'name: "보안등:"'),
    "no blank behind a colon": Slip(NAME, "name:골목 보안등", 2, "쌍점(:) 뒤에 빈칸", NAME),
    "a wide colon": Slip(NAME, "name： 골목 보안등", 2, "전각", NAME),
    "an equals sign": Slip(NAME, "name = 골목 보안등", 2, "쌍점과 빈칸", NAME),
    "no colon at all": Slip(NAME, "name 골목 보안등", 2, "쌍점과 빈칸", NAME),
    "no blank behind a dash": Slip(FIRST, "  -aspect: cost\n", 7, "붙임표(-) 뒤에 빈칸", FIRST),
    "no dash": Slip(FIRST, "  aspect: cost\n", 7, "'- '로 시작하세요", FIRST),
    "a key too deep": Slip(AS_OF, "      as_of: 2022-10\n", 9, "윗줄과 세로로", AS_OF),
    "a key not deep enough": Slip(AS_OF, "   as_of: 2022-10\n", 9, "윗줄과 세로로", AS_OF),
    "the second key too deep": Slip(NAME, f"  {NAME}", 2, "윗줄과 세로로", NAME),
    "a dash not deep enough": Slip(
        ALIASES, "aliases:\n  - 가로등\n - 전등", 27, "윗줄과 세로로", "aliases:\n  - 가로등\n  - 전등"
    ),
    "a row without a dash": Slip(
        ALIASES, "aliases:\n  - 가로등\n  전등", 27, "'- '를 더하세요", "aliases:\n  - 가로등\n  - 전등"
    ),
    "a wide blank": Slip(ALIASES, "aliases:\n\u3000- 가로등", 26, "특수 빈칸", "aliases:\n  - 가로등"),
    "a blank of a word processor": Slip(ALIASES, "aliases:\n\u00a0\u00a0- 가로등", 26, "특수 빈칸", ALIASES),
    "an open double quote": Slip(NAME, 'name: "골목 보안등', 2, '큰따옴표(")의 짝', 'name: "골목 보안등"'),
    "an open single quote": Slip(NAME, "name: '골목 보안등", 2, "작은따옴표(')의 짝", 'name: "골목 보안등"'),
    "a quote inside quotes": Slip(NAME, 'name: "골목 "새" 보안등"', 2, "' 로 바꾸세요", "name: \"골목 '새' 보안등\""),
    "words behind a quote": Slip(NAME, 'name: "골목" 보안등', 2, '큰따옴표(")의 짝', 'name: "골목 보안등"'),
    "a backslash": Slip(NAME, 'name: "골목\\길"', 2, "역슬래시", 'name: "골목\\\\길"'),
    "an open bracket": Slip(ALIASES, "aliases: [가로등, 전등", 25, "대괄호", "aliases: [가로등, 전등]"),
    "two commas": Slip(ALIASES, "aliases: [가로등,, 전등]", 25, "쉼표를 지우세요", "aliases: [가로등, 전등]"),
    "an at sign": Slip(NAME, "name: @보안등", 2, "큰따옴표로", 'name: "@보안등"'),
    "a per cent sign": Slip(NAME, "name: %보안등", 2, "큰따옴표로", 'name: "%보안등"'),
    "an arrow": Slip(NAME, "name: >보안등", 2, "큰따옴표로", 'name: ">보안등"'),
    "a star": Slip(NAME, "name: *보안등", 2, "큰따옴표로", 'name: "*보안등"'),
    "an exclamation mark": Slip(NAME, "name: !보안등", 2, "큰따옴표로", 'name: "!보안등"'),
    "a dash before a text": Slip(NAME, "name: - 보안등", 2, "큰따옴표로", 'name: "- 보안등"'),
    "two texts not merged": Slip(
        NAME, f"<<<<<<< HEAD\n{NAME}\n=======\nname: 등\n>>>>>>> mine", 2, "맞는 글만 남기고", NAME
    ),
    "a key twice": Slip(NAME, f"{NAME}\n{NAME}", 3, "하나로 합치세요", NAME),
    # The file is no card
    "a bullet for a dash": Slip(ALIASES, "aliases:\n  • 가로등", 26, "'- '로 바꾸세요", "aliases:\n  - 가로등"),
    "a number for a dash": Slip(ALIASES, "aliases:\n  1. 가로등", 26, "'- '로 바꾸세요", "aliases:\n  - 가로등"),
    "a tight dash in a list": Slip(ALIASES, "aliases:\n  -가로등", 26, "빈칸 하나", "aliases:\n  - 가로등"),
    "a colon in an item": Slip(ALIASES, "aliases:\n  - 등: 길", 26, "큰따옴표로", 'aliases:\n  - "등: 길"'),
    "a bracket before a text": Slip(NAME, "name: [골목] ", 2, "큰따옴표로", 'name: "[골목]"'),
    "one text for a list": Slip(ALIASES, "aliases: 가로등", 25, "'- '로 시작하는", "aliases:\n  - 가로등"),
    "a key misspelt": Slip(NAME, "nmae: 골목 보안등", 2, "'name'의 철자", NAME),
    "a key in capitals": Slip("status: running", "Status: running", 4, "'status'의 철자", "status: running"),
    "a key with a hyphen": Slip(AS_OF, "    as-of: 2022-10\n", 9, "'as_of'의 철자", AS_OF),
    "a key in Korean": Slip(NAME, "이름: 골목 보안등", 2, "쓸 수 있는 항목: id, name", NAME),
    "a key missing": Slip("status: running\n", "", 1, "status: 꼭 있어야", "status: running\n"),
    "no for a status": Slip("status: running", "status: no", 4, "running(운영 중)", "status: running"),
    "a status in Korean": Slip("status: running", "status: 운영 중", 4, "running(운영 중)", "status: running"),
    "an aspect in Korean": Slip(FIRST, "  - aspect: 요금\n", 7, "cost(요금)", FIRST),
    "an id with a blank": Slip("related: []", "related: [owl bus]", 26, "붙임표로", "related: [owl-bus]"),
    "an id of nothing": Slip("related: []", "related: [owl-car]", 26, "파일 이름을 확인", "related: [owl-bus]"),
    "a source of nothing": Slip("sources: [paper]", "sources: [papre]", 10, "철자를 고치세요", "sources: [paper]"),
    "no source": Slip("sources: [paper]", "sources: []", 10, "비어 있습니다", "sources: [paper]"),
    "a date with dots": Slip(AS_OF, "    as_of: 2022.10\n", 9, "2023-11", AS_OF),
    "a month that is none": Slip(AS_OF, "    as_of: 2022-13\n", 9, "달력에 없는", AS_OF),
    "a day that is none": Slip("2026-11-23", "2026-11-31", 34, "2026-11-23처럼", "2026-11-30"),
    "wide digits": Slip(AS_OF, "    as_of: ２０２２-10\n", 9, "2023-11", AS_OF),
    "a phone in words": Slip("1666-0000", "국번 없이 120", 18, "숫자와 붙임표만", "120"),
    "an address without https": Slip(
        "https://call.example/", "call.example", 22, "https:// 로", "https://call.example/"
    ),
    "a text too long": Slip("무료입니다.", "무료입니다. " * 30, 8, "최대 140자", "무료입니다."),
    "a category of nothing": Slip("category: night", "category: nite", 3, "categories에 없습니다", "category: night"),
    "another id than the file's": Slip("id: lamp\n", "id: lamps\n", 1, "파일 이름", "id: lamp\n"),
    # Other files
    "a language of nothing": Slip("[ko]", "[kr]", 3, "ko(한국어)", "[ko]", CITY),
    "a golden id of nothing": Slip("[owl-bus]", "[owl]", 3, "파일 이름을 확인", "[owl-bus]", GOLDEN),
    "a number of nothing": Slip('["112"]', '["113"]', 4, "hotlines.yaml에 없습니다", '["112"]', URGENT),
    "an interpreter of nothing": Slip(
        'interpreter: "112"', "interpreter: 031", 9, "목록에", "interpreter: 112", HOTLINES
    ),
    "a class of nothing": Slip("!칼+쫓아", "!<칼>+쫓아", 6, "words에 없습니다", "!칼+쫓아", URGENT),
    "a key of topics": Slip("topics:", "topic:", 1, "'topics'의 철자", "topics:", "elsewhere.yaml"),
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_broken_file_is_told_at_its_line_and_its_mend_passes(town, slip):
    good = town.read(slip.where)
    town.change(slip.where, slip.old, slip.broken)
    told = town.problems()
    assert [line for line in told if line.startswith(f"{slip.where}:{slip.line}: ") and slip.words in line], told
    town.write(slip.where, good.replace(slip.old, slip.mended, 1))
    load(town.root)


def test_there_are_sixty_of_them():
    assert len(SLIPS) >= 60


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_a_file_saved_in_another_encoding_passes_once_it_is_saved_as_utf_8(town, encoding):
    text = town.read(LAMP)
    town.write(LAMP, text.encode(encoding))
    (told,) = town.problems()
    assert told.startswith(f"{LAMP}:{1 if encoding == 'utf-16' else 2}: UTF-8이 아닌 파일입니다")
    town.write(LAMP, text)
    load(town.root)


@pytest.mark.parametrize("spoil", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_what_windows_does_to_a_file_is_no_mistake(town, spoil):
    town.write(LAMP, spoil(town.read(LAMP)))
    load(town.root)


@pytest.mark.parametrize("word", ["18:30", "031", "no", "on", "off", "yes", "null", "~", "1_000", "2022-10-20"])
def test_words_that_yaml_would_change_are_taken_as_they_are_written(town, word):
    town.change(LAMP, ALIASES, f"aliases: [{word}, {word} 등]")
    assert load(town.root).programme("lamp").aliases == (word, f"{word} 등")


@pytest.mark.parametrize(
    ("name", "words", "right"),
    [
        ("programs/lamp.yml", "파일 이름을 lamp.yaml로", LAMP),
        ("programs/lamp.yaml.txt", "파일 이름을 lamp.yaml로", LAMP),
        ("programs/lamp.YAML", "파일 이름을 lamp.yaml로", LAMP),
        ("lamp.yaml", "programs", LAMP),
        ("programs/old/lamp.yaml", "programs", LAMP),
    ],
)
def test_a_file_that_nobody_reads_is_told_and_passes_in_its_place(town, name, words, right):
    text = town.read(LAMP)
    (town.root / LAMP).unlink()
    town.write(name, text)
    assert [line for line in town.problems() if line.startswith(f"{name}: ") and words in line]
    (town.root / name).unlink()
    town.write(right, text)
    load(town.root)


@pytest.mark.parametrize("name", ["lamp - 복사본", "lamp (1)", "Lamp 2"])
def test_a_copy_of_a_file_is_told_as_a_copy(town, name):
    town.write(f"programs/{name}.yaml", town.read(LAMP))
    (told,) = town.problems()
    assert told.startswith(f"programs/{name}.yaml:1: 'lamp'는 {LAMP}의 id입니다. 복사본이면 이 파일을 지우고")
    (town.root / f"programs/{name}.yaml").unlink()
    load(town.root)


def test_every_mistake_of_every_file_is_told_at_once(town):
    town.change(LAMP, NAME, "name: #등")
    town.change("programs/patrol.yaml", "status: running", "status: 끝")
    town.write("city.yaml", town.read(CITY).replace("[ko]", "[kr]"))
    with pytest.raises(KnowledgeError) as caught:
        load(town.root)
    assert [str(problem).partition(": ")[0] for problem in caught.value.problems] == [
        "city.yaml:3",
        f"{LAMP}:2",
        "programs/patrol.yaml:4",
    ]

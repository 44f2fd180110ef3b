"""What the model refuses, as an editor reads it: file, line, the way to the value, and the mend."""

import pytest

from bot.errors import KnowledgeError
from bot.kb.explain import in_korean
from bot.kb.load import load
from bot.kb.model import City, Programme
from bot.kb.phrases import AspectWords, Buttons, Phrases
from bot.kb.reader import Document
from bot.kb.slips import QUOTE

LAMP = "programs/lamp.yaml"
CHECK = "철자나 들여쓰기를 확인하세요."
EMPTY = "비어 있습니다. 내용을 적거나 항목을 지우세요."
INDENT = " 와야 합니다. 들여쓰기와 '- '를 확인하세요."
LIST = f"글 한 줄이 와야 하는데 목록이 있습니다. [ 로 시작하는 글이면 {QUOTE}"
STATUSES = "running(운영 중), planned(계획), achieved(이룸), ended(끝남), unconfirmed(확인되지 않음)"
NO_DATE = "은(는) 날짜가 아닙니다. 2026-11-23처럼 적으세요."
ID = "모양이 맞지 않습니다. 영어 소문자와 숫자를 붙임표로 이어 적으세요(예: owl-bus)."
AS_OF = "모양이 맞지 않습니다. 2023, 2023-11, 2023-11-27 또는 '날짜 미상'으로 적으세요."


@pytest.mark.parametrize(
    ("where", "old", "new", "line", "keys"),
    [
        (LAMP, "id: lamp\n", "id: lamp\nnmae: x\n", "2: nmae", ", ".join(Programme.model_fields)),
        (
            LAMP,
            "    text: 무",
            "    note: x\n    text: 무",
            "8: details › 1번째 › note",
            "aspect, text, as_of, sources",
        ),
        (
            LAMP,
            "    phone: ",
            "    fax: 1\n    phone: ",
            "18: contacts › 1번째 › fax",
            "name, phone, hours, url, as_of, ",
        ),
        (LAMP, "    title: ", "    page: 1\n    title: ", "31: sources › paper › page", "publisher, title, date, url"),
        ("city.yaml", "id: town\n", "id: town\nmayor: x\n", "2: mayor", ", ".join(City.model_fields)),
        ("city.yaml", "icon: 🌙", "icon: 🌙, color: x", "12: categories › 1번째 › color", "id, name, icon"),
        ("elsewhere.yaml", "    name: ", "    nick: x\n    name: ", "3: topics › 1번째 › nick", "id, name, "),
        (
            "questions/golden.yaml",
            "    accept",
            "    accpet: []\n    accept",
            "3: questions › 1번째 › accpet",
            "q, accept",
        ),
    ],
)
def test_an_unknown_key_is_told_with_the_keys_that_fit(town, where, old, new, line, keys):
    town.change(where, old, new)
    (told,) = town.problems()
    assert told.startswith(f"{where}:{line}: 모르는 항목입니다. 쓸 수 있는 항목: {keys}")
    assert told.endswith((f". {CHECK}", "의 철자를 확인하세요."))


@pytest.mark.parametrize(
    ("old", "slip", "meant"),
    [
        ("name: 골목", "nmae: 골목", "name"),
        ("status: ", "Status: ", "status"),
        ("how_to_use: ", "how-to-use: ", "how_to_use"),
    ],
)
def test_a_slip_in_a_key_is_told_with_the_key_that_was_meant(town, old, slip, meant):
    town.change(LAMP, old, slip)
    assert [told for told in town.problems() if told.endswith(f" '{meant}'의 철자를 확인하세요.")]


@pytest.mark.parametrize(
    ("before", "added", "path", "keys"),
    [
        ("aspects:\n  cost:\n", "    colour: x\n", "aspects › cost › colour", AspectWords),
        ("buttons:\n", "  colour: x\n", "buttons › colour", Buttons),
        ("menu: ", "colour: x\n", "colour", Phrases),
    ],
)
def test_an_unknown_key_of_the_sentences_is_told_with_the_keys_that_fit(town, before, added, path, keys):
    where = "phrases/ko.yaml"
    town.change(where, before, added + before if before == "menu: " else before + added)
    fit = ", ".join(keys.model_fields)
    assert town.problems() == [
        f"{where}:{town.line(where, added.rstrip())}: {path}: 모르는 항목입니다. 쓸 수 있는 항목: {fit}. {CHECK}"
    ]


@pytest.mark.parametrize(
    ("where", "old", "line"),
    [
        (LAMP, "status: running\n", "1: status"),
        (LAMP, "how_to_use: 그냥 오세요.\n", "1: how_to_use"),
        (LAMP, "    as_of: 2022-10\n", "7: details › 1번째 › as_of"),
        (LAMP, "    title: 새 소식\n", "29: sources › paper › title"),
        ("city.yaml", "time_zone: Asia/Seoul\n", "1: time_zone"),
        ("questions/golden.yaml", "  - q: 부엉이 버스 얼마예요\n    accept", "2: questions › 1번째 › q"),
    ],
)
def test_a_missing_key_is_named_at_the_line_of_what_lacks_it(town, where, old, line):
    town.change(where, old, "  - accept" if "accept" in old else "")
    assert town.problems() == [f"{where}:{line}: 꼭 있어야 하는 항목이 빠졌습니다. 이 이름으로 한 줄을 더하세요."]


def test_a_word_that_is_not_among_the_possible_ones_is_told_with_them(town):
    town.change(LAMP, "status: running", "status: maybe")
    assert town.problems() == [
        f"{LAMP}:4: status: 'maybe'은(는) 쓸 수 없는 값입니다. 다음 가운데 하나로 고치세요: {STATUSES}."
    ]


def test_a_key_that_is_not_among_the_possible_ones_is_told_with_them(town):
    where = "phrases/ko.yaml"
    town.change(where, "  running: 운영 중\n", "  running: 운영 중\n  maybe: 글쎄요\n")
    line = town.line(where, "  maybe:")
    assert town.problems() == [
        f"{where}:{line}: status › maybe: 'maybe'은(는) 쓸 수 없는 값입니다. 다음 가운데 하나로 고치세요: {STATUSES}."
    ]


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [("city.yaml", "languages: [ko]", "languages: [kr]"), (LAMP, "    sources: [paper]", "    sources: [종이]")],
)
def test_a_slip_in_a_list_of_one_does_not_make_the_list_empty(town, where, old, new):
    town.change(where, old, new)
    assert not [told for told in town.problems() if EMPTY in told]


@pytest.mark.parametrize(
    ("old", "new", "told", "most", "size"),
    [
        ("name: 골목 보안등", "name: " + "가" * 41, "2: name", 40, 41),
        ("summary: ", "summary: " + "가" * 140, "5: summary", 140, 153),
        ("    text: ", "    text: " + "가" * 140, "8: details › 1번째 › text", 140, 146),
        ("    title: ", "    title: " + "가" * 160, "31: sources › paper › title", 160, 164),
        ("aliases: [", "aliases: [올빼미, " + "가" * 41 + ", ", "25: aliases › 2번째", 40, 41),
        ("  - 어두운 길 전등 얼마예요", "  - " + "가" * 201, "37: questions › 1번째", 200, 201),
    ],
)
def test_a_text_that_is_too_long_is_told_with_its_beginning_its_size_and_the_limit(town, old, new, told, most, size):
    town.change(LAMP, old, new)
    assert town.problems() == [
        f"{LAMP}:{told}: 글이 너무 깁니다(지금 {size}자, 최대 {most}자). 줄이거나 둘로 나누세요: '{'가' * 40}'…"
    ]


def test_a_text_may_be_as_long_as_the_limit_says(town):
    town.change(LAMP, "name: 골목 보안등", "name: " + "가" * 40)
    assert load(town.root).programme("lamp").name == "가" * 40


@pytest.mark.parametrize(
    ("where", "old", "new", "line"),
    [
        (LAMP, "summary: 골목 보안등 사업입니다.", "summary:", "5: summary"),
        (LAMP, "summary: 골목 보안등 사업입니다.", 'summary: "  "', "5: summary"),
        (LAMP, "    sources: [paper]", "    sources: []", "10: details › 1번째 › sources"),
        ("elsewhere.yaml", "name: 세금", "name: ''", "3: topics › 1번째 › name"),
    ],
)
def test_an_empty_value_is_told(town, where, old, new, line):
    town.change(where, old, new)
    assert town.problems() == [f"{where}:{line}: {EMPTY}"]


def test_too_many_are_counted(town):
    town.change(LAMP, "related: []", "related: [owl-bus, patrol, owl-bus, patrol, owl-bus]")
    assert town.problems() == [f"{LAMP}:26: related: 너무 많습니다(5개, 최대 4개). 줄이세요."]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: lamp", "id: Lamp_1", f"1: id: 'Lamp_1'은(는) {ID}"),
        ("related: []", "related: [lamp-, patrol]", f"26: related › 1번째: 'lamp-'은(는) {ID}"),
        ("sources:\n  paper:", "sources:\n  신문:", f"29: sources › 신문: '신문'은(는) {ID}"),
        (
            "url: https://paper.example/1",
            "url: paper.example",
            "33: sources › paper › url: 'paper.example'은(는) 모양이 맞지 않습니다. "
            "https:// 로 시작하는 주소를 빈칸 없이 적으세요.",
        ),
        (
            "phone: 1666-0000",
            "phone: 콜센터 1666",
            "18: contacts › 1번째 › phone: '콜센터 1666'은(는) 모양이 맞지 않습니다. "
            "숫자와 붙임표만 적으세요(예: 1666-1234).",
        ),
        ("as_of: 2022-10", "as_of: 작년", f"9: details › 1번째 › as_of: '작년'은(는) {AS_OF}"),
        ("date: 2022-10-20", "date: 22.10.20", f"32: sources › paper › date: '22.10.20'은(는) {AS_OF}"),
    ],
)
def test_a_value_of_the_wrong_shape_is_told_with_the_right_one(town, old, new, told):
    town.change(LAMP, old, new)
    assert town.problems() == [f"{LAMP}:{told}"]


@pytest.mark.parametrize("as_of", ["2023", "2023-11", "2023-11-27", "날짜 미상"])
def test_a_date_may_be_as_exact_as_it_is_known(town, as_of):
    town.change(LAMP, "as_of: 2022-10", f"as_of: {as_of}")
    assert load(town.root).programme("lamp").details[0].as_of == as_of


@pytest.mark.parametrize(
    ("where", "old", "new", "told"),
    [
        (LAMP, "how_to_use: 그냥 오세요.", "how_to_use: [그냥, 오세요]", f"15: how_to_use: {LIST}"),
        (LAMP, "aliases: [가로등]", "aliases: 가로등", f"25: aliases: '- '로 시작하는 줄들이{INDENT}"),
        (LAMP, "aliases: [가로등]", "aliases:", f"25: aliases: '- '로 시작하는 줄들이{INDENT}"),
        (LAMP, "aliases: [가로등]", "aliases: [[가로등]]", f"25: aliases › 1번째: {LIST}"),
        (
            "city.yaml",
            "  - {id: night, name: 밤길, icon: 🌙}",
            "  - 밤길",
            f"12: categories › 1번째: '이름: 값' 줄들이{INDENT}",
        ),
    ],
)
def test_a_text_a_list_or_lines_in_each_others_place_are_told(town, where, old, new, told):
    town.change(where, old, new)
    assert town.problems() == [f"{where}:{told}"]


def test_sources_that_are_no_lines_are_told(town):
    text = town.read(LAMP)
    start, end = text.index("sources:\n  paper:"), text.index("reviewed_on:")
    town.write(LAMP, f"{text[:start]}sources: 신문\n{text[end:]}")
    assert town.problems() == [f"{LAMP}:28: sources: '이름: 값' 줄들이{INDENT}"]


@pytest.mark.parametrize("content", ["- a\n- b\n", "부엉이 버스\n"])
def test_a_file_that_is_no_card_at_all_is_told(town, content):
    town.write(LAMP, content)
    assert town.problems() == [f"{LAMP}:1: 파일 전체: '이름: 값' 줄들이{INDENT}"]


@pytest.mark.parametrize("day", ["어제", "2026-13-01", "2026-02-30", "2026.11.23", "2026"])
def test_a_day_that_is_none_is_told_with_an_example(town, day):
    town.change(LAMP, "reviewed_on: 2026-11-23", f"reviewed_on: {day}")
    assert town.problems() == [f"{LAMP}:34: reviewed_on: '{day}'{NO_DATE}"]


def test_the_year_nought_is_no_day(town):
    town.change(LAMP, "reviewed_on: 2026-11-23", "reviewed_on: 0000-01-01")
    assert town.problems() == [f"{LAMP}:34: reviewed_on: '0000-01-01'{NO_DATE}"]


def test_a_long_wrong_value_is_shown_by_its_beginning(town):
    town.change(LAMP, "status: running", "status: " + "가" * 50)
    (told,) = town.problems()
    assert told.startswith(f"{LAMP}:4: status: '{'가' * 40}'은(는) ")


def test_all_slips_of_all_files_are_told_at_once_in_order(town):
    town.change(LAMP, "status: running", "status: maybe")
    town.change(LAMP, "reviewed_on: 2026-11-23", "reviewed_on: 어제")
    town.change("city.yaml", "time_zone: Asia/Seoul\n", "")
    town.write("elsewhere.yaml", "")
    assert [line.partition(": ")[0] for line in town.problems()] == [
        "city.yaml:1",
        "elsewhere.yaml",
        f"{LAMP}:4",
        f"{LAMP}:34",
    ]


def test_a_kind_of_slip_that_nobody_thought_of_still_names_the_place_in_korean():
    fault = {"type": "int_parsing", "loc": ("a", 0), "msg": "", "input": "x"}
    problem = in_korean(fault, Document("a.yaml", {}, {("a",): 3}), Phrases)
    assert str(problem) == "a.yaml:3: a › 1번째: 'x'은(는) 쓸 수 없는 값입니다(int_parsing)."


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path / "nowhere")
    assert str(caught.value) == f"{tmp_path / 'nowhere'}: 지식 폴더가 없습니다. KNOWLEDGE_DIR 설정을 확인하세요."


def test_the_version_names_exactly_these_words(town):
    before = load(town.root).version
    assert load(town.root).version == before
    assert len(before) == 12
    town.change(LAMP, "무료", "유료")
    assert load(town.root).version != before

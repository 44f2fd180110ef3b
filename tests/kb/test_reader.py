"""One YAML file: what is read as it was written, and what an editor is told about the rest."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import KnowledgeError
from bot.kb.reader import MAX_BYTES, MAX_DEPTH, Document, read


class File:
    """``a.yaml`` with whatever a test writes into it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "a.yaml"

    def read(self, content: str | bytes) -> Document:
        self.path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(self.path, "a.yaml")

    def refused(self, content: str | bytes) -> str:
        """The one thing that an editor reads."""
        with pytest.raises(KnowledgeError) as caught:
            self.read(content)
        (problem,) = caught.value.problems
        return str(problem)


@pytest.fixture
def file(tmp_path):
    return File(tmp_path)


@pytest.mark.parametrize("word", ["18:30", "031", "no", "null", "~", "1_000", "2022-10-20", "0x1F", "1e3", "=", "요금"])
def test_every_scalar_stays_what_was_written(file, word):
    assert file.read(f"a: {word}\nb: [{word}]\n").data == {"a": word, "b": [word]}


def test_a_key_is_text_too_and_nothing_is_an_empty_text(file):
    assert file.read("no: 1\n031:\n").data == {"no": "1", "031": ""}


def test_the_mark_that_windows_puts_before_a_text_is_accepted(file):
    assert file.read(b"\xef\xbb\xbfid: a\n").data == {"id": "a"}


def test_windows_line_ends_are_accepted_and_counted_once(file):
    document = file.read("a: 1\r\nb:\r\n  - 요금\r\n".encode())
    assert document.data == {"a": "1", "b": ["요금"]}
    assert document.line(("b", 0)) == 3


def test_a_text_over_several_lines_is_kept(file):
    assert file.read("a: |-\n  첫 줄\n  둘째 줄\n").data == {"a": "첫 줄\n둘째 줄"}


def test_quotes_make_any_text_possible(file):
    assert file.read('a: "요금: @무료 *별* #1"\n').data == {"a": "요금: @무료 *별* #1"}


def test_every_value_knows_its_line(file):
    details = "details:\n  - text: 하나\n    as_of: 2022\n  - text: >-\n      둘\n"
    document = file.read(f"# 말\nid: a\n\n{details}list: [x, y]\n")
    lines = {
        ("id",): 2,
        ("details",): 4,
        ("details", 0): 5,
        ("details", 0, "as_of"): 6,
        ("details", 1): 7,
        ("details", 1, "text"): 7,
        ("list", 1): 9,
    }
    assert {path: document.line(path) for path in lines} == lines


def test_what_is_missing_is_at_the_line_of_what_is_around_it(file):
    document = file.read("id: a\ndetails:\n  - text: 하나\n")
    assert document.line(("details", 0, "as_of")) == 3
    assert document.line(("details", 7, "text", "deeper")) == 2
    assert document.line(("name",)) == 1
    assert str(document.problem(("details", 0, "as_of"), "빠졌습니다.")) == "a.yaml:3: 빠졌습니다."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: 'a' 항목이 두 번 있습니다(먼저 1번째 줄). 하나로 합치세요."),
        ("x:\n  - a: 1\n    a: 2\n", "a.yaml:3: 'a' 항목이 두 번 있습니다(먼저 2번째 줄). 하나로 합치세요."),
        ("&k a: 1\n", "a.yaml:1: 글이 * 또는 & 로 시작합니다. 글 전체를 큰따옴표로 감싸세요."),
        ("? [a]\n: 1\n", "a.yaml:1: 항목 이름이 글이 아닙니다. 글을 큰따옴표로 감싸세요."),
    ],
)
def test_a_key_that_stands_twice_or_is_no_text_is_refused(file, content, told):
    assert file.refused(content) == told


def test_the_same_key_in_two_items_is_fine(file):
    assert file.read("- a: 1\n- a: 2\n").data == [{"a": "1"}, {"a": "2"}]


@pytest.mark.parametrize("content", ["a: 1\nb:\n\tc: 2\n", "a: 1\nb:\n  - 1\n\t- 2\n"])
def test_a_tab_in_the_indentation_is_refused(file, content):
    last = content.count("\n")
    assert file.refused(content) == (
        f"a.yaml:{last}: 탭 문자가 있습니다. 들여쓰기는 빈칸(스페이스) 두 개씩으로 하세요."
    )


def test_a_colon_and_a_blank_in_a_text_ask_for_quotes(file):
    assert file.refused("id: a\nsummary: 요금: 무료\n") == (
        'a.yaml:2: 글 안에 ": "(쌍점과 빈칸)이 있습니다. 글 전체를 큰따옴표로 감싸세요.'
    )


@pytest.mark.parametrize("sign", ["@", "`", "%", ", ", "? ", ">", "|", "- "])
def test_a_text_that_starts_with_a_sign_of_yaml_asks_for_quotes(file, sign):
    assert file.refused(f"id: a\nname: {sign}안심\n") == (
        "a.yaml:2: 글이 특별한 기호(@ ` % , ? | > -)로 시작합니다. 글 전체를 큰따옴표로 감싸세요."
    )


def test_a_star_before_latin_letters_asks_for_quotes(file):
    assert file.refused("id: a\nname: *safe\n") == (
        "a.yaml:2: 글이 * 또는 & 로 시작합니다. 글 전체를 큰따옴표로 감싸세요."
    )


@pytest.mark.parametrize("name", ["*안심", "**안심 버스**", "&안심"])
def test_a_star_before_hangul_asks_for_quotes(file, name):
    assert file.refused(f"id: a\nname: {name}\n") == (
        "a.yaml:2: 글이 * 또는 & 로 시작합니다. 글 전체를 큰따옴표로 감싸세요."
    )


def test_a_value_that_points_to_another_is_refused(file):
    assert file.refused("a: &x [1]\nb: *x\n") == (
        "a.yaml:1: 글이 * 또는 & 로 시작합니다. 글 전체를 큰따옴표로 감싸세요."
    )


@pytest.mark.parametrize("name", ["&B 버스", "!B 버스", "!!str 버스", "!안심", "! 버스", "&a [버스]", "!a {b: c}"])
def test_no_word_is_lost_in_silence(file, name):
    told = file.refused(f"id: a\nname: {name}\n")
    assert told.startswith("a.yaml:2: 글이 ")
    assert told.endswith("로 시작합니다. 글 전체를 큰따옴표로 감싸세요.")


@pytest.mark.parametrize(("content", "line"), [("a: [안심] 버스\n", 1), ("a: 1\n---\nb: 2\n", 2)])
def test_other_slips_name_the_line_and_what_to_look_at(file, content, line):
    told = file.refused(content)
    assert told.startswith(
        f"a.yaml:{line}: YAML 문법이 어긋납니다. 이 줄과 윗줄의 들여쓰기, 따옴표와 괄호의 짝을 확인하세요("
    )


def test_a_character_that_nobody_can_type_is_refused(file):
    assert file.refused("a: 1\nb: \0\n").startswith("a.yaml: YAML로 읽을 수 없는 글자가 있습니다: ")


@pytest.mark.parametrize("content", ["", "\n\n", "# 메모뿐\n", "\ufeff"])
def test_an_empty_file_is_refused(file, content):
    assert file.refused(content) == "a.yaml: 파일이 비어 있습니다. 내용을 적어 주세요."


@pytest.mark.parametrize(
    ("content", "line"),
    [("a: 1\nb: 가".encode("cp949"), 2), ("a: 가".encode("utf-16"), 1), (b"a: 1\n\n# \x80", 3)],
)
def test_another_encoding_names_the_line_and_how_to_save(file, content, line):
    assert file.refused(content) == (
        f"a.yaml:{line}: UTF-8이 아닌 파일입니다(CP949·ANSI·유니코드로 저장). "
        "메모장이면 '다른 이름으로 저장'에서 인코딩을 UTF-8로 골라 다시 저장하세요."
    )


def test_a_file_may_be_large_but_not_larger(file):
    most = b"a: 1\n#".ljust(MAX_BYTES, b"-")
    assert file.read(most).data == {"a": "1"}
    assert file.refused(most + b"-") == f"a.yaml: 파일이 너무 큽니다({MAX_BYTES + 1:,}바이트, 최대 {MAX_BYTES:,})."


def test_lists_may_be_deep_but_not_deeper(file):
    assert file.read("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH).data != {}
    assert file.refused("\na: " + "[" * 13 + "]" * 13) == (
        "a.yaml:2: 목록이 너무 깊습니다(최대 12단계). 들여쓰기를 확인하세요."
    )


@pytest.mark.parametrize(
    "deep", ["[" * 200_000, "{a: " * 200_000, "\n" + "".join(f"{' ' * n}-\n" for n in range(1500))]
)
def test_no_depth_kills_the_bot(tmp_path, deep):
    (tmp_path / "a.yaml").write_text(f"a: {deep}")
    ask = f"from pathlib import Path; from bot.kb.reader import read; read(Path({str(tmp_path / 'a.yaml')!r}), 'a')"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "KnowledgeError" in done.stderr


def test_a_file_that_is_not_there_or_is_a_folder_is_named(tmp_path):
    for name, why in (("a.yaml", "No such file or directory"), ("", "Is a directory")):
        with pytest.raises(KnowledgeError) as caught:
            read(tmp_path / name, "a.yaml")
        assert str(caught.value) == f"a.yaml: 파일을 읽을 수 없습니다({why})."


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.text(st.sampled_from(list("ab가: -[]{}\"'#|>&*!%@`?,.\t\n\r\x85\u2028\0")), max_size=40))
def test_any_text_is_read_or_refused_with_a_line_of_the_file(tmp_path_factory, content):
    try:
        told = File(tmp_path_factory.getbasetemp()).read(content).lines.values()
    except KnowledgeError as error:
        told = [problem.line for problem in error.problems]
    assert all(0 <= line <= len(content.splitlines()) + 1 for line in told)

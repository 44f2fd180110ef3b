"""The report as staff read it and as machines do."""

import json

from bot.errors import Problem
from bot.monitor.check import Report, Row
from bot.monitor.verdict import SHOWN, as_json, broken, table, text

HERE = Problem("programs/lamp.yaml", 3, "고치세요.")


def report(mistakes=(), warnings=()):
    rows = (Row("보낼 글", 29, tuple(mistakes)), Row("비슷한 사업", 3, (), tuple(warnings)))
    return Report(tuple(mistakes), tuple(warnings), 128, rows)


def test_a_good_report_is_a_table_and_one_sentence():
    assert text(report()) == (
        "살펴본 것    개수  고칠 곳  볼 곳\n"
        "보낼 글        29        0      0\n"
        "비슷한 사업     3        0      0\n"
        "사업 3개, 표현과 질문 128개를 확인했습니다. 문제가 없습니다. 올려도 됩니다.\n"
    )


def test_what_must_be_mended_comes_first_and_the_last_sentence_says_so():
    lines = text(report([HERE], [HERE])).splitlines()
    assert lines[:2] == ["고쳐야 할 곳 1군데", "  programs/lamp.yaml:3: 고치세요."]
    assert lines[-1].endswith("고칠 곳이 1군데 있습니다. 고친 뒤 다시 확인하세요.")


def test_many_warnings_of_a_kind_are_cut_and_all_are_shown_on_request():
    many = [Problem("a.yaml", n, "보세요.") for n in range(SHOWN + 2)]
    cut, whole = text(report((), many)), text(report((), many), is_all=True)
    assert cut.count(": 보세요.") == SHOWN
    assert "  … 그 밖에 2군데(모두 보기: check --all)" in cut
    assert whole.count(": 보세요.") == SHOWN + 2
    assert "그 밖에" not in whole


def test_a_note_stands_before_the_last_sentence():
    assert text(report(), "철자만으로 확인했습니다.").splitlines()[-2] == "철자만으로 확인했습니다."


def test_large_figures_stand_below_each_other():
    rows = list(table([Row("오타", 12_345), Row("꼭 지킬 질문", 7, (HERE,))]))
    assert [row.split()[-3:] for row in rows[1:]] == [["12,345", "0", "0"], ["7", "1", "0"]]


def test_machines_get_every_problem_with_its_step_file_and_line():
    told = json.loads(as_json(report([HERE]), "x"))
    assert told["mistakes"] == [{"step": "보낼 글", "file": "programs/lamp.yaml", "line": 3, "message": "고치세요."}]
    assert (told["ok"], told["note"], told["rows"][0]["mistakes"]) == (False, "x", 1)


def test_machines_get_the_same_keys_when_nothing_could_be_loaded():
    assert json.loads(broken([HERE])).keys() == json.loads(as_json(report())).keys()

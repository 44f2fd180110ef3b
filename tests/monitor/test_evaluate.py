"""Figures: what counts as right, as offered, as a wrong claim; and lines that are no questions."""

import re

import pytest

from bot.engine.answer import Chat, Choices, Found, Hit, Missed
from bot.errors import UsageError
from bot.monitor.evaluate import Question, Result, judge, questions, table

OURS = Question("막차 끊겼어요", ("owl-bus", "safe-bus-stop"), "plain", "ko")
OTHER = Question("여권 만들기", (), "", "ko")


class Told:
    """An engine with one answer."""

    def __init__(self, answer):
        self._answer = answer

    def answer(self, text):
        return self._answer


def result(outcome, *ids, question=OURS):
    return Result(question, outcome, ids, 0.5)


def read(tmp_path, content):
    path = tmp_path / "set.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(questions(path))


def refused(tmp_path, content):
    with pytest.raises(UsageError) as caught:
        read(tmp_path, content)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("ids", "first", "among"),
    [
        (("owl-bus", "cpted"), True, True),
        (("safe-bus-stop",), True, True),
        (("cpted", "owl-bus"), False, True),
        (("cpted", "smart-cctv", "safe-bus-stop"), False, True),
        (("cpted",), False, False),
        ((), False, False),
    ],
)
def test_right_is_any_of_the_accepted_ids(ids, first, among):
    row = result("offered", *ids)
    assert (row.first, row.among) == (first, among)


def test_nothing_is_right_where_nothing_is_accepted():
    row = result("outright", "owl-bus", question=OTHER)
    assert (row.first, row.among) == (False, False)


@pytest.mark.parametrize(
    ("answer", "outcome", "ids", "score"),
    [
        (Found((Hit("owl-bus", 0.97), Hit("cpted", 0.01))), "outright", ("owl-bus", "cpted"), 0.97),
        (Choices((Hit("cpted", 0.5), Hit("owl-bus", 0.4))), "offered", ("cpted", "owl-bus"), 0.5),
        (Missed((Hit("cpted", 0.05),)), "none", ("cpted",), 0.05),
        (Missed(()), "none", (), 0.0),
        (Chat("thanks", (Hit("cpted", 0.02),)), "none", ("cpted",), 0.02),
    ],
)
def test_an_answer_is_judged_as_the_citizen_sees_it(answer, outcome, ids, score):
    assert judge(Told(answer), OURS) == Result(OURS, outcome, ids, score)


def test_shares_of_our_questions():
    rows = [
        result("outright", "owl-bus"),
        result("outright", "safe-bus-stop", "cpted"),
        result("outright", "owl-bus", "cpted"),
        result("outright", "cpted", "owl-bus"),
        result("offered", "owl-bus"),
        result("offered", "cpted", "smart-cctv", "owl-bus"),
        result("none", "cpted"),
        result("none"),
    ]
    assert table("plain", rows) == (
        f"{'plain':28} n=   8  first  50.0%  among three  75.0%  outright  50.0%  and wrong  12.5%"
    )


def test_shares_of_questions_that_are_not_ours():
    rows = [result(word, "owl-bus", question=OTHER) for word in ("outright", "offered", "offered", "none")]
    assert table("others", rows) == f"{'others (out of scope)':28} n=   4  outright  25.0%  offered  50.0%"


def test_both_kinds_get_a_line_each():
    rows = [result("outright", "owl-bus"), result("none", "cpted", question=OTHER), result("none", "cpted")]
    assert table("mixed", iter(rows)) == (
        f"{'mixed':28} n=   2  first  50.0%  among three  50.0%  outright  50.0%  and wrong   0.0%\n"
        f"{'mixed (out of scope)':28} n=   1  outright   0.0%  offered   0.0%"
    )


def test_a_whole_and_a_third_line_up():
    whole = table("a", [result("outright", "owl-bus")])
    third = table("b", [result("outright", "owl-bus"), result("none"), result("none")])
    assert "first 100.0%  among three 100.0%  outright 100.0%  and wrong   0.0%" in whole
    assert "first  33.3%  among three  33.3%  outright  33.3%  and wrong   0.0%" in third
    assert len(whole) == len(third)


def test_no_questions_give_no_line():
    assert table("empty", []) == ""


def test_questions_are_read_in_order_with_their_style_and_language(tmp_path):
    content = (
        '{"q": "막차 끊겼어요", "accept": ["owl-bus", "safe-bus-stop"], "style": "plain", "lang": "ko"}\n'
        "\n"
        '{"q": "quá khuya", "accept": ["owl-bus"], "lang": "vi"}\r\n'
        '   \n{"accept": [], "q": "여권 만들기"}'
    )
    assert read(tmp_path, content) == [OURS, Question("quá khuya", ("owl-bus",), "", "vi"), OTHER]


def test_lines_without_accept_are_left_out(tmp_path):
    content = '{"q": "불났어요", "emergency": true}\n{"q": "여권 만들기", "accept": []}\n{"note": 1}\n'
    assert read(tmp_path, content) == [OTHER]


@pytest.mark.parametrize(
    "line",
    ["{", "q", '{"accept": []}', '{"q": "a", "accept": null}', '{"q": "a", "accept": 1}', '["accept"]', "3", "null"],
)
def test_a_line_that_is_no_question_is_named(tmp_path, line):
    told = refused(tmp_path, f'{{"q": "a", "accept": []}}\n\n{line}\n')
    assert told.startswith(f'{tmp_path / "set.jsonl"}:3: expected {{"q": "…", "accept": ["id"]}}: ')


def test_the_questions_before_a_bad_line_come_first(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text('{"q": "여권 만들기", "accept": []}\n{\n', "utf-8")
    rows = questions(path)
    assert next(rows) == OTHER
    with pytest.raises(UsageError, match=r"set\.jsonl:2: "):
        next(rows)


@pytest.mark.parametrize("accept", ['"owl-bus"', "[1]", "[null]", '{"owl-bus": 1}'])
def test_accept_that_is_no_list_of_texts_is_named(tmp_path, accept):
    assert ":1: expected" in refused(tmp_path, f'{{"q": "a", "accept": {accept}}}\n')


@pytest.mark.parametrize("row", ['"q": null', '"q": 3', '"q": "a", "lang": null', '"q": "a", "style": 1'])
def test_what_should_be_a_text_and_is_none_is_named(tmp_path, row):
    told = refused(tmp_path, f'{{{row}, "accept": []}}\n')
    assert told.endswith(" is not a text")


def test_the_mark_that_windows_puts_before_a_text_is_accepted(tmp_path):
    assert read(tmp_path, '\ufeff{"q": "여권 만들기", "accept": []}\n') == [OTHER]


@pytest.mark.parametrize("line", ['"부엉이버스"', '["부엉이버스"]'])
def test_a_line_that_is_no_object_is_named(tmp_path, line):
    assert ":1: expected" in refused(tmp_path, f"{line}\n")


def test_a_line_ends_only_where_json_lines_end(tmp_path):
    (row,) = read(tmp_path, '{"q": "막차\u2028끊겼어요\x85", "accept": []}\n')
    assert row.q == "막차\u2028끊겼어요\x85"


def test_a_line_that_is_too_deep_is_named(tmp_path):
    assert ":1: expected" in refused(tmp_path, "[" * 100_000)


def test_another_encoding_is_an_error_with_the_file(tmp_path):
    told = refused(tmp_path, '{"q": "막차", "accept": []}'.encode("cp949"))
    assert told.startswith(f"{tmp_path / 'set.jsonl'}: cannot be read: ")


@pytest.mark.parametrize("name", ["nothing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(UsageError, match=f"^{re.escape(str(tmp_path / name))}: cannot be read: "):
        list(questions(tmp_path / name))

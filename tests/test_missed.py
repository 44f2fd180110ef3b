"""``python -m bot missed``: a list, files for other programs, dealing with groups one by one, and taking back."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import missed
from bot.cli import main
from bot.config import ROWS
from bot.engine.normalize import normalize
from bot.store.database import in_turn
from bot.store.missed import asked, decisions
from bot.store.once import once
from bot.store.questions import Question, record

BUS = "programs/owl-bus.yaml"
PASSPORT, LEASH = "여권 재발급", "강아지 목줄"
URL = "sqlite:///var/bot.db"


@dataclass
class Desk:
    """The command as somebody runs it in a folder of the tiny town."""

    town: object
    capsys: pytest.CaptureFixture[str]

    def run(self, *args: str) -> tuple[int, str, str]:
        code = main(["missed", *([] if "--undo" in args else ["--no-encoder"]), *args])
        told = self.capsys.readouterr()
        return code, told.out, told.err


@pytest.fixture
def desk(town, tmp_path, monkeypatch, capsys):
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(town.root))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.chdir(tmp_path)
    texts = [PASSPORT, PASSPORT, "여권 재발급 하려면", LEASH]
    once(URL, in_turn(*(record(question(i, text)) for i, text in enumerate(texts, 1))))
    return Desk(town, capsys)


def question(number: int, text: str) -> Question:
    told = ("ko", "none", None, None, None, (), text, normalize(text), "v", 1.0)
    return Question(number, 1000.0 + number, "2026-11-25", 3, f"p{number}", *told)


@pytest.fixture
def sit(desk, monkeypatch):
    """Sit down at a terminal and type these lines; what the screen said."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def typed(*lines: str) -> str:
        screen = Terminal()
        with monkeypatch.context() as patched:
            patched.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))
            patched.setattr("sys.stdout", screen)
            assert main(["missed", "--no-encoder"]) == 0
        return screen.getvalue()

    return typed


def state():
    return sorted(one.state for one in once(URL, decisions()).values())


def test_without_a_terminal_it_prints_a_list(desk):
    code, out, _ = desk.run()
    assert code == 0
    assert "놓친 질문 4번, 2묶음" in out
    assert out.index(f"1. {PASSPORT}") < out.index(f"2. {LEASH}")


def test_without_missed_questions_it_says_so(desk):
    Path("var/bot.db").unlink()
    assert desk.run() == (0, "볼 것이 없습니다. 놓친 질문이 새로 생기면 여기에 나옵니다.\n", "")


def test_json_and_csv_hold_the_groups(desk):
    _, out, _ = desk.run("--json")
    assert [(one["texts"][0], one["asked"], one["state"]) for one in json.loads(out)] == [
        (PASSPORT, 3, "new"),
        (LEASH, 1, "new"),
    ]
    code, out, _ = desk.run("--csv", "missed.csv")
    assert (code, "2묶음을 missed.csv에" in out) == (0, True)
    content = Path("missed.csv").read_bytes().decode("utf-8-sig")
    assert [row[4] for row in csv.reader(io.StringIO(content, newline=""))] == ["질문", PASSPORT, LEASH]
    code, _, err = desk.run("--csv", "nowhere/missed.csv")
    assert (code, "쓰지 못했습니다" in err) == (2, True)


def test_a_database_in_trouble_is_an_error_of_one_line(desk, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/none/bot.db")
    code, out, err = desk.run()
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_a_key_adds_the_phrasing_after_the_change_was_shown(desk, sit):
    before = desk.town.read(BUS)
    screen = sit("a", "부엉이 버스", "", "y", "q")
    assert f'+  - "{PASSPORT}"' in screen
    assert "파일에 고칠 곳이 없습니다" in screen
    assert f"{PASSPORT} → 'owl-bus' 답이 나갑니다" in screen
    assert desk.town.read(BUS) == before + f'  - "{PASSPORT}"\n'
    assert state() == ["done", "done"]


def test_without_a_yes_nothing_is_written(desk, sit):
    before = desk.town.read(BUS)
    sit("1", "", "", "a", "owl-bus", "다른 표현", "n", "q")
    assert desk.town.read(BUS) == before
    assert state() == []


def test_every_key_does_its_deed(desk, sit):
    screen = sit("e", "1", "", "y", "n", "강아지 산책 도우미", "y")
    assert f'"{PASSPORT}"' in desk.town.read("elsewhere.yaml")
    assert list(Path("drafts").glob("*.yaml"))
    assert state() == ["done", "done", "pending"]
    assert "2묶음을 정했습니다" in screen


@pytest.mark.parametrize(("key", "wanted"), [("i", "ignored"), ("l", "pending"), ("d", "done")])
def test_a_decision_is_remembered_until_the_next_time(desk, sit, key, wanted):
    sit(key, "q")
    assert state() == [wanted, wanted]


def test_what_is_ignored_is_shown_only_with_all(desk, sit):
    sit("i", "q")
    assert PASSPORT not in desk.run()[1]
    assert f"{PASSPORT}   [무시]" in desk.run("--all")[1]


def test_mistakes_at_the_keys_are_told_and_the_group_stays(desk, sit):
    screen = sit(
        "x", "a", "없는 사업", "a", "", "e", "nothing", "", "o", "1", "부엉이 노선 얼마예요", "u", "", "b", "", ""
    )
    for told in (
        "'x'은(는) 모르는 글쇠입니다", "'없는 사업' 사업이 없습니다", "'' 사업이 없습니다", "'nothing' 주제가 없습니다",
        "이미 있습니다", "되돌릴 것이 없습니다",
    ):  # fmt: skip
        assert told in screen
    assert state() == []


def test_the_last_deed_is_taken_back_with_its_file(desk, sit):
    before = desk.town.read(BUS)
    sit("a", "owl-bus", "", "y", "q")
    assert desk.town.read(BUS) != before
    code, out, _ = desk.run("--undo")
    assert (code, f"되돌렸습니다: '{PASSPORT}'을(를) {BUS}에 더했습니다" in out) == (0, True)
    assert desk.town.read(BUS) == before
    assert state() == []
    assert desk.run("--undo")[0] == 2


def test_taking_back_at_the_terminal_counts_and_forgets(desk, sit):
    screen = sit("i", "u", "q")
    assert "되돌렸습니다: 무시하기로 했습니다" in screen
    assert "0묶음을 정했습니다" in screen
    assert state() == []


def test_the_end_of_input_is_the_end(desk, sit):
    assert "0묶음을 정했습니다" in sit("a")


def test_the_questions_themselves_are_never_changed(desk, sit):
    before = once(URL, asked())
    sit("i", "d")
    assert once(URL, asked()) == before


def test_drafts_and_the_journal_are_where_the_other_commands_keep_things():
    assert Path("drafts") == missed.DRAFTS

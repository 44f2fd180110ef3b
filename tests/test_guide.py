"""The staff guide is true: its example loads and passes, its commands exist, its links and pictures are there."""

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.arguments import parser
from bot.chat.fit import unfit
from bot.cli import main
from bot.config import ROWS
from bot.kb.files import paths
from bot.kb.load import load, version_of
from bot.kb.schema import files, first_line
from bot.monitor import content
from bot.monitor.words import unspeakable
from tools import guide, keys

ROOT = Path(__file__).resolve().parents[1]
KNOWLEDGE = ROOT / "knowledge"
PATH = KNOWLEDGE / "README.md"
GUIDE = PATH.read_text("utf-8")
(EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)
WHERE = "programs/night-lantern.yaml"
ID = "night-lantern"
COMMANDS = sorted(set(re.findall(r"python -m bot ([^`…\n]+)", GUIDE)))
HEADINGS = {
    re.sub(r"[^\w\s-]", "", row).strip().lower().replace(" ", "-") for row in re.findall(r"^#+ (.+)$", GUIDE, re.M)
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """The shipped knowledge with the example in the file that the guide names."""
    root = tmp_path_factory.mktemp("guide") / "knowledge"
    shutil.copytree(KNOWLEDGE, root)
    (root / WHERE).write_text(EXAMPLE, "utf-8")
    return root


def test_the_example_loads_beside_all_that_is_there(copied: Path) -> None:
    programme = load(copied).programme(ID)
    assert programme
    assert len(programme.phrasings) >= content.FEWEST_PHRASINGS
    assert EXAMPLE.startswith(first_line(WHERE) + "\n")
    assert f"`{WHERE}`" in GUIDE


def test_the_example_tells_nothing_that_must_be_mended_or_looked_at_but_its_few_phrasings(copied: Path) -> None:
    knowledge, today = load(copied), date(2026, 11, 25)
    told = (*unspeakable(knowledge), *unfit(knowledge), *content.misdated(knowledge, today))
    told = (*told, *content.overdue(knowledge, today), *content.broad(knowledge), *content.thin(knowledge))
    assert ["40개 이상이면" in str(one) for one in told if one.where == WHERE] == [True]


def test_check_lets_the_example_go_live(town, tmp_path, monkeypatch, capsys) -> None:
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(town.root))
    monkeypatch.chdir(tmp_path)
    here = EXAMPLE.replace("category: going-home", "category: night")
    town.write(WHERE, here.replace("related: [owl-bus, womens-safe-return]", "related: [owl-bus]"))
    assert main(["check", "--no-encoder"]) == 0
    assert "올려도 됩니다" in capsys.readouterr().out
    assert main(["show", ID, "--aspect", "when"]) == 0
    assert "밤길 손전등 빌리기" in capsys.readouterr().out
    town.change(WHERE, "text: 무료입니다. ", "text: 요금: 무료입니다. ")
    assert main(["check", "--no-encoder"]) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_is_understood(command: str) -> None:
    assert parser().parse_args(shlex.split(command)).command


def test_the_guide_names_what_staff_need() -> None:
    named = {command.split()[0] for command in COMMANDS}
    assert {"check", "show", "ask", "history", "rollback", "draft", "missed"} <= named
    modules = re.findall(r"python -m (tools\.\w+)", GUIDE)
    assert modules
    assert all((ROOT / f"{module.replace('.', '/')}.py").is_file() for module in modules)
    targets = re.findall(r"`make (\w+)`", GUIDE)
    assert targets
    assert all(f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8") for target in targets)


def test_every_link_and_picture_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        if target.startswith("#"):
            assert target[1:] in HEADINGS, target
        else:
            assert (KNOWLEDGE / target).is_file(), target
    shown = set(re.findall(r"pictures/([\w-]+)\.png", GUIDE))
    assert shown == {*guide.SCREENS, "guide-live"}


def test_the_tables_of_keys_are_current() -> None:
    assert keys.written(GUIDE) == GUIDE, "run python -m tools.keys"


def test_the_first_line_is_explained_as_it_is() -> None:
    assert f"\n{first_line(WHERE)}\n" in GUIDE
    assert "../" not in first_line("city.yaml").split("$schema=")[1]
    assert first_line("translations/vi/owl-bus.yaml").count("../") == 2
    assert all((KNOWLEDGE / ".schema" / name).is_file() for name in files())


def test_what_the_guide_practises_on_is_there() -> None:
    bus = (KNOWLEDGE / guide.BUS).read_text("utf-8")
    assert re.search(r"- aspect: when\n    text: 금·토요일 밤 11시부터", bus)
    assert (KNOWLEDGE / guide.BUS).read_text("utf-8").splitlines()[5].startswith("summary: ")


MESSAGES = re.findall(
    r"^\| (글 안에|' #'|들여쓰기|탭 문자|둥근 따옴표|모양이|파일 이름이|모르는 항목|꼭 있어야|글이 너무)", GUIDE, re.M
)


def test_the_messages_that_are_explained_are_said() -> None:
    said = "".join((ROOT / "bot/kb" / name).read_text("utf-8") for name in ("slips.py", "explain.py", "refer.py"))
    assert len(MESSAGES) == 10
    assert not [message for message in MESSAGES if message not in said]


def test_nobody_reads_the_guide_as_knowledge(town) -> None:
    before = version_of(town.root)
    town.write("README.md", GUIDE)
    load(town.root)
    assert version_of(town.root) == before
    assert "README.md" not in dict(paths(KNOWLEDGE))

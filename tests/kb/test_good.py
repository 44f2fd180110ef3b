"""A broken file in the knowledge costs the citizen nothing: what was good last goes on, and danger always."""

import shutil
from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.kb.good import trusted

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns(".kept", "urgent.yaml"))
    )


@pytest.fixture
def whole(folder: Path) -> Path:
    """With an urgent.yaml that is short, so that reading it four times takes no time."""
    text = (KNOWLEDGE / "urgent.yaml").read_text("utf-8")
    kinds = "\n".join(line for line in text.splitlines() if not line.startswith("      ") and "signs:" not in line)
    short = [
        line for line in kinds.splitlines() if line.startswith(("  - id:", "    name:", "    hotlines:", "    say:"))
    ]
    rows = [f"{line}\n    examples: {{ko: [살려주세요]}}" if line.startswith("    say:") else line for line in short]
    harmless = "harmless:\n  examples: {ko: [배고파 죽겠다]}\n"
    (folder / "urgent.yaml").write_text("kinds:\n" + "\n".join(rows) + "\n" + harmless, "utf-8")
    return folder


def break_(folder: Path, where: str) -> None:
    (folder / where).write_text("id: [", "utf-8")


def test_good_knowledge_is_itself_and_is_copied(whole: Path, tmp_path: Path) -> None:
    knowledge, problems = trusted(whole, tmp_path / "good")
    assert (len(knowledge.programmes), problems) == (29, ())
    assert trusted(tmp_path / "good", tmp_path / "again")[0].version == knowledge.version


@pytest.mark.parametrize("where", ["programs/owl-bus.yaml", "hotlines.yaml", "city.yaml"])
def test_a_broken_file_leaves_what_was_good_last(whole: Path, tmp_path: Path, where: str) -> None:
    good, _ = trusted(whole, tmp_path / "good")
    break_(whole, where)
    knowledge, problems = trusted(whole, tmp_path / "good")
    assert knowledge.version == good.version
    assert [problem.where for problem in problems] == [where]


def test_without_a_last_good_one_whole_files_go_on(whole: Path, tmp_path: Path) -> None:
    break_(whole, "programs/owl-bus.yaml")
    knowledge, problems = trusted(whole, tmp_path / "good")
    assert len(knowledge.programmes) == 28
    assert knowledge.hotlines.number("112") is not None
    assert [problem.where for problem in problems] == ["programs/owl-bus.yaml"]


def test_without_hotlines_and_without_a_last_good_one_nothing_starts(whole: Path, tmp_path: Path) -> None:
    break_(whole, "hotlines.yaml")
    with pytest.raises(KnowledgeError, match=r"hotlines\.yaml"):
        trusted(whole, tmp_path / "good")

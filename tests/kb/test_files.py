"""A folder is read as it was at one moment, and written so that nobody meets half a file."""

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.kb import files as module
from bot.kb.files import named, paths, put, signature, snapshot
from bot.kb.load import version_of
from tests.conftest import Town


def test_only_yaml_that_is_not_hidden_is_knowledge(town: Town) -> None:
    before = [where for where, _ in paths(town.root)]
    for name in (".x.yaml", ".git/x.yaml", "x.txt", "x.yaml~", "programs/.lamp.yaml.part"):
        town.write(name, "x")
    assert [where for where, _ in paths(town.root)] == before
    assert "programs/lamp.yaml" in before


def test_a_link_around_its_own_folder_ends(town: Town) -> None:
    before = len(list(paths(town.root)))
    (town.root / "programs/again").symlink_to(town.root)
    assert len(list(paths(town.root))) <= 3 * before


def test_a_version_names_the_bytes_however_they_are_read(town: Town) -> None:
    assert named(snapshot(town.root)) == version_of(town.root)


def test_a_missing_folder_is_told_in_korean(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="지식 폴더가 없습니다"):
        snapshot(tmp_path / "nowhere")


def test_a_file_that_changes_while_it_is_read_is_read_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor saves between the first look and the second."""
    looks = []

    def look(root: Path) -> module.Signature:
        looks.append(root)
        found = signature(root)
        if len(looks) == 1:
            town.write("city.yaml", "new")
        return found

    monkeypatch.setattr(module, "signature", look)
    assert snapshot(town.root)["city.yaml"] == b"new"
    assert len(looks) == 4


def test_a_folder_that_never_rests_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = iter(range(99))
    monkeypatch.setattr(module, "signature", lambda root: (str(next(turns)), ()))
    with pytest.raises(KnowledgeError, match="계속 바뀌고"):
        snapshot(town.root)


def test_files_are_put_in_place_of_others(town: Town) -> None:
    before = snapshot(town.root)
    after = {where: content for where, content in before.items() if "lamp" not in where} | {"programs/x.yaml": b"x"}
    put(after, town.root, before)
    assert snapshot(town.root) == after
    assert not list(town.root.rglob("*.part"))

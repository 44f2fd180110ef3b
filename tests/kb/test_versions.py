"""Every version that was live can be put back, comments and all, and what was there before is not lost."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.kb.files import named, snapshot
from bot.kb.versions import Changes, Version, Versions
from tests.conftest import Town

LAMP = "programs/lamp.yaml"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path / "versions")


class Shelf:
    """Keeps one version after another, a minute apart."""

    def __init__(self, town: Town, versions: Versions) -> None:
        self.town, self.versions, self.now = town, versions, NOON

    def keep(self, text: str) -> Version:
        self.town.write(LAMP, text)
        self.now += timedelta(minutes=1)
        return self.versions.keep(snapshot(self.town.root), self.now)

    def back(self, name: str | None = None) -> tuple[Version, Changes]:
        self.now += timedelta(minutes=1)
        return self.versions.put_back(self.town.root, name, self.now)

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.versions.all()]


@pytest.fixture
def shelf(town: Town, versions: Versions) -> Shelf:
    return Shelf(town, versions)


def test_the_newest_comes_first_with_what_changed(shelf: Shelf) -> None:
    one, two = shelf.keep("# 하나"), shelf.keep("# 둘")
    assert shelf.versions.all() == [two, one]
    assert (two.changes, two.at) == (Changes(changed=(LAMP,)), "2026-11-25T12:02:00+00:00")
    assert LAMP in one.changes.added


def test_the_same_files_again_are_no_new_version(shelf: Shelf) -> None:
    one = shelf.keep("# 하나")
    assert shelf.keep("# 하나") == one
    two = shelf.keep("# 둘")
    assert shelf.keep("# 하나").name == one.name
    assert shelf.names == [one.name, two.name]


def test_the_version_before_comes_back_with_its_comments(shelf: Shelf) -> None:
    one = shelf.keep("# 왜 이렇게 적었는지\nid: lamp\n")
    shelf.keep("# 둘")
    shelf.town.write("programs/new.yaml", "x")
    shelf.keep("# 셋")
    told, changes = shelf.back(one.name[:6])
    assert told == one
    assert changes == Changes(changed=(LAMP,), removed=("programs/new.yaml",))
    assert shelf.town.read(LAMP) == "# 왜 이렇게 적었는지\nid: lamp\n"
    assert named(snapshot(shelf.town.root)) == one.name


def test_without_a_name_the_last_other_good_one_comes_back(shelf: Shelf) -> None:
    one, two = shelf.keep("# 하나"), shelf.keep("# 둘")
    assert shelf.back()[0] == one
    shelf.town.write(LAMP, "broken: [")
    assert shelf.back()[0] == two


def test_what_nobody_kept_is_kept_before_it_is_replaced(shelf: Shelf) -> None:
    one = shelf.keep("# 하나")
    shelf.town.write(LAMP, "an hour of work: [")
    lost = named(snapshot(shelf.town.root))
    shelf.back(one.name)
    assert [kept.is_good for kept in shelf.versions.all()] == [False, True]
    shelf.back(lost)
    assert shelf.town.read(LAMP) == "an hour of work: ["


def test_a_deleted_folder_comes_back(shelf: Shelf) -> None:
    one = shelf.keep("# 하나")
    shelf.town.root.rename(shelf.town.root.with_name("away"))
    assert shelf.back()[0] == one
    assert shelf.town.read(LAMP) == "# 하나"


@pytest.mark.parametrize("name", [None, "0123"])
def test_what_was_never_kept_cannot_come_back(shelf: Shelf, name: str | None) -> None:
    with pytest.raises(UsageError, match="history"):
        shelf.back(name)


def test_a_beginning_that_fits_two_versions_is_no_name(shelf: Shelf) -> None:
    shelf.keep("# 하나")
    shelf.keep("# 둘")
    with pytest.raises(UsageError, match="여럿"):
        shelf.back("")


def test_a_version_whose_files_were_spoilt_is_not_put_back(shelf: Shelf, tmp_path: Path) -> None:
    one, two = shelf.keep("# 하나"), shelf.keep("# 둘")
    (tmp_path / "versions/files" / one.files[LAMP]).write_text("rubbish")
    with pytest.raises(UsageError, match=r"lamp\.yaml"):
        shelf.back(one.name)
    assert named(snapshot(shelf.town.root)) == two.name


def test_a_torn_record_is_left_out_with_a_log_line(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = shelf.keep("# 하나")
    (tmp_path / "versions/torn.json").write_text(json.dumps({"name": "torn"}))
    assert shelf.versions.all() == [one]
    assert "unreadable" in caplog.text


def test_the_oldest_go_when_there_are_too_many(town: Town, tmp_path: Path) -> None:
    shelf = Shelf(town, Versions(tmp_path / "versions", most=3))
    kept = [shelf.keep(f"# {number}").name for number in range(5)]
    assert shelf.names == kept[:1:-1]


def test_the_oldest_go_when_they_are_too_large_but_never_the_newest(town: Town, tmp_path: Path) -> None:
    whole = sum(map(len, snapshot(town.root).values()))
    shelf = Shelf(town, Versions(tmp_path / "versions", most_bytes=whole + 20_000))
    names = [shelf.keep("#" * 9_000 + str(number)).name for number in range(5)]
    assert shelf.names == names[:2:-1]
    assert shelf.keep("#" * 1_000_000).name in shelf.names


def test_bytes_that_no_version_names_go_after_an_hour(town: Town, tmp_path: Path) -> None:
    shelf = Shelf(town, Versions(tmp_path / "versions", most=1))
    blob = tmp_path / "versions/files" / shelf.keep("# 하나").files[LAMP]
    shelf.keep("# 둘")
    assert blob.exists()
    os.utime(blob, (0, 0))
    shelf.keep("# 셋")
    assert not blob.exists()


def test_changes_are_said_in_korean() -> None:
    assert str(Changes()) == "바뀐 파일 없음"
    assert str(Changes(changed=("a", "b", "c", "d"), removed=("e",))) == "바뀜: a, b, c 등 4개 · 없어짐: e"

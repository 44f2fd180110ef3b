"""A change of a file: shown, checked with all the rest, made in one step, taken back."""

import os

import pytest

from bot.errors import KnowledgeError, UsageError
from bot.kb.amend import Amendment, amended, checked, make, unmake
from bot.kb.edit import with_phrasing

BUS = "programs/owl-bus.yaml"


def change(town, phrasing="막차 뒤에 뭐 타요"):
    return amended(town.root, BUS, lambda old: with_phrasing(old, phrasing))


def test_the_diff_shows_what_is_new_and_where(town):
    told = change(town).diff
    assert [line for line in told.splitlines() if line[0] in "+-"] == ['+  - "막차 뒤에 뭐 타요"']
    assert told.startswith("@@")


def test_nothing_is_written_until_it_is_made_and_unmaking_leaves_the_same_bytes(town):
    before = town.read(BUS)
    planned = change(town)
    checked(planned)
    assert town.read(BUS) == before
    make(planned)
    assert town.read(BUS) == planned.after != before
    unmake(planned)
    assert town.read(BUS) == before


def test_the_knowledge_that_would_be_is_loaded_whole(town):
    knowledge = checked(change(town))
    assert knowledge.programme("owl-bus").questions[-1] == "막차 뒤에 뭐 타요"
    assert len(knowledge.programmes) == 3


def test_what_would_break_the_knowledge_is_told_with_file_and_line(town):
    with pytest.raises(KnowledgeError) as caught:
        checked(change(town, "가" * 201))
    assert BUS in str(caught.value)
    assert f"{BUS}:{town.line(BUS, 'questions:') + 41}: " in str(caught.value)


def test_a_file_that_somebody_else_saved_meanwhile_is_left_alone(town):
    planned = change(town)
    town.change(BUS, "부엉이 버스", "부엉이 큰버스")
    saved = town.read(BUS)
    with pytest.raises(UsageError, match="그 사이에 바뀌었습니다"):
        make(planned)
    assert town.read(BUS) == saved


def test_a_new_file_goes_again_when_it_is_taken_back(town):
    planned = Amendment(town.root / "drafts", "new.yaml", None, "id: new\n")
    make(planned)
    assert town.read("drafts/new.yaml") == "id: new\n"
    unmake(planned)
    assert not planned.path.exists()
    unmake(planned)


def test_a_missing_or_foreign_file_is_said_so(town):
    with pytest.raises(UsageError, match="없습니다"):
        amended(town.root, "programs/none.yaml", str)
    town.write(BUS, "id: 부엉이".encode("cp949"))
    with pytest.raises(UsageError, match="UTF-8"):
        amended(town.root, BUS, str)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said_so(town):
    planned = change(town)
    (town.root / "programs").chmod(0o500)
    with pytest.raises(UsageError, match="권한"):
        make(planned)

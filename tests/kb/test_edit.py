"""Edits of staff's files: one line more, every other byte as it was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UsageError
from bot.kb.edit import values, with_example, with_phrasing
from bot.kb.reader import read

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
CARDS = [*sorted(KNOWLEDGE.glob("programs/*.yaml")), *sorted(KNOWLEDGE.glob("translations/vi/*.yaml"))]
HARD = '새 "말" \\ #아님: [x] 🚌 = @'


def added(before: str, after: str) -> tuple[int, str]:
    """The number and text of the one line that is new; every other line is as it was, to the byte."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    assert len(new) == len(old) + 1
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    assert new[:at] + new[at + 1 :] == old
    return at, new[at]


@pytest.mark.parametrize("path", CARDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_phrasing_costs_every_shipped_card_one_line(path: Path) -> None:
    before = path.read_bytes().decode()
    after = with_phrasing(before, HARD)
    _, line = added(before, after)
    assert line.startswith('  - "새 ')
    assert list(values(after, ("questions",))) == [*values(before, ("questions",)), HARD]


def test_an_example_stands_at_the_end_of_its_topic() -> None:
    before = (KNOWLEDGE / "elsewhere.yaml").read_bytes().decode()
    at, line = added(before, with_example(before, "rubbish", "새 말"))
    assert line == '      - "새 말"\n'
    assert before.splitlines()[at].startswith("  - id: ")


def test_a_topic_that_is_not_there_is_said_so() -> None:
    with pytest.raises(UsageError, match="'nothing' 주제가 없습니다"):
        with_example("topics:\n  - id: tax\n    examples: [a]\n", "nothing", "b")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("questions:\n  - a # beside\n  # below\nz: 1\n", 'questions:\n  - a # beside\n  - "x"\n  # below\nz: 1\n'),
        ("questions:\n- a\n# end\n", 'questions:\n- a\n- "x"\n# end\n'),
        ("questions:\n      - a\nz:   1\n", 'questions:\n      - a\n      - "x"\nz:   1\n'),
        ("questions: []\nz: 1\n", 'questions:\n  - "x"\nz: 1\n'),
        ("questions: [a, b]\nz:  'q'\n", "questions: [a, b, \"x\"]\nz:  'q'\n"),
        ("\ufeffquestions:\r\n  - a\r\nz: 1", '\ufeffquestions:\r\n  - a\r\n  - "x"\r\nz: 1'),
        ("s: two\n  lines\nquestions:\n  - a\n# c\n", 's: two\n  lines\nquestions:\n  - a\n  - "x"\n# c\n'),
        ('s: two\n  lines\nquestions:\n  - "a\n    b"\n', 's: two\n  lines\nquestions:\n  - "a\n    b"\n  - "x"\n'),
        ("questions:\n  - a", 'questions:\n  - a\n  - "x"'),
    ],
    ids=["comments", "flush", "deep", "empty", "flow", "windows", "folded", "long", "no newline"],
)
def test_whatever_way_staff_write_a_list_the_rest_stays(before: str, after: str) -> None:
    assert with_phrasing(before, "x") == after


@pytest.mark.parametrize("text", ["a: 1\n", "questions: x\n", "- a\n", "", "questions: [\n", "questions:\n\t- a\n"])
def test_what_cannot_be_edited_is_refused_in_korean(text: str) -> None:
    with pytest.raises(UsageError, match="손으로 더하세요"):
        with_phrasing(text, "x")


@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), min_size=1, max_size=60))
def test_any_words_are_read_again_as_they_were(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "words.yaml"
    path.write_bytes(with_phrasing("id: a\nquestions:\n  - b\n", words).encode())
    assert read(path, "x").data == {"id": "a", "questions": ["b", words]}

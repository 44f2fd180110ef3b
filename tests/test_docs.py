"""What the README promises exists, and what exists is in the README."""

from pathlib import Path

import pytest

from bot.arguments import parser as _parser
from bot.config import ROWS

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


def test_every_command_is_in_the_readme() -> None:
    actions = next(a for a in _parser()._actions if a.dest == "command")
    assert actions.choices
    assert not [name for name in actions.choices if f"python -m bot {name}" not in README]

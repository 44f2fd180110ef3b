"""Another program in the bot's place, and small plans that take seconds."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.reliability.tally import Subject
from bench.reliability.world import Recipe

FAKE = Path(__file__).with_name("fake.py")
SUBJECTS = tuple(Subject(f"s{n}", f"질문 {n}호", f"질문 {n}호") for n in range(12))

Fakes = Callable[..., Recipe]


@pytest.fixture
def fake() -> Fakes:
    """A recipe with the fake bot of this mode."""

    def recipe(mode: str, *, webhook: bool = False, replicas: int = 1) -> Recipe:
        command = (sys.executable, str(FAKE), mode)
        return Recipe(webhook=webhook, replicas=replicas, command=command, subjects=SUBJECTS, kept=None)

    return recipe

"""Many messages judged at once are judged as one by one."""

import numpy as np
import pytest

from bot.engine.crowd import alarms
from bot.engine.pipeline import Engine
from bot.kb.load import load

TEXTS = [
    "칼 든 사람이 쫓아와요",
    "배고파 죽겠다",
    "가로등",
    "ㅂㅇㅇ ㅂㅅ",
    "",
    "kill me",
    "어두운 길 전등 얼마예요",
    "가로등",
]


class Letters:
    """Vectors from the letters of a text."""

    name, dim = "letters", 16

    def embed(self, texts):
        rows = [np.bincount([ord(char) % self.dim for char in text or " "], minlength=self.dim) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32)


@pytest.mark.parametrize("encoder", [None, Letters()], ids=["spelling", "meaning"])
def test_many_are_judged_as_one_by_one(town, encoder):
    guard = Engine.build(load(town.root), encoder).guard
    together = alarms(guard, TEXTS)
    for text in filter(None, TEXTS):
        alone = guard.look(text)
        assert (together[text].kind, together[text].is_danger) == (alone.kind, alone.is_danger)
        assert together[text].evidence == pytest.approx(alone.evidence, abs=1e-4)
        assert together[text].probability == pytest.approx(alone.probability, abs=2e-4)


def test_nothing_is_judged_of_nothing(town):
    assert alarms(town.engine().guard, []) == {}

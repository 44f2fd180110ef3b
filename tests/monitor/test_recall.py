"""What was asked in an earlier check is not embedded again."""

import numpy as np
import pytest

from bot.engine.keep import Shelf
from bot.engine.pipeline import Engine
from bot.kb.load import load
from bot.monitor.recall import remembering, settle

ASKED = "처음 묻는 말입니다"


class Counting:
    """Vectors from the letters of a text; counts what it was asked."""

    name, dim = "counting", 8

    def __init__(self):
        self.asked = []

    def embed(self, texts):
        self.asked += texts
        rows = [np.bincount([ord(char) % self.dim for char in text], minlength=self.dim) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32)


@pytest.fixture
def built(town, tmp_path):
    encoder = Counting()
    engine = Engine.build(load(town.root), encoder, tmp_path / "var")
    encoder.asked.clear()
    return encoder, engine, Shelf(tmp_path / "var"), tmp_path / "aside"


def test_phrasings_are_known_and_answers_are_the_same(built):
    encoder, engine, shelf, aside = built
    by = remembering(engine, shelf, aside)
    assert by.answer("가로등") == engine.answer("가로등")
    encoder.asked.clear()
    by.answer("어두운 길 전등 얼마예요")
    assert encoder.asked == []


def test_a_question_is_embedded_once_in_all_runs(built):
    encoder, engine, shelf, aside = built
    for _ in range(2):
        by = remembering(engine, shelf, aside)
        by.answer(ASKED)
        by.answer(ASKED)
        settle(by, aside)
    assert encoder.asked == [ASKED]


def test_without_an_encoder_nothing_is_remembered(town, tmp_path):
    engine = town.engine()
    assert remembering(engine, Shelf(tmp_path), tmp_path / "aside") is engine
    settle(engine, tmp_path / "aside")
    assert not (tmp_path / "aside").exists()

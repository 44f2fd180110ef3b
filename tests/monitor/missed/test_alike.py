"""Questions that mean the same come together; others do not."""

import numpy as np
import pytest

from bot.engine.encode import E5
from bot.engine.pipeline import Engine
from bot.kb.load import load
from bot.monitor.missed import alike
from tools.missed import pairs, questions


def unit(*rows):
    found = np.array(rows, np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_rows_that_point_the_same_way_are_one_group_and_keep_their_order():
    rows = unit([1, 0.1], [0, 1], [1, 0], [0.1, 1])
    assert alike.groups(rows, 0.5) == [[0, 2], [1, 3]]


def test_a_row_moves_to_where_it_is_more_at_home():
    rows = unit([1, 0], [1, 1.1], [0, 1], [0.1, 1])
    assert alike.groups(rows, 0.6) == [[0], [1, 2, 3]]


def test_nothing_alike_stays_alone_and_nothing_at_all_is_no_group():
    assert alike.groups(unit([1, 0], [0, 1]), 0.5) == [[0], [1]]
    assert alike.groups(np.zeros((0, 2), np.float32), 0.5) == []


def test_by_spelling_alone_what_is_spelled_alike_comes_together(clerk):
    normals = ["여권 재발급", "여권 재발급 하려면", "강아지 목줄", "강아지 목줄 신고"]
    assert alike.groups(alike.vectors(clerk, normals), alike.bar(clerk)) == [[0, 1], [2, 3]]
    assert alike.vectors(clerk, []).shape[0] == 0


@pytest.fixture(scope="module")
def knowing(tmp_path_factory, towns) -> Engine:
    """The tiny town with the shipped encoder."""
    return Engine.build(load(towns(tmp_path_factory.mktemp("knowing") / "town").root), E5())


def test_by_meaning_most_of_what_comes_together_belongs_together(knowing):
    rows = questions("ab")
    heard: list[tuple[int, int]] = []
    vectors = alike.vectors(knowing, [text for _, text in rows], lambda *told: heard.append(told))
    precision, recall = pairs(alike.groups(vectors, alike.bar(knowing)), [label for label, _ in rows])
    assert precision > 0.85
    assert recall > 0.35
    assert heard[-1] == (len(rows), len(rows))

"""Large systems are solved in single precision as exactly as in double, in hardly more memory than the matrix takes."""

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.engine import cholesky
from bot.engine.cholesky import BLOCK, solve
from bot.engine.learn import dual_ridge

SIZES = [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1, 2 * BLOCK + 1, 3 * BLOCK + 77]


def units(size: int, seed: int, dim: int = 8) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(size, dim)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def system(size: int, seed: int, ridge: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A kernel of few directions: without its ridge it would be singular."""
    vectors = units(size, seed)
    matrix = np.exp(vectors @ vectors.T - 1)
    matrix.flat[:: size + 1] += np.float32(ridge)
    return matrix, np.random.default_rng(seed).normal(size=(size, 3)).astype(np.float32)


def in_double(matrix: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.solve(matrix.astype(np.float64), wanted.astype(np.float64)))


def assert_close(found: NDArray[np.float32], exact: NDArray[np.float64], share: float) -> None:
    assert found.dtype == np.float32
    assert np.abs(found - exact).max() <= share * np.abs(exact).max()


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(SIZES) | st.integers(1, 3 * BLOCK), st.integers(0, 99), st.sampled_from([0.1, 1.0, 10.0]))
def test_any_size_around_the_blocks_is_solved(size: int, seed: int, ridge: float) -> None:
    matrix, wanted = system(size, seed, ridge)
    exact = in_double(matrix, wanted)
    assert_close(solve(matrix, wanted), exact, 1e-6)


@settings(deadline=None, max_examples=10)
@given(st.integers(2, 2 * BLOCK + 1), st.integers(0, 99), st.sampled_from([1e-3, 1e-2]))
def test_an_ill_conditioned_matrix_with_a_ridge_is_solved(size: int, seed: int, ridge: float) -> None:
    matrix, wanted = system(size, seed, ridge)
    exact = in_double(matrix, wanted)
    assert_close(solve(matrix, wanted), exact, 1e-5)


def test_rows_that_are_all_the_same_are_solved() -> None:
    matrix = np.ones((2 * BLOCK + 5, 2 * BLOCK + 5), np.float32)
    matrix.flat[:: len(matrix) + 1] += np.float32(0.1)
    wanted = np.random.default_rng(1).normal(size=(len(matrix), 2)).astype(np.float32)
    exact = in_double(matrix, wanted)
    assert_close(solve(matrix, wanted), exact, 1e-5)


def test_one_row_is_a_division() -> None:
    assert solve(np.array([[4.0]], np.float32), np.array([[2.0, 6.0]], np.float32)).tolist() == [[0.5, 1.5]]


def test_no_rows_have_no_weights() -> None:
    assert solve(np.zeros((0, 0), np.float32), np.zeros((0, 3), np.float32)).shape == (0, 3)


def test_what_nothing_is_wanted_of_weighs_nothing() -> None:
    matrix, wanted = system(BLOCK + 1, 0, 0.1)
    assert not solve(matrix, np.zeros_like(wanted)).any()


@pytest.mark.parametrize("value", [-1.0, np.nan])
def test_a_matrix_that_is_not_positive_is_refused(value: float) -> None:
    matrix, wanted = system(BLOCK + 9, 0, 0.1)
    matrix[BLOCK + 3, BLOCK + 3] = value
    with pytest.raises(np.linalg.LinAlgError):
        solve(matrix, wanted)


def test_what_single_precision_cannot_tell_is_refused_and_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cholesky, "_MOST_STEPS", 1)
    with pytest.raises(np.linalg.LinAlgError):
        solve(*system(2 * BLOCK, 0, 1e-3))


def test_learning_meaning_takes_hardly_more_memory_than_the_matrix() -> None:
    """The kernel matrix once and a few columns of blocks, not five times the matrix."""
    size, vectors = 3000, units(3000, 0, 32)
    wanted = np.ones((size, 4), np.float32)
    tracemalloc.start()
    try:
        dual_ridge(vectors, wanted, 0.1)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    matrix = size * size * 4
    assert matrix <= peak <= 1.6 * matrix

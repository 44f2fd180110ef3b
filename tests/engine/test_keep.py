"""What is kept between runs may vanish, tear or age: it is then made anew, never trusted."""

from pathlib import Path

import numpy as np
import pytest

from bot.engine.keep import Shelf, read_arrays, small, wide, write_arrays

ONE, TWO = {"a": np.array([1.0])}, {"a": np.array([2.0])}


def value(shelf: Shelf, key: str = "key", name: str = "x.npz") -> float | None:
    found = shelf.read(name, key, ("a",))
    return None if found is None else float(found["a"][0])


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "new" / "folder")
    shelf.write("x.npz", "key", ONE)
    assert value(shelf) == 1.0
    assert [path.name for path in shelf.folder.iterdir()] == ["x.npz"]


def test_what_was_made_from_something_else_is_not_read(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.write("x.npz", "key", ONE)
    assert (value(shelf, "other"), value(shelf, name="y.npz")) == (None, None)
    shelf.write("x.npz", "other", TWO)
    assert (value(shelf), value(shelf, "other")) == (None, 2.0)


def test_ours_is_read_before_what_was_shipped(tmp_path: Path) -> None:
    write_arrays(tmp_path / "shipped" / "x.npz", "key", TWO)
    shelf = Shelf(tmp_path / "ours", tmp_path / "shipped")
    assert value(shelf) == 2.0
    shelf.write("x.npz", "key", ONE)
    assert value(shelf) == 1.0


def test_where_ours_has_aged_or_is_torn_what_was_shipped_serves(tmp_path: Path) -> None:
    write_arrays(tmp_path / "shipped" / "x.npz", "key", TWO)
    shelf = Shelf(tmp_path / "ours", tmp_path / "shipped")
    shelf.write("x.npz", "old key", ONE)
    assert value(shelf) == 2.0
    (tmp_path / "ours" / "x.npz").write_bytes(b"PK torn")
    assert value(shelf) == 2.0


def test_nothing_is_written_into_what_was_shipped(tmp_path: Path) -> None:
    write_arrays(tmp_path / "shipped" / "x.npz", "key", TWO)
    Shelf(tmp_path / "ours", tmp_path / "shipped").write("x.npz", "key", ONE)
    found = read_arrays(tmp_path / "shipped" / "x.npz", "key", ("a",))
    assert found
    assert found["a"][0] == 2.0


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip file", b"\x93NUMPY torn"])
def test_a_torn_file_is_as_good_as_none_and_is_told_in_the_log(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "x.npz").write_bytes(content)
    assert value(Shelf(tmp_path)) is None
    assert "unreadable" in caplog.text


def test_a_file_without_what_is_needed_is_as_good_as_none(tmp_path: Path) -> None:
    write_arrays(tmp_path / "x.npz", "key", {"b": np.array([1.0])})
    assert value(Shelf(tmp_path)) is None


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    Shelf(tmp_path / "file").write("x.npz", "key", ONE)
    assert "could not be kept" in caplog.text


def unit(rows: np.ndarray) -> np.ndarray:
    out: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return out


@pytest.mark.parametrize("seed", range(8))
def test_small_and_wide_again_cosines_stay_within_two_thousandths(seed: int) -> None:
    made = np.random.default_rng(seed).normal(size=(12, 384)).astype(np.float32)
    vectors = unit(made + np.float32(0.5))
    again = unit(wide(small(vectors)).astype(np.float32))
    assert np.abs(again @ again.T - vectors @ vectors.T).max() < 0.002


def test_what_is_shipped_is_a_byte_a_number_and_read_as_float16(tmp_path: Path) -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(3, 384)).astype(np.float32))
    write_arrays(tmp_path / "x.npz", "key", small(vectors))
    found = read_arrays(tmp_path / "x.npz", "key", ("bytes", "scale"))
    assert found
    assert (found["bytes"].dtype, found["scale"].shape, wide(found).dtype) == (np.int8, (3, 1), np.float16)


def test_a_vector_of_nothing_stays_nothing() -> None:
    assert not wide(small(np.zeros((2, 8), np.float32))).any()

"""Vectors kept between runs: only new texts are embedded, and no file can stop a start."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pytest

from bot.engine.encode import E5, MOST_TOKENS, Encoder, Kept, Recalling, Vectors
from bot.engine.keep import Shelf

TEN = [
    *("밤에 다니는 버스 있나요", "are there any buses at night"),
    *("CCTV는 몇 대나 있어요", "방범 카메라 개수"),
    *("재산세 어디서 내요", "세금 내는 곳"),
    *("화장실 비상벨", "a\0\ud800", "a ?", ""),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "vectors.npz"


def kept(path: Path, encoder: Encoder, *texts: str) -> Vectors:
    """What a new start with this file says of the texts."""
    start = Kept(encoder, Shelf(path.parent))
    vectors = start.embed(texts)
    start.settle()
    return vectors


def test_only_new_texts_are_embedded(path: Path, make: SimpleNamespace) -> None:
    encoder = make.encoder()
    kept(path, encoder, "버스", "카메라")
    kept(path, encoder, "카메라", "비상벨", "버스", "비상벨")
    kept(path, encoder, "버스", "카메라", "비상벨")
    assert encoder.asked == ["버스", "카메라", "비상벨"]


def test_vectors_are_those_of_the_encoder_in_the_order_asked(path: Path, make: SimpleNamespace) -> None:
    texts = ["세금", "버스", "세금", "카메라 단추"]
    first, again = kept(path, make.encoder(), *texts), kept(path, make.encoder(), *texts)
    assert first == pytest.approx(make.encoder().embed(texts), abs=1e-3)
    assert np.array_equal(first, again)
    assert first.dtype == np.float32


def test_what_is_no_longer_asked_for_is_dropped(path: Path, make: SimpleNamespace) -> None:
    encoder = make.encoder()
    kept(path, encoder, "버스", "카메라")
    kept(path, encoder, "버스")
    assert len(np.load(path)["keys"]) == 1
    kept(path, encoder, "카메라")
    assert encoder.asked == ["버스", "카메라", "카메라"]


def test_a_file_that_needs_no_change_is_not_written_again(path: Path, make: SimpleNamespace) -> None:
    kept(path, make.encoder(), "버스", "카메라")
    before = path.stat().st_mtime_ns
    kept(path, make.encoder(), "카메라", "버스", "버스")
    assert path.stat().st_mtime_ns == before
    assert [file.name for file in path.parent.iterdir()] == ["vectors.npz"]


@pytest.mark.parametrize("change", [{"name": "concepts-2"}, {"dim": 4}], ids=["name", "dim"])
def test_vectors_of_another_encoder_are_embedded_anew(
    path: Path, make: SimpleNamespace, change: dict[str, str]
) -> None:
    kept(path, make.encoder(), "버스")
    other = make.encoder(**change)
    vectors = kept(path, other, "버스")
    assert other.asked == ["버스"]
    assert vectors == pytest.approx(other.embed(["버스"]), abs=1e-3)


def spoilt(path: Path, **arrays: object) -> None:
    with np.load(path) as rows:
        np.savez(path, **{name: value for name, value in (dict(rows) | arrays).items() if value is not None})


@pytest.mark.parametrize("arrays", [{"vectors": None}, {"keys": None}], ids=["vectors", "keys"])
def test_a_file_that_lacks_something_is_made_anew_and_told(
    path: Path, make: SimpleNamespace, caplog: pytest.LogCaptureFixture, arrays: dict[str, object]
) -> None:
    kept(path, make.encoder(), "버스")
    spoilt(path, **arrays)
    encoder = make.encoder()
    kept(path, encoder, "버스")
    assert encoder.asked == ["버스"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert len(np.load(path)["keys"]) == 1


@pytest.mark.parametrize("size", [0, 2])
def test_vectors_that_do_not_fit_their_keys_are_made_anew(path: Path, make: SimpleNamespace, size: int) -> None:
    kept(path, make.encoder(), "버스")
    spoilt(path, vectors=np.zeros((size, 6)))
    assert kept(path, make.encoder(), "버스") == pytest.approx(make.encoder().embed(["버스"]), abs=1e-3)


@pytest.mark.parametrize("vectors", [np.zeros(6), np.zeros((1, 6, 1))], ids=["flat", "deep"])
def test_vectors_of_a_strange_shape_are_not_used(path: Path, make: SimpleNamespace, vectors: Vectors) -> None:
    kept(path, make.encoder(), "버스")
    spoilt(path, vectors=vectors)
    encoder = make.encoder()
    kept(path, encoder, "버스")
    assert encoder.asked == ["버스"]


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\x93NUMPY"], ids=["empty", "text", "torn"])
def test_a_file_that_is_no_archive_is_made_anew_and_told(
    path: Path, make: SimpleNamespace, caplog: pytest.LogCaptureFixture, rubbish: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(rubbish)
    assert kept(path, make.encoder(), "버스").shape == (1, 6)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert len(np.load(path)["keys"]) == 1


@pytest.mark.parametrize("torn", [slice(-100), slice(50)], ids=["end", "beginning"])
def test_a_torn_archive_is_made_anew(path: Path, make: SimpleNamespace, torn: slice) -> None:
    kept(path, make.encoder(), "버스")
    path.write_bytes(path.read_bytes()[torn])
    try:
        vectors = kept(path, make.encoder(), "버스")
    except BadZipFile:
        vectors = None
    assert vectors is not None
    assert vectors.shape == (1, 6)


def test_a_folder_that_cannot_be_written_costs_a_log_line(
    tmp_path: Path, make: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    vectors = kept(tmp_path / "file" / "vectors.npz", make.encoder(), "버스")
    assert vectors == pytest.approx(make.encoder().embed(["버스"]), abs=1e-3)
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_a_crash_while_writing_leaves_the_old_file(
    path: Path, make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path, make.encoder(), "버스")
    monkeypatch.setattr(np, "savez", full_disk)
    assert kept(path, make.encoder(), "버스", "카메라").shape == (2, 6)
    monkeypatch.undo()
    encoder = make.encoder()
    kept(path, encoder, "버스")
    assert encoder.asked == []


class Interrupted:
    """An encoder that is stopped after so many texts."""

    def __init__(self, encoder: Any, most: int) -> None:
        self._encoder, self._most = encoder, most
        self.name, self.dim = encoder.name, encoder.dim

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(self._encoder.asked) >= self._most:
            raise KeyboardInterrupt
        return np.asarray(self._encoder.embed(texts))


def test_a_start_that_is_stopped_keeps_what_it_embedded(path: Path, make: SimpleNamespace) -> None:
    texts = [str(number) for number in range(1200)]
    with pytest.raises(KeyboardInterrupt):
        kept(path, Interrupted(make.encoder(), 1100), *texts)
    encoder = make.encoder()
    kept(path, encoder, *texts)
    assert encoder.asked == texts[1024:]


def full_disk(out: object, **_: object) -> None:
    out.write(b"PK")  # type: ignore[attr-defined]
    raise OSError(28, "No space left on device")


def test_progress_counts_the_new_texts_in_batches(path: Path, make: SimpleNamespace) -> None:
    heard: list[tuple[int, int]] = []
    kept(path, make.encoder(), "0", "1")
    Kept(make.encoder(), Shelf(path.parent), lambda done, total: heard.append((done, total))).embed(
        [str(n) for n in range(132)]
    )
    assert heard == [(64, 130), (128, 130), (130, 130)]
    Kept(make.encoder(), Shelf(path.parent), lambda done, total: heard.append((done, total))).embed(["3"])
    assert len(heard) == 3


def test_half_a_surrogate_pair_can_be_kept(path: Path, make: SimpleNamespace) -> None:
    assert kept(path, make.encoder(), "\ud800", "\0").shape == (2, 6)


def test_recalling_embeds_only_what_is_no_phrasing_and_that_once(path: Path, make: SimpleNamespace) -> None:
    encoder = make.encoder()
    recalling = Recalling(Kept(encoder, Shelf(path.parent)), ["버스", "카메라"])
    vectors = recalling.embed(["카메라", "세금", "버스", "세금"])
    recalling.embed(["세금"])
    assert encoder.asked == ["버스", "카메라", "세금"]
    assert vectors == pytest.approx(encoder.embed(["카메라", "세금", "버스", "세금"]), abs=1e-3)
    assert (recalling.name, recalling.dim) == ("concepts-1", 6)


@pytest.fixture(scope="module")
def e5() -> E5:
    return E5()


@pytest.fixture(scope="module")
def ten(e5: E5) -> Vectors:
    return e5.embed(TEN)


def test_the_shipped_encoder_gives_every_text_a_vector_of_length_one(ten: Vectors) -> None:
    assert ten.shape == (10, E5.dim)
    assert ten.dtype == np.float32
    assert np.linalg.norm(ten, axis=1) == pytest.approx(np.ones(10), abs=1e-4)


def test_the_shipped_encoder_tells_what_means_the_same(ten: Vectors) -> None:
    away = ten[:7] - ten[:7].mean(axis=0)
    alike = away @ away.T
    np.fill_diagonal(alike, -1)
    assert alike[:6].argmax(axis=1).tolist() == [1, 0, 3, 2, 5, 4]


def test_the_shipped_encoder_takes_any_text_and_none(e5: E5, ten: Vectors) -> None:
    assert np.array_equal(ten[7], ten[8])
    assert e5.embed([]).shape == (0, E5.dim)


@pytest.mark.parametrize("text", ["뷁쀍" * 200, "ㅠㅋ" * 500, "a" * 20_000, "🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 100])
def test_the_shipped_encoder_reads_no_more_than_the_beginning_of_a_text_of_many_tokens(e5: E5, text: str) -> None:
    read = e5._bounded(text)
    assert read
    assert text.startswith(read)
    assert e5._model.token_count(read) <= MOST_TOKENS
    assert np.array_equal(e5.embed([text]), e5.embed([read]))


def test_a_text_has_the_same_vector_in_any_company_and_by_any_number_of_cores(e5: E5, ten: Vectors) -> None:
    alone = np.stack([e5.embed([text])[0] for text in TEN])
    with ThreadPoolExecutor(8) as pool:
        crowded = np.concatenate(list(pool.map(lambda text: e5.embed([text]), TEN * 3)))
    assert np.array_equal(alone, ten)
    assert np.array_equal(crowded, np.tile(ten, (3, 1)))

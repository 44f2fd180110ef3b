"""What is learned is what the formula says, and is learned again only when something changed."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.engine import learn as module
from bot.engine.grams import Spelling, squashed
from bot.engine.index import Phrase
from bot.engine.keep import Shelf
from bot.engine.learn import LETTERS_SHARE, Learned, learn, ridge

TEXTS = ("부엉이버스", "심야버스", "막차 끊겼어요", "비상벨", "화장실 단추", "안심귀가", "혼자 무서워요")
OWNERS = (0, 0, 0, 1, 1, 2, 2)


def phrases(texts: tuple[str, ...] = TEXTS, owners: tuple[int, ...] = OWNERS) -> list[Phrase]:
    return [Phrase(owner, text, squashed(text), False) for owner, text in zip(owners, texts, strict=True)]


def targets() -> NDArray[np.float64]:
    """One column an owner, less its mean."""
    hot = np.eye(3)[list(OWNERS)]
    return np.asarray(hot - hot.mean(axis=0))


def least_squares(features: NDArray[Any], wanted: NDArray[Any], penalty: float) -> NDArray[np.float64]:
    """Ridge regression as ordinary least squares with a row more for every column."""
    columns = features.shape[1]
    rows = np.vstack([features.astype(float), np.sqrt(penalty) * np.eye(columns)])
    return np.asarray(np.linalg.lstsq(rows, np.vstack([wanted, np.zeros((columns, wanted.shape[1]))]))[0])


def tampered(path: Path, **arrays: Any) -> None:
    with np.load(path) as kept:
        rows = dict(kept)
    np.savez(path, **(rows | arrays))


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([0.1, 0.7, 3.0]), st.integers(0, 99))
def test_ridge_is_least_squares_whichever_form_is_smaller(rows: int, columns: int, penalty: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    features = random.normal(size=(rows, columns)).astype(np.float32)
    wanted = random.normal(size=(rows, 2)).astype(np.float32)
    weights = ridge(features, wanted, penalty)
    assert weights == pytest.approx(least_squares(features, wanted, penalty), abs=1e-3)


def test_meaning_is_kernel_ridge_written_out(make: SimpleNamespace) -> None:
    learned = learn(phrases(), 3, make.encoder())
    apart = [[float(((a - b) ** 2).sum()) for b in learned.vectors] for a in learned.vectors]
    kernel = np.exp(-np.array(apart) / 2) + module.RIDGE_MEANING * np.eye(len(TEXTS))
    assert learned.meaning == pytest.approx(np.linalg.inv(kernel) @ targets(), abs=1e-3)


def test_a_message_is_weighed_by_its_likeness_to_every_phrasing(make: SimpleNamespace) -> None:
    learned = learn(phrases(), 3, make.encoder())
    vector = learned.vectors[3]
    likeness = [np.exp(-((vector - known) ** 2).sum() / 2) for known in learned.vectors]
    slow = sum(like * row for like, row in zip(likeness, learned.meaning, strict=True))
    assert learned.by_meaning(learned.vectors @ vector) == pytest.approx(slow, abs=1e-3)


def test_letters_are_ridge_over_spelling() -> None:
    learned = learn(phrases(), 3, None)
    matrix = Spelling.of(TEXTS).matrix(list(TEXTS))
    used = np.flatnonzero(np.abs(matrix).sum(axis=0))
    assert learned.letters[used] == pytest.approx(
        least_squares(matrix[:, used], targets(), module.RIDGE_LETTERS), abs=1e-3
    )
    assert not learned.letters[np.setdiff1d(np.arange(len(learned.letters)), used)].any()


def test_both_is_one_ridge_over_meaning_and_weaker_letters(make: SimpleNamespace) -> None:
    learned = learn(phrases(), 3, make.encoder())
    matrix = np.hstack([learned.vectors, LETTERS_SHARE * Spelling.of(TEXTS).matrix(list(TEXTS))])
    used = np.flatnonzero(np.abs(matrix).sum(axis=0))
    weights = least_squares(matrix[:, used], targets(), module.RIDGE_BOTH)
    assert learned.both[used] == pytest.approx(weights, abs=1e-3)
    typed = Spelling.of(TEXTS).vector("심야 버스 있나요")
    slow = np.hstack([learned.vectors[5], LETTERS_SHARE * typed.dense()])[used] @ weights
    assert learned.by_both(learned.vectors[5], typed) == pytest.approx(slow, abs=1e-3)


def test_every_phrasing_leads_to_its_owner(make: SimpleNamespace) -> None:
    for learned in (learn(phrases(), 3, None), learn(phrases(), 3, make.encoder())):
        given = [learned.by_letters(learned.spelling.vector(text)).argmax() for text in TEXTS]
        assert given == list(OWNERS)


def test_without_an_encoder_only_letters_are_learned() -> None:
    learned = learn(phrases(), 3, None)
    assert not learned.has_meaning
    assert (learned.centre.size, learned.meaning.size, learned.both.size, learned.vectors.size) == (0, 0, 0, 0)
    assert learned.letters.shape == (4096, 3)


def test_vectors_are_what_is_left_without_the_common_direction(make: SimpleNamespace) -> None:
    learned = learn(phrases(), 3, make.encoder())
    raw = make.encoder().embed(TEXTS)
    assert learned.centre == pytest.approx(raw.mean(axis=0), abs=1e-6)
    assert learned.centred(raw) == pytest.approx(learned.vectors, abs=1e-6)
    assert np.linalg.norm(learned.vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert not learned.centred(learned.centre).any()


def test_kept_weights_are_used_while_nothing_changed(tmp_path: Path, make: SimpleNamespace) -> None:
    for name, encoder in (("both", make.encoder()), ("letters", None)):
        first = learn(phrases(), 3, encoder, Shelf(tmp_path))
        again = learn(phrases(), 3, encoder, Shelf(tmp_path))
        assert all(
            np.array_equal(getattr(first, part), getattr(again, part)) for part in ("letters", "meaning", "both")
        )
        tampered(tmp_path / f"learned-{name}.npz", letters=np.full_like(first.letters, 7))
        assert (learn(phrases(), 3, encoder, Shelf(tmp_path)).letters == 7).all()


@pytest.mark.parametrize(
    ("texts", "owners", "number"),
    [
        (("부엉이버스요", *TEXTS[1:]), OWNERS, 3),
        (TEXTS, (1, *OWNERS[1:]), 3),
        (TEXTS, OWNERS, 4),
        (TEXTS[:-1], OWNERS[:-1], 3),
        (TEXTS[::-1], OWNERS, 3),
    ],
    ids=["text", "owner", "owners", "fewer", "order"],
)
def test_a_change_is_learned_anew(tmp_path: Path, texts: tuple[str, ...], owners: tuple[int, ...], number: int) -> None:
    learn(phrases(), 3, None, Shelf(tmp_path))
    fresh, kept = (learn(phrases(texts, owners), number, None, folder) for folder in (None, Shelf(tmp_path)))
    assert np.array_equal(kept.letters, fresh.letters)
    tampered(tmp_path / "learned-letters.npz", letters=np.full_like(fresh.letters, 7))
    assert (learn(phrases(texts, owners), number, None, Shelf(tmp_path)).letters == 7).all()


SETTINGS = {"LETTERS_SHARE": "both", "RIDGE_MEANING": "meaning", "RIDGE_LETTERS": "letters", "RIDGE_BOTH": "both"}


@pytest.mark.parametrize(("setting", "part"), SETTINGS.items())
def test_another_setting_is_learned_anew(
    tmp_path: Path, make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, setting: str, part: str
) -> None:
    before = learn(phrases(), 3, make.encoder(), Shelf(tmp_path))
    monkeypatch.setattr(module, setting, 5.0)
    after = learn(phrases(), 3, make.encoder(), Shelf(tmp_path))
    assert not np.array_equal(getattr(after, part), getattr(before, part))


def test_a_smaller_encoder_is_learned_anew(tmp_path: Path, make: SimpleNamespace) -> None:
    learn(phrases(), 3, make.encoder(), Shelf(tmp_path))
    kept, fresh = (learn(phrases(), 3, make.encoder(dim=4), folder) for folder in (Shelf(tmp_path), None))
    assert np.array_equal(kept.both, fresh.both)


class Mirrored:
    """Another encoder with vectors of the same size: its columns stand the other way round."""

    name = "mirrored-1"

    def __init__(self, encoder: Any) -> None:
        self._encoder, self.dim = encoder, encoder.dim

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ascontiguousarray(self._encoder.embed(texts)[:, ::-1])


def test_another_encoder_of_the_same_size_is_learned_anew(tmp_path: Path, make: SimpleNamespace) -> None:
    other = Mirrored(make.encoder())
    learn(phrases(), 3, make.encoder(), Shelf(tmp_path))
    kept, fresh = (learn(phrases(), 3, other, folder) for folder in (Shelf(tmp_path), None))
    assert np.array_equal(kept.both, fresh.both)


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\x93NUMPY"], ids=["empty", "text", "torn"])
def test_a_file_that_is_no_archive_is_learned_anew_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, rubbish: bytes
) -> None:
    path, fresh = tmp_path / "learned-letters.npz", learn(phrases(), 3, None)
    path.write_bytes(rubbish)
    assert np.array_equal(learn(phrases(), 3, None, Shelf(tmp_path)).letters, fresh.letters)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert np.array_equal(np.load(path)["letters"], fresh.letters)


def test_a_torn_archive_is_learned_anew(tmp_path: Path) -> None:
    fresh, path = learn(phrases(), 3, None, Shelf(tmp_path)), tmp_path / "learned-letters.npz"
    path.write_bytes(path.read_bytes()[:-100])
    try:
        again = learn(phrases(), 3, None, Shelf(tmp_path))
    except BadZipFile:
        again = None
    assert again is not None
    assert np.array_equal(again.letters, fresh.letters)


def test_a_folder_that_cannot_be_written_costs_a_log_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    learned = learn(phrases(), 3, None, Shelf(tmp_path / "file"))
    assert np.array_equal(learned.letters, learn(phrases(), 3, None).letters)
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_nothing_is_left_beside_what_is_kept(tmp_path: Path, make: SimpleNamespace) -> None:
    learn(phrases(), 3, make.encoder(), Shelf(tmp_path / "new" / "folder"))
    assert [path.name for path in (tmp_path / "new/folder").iterdir()] == ["learned-both.npz"]


@given(st.text(max_size=40))
def test_any_text_gives_every_owner_a_number(text: str) -> None:
    given_ = LEARNED.by_letters(LEARNED.spelling.vector(text))
    assert given_.shape == (3,)
    assert np.isfinite(given_).all()


LEARNED: Learned = learn(phrases(), 3, None)

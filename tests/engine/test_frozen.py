"""A start that was made before takes seconds, and never answers for another knowledge, code or encoder."""

import pickle
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.engine.frozen import freeze, key_of, thaw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "engine.pickle"


def test_a_kept_engine_answers_as_the_one_that_was_kept(path: Path, make: SimpleNamespace) -> None:
    encoder = make.encoder()
    engine = make.engine(make.town(), encoder)
    key = key_of(engine.knowledge.version, encoder)
    freeze(path, key, engine)
    again = thaw(path, key, encoder)
    assert again is not None
    assert again.encoder is encoder
    assert [again.answer(text) for text in ("부엉이버스", "칼", "?!")] == [
        engine.answer(text) for text in ("부엉이버스", "칼", "?!")
    ]


def test_another_encoder_is_another_key(make: SimpleNamespace) -> None:
    assert key_of(make.town().version, None) != key_of(make.town().version, make.encoder())


@pytest.mark.parametrize("spoilt", [b"", b"key\n", b"key\nrubbish", b"key\n" + pickle.dumps("no engine")])
def test_a_torn_or_foreign_file_is_not_used(path: Path, spoilt: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(spoilt)
    assert thaw(path, b"key", None) is None


def test_nothing_is_read_under_another_key(path: Path, make: SimpleNamespace) -> None:
    freeze(path, b"old", make.engine(make.town(), None))
    assert thaw(path, b"new", None) is None
    assert thaw(path, b"old", None) is not None


def test_a_folder_that_cannot_be_written_costs_a_log_line(
    tmp_path: Path, make: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    freeze(tmp_path / "file" / "engine.pickle", b"key", make.engine(make.town(), None))
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_an_older_knowledge_is_read_only_where_that_is_fine_and_only_of_the_same_code(
    path: Path, make: SimpleNamespace
) -> None:
    freeze(path, b"code old", make.engine(make.town(), None))
    assert thaw(path, b"code new", None) is None
    assert thaw(path, b"code new", None, is_older_fine=True) is not None
    assert thaw(path, b"other old", None, is_older_fine=True) is None

"""Articles in files, and the shipped knowledge by spelling alone."""

from pathlib import Path

import pytest

from bot.engine.pipeline import Engine
from bot.kb.load import load
from bot.monitor.draft.article import read

ROOT = Path(__file__).resolve().parents[3]
KNOWLEDGE = ROOT / "knowledge"
ARTICLES = ROOT / "tests" / "data" / "articles"


@pytest.fixture(scope="session")
def shipped(pytestconfig):
    cache = getattr(pytestconfig, "cache", None)
    keep = Path(cache.mkdir("engine")) if cache else None
    return Engine.build(load(KNOWLEDGE), None, keep, ready=KNOWLEDGE / ".kept")


@pytest.fixture
def file(tmp_path):
    """A file with this content: text in UTF-8, or bytes."""

    def write(content, name="article.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def article(file):
    """An article with this text, below a heading."""
    return lambda text: read(file(f"밤골시가 내놓은 안전 대책 소식\n{text}\n"))

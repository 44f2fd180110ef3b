"""A tiny town that was asked things it could not answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.engine.answer import Hit
from bot.engine.normalize import normalize
from bot.engine.pipeline import Engine
from bot.monitor.missed.desk import Desk
from bot.monitor.missed.group import Group
from bot.monitor.missed.journal import Journal
from bot.store.missed import Row, key_of

GROUP = Group(
    texts=("막차 뒤에 뭐 타요",), keys=(key_of("막차 뒤에 뭐 타요"),), asked=3, people=2, why={"none": 3},
    language="ko", first=0.0, last=60.0, nearest=(Hit("owl-bus", 0.31),), topics=("tax",),
    now="none", decision=None, counts=(3,),
)  # fmt: skip


@dataclass
class Asking:
    """Makes rows, each a second older than the one before."""

    now: float = 1000.0
    count: int = 0

    def __call__(self, text: str, times: int = 1, **changed: object) -> list[Row]:
        rows = []
        for _ in range(times):
            self.count += 1
            at = self.now - self.count
            row = Row(self.count, at, f"p{self.count}", "ko", text, normalize(text), "none")
            rows.append(replace(row, **changed))  # type: ignore[arg-type]
        return rows


@pytest.fixture
def ask() -> Asking:
    return Asking()


@pytest.fixture(scope="session")
def clerk(tmp_path_factory: pytest.TempPathFactory, towns: Callable[[Path], object]) -> Engine:
    """Answers for the tiny town by spelling."""
    engine: Engine = towns(tmp_path_factory.mktemp("clerk") / "town").engine()  # type: ignore[attr-defined]
    return engine


@pytest.fixture
def group() -> Group:
    return GROUP


@pytest.fixture
def desk(town, tmp_path: Path) -> Desk:  # type: ignore[no-untyped-def]
    return Desk(town.root, tmp_path / "drafts", Journal(tmp_path / "journal"), lambda: 500.0)

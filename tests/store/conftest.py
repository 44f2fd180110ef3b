"""Databases of both kinds, empty, and rows to put into them."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.store.database import Database
from bot.store.inbox import Rank, Row

NOW = 1_000_000.0


class Rows:
    """``rows(1, 2, chat=7)``: updates that came."""

    def __call__(self, *numbers: int, chat: int | None = None, rank: Rank = Rank.ORDINARY) -> list[Row]:
        return [Row(n, n if chat is None else chat, rank, f'{{"update_id":{n}}}', NOW) for n in numbers]


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest_asyncio.fixture
async def database(url: str) -> AsyncIterator[Database]:
    found = Database(url)
    await found.open()
    yield found
    await found.close()

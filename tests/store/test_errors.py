"""What the database says when a statement fails never quotes what a citizen wrote."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import sqlite
from bot.store.database import Database

WORDS = "쥐며느리가 나왔어요"


@pytest.mark.parametrize("make", [sqlite.writer, sqlite.reader])
async def test_a_statement_that_fails_is_told_without_its_values(make, tmp_path: Path) -> None:
    engine = make(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(DBAPIError) as caught:
        async with engine.connect() as connection:
            await connection.execute(text("insert into nowhere values (:words)"), {"words": WORDS})
    await engine.dispose()
    assert "nowhere" in str(caught.value)
    assert WORDS not in str(caught.value)


async def test_so_it_is_for_postgresql() -> None:
    database = Database("postgresql://bot:x@127.0.0.1:1/bot")
    database._connect()
    assert database._writer is not None
    assert database._writer.sync_engine.hide_parameters
    await database._disconnect()

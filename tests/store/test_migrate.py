"""Numbered migrations: once, in order, also when several start at the same moment."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from bot.errors import StoreError
from bot.store.database import Database, Trouble
from bot.store.migrate import FOLDER, migrate, migrations


@pytest.fixture
def blank(url, request):
    """A database without tables."""
    if url.startswith("postgresql"):
        request.getfixturevalue("empty")(tables=True)
    return url


async def test_all_are_applied_once(blank, database, look):
    expected = [(number, name) for number, name, _ in migrations()]
    for _ in range(2):
        assert await look(database, "SELECT version, name FROM schema_version ORDER BY version") == expected
        await database.reopen()


async def test_replicas_that_start_at_once_do_not_disturb_each_other(blank, look):
    replicas = [Database(blank) for _ in range(4)]
    await asyncio.gather(*(each.open() for each in replicas))
    assert len(await look(replicas[0], "SELECT version FROM schema_version")) == len(migrations())
    for each in replicas:
        await each.close()


async def test_a_database_of_a_later_program_is_left_alone(url, look):
    database = Database(url)
    await database.open()

    async def later(connection):
        await connection.execute(text("INSERT INTO schema_version VALUES (999, '0999_later')"))

    await database.write(later)
    with pytest.raises(StoreError, match="install a newer one") as caught:
        await Database(url).open()
    assert not isinstance(caught.value, Trouble)
    await database.close()


async def test_a_migration_that_fails_leaves_nothing_behind(database, tmp_path, look):
    for path in FOLDER.glob("*.sql"):
        (tmp_path / path.name).write_text(path.read_text())
    number = len(migrations()) + 1
    (tmp_path / f"{number:04}_half.sql").write_text("CREATE TABLE half (x INTEGER);\nCREATE TABLE half (x INTEGER);\n")

    async def op(connection):
        await migrate(connection, tmp_path)

    with pytest.raises((Trouble, ProgrammingError), match="half"):
        await database.write(op)
    assert len(await look(database, "SELECT version FROM schema_version")) == number - 1

    async def make(connection):
        await connection.execute(text("CREATE TABLE half (x INTEGER)"))

    await database.write(make)


def test_numbers_without_gaps(tmp_path):
    (tmp_path / "0001_a.sql").write_text("SELECT 1;")
    (tmp_path / "0003_c.sql").write_text("SELECT 1;")
    with pytest.raises(StoreError, match="0003_c"):
        migrations(tmp_path)


def test_comments_and_line_ends(tmp_path):
    (tmp_path / "0001_a.sql").write_text("-- a; remark\nSELECT 1; -- more;\n\nSELECT\n  2;")
    assert migrations(tmp_path)[0][2] == ["SELECT 1", "SELECT\n  2"]

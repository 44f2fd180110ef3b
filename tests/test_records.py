"""`purge` and `forget` at the command line."""

import asyncio

import pytest

from bot import records
from bot.config import Secret, Settings
from bot.errors import SettingsError, StoreError
from bot.store import questions
from bot.store.database import Database
from bot.store.person import Pepper
from tests.store.test_questions import question


@pytest.fixture
def settings(url):
    return Settings(telegram_bot_token=Secret("42:abc"), database_url=url, id_pepper=Secret("salt"))


def fill(settings, *made):
    async def run():
        database = Database(settings.database_url)
        await database.open()
        for each in made:
            await database.write(questions.record(each))
        await database.close()

    asyncio.run(run())


def test_a_person_is_forgotten_and_how_much_there_was_is_said(settings, capsys):
    mine = Pepper.of(settings).person(7)
    fill(settings, question(1, mine), question(2, mine), question(3, "somebody"))
    assert records.forget(settings, 7) == 0
    assert "질문 2" in capsys.readouterr().out
    assert records.forget(settings, 7) == 0
    assert "ID_PEPPER" in capsys.readouterr().out


def test_nobody_can_be_found_without_the_salt():
    with pytest.raises(SettingsError):
        records.forget(Settings(), 7)


def test_old_records_go_and_how_many_is_said(settings, capsys):
    fill(settings, question(1, at=1.0), question(2, at=9e9))
    assert records.purge(settings, None) == 0
    out = capsys.readouterr().out
    assert "90일" in out
    assert "질문 1" in out
    assert records.purge(settings, 0) == 0


@pytest.mark.parametrize("days", [-1, 3651])
def test_days_out_of_reason_are_refused(settings, days):
    with pytest.raises(SettingsError):
        records.purge(settings, days)


def test_a_database_that_is_not_there_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    settings = Settings(telegram_bot_token=Secret("42:abc"), database_url=f"sqlite:///{tmp_path}/file/bot.db")
    with pytest.raises(StoreError):
        records.purge(settings, None)

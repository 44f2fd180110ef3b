"""Settings: each has a default, a bad one costs one clear line, a secret never prints."""

import dataclasses
import json
from pathlib import Path

import pytest

from bot.config import ROWS, Secret, Settings
from bot.errors import SettingsError

TOKEN = "123456789:AAExampleExampleExampleExample_12345"
NOWHERE = Path("/nonexistent/.env")


def read(tmp_path, env: str = "", **environ: str) -> Settings:
    (tmp_path / ".env").write_text(env, "utf-8")
    return Settings.read(environ, tmp_path / ".env")


def wrong(tmp_path, env: str = "", **environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, env, **environ)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_table_and_fields_agree():
    assert [row.name.lower() for row in ROWS] == [field.name for field in dataclasses.fields(Settings)]
    assert all(row.expected and row.description for row in ROWS)


def test_every_default_that_is_shown_can_be_written_back(tmp_path):
    env = "\n".join(f"{row.name}={row.default}" for row in ROWS)
    assert read(tmp_path, env) == Settings()


def test_no_file_and_no_environment_give_the_defaults():
    settings = Settings.read({}, NOWHERE)
    assert settings == Settings()
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.http_host, settings.http_port, settings.retention_days) == ("127.0.0.1", 8080, 90)


def test_environment_wins_over_file_even_when_empty(tmp_path):
    assert read(tmp_path, "HTTP_PORT=1\nLOG_LEVEL=debug", HTTP_PORT="2").http_port == 2
    assert read(tmp_path, "HTTP_PORT=1", HTTP_PORT="").http_port == 8080


def test_values_are_read_as_what_they_are(tmp_path):
    settings = read(
        tmp_path,
        ADMIN_IDS="1, 22 333",
        ALERT_CHAT_ID="-100123",
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        LOG_LEVEL="warning",
    )
    assert settings.admin_ids == (1, 22, 333)
    assert settings.alert_chat_id == -100123
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.log_level == "WARNING"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("ADMIN_PASSWORD=a b # not this", "a b"),
        ("ADMIN_PASSWORD='a # b' # not this", "a # b"),
        ('export ADMIN_PASSWORD="x=y"', "x=y"),
        ("ADMIN_PASSWORD = a#b", "a#b"),
        ("\ufeffADMIN_PASSWORD=비밀번호", "비밀번호"),
    ],
)
def test_dotenv_is_read_as_people_write_it(tmp_path, line, value):
    assert read(tmp_path, f"# first\n\n{line}\n".replace("# first\n\n\ufeff", "\ufeff")).admin_password == Secret(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "no-token"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("DATABASE_URL", "mysql://u:p@h/d"),
        ("ADMIN_IDS", "1,me"),
        ("ALERT_CHAT_ID", "@me"),
        ("WEBHOOK_URL", "ftp://x"),
        ("WEBHOOK_SECRET", "with space"),
        ("HTTP_PORT", "65536"),
        ("HTTP_PORT", "-1"),
        ("HTTP_PORT", "eighty"),
        ("RETENTION_DAYS", "0"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_bad_value_is_named_with_what_is_expected(tmp_path, name, value):
    expected = next(row.expected for row in ROWS if row.name == name)
    for message in (wrong(tmp_path, f"{name}={value}"), wrong(tmp_path, **{name: value})):
        assert message.startswith(f"{name}: expected {expected}")


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL"])
def test_a_bad_secret_is_not_repeated(tmp_path, name):
    assert "hunter two" not in wrong(tmp_path, **{name: "hunter two"})


def test_an_unknown_name_in_the_file_is_an_error_with_a_guess(tmp_path):
    message = wrong(tmp_path, "LOG_LEVEL=INFO\nLOG_FORMATT=json")
    assert ".env:2: there is no setting LOG_FORMATT; did you mean LOG_FORMAT?" in message


def test_a_line_without_equals_sign_is_an_error(tmp_path):
    assert ".env:1: expected NAME=value" in wrong(tmp_path, "LOG_LEVEL")


def test_a_file_in_another_encoding_is_an_error(tmp_path):
    (tmp_path / ".env").write_bytes("ADMIN_PASSWORD=비밀".encode("cp949"))
    with pytest.raises(SettingsError, match="UTF-8"):
        Settings.read({}, tmp_path / ".env")


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKN", "WEBHOOK_URI"])
def test_a_slip_in_the_environment_is_noticed(tmp_path, name):
    assert f"{name}: there is no such setting; did you mean " in wrong(tmp_path, **{name: "x"})


def test_names_of_other_programs_are_nobodys_business(tmp_path):
    read(tmp_path, HTTP_PROXY="http://p", PATH="/bin", DATABASE="x", TELEGRAM="x", LOGNAME="me", TELEGRAM_CHANNEL="x")
    read(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BOT_TOKENS="x")


def test_secrets_do_not_print(tmp_path):
    settings = read(
        tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, ADMIN_PASSWORD="hunter2", DATABASE_URL="postgresql://u:hunter2@h/d"
    )
    assert TOKEN not in repr(settings)
    assert "hunter2" not in f"{settings} {settings!r} {settings.admin_password} {settings.secrets}"
    assert settings.admin_password is not None
    assert settings.admin_password.reveal() == "hunter2"
    assert not isinstance(settings.admin_password, str)
    with pytest.raises(TypeError):
        json.dumps(settings.admin_password)


def test_a_missing_token_says_where_to_get_one():
    assert Settings(telegram_bot_token=Secret(TOKEN)).token == TOKEN
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is not set.*@BotFather"):
        _ = Settings().token

"""The log: one line per question without the question, and never a secret, wherever it hides."""

import io
import json
import logging

import pytest

from bot.config import Secret, Settings
from bot.engine.answer import Chat, Found, Hit, Missed
from bot.monitor.log import HIDDEN, QUIET, answered, set_up

TOKEN = "123456789:AAExampleExampleExampleExample_12345"
PASSWORD = 'pa"ss wörd'


@pytest.fixture(params=["json", "text"])
def written(request):
    """Set up with a stream of our own; undone afterwards."""
    root = logging.getLogger()
    before = root.level, list(root.handlers), {name: logging.getLogger(name).level for name in QUIET}
    stream = io.StringIO()
    settings = Settings(log_format=request.param, admin_password=Secret(PASSWORD), id_pepper=Secret("ab"))
    set_up(settings, stream)
    yield stream
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_secrets_are_hidden_wherever_they_stand(written):
    log = logging.getLogger("some.library")
    log.info(f"GET https://api.telegram.org/bot{TOKEN}/getMe")
    log.info("escaped %s", TOKEN.replace(":", "%3A"))
    log.info("the password is %s", PASSWORD)
    log.info("extra", extra={"url": f"postgresql://me:{PASSWORD.split()[0]}@db/x", "token": TOKEN})
    log.info("in a list %s", [TOKEN], extra={"nested": {"a": [TOKEN]}})
    try:
        raise RuntimeError(f"The token `{TOKEN}` was rejected; {PASSWORD}")
    except RuntimeError:
        log.exception("it broke", stack_info=True)
    text = written.getvalue()
    assert "AAExample" not in text
    assert "wörd" not in text
    assert "me:pa" not in text
    assert HIDDEN in text
    assert "RuntimeError" in text
    assert "GET https://api.telegram.org/" in text


def test_a_short_secret_does_not_eat_the_log(written):
    logging.getLogger("x").info("about a cab")
    assert "about a cab" in written.getvalue()


def test_a_broken_log_call_costs_nothing(written):
    logging.getLogger("x").info("%d apples", "no number")
    assert "apples" in written.getvalue()


def test_chatty_libraries_are_quiet(written):
    for name in QUIET:
        logging.getLogger(name + ".child").info("POST .../sendMessage %s", "a citizen's words")
        logging.getLogger(name + ".child").warning("trouble")
    assert "citizen" not in written.getvalue()
    assert written.getvalue().count("trouble") == len(QUIET)


def test_one_line_a_question_without_words_or_ids(written):
    answered(Found((Hit("owl-bus", 0.97123),), "cost"), 12.345, "ko")
    answered(Missed(()), 1, "ko")
    answered(Chat("hello"), 1, "ko")
    text = written.getvalue()
    assert text.count("\n") == 3
    for part in ("owl-bus", "0.971", "cost", "12.3", "ko", "found", "none", "chat"):
        assert part in text


def test_text_stays_on_one_line(written):
    logging.getLogger("x").info("first\nsecond", extra={"more": "a\nb"})
    assert written.getvalue().count("\n") == 1


def test_setting_up_twice_does_not_double_the_lines(written):
    set_up(Settings(), again := io.StringIO())
    logging.getLogger("x").warning("once")
    assert written.getvalue() == ""
    assert again.getvalue().count("once") == 1


def test_json_lines_have_the_fields_of_a_question():
    stream, root = io.StringIO(), logging.getLogger()
    before = root.level, list(root.handlers)
    set_up(Settings(log_format="json"), stream)
    answered(Found((Hit("owl-bus", 0.97),), "cost"), 3, "ko")
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    (line,) = lines(stream)
    assert {key: line[key] for key in line if key != "time"} == {
        "level": "info",
        "logger": "bot",
        "event": "answered",
        "outcome": "found",
        "entry": "owl-bus",
        "score": 0.97,
        "aspect": "cost",
        "ms": 3,
        "lang": "ko",
    }

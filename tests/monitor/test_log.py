"""The log: one line per question without the question, and never a secret, wherever it hides."""

import asyncio
import io
import json
import logging
import os
import signal
import sys
from urllib.parse import quote

import pytest
import structlog

from bot.config import Secret, Settings
from bot.engine.answer import Chat, Found, Hit, Missed, Urgent
from bot.monitor import log
from bot.monitor.log import HIDDEN, QUIET, Redact, answered, bound, level, level_on_signal, set_level, set_up
from bot.monitor.stopwatch import Stopwatch

TOKEN = "123456789:AAExampleExampleExampleExample_12345"
PASSWORD = 'pa"ss wörd'


@pytest.fixture(params=["json", "text"])
def written(request):
    """Set up with a stream of our own; undone afterwards."""
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    stream = io.StringIO()
    settings = Settings(log_format=request.param, admin_password=Secret(PASSWORD), id_pepper=Secret("ab"))
    set_up(settings, stream)
    yield stream
    root.setLevel(before[0])
    root.handlers[:] = before[1]


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


def test_a_broken_log_call_costs_nothing(written, monkeypatch):
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler for handler in root.handlers if isinstance(handler, log._Handler)])
    logging.getLogger("x").info("%d apples", "no number")
    assert "apples" in written.getvalue()


def test_what_is_logged_by_structlog_goes_the_same_way(written):
    structlog.get_logger("y").warning("here", url=f"https://api.telegram.org/bot{TOKEN}/", n=3)
    assert "here" in written.getvalue()
    assert "warning" in written.getvalue().lower()
    assert HIDDEN in written.getvalue()
    assert "AAExample" not in written.getvalue()


def test_lines_of_one_question_carry_its_row_number_wherever_they_are_written(written):
    with bound(row=4711):
        logging.getLogger("some.library").warning("trouble")
    logging.getLogger("some.library").warning("other")
    first, second = written.getvalue().splitlines()
    assert "4711" in first
    assert "4711" not in second


@pytest.mark.parametrize("bad", ["\x1b[31mred", "a\rb", "half \ud83d", "line\u2028end", "\x00"])
def test_nothing_steers_the_terminal_or_forges_a_line(written, bad):
    logging.getLogger("x").warning("said %s", bad, extra={"more": bad})
    text = written.getvalue()
    assert not [c for c in text.rstrip("\n") if not c.isprintable()]
    assert len(text.splitlines()) == 1


class Torn(io.StringIO):
    """A log that cannot be written: a full disk, a closed pipe."""

    def write(self, text):
        raise OSError("No space left on device")


def test_a_full_disk_prints_no_secret_and_stops_nothing(written, monkeypatch):
    said = io.StringIO()
    monkeypatch.setattr(sys, "__stderr__", said)
    monkeypatch.setattr(sys, "stderr", said)
    set_up(Settings(), Torn())
    logging.getLogger("bot.x").error("about %s", TOKEN)
    assert "E601" in said.getvalue()
    assert TOKEN not in said.getvalue()


# Levels


def test_the_level_changes_while_it_runs(written):
    set_level("error")
    logging.getLogger("bot.x").warning("unheard")
    set_level("DEBUG")
    logging.getLogger("bot.x").debug("heard")
    assert "unheard" not in written.getvalue()
    assert "heard" in written.getvalue()
    assert level() == "DEBUG"


def test_what_is_no_level_is_refused(written):
    with pytest.raises(ValueError, match="LOUD"):
        set_level("LOUD")
    assert level() == "INFO"


def test_debug_is_for_the_bot_alone(written):
    """Debug lines of libraries hold citizens' words, statements of the database, passwords of forms."""
    set_level("DEBUG")
    for name in ("telegram.ext", "aiosqlite", "python_multipart.multipart", "hpack", "asyncio"):
        logging.getLogger(name).debug("a citizen's words")
    assert "citizen" not in written.getvalue()


async def test_a_signal_turns_debug_on_and_off(written):
    level_on_signal()
    for expected in ("DEBUG", "INFO"):
        os.kill(os.getpid(), signal.SIGUSR1)
        for _ in range(1000):
            if level() == expected:
                break
            await asyncio.sleep(0.001)
        assert level() == expected
    asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1)


# Secrets in other clothes


@pytest.mark.parametrize(
    "dressed",
    [
        quote(PASSWORD, safe=""),
        json.dumps({"p": PASSWORD}),
        repr(PASSWORD),
        f"{{'p': {PASSWORD!r}}}",
        "p%40ss%2Fw0rd!!",
        "p@ss/w0rd!!",
        "connect to postgresql://bot:p%40ss%2Fw0rd!!@db/x failed",
        "&quot;".join(PASSWORD.split('"')),
    ],
)
def test_a_secret_is_hidden_also_as_others_write_it(dressed):
    redact = Redact.of(Settings(admin_password=Secret(PASSWORD), database_url="postgresql://bot:p%40ss%2Fw0rd!!@db/x"))
    assert HIDDEN in redact.clean(dressed)
    assert "rd" not in redact.clean(dressed)


def test_a_password_with_a_slash_in_an_address_is_hidden():
    redact = Redact.of(Settings(database_url="postgresql://bot:sl/ash@db/x"))
    assert "ash" not in redact.clean("postgresql://bot:sl/ash@db/x and sl/ash")


def test_chatty_libraries_are_quiet(written):
    for name in QUIET:
        logging.getLogger(name + ".child").info("POST .../sendMessage %s", "a citizen's words")
        logging.getLogger(name + ".child").warning("trouble")
    assert "citizen" not in written.getvalue()
    assert written.getvalue().count("trouble") == len(QUIET)


def test_a_broken_reply_of_telegram_is_not_quoted(written):
    """python-telegram-bot writes it out at ERROR: 'Can not load invalid JSON data: "%s"'."""
    for name in ("telegram.request.BaseRequest", "telegram.ext.Updater"):
        logging.getLogger(name).error('Can not load invalid JSON data: "%s"', "{'text': 'a citizen's words'")
    assert "citizen" not in written.getvalue()
    assert written.getvalue().count("Can not load invalid JSON data") == 2


def test_a_page_of_errors_does_not_fill_the_disk(written):
    logging.getLogger("x").warning("answer %s", "가" * 10**6, extra={"list": ["나" * 10**6]})
    try:
        raise RuntimeError("다" * 10**6)
    except RuntimeError:
        logging.getLogger("x").exception("broke")
    assert len(written.getvalue()) < 30_000
    assert "RuntimeError" in written.getvalue()


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
    answered(
        Found((Hit("owl-bus", 0.97),), "cost"), 3, "ko", steps={"encode": 1.26, "rules": 2}, version="a1b2", row=17
    )
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    (line,) = lines(stream)
    assert {key: line[key] for key in line if key != "time"} == {
        "level": "info",
        "logger": "bot",
        "event": "answered",
        "outcome": "found",
        "code": "I201",
        "programme": "owl-bus",
        "score": 0.97,
        "aspect": "cost",
        "ms": 3,
        "ms_encode": 1.3,
        "ms_rules": 2,
        "lang": "ko",
        "knowledge": "a1b2",
        "row": 17,
    }


def test_the_line_of_an_emergency_says_how_sure_it_was_and_not_which_danger(written):
    answered(Urgent("suicide", ("109",), 0.876, None, (Hit("owl-bus", 0.1),)), 1, "ko")
    assert "0.876" in written.getvalue()
    assert "suicide" not in written.getvalue()
    assert "owl-bus" not in written.getvalue()


def test_a_watch_tells_milliseconds_by_step():
    times = iter([10.0, 10.002, 10.005, 10.006])
    watch = Stopwatch(lambda: next(times))
    for step in ("encode", "rules", "encode"):
        watch(step)
    assert {step: round(ms, 3) for step, ms in watch.steps.items()} == {"encode": 3.0, "rules": 3.0}
    assert round(watch.ms, 3) == 6.0

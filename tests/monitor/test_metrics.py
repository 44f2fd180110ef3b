"""What Prometheus reads: true counts, bounded labels, no words, and no number that takes the others along."""

import logging
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.engine.answer import Answer, Chat, Choices, Found, Hit, Missed, Urgent
from bot.monitor.metrics import GAUGES, STEPS, Metrics

FOUND = Found((Hit("owl-bus", 0.97),))


@pytest.fixture
def metrics(tmp_path: Path) -> Metrics:
    return Metrics(lambda: ("owl-bus", "lamp"), tmp_path)


def read(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Name and label values → value."""
    text = metrics.render()[0].decode()
    families = text_string_to_metric_families(text)
    return {(s.name, *(v for _, v in sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_questions_are_counted_by_outcome_and_language(metrics: Metrics) -> None:
    for answer, lang in ((FOUND, "ko"), (FOUND, "ko"), (Missed(()), "vi"), (Chat("hello"), "en")):
        metrics.answered(answer, 10, lang)
    now = read(metrics)
    assert now["bot_questions_total", "ko", "found"] == 2
    assert now["bot_questions_total", "vi", "none"] == 1
    assert now["bot_questions_total", "en", "chat"] == 1
    assert now["bot_questions_total", "ko", "none"] == 0


def test_only_answers_count_for_a_programme(metrics: Metrics) -> None:
    metrics.answered(FOUND, 10, "ko")
    metrics.answered(Choices((Hit("lamp", 0.4), Hit("owl-bus", 0.3))), 10, "ko")
    now = read(metrics)
    assert (now["bot_programme_total", "owl-bus"], now["bot_programme_total", "lamp"]) == (1, 0)


def test_an_emergency_is_counted_without_its_kind(metrics: Metrics) -> None:
    metrics.answered(Urgent("suicide", ("109",), 0.9), 10, "ko")
    assert read(metrics)["bot_emergencies_total",] == 1
    assert b"suicide" not in metrics.render()[0]


def test_no_stranger_becomes_a_label(metrics: Metrics) -> None:
    for i in range(100):
        metrics.answered(Found((Hit(f"id-{i}", 0.9),)), 1, f"l{i}", {f"step-{i}": 1.0})
        metrics.telegram_error(f"error-{i}")
        metrics.vote(f"vote-{i}")
    now = read(metrics)
    for name in ("bot_programme_total", "bot_telegram_errors_total", "bot_votes_total", "bot_step_seconds_count"):
        assert now[name, "other"] == 100
    assert now["bot_questions_total", "other", "found"] == 100
    assert not [key for key in now if any(part.endswith("-7") for part in key)]


def test_time_is_told_in_seconds_as_a_whole_and_by_step(metrics: Metrics) -> None:
    metrics.answered(FOUND, 120, "ko", {"encode": 12.0, "rules": 3.0})
    metrics.step("send", 80)
    now = read(metrics)
    assert now["bot_answer_seconds_sum",] == pytest.approx(0.12)
    assert now["bot_answer_seconds_bucket", "0.15"] == 1
    assert now["bot_answer_seconds_bucket", "0.1"] == 0
    assert now["bot_step_seconds_sum", "encode"] == pytest.approx(0.012)
    assert now["bot_step_seconds_sum", "send"] == pytest.approx(0.08)
    assert now["bot_step_seconds_count", "wait"] == 0


def test_reloads_votes_and_errors_begin_at_nothing(metrics: Metrics) -> None:
    """A series that begins at 1 has not risen for Prometheus."""
    before = read(metrics)
    metrics.reloaded(True)
    metrics.reloaded(False)
    metrics.vote("down")
    metrics.telegram_error("flood")
    now = read(metrics)
    for key in (
        ("bot_reloads_total", "good"),
        ("bot_reloads_total", "refused"),
        ("bot_votes_total", "down"),
        ("bot_telegram_errors_total", "flood"),
    ):
        assert (before[key], now[key]) == (0, 1)


def test_a_number_is_asked_for_at_every_scrape(metrics: Metrics) -> None:
    waiting = iter([3, 5])
    metrics.watch("inbox_depth", lambda: next(waiting))
    assert [read(metrics)["bot_inbox_depth",] for _ in range(2)] == [3, 5]


def test_what_nobody_watches_is_not_told_at_all(metrics: Metrics) -> None:
    assert ("bot_database_up",) not in read(metrics)


def test_a_number_that_fails_is_told_once_and_costs_no_other(
    metrics: Metrics, caplog: pytest.LogCaptureFixture
) -> None:
    readings = [True, False, False, True, False]

    def depth() -> float:
        if readings.pop(0):
            return 1
        raise OSError("gone")

    def up() -> float:
        raise OSError("gone")

    metrics.watch("inbox_depth", depth)
    metrics.watch("database_up", up)
    found = [read(metrics) for _ in range(5)]
    assert [math.isnan(now["bot_inbox_depth",]) for now in found] == [False, True, True, False, True]
    assert found[0]["bot_database_up",] == 0
    assert [record.number for record in caplog.records] == ["database_up", "inbox_depth", "inbox_depth"]  # type: ignore[attr-defined]
    assert found[4]["bot_questions_total", "ko", "found"] == 0


def test_an_unknown_number_is_a_mistake_at_once(metrics: Metrics) -> None:
    with pytest.raises(KeyError, match="inbox_dept"):
        metrics.watch("inbox_dept", lambda: 1)


def test_lines_of_trouble_are_counted_by_level_and_code(metrics: Metrics, counted: logging.Logger) -> None:
    counted.warning("one", extra={"code": "E301"})
    counted.error("two", extra={"code": "any words"})
    counted.info("three", extra={"code": "I101"})
    now = read(metrics)
    assert (now["bot_log_lines_total", "warning"], now["bot_log_lines_total", "error"]) == (1, 1)
    assert (now["bot_log_codes_total", "E301"], now["bot_log_codes_total", "other"]) == (1, 1)
    assert ("bot_log_codes_total", "I101") not in now


@pytest.fixture
def counted(metrics: Metrics) -> Iterator[logging.Logger]:
    log, handler = logging.getLogger("bot.counted"), metrics.handler()
    log.addHandler(handler)
    yield log
    log.removeHandler(handler)


def test_process_and_disk_are_told(metrics: Metrics) -> None:
    now = read(metrics)
    assert now["process_resident_memory_bytes",] > 1e6
    assert 0 < now["bot_disk_free_bytes",] <= now["bot_disk_size_bytes",]


def test_two_bots_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.vote("up")
    assert (read(one)["bot_votes_total", "up"], read(other)["bot_votes_total", "up"]) == (1, 0)


def test_a_city_of_a_thousand_programmes_is_scraped_in_a_bounded_size() -> None:
    metrics = Metrics(lambda: [f"programme-{i}" for i in range(1000)])
    body, kind = metrics.render()
    assert len(body) < 200_000
    assert kind.startswith("text/plain")


@pytest.mark.parametrize("answer", [FOUND, Choices(()), Missed(()), Chat("hello"), Urgent("fire", ("119",), 1.0)])
def test_every_outcome_can_be_counted(metrics: Metrics, answer: Answer) -> None:
    metrics.answered(answer, 1, "ko", dict.fromkeys(STEPS, 1.0))
    assert read(metrics)["bot_answer_seconds_count",] == 1


def test_every_number_says_what_it_is(metrics: Metrics) -> None:
    for name in GAUGES:
        metrics.watch(name, lambda: 1)
    families = list(text_string_to_metric_families(metrics.render()[0].decode()))
    assert {f"bot_{name}" for name in GAUGES} <= {family.name for family in families}
    assert not [family.name for family in families if family.name.startswith("bot_") and not family.documentation]

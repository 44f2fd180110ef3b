"""What counts as lost, doubled and out of order."""

import math

import pytest

from bench.reliability.journal import faults
from bench.reliability.report import Figure, Section, conditions, figures, markdown, put
from bench.reliability.soak import FLAT, Memory
from bench.reliability.tally import Asked, Subject, Tally, percentile, tally

BUS = Subject("bus", "버스?", "버스")


def asked(*answers: float, chat: int = 1, place: int = 1, at: float = 0.0) -> Asked:
    return Asked(place, chat, place, BUS, at, list(answers))


def test_a_question_without_an_answer_is_lost_and_one_with_two_is_doubled() -> None:
    told = tally([asked(), asked(1.0), asked(1.0, 4.0)])
    assert (told.asked, told.answered, told.lost, told.doubled, told.repeated) == (3, 2, 1, 1, (1.0,))


def test_an_answer_that_overtakes_an_earlier_question_of_its_chat_is_out_of_order() -> None:
    first, second, other = asked(5.0, place=1), asked(4.0, place=2), asked(1.0, chat=2, place=9)
    assert tally([first, second, other]).disorder == 1
    assert tally([asked(4.0, place=1), asked(5.0, place=2), other]).disorder == 0


def test_the_second_answer_of_a_doubled_question_is_no_disorder() -> None:
    assert tally([asked(1.0, 9.0, place=1), asked(2.0, place=2)]).disorder == 0


def test_a_double_is_counted_for_the_kill_nearest_to_the_answer_that_was_repeated() -> None:
    told = tally([asked(0.9, 5.5), asked(1.1, 5.7), asked(2.9, 5.8)])
    assert told.worst([1.0, 3.0]) == 2
    assert told.worst([0.8, 1.2, 3.0]) == 1
    assert told.worst([]) == 0
    assert tally([asked(1.0)]).worst([0.5]) == 0


def test_latency_is_until_the_first_answer() -> None:
    told = tally([asked(10.0 + n, at=10.0) for n in range(1, 101)])
    assert [told.latency(p) for p in (50, 95, 100)] == [50.0, 95.0, 100.0]
    assert math.isnan(percentile((), 50))


def test_growing_memory_is_not_flat_and_a_pool_that_fills_at_first_is() -> None:
    leaking = Memory(tuple((float(t), 200 + t) for t in range(100)))
    settled = Memory(tuple((float(t), 200.0 if t > 10 else 100.0) for t in range(100)))
    assert leaking.growth > FLAT
    assert leaking.slope == pytest.approx(3600)
    assert abs(settled.growth) < FLAT
    assert settled.slope == pytest.approx(0)


def test_a_run_is_good_only_when_each_goal_was_reached() -> None:
    lost = Tally(1, 0, 1, 0, 0, 0, (), ())
    assert not Section("", "", figures(lost)).is_good
    assert Section("", "", (Figure("no goal", "9"), Figure("goal", "1", "1", True))).is_good
    assert "**not reached**" in markdown([Section("Title", "done", figures(lost))])


def test_a_part_written_again_takes_its_own_place_and_no_other() -> None:
    document = put(put("", "kill", "one"), "storm", "two")
    again = put(document, "kill", r"three \1")
    assert again == document.replace("one", r"three \1")
    assert again.startswith("# Reliability\n")
    assert again.index("three") < again.index("<!-- storm -->")


def test_it_says_on_what_it_was_measured() -> None:
    assert "cores" in conditions()


def test_what_a_log_says_went_wrong_is_told_by_who_caught_it() -> None:
    trace = "Traceback (most recent call last)"
    said = faults(
        "\n".join(
            [
                f'{{"logger": "bot.work", "event": "unreadable", "error": "{trace} _update.py"}}',
                f'{{"logger": "bot.work", "event": "failed", "error": "{trace} bot/chat/handlers.py TypeError"}}',
                f'{{"logger": "asyncio", "event": "never retrieved", "error": "{trace} x"}}',
                trace,
                "  File x",
                "ValueError: y",
                '{"logger": "bot", "event": "ready"}',
            ]
        )
    )
    assert (said.uncaught, said.in_handlers) == (2, 1)
    assert said.events == {"unreadable": 1, "failed": 1, "never retrieved": 1, "outside the log": 1}
    assert "handlers.py" in said.sample

"""What staff see: groups most asked first, with reasons, the nearest programmes, and what was decided."""

from dataclasses import replace

from bot.monitor.missed.group import alone, groups
from bot.store.missed import Decision, key_of

PASSPORT, LEASH = "여권 재발급", "강아지 목줄"


def told(found):
    return [(one.texts, one.asked) for one in found]


def test_what_was_asked_most_stands_first_and_spellings_of_one_question_are_counted_together(ask, clerk):
    rows = [*ask(LEASH, 2), *ask("여권 재발급!!"), *ask("여권 재발급 하려면", 3), *ask(PASSPORT)]
    assert told(groups(rows, clerk, {})) == [(("여권 재발급 하려면", "여권 재발급!!"), 5), ((LEASH,), 2)]


def test_people_reasons_times_and_the_language_are_those_of_the_questions(ask, clerk):
    rows = [*ask(PASSPORT, 2, person="p", why="down"), *ask(PASSPORT, language="vi", why="missing")]
    (one,) = groups(rows, clerk, {})
    assert (one.people, dict(one.why), one.language) == (2, {"down": 2, "missing": 1}, "ko")
    assert (one.first, one.last, one.counts) == (997.0, 999.0, (3,))


def test_the_nearest_programmes_and_topics_are_what_the_engine_of_now_says(ask, clerk):
    (one,) = groups(ask("막차 놓치면 얼마예요"), clerk, {})
    assert one.nearest[0].id == "owl-bus"
    assert [hit.score for hit in one.nearest] == sorted((hit.score for hit in one.nearest), reverse=True)
    assert one.topics == ("tax",)
    assert one.now == "found:owl-bus"


def test_what_would_steer_a_terminal_is_no_part_of_a_text(ask, clerk):
    (one,) = groups(ask("여권\x1b[2J\n재발급\u202e 👨‍👩‍👧"), clerk, {})
    assert one.texts == ("여권 [2J 재발급 👨‍👩‍👧",)


def test_a_decision_holds_for_all_that_means_the_same_until_more_is_asked(ask, clerk):
    ignored = {key_of(PASSPORT): Decision("ignored", "ignore", None, 2000.0)}
    rows = [*ask(PASSPORT, 2), *ask("여권 재발급 하려면")]
    assert [one.state for one in groups(rows, clerk, ignored)] == ["ignored"]
    more = [*rows, *ask("여권 재발급 하려면", 2)]
    assert [(one.texts, one.state) for one in groups(more, clerk, ignored)] == [
        (("여권 재발급 하려면",), "new"),
        ((PASSPORT,), "ignored"),
    ]


def test_what_is_done_is_new_again_when_it_is_asked_and_missed_again(ask, clerk):
    rows = ask(PASSPORT, 2)
    for at, state in ((999.5, "done"), (998.5, "new")):
        done = {key_of(PASSPORT): Decision("done", "phrasing", "owl-bus", at)}
        assert [one.state for one in groups(rows, clerk, done)] == [state]


def test_the_first_question_can_be_taken_on_its_own_and_the_others_stay_to_be_seen(ask, clerk, desk):
    rows = [*ask(PASSPORT, 3), *ask("여권 재발급 하려면")]
    (one,) = groups(rows, clerk, {})
    decided = desk.do(desk.settle(alone(one), "ignore"), {})
    found = groups(rows, clerk, {key: value for key, value in decided.items() if value})
    assert [(part.texts, part.state) for part in found] == [
        ((PASSPORT,), "ignored"),
        (("여권 재발급 하려면",), "new"),
    ]


def test_only_so_many_groups_are_looked_at(ask, clerk):
    rows = [*ask(LEASH), *ask(PASSPORT, 2)]
    assert told(groups(rows, clerk, {}, most=1)) == [((PASSPORT,), 2)]
    assert groups([], clerk, {}) == []


def test_a_group_is_named_by_its_first_question(group):
    assert replace(group, asked=9).id == group.id == key_of(group.texts[0])

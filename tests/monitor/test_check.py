"""What editors are told before a change goes live: what must be mended, what should be looked at."""

from datetime import date
from pathlib import Path

import pytest

from bot.engine.answer import Chat, Choices, Found, Hit, Missed, Urgent
from bot.errors import Problem
from bot.kb.load import load
from bot.monitor.check import Report, alarming, check, golden, lost
from bot.monitor.content import FEWEST_PHRASINGS, GOOD_PHRASINGS, overdue, thin
from bot.monitor.josa import josa
from bot.monitor.words import unspeakable

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
TODAY = date(2026, 12, 1)
LAMP = "programs/lamp.yaml"
GOLDEN = "questions/golden.yaml"
OFFERED = "'lamp', 'owl-bus', 'patrol' 가운데에서 고르게 합니다"
APART = "다른 사업의 표현과 겹치지 않게 고치세요."


class Told:
    """An engine that answers some messages as it is told to."""

    def __init__(self, engine, answers):
        self.knowledge = engine.knowledge
        self._engine = engine
        self._answers = answers

    def answer(self, text):
        return self._answers.get(text) or self._engine.answer(text)


def found(*ids):
    return Found(tuple(Hit(id_, 0.9) for id_ in ids))


def test_a_good_town_has_nothing_to_mend_and_nothing_to_look_at(town):
    assert check(town.engine(), TODAY) == Report(mistakes=(), warnings=(), checked=3 * 42 + 2)


def test_a_phrasing_of_too_many_programmes_leads_elsewhere(town):
    for id_ in ("lamp", "owl-bus", "patrol"):
        town.change(f"programs/{id_}.yaml", "aliases: [", "aliases: [우리 동네, ")
    assert list(lost(town.engine())) == []
    town.write("programs/zoo.yaml", town.read("programs/patrol.yaml").replace("id: patrol", "id: zoo"))
    town.change("programs/zoo.yaml", "aliases: [우리 동네, ", "aliases: [늑대, 우리 동네, ")
    assert list(lost(town.engine())) == [Problem("programs/zoo.yaml", 25, f"'우리 동네'라고 물으면 {OFFERED}. {APART}")]


@pytest.mark.parametrize(
    ("text", "line"),
    [("골목 보안등", 2), ("가로등", 25), ("어두운 길 전등 얼마예요", 37), ("불빛 없는 길 왜 하나요", 76)],
)
def test_a_phrasing_that_leads_elsewhere_is_told_at_its_line(town, text, line):
    engine = Told(town.engine(), {text: found("patrol", "owl-bus")})
    assert list(lost(engine)) == [
        Problem(LAMP, line, f"'{text}'{josa(text, '이라고', '라고')} 물으면 'patrol'(으)로 갑니다. {APART}")
    ]


def test_an_alias_on_a_line_of_its_own_is_told_there(town):
    town.change(LAMP, "aliases: [가로등]", "aliases:\n  - 가로등\n  - 전봇대")
    engine = Told(town.engine(), {"전봇대": found("patrol")})
    assert [problem.line for problem in lost(engine)] == [27]


def test_a_phrasing_that_nothing_is_known_of_is_told(town):
    engine = Told(town.engine(), {"가로등": Missed(())})
    assert list(lost(engine)) == [Problem(LAMP, 25, f"'가로등'이라고 물으면 답을 찾지 못합니다. {APART}")]


@pytest.mark.parametrize("answer", [Missed((Hit("lamp", 0.1),)), Chat("greeting", (Hit("lamp", 0.1),))])
def test_a_phrasing_without_an_answer_is_told_even_if_its_programme_is_nearest(town, answer):
    engine = Told(town.engine(), {"가로등": answer})
    assert [(problem.where, problem.line) for problem in lost(engine)] == [(LAMP, 25)]


def test_a_phrasing_without_an_answer_is_not_said_to_lead_to_its_own_programme(town):
    engine = Told(town.engine(), {"가로등": Missed((Hit("lamp", 0.1),))})
    assert "'lamp'(으)로 갑니다" not in next(lost(engine)).message


@pytest.mark.parametrize(
    ("answer", "led"),
    [
        (Missed((Hit("lamp", 0.1),)), "답을 찾지 못합니다"),
        (Missed((Hit("lamp", 0.1),), topic="tax"), "우리 사업이 아닌 것('tax')으로 알아듣습니다"),
        (Chat("greeting", (Hit("lamp", 0.1),)), "인사나 잡담('greeting')으로 알아듣습니다"),
        (Choices((Hit("patrol", 0.5), Hit("owl-bus", 0.4))), "'patrol', 'owl-bus' 가운데에서 고르게 합니다"),
    ],
)
def test_an_editor_reads_what_really_happens_to_a_lost_phrasing(town, answer, led):
    engine = Told(town.engine(), {"가로등": answer})
    assert list(lost(engine)) == [Problem(LAMP, 25, f"'가로등'이라고 물으면 {led}. {APART}")]


@pytest.mark.parametrize("asks", [None, "lamp"])
def test_a_phrasing_that_sounds_like_danger_is_for_people_to_judge(town, asks):
    engine = Told(town.engine(), {"가로등": Urgent("attack", ("112",), 0.9, asks)})
    told = "'가로등'이라고 물으면 위험 카드(attack)가 먼저 나갑니다. 위험한 말이 아니면"
    assert list(lost(engine)) == []
    assert list(alarming(engine)) == [Problem(LAMP, 25, f"{told} urgent.yaml의 harmless에 예로 더하세요.")]


def test_a_phrasing_that_sounds_like_danger_is_a_warning(town):
    town.change(LAMP, "aliases: [", "aliases: [칼 든 사람이 쫓아와요, ")
    report = check(town.engine(), TODAY)
    assert report.mistakes == ()
    assert [(problem.where, problem.line) for problem in report.warnings] == [(LAMP, 25)]


def test_a_phrasing_that_is_offered_among_others_is_good(town):
    engine = Told(town.engine(), {"가로등": Choices((Hit("patrol", 0.5), Hit("lamp", 0.4)))})
    assert list(lost(engine)) == []


def test_a_phrasing_that_is_answered_with_another_card_is_told(town):
    engine = Told(town.engine(), {"가로등": found("patrol", "lamp")})
    assert [(problem.where, problem.line) for problem in lost(engine)] == [(LAMP, 25)]


def test_a_golden_question_without_its_answer_is_told(town):
    town.change(
        GOLDEN, "  - q: 세금 고지서 어디서 내요\n", "  - q: 세금 고지서 어디서 내요\n    accept: [lamp, patrol]\n"
    )
    told = "의 답으로 ['lamp', 'patrol']이(가) 나오지 않습니다. 그 사업에 비슷한 표현을 더하세요."
    assert list(golden(town.engine())) == [Problem(GOLDEN, 4, f"'세금 고지서 어디서 내요'{told}")]


@pytest.mark.parametrize("answer", [found("lamp"), Missed((Hit("owl-bus", 0.1),)), Choices((Hit("lamp", 0.5),))])
def test_a_golden_question_with_another_answer_is_told(town, answer):
    engine = Told(town.engine(), {"부엉이 버스 얼마예요": answer})
    assert [(problem.where, problem.line) for problem in golden(engine)] == [(GOLDEN, 2)]


def test_a_golden_question_that_is_answered_with_another_card_is_told(town):
    town.change(GOLDEN, "[owl-bus]", "[lamp]")
    assert town.engine().answer("부엉이 버스 얼마예요").id == "owl-bus"
    assert [(problem.where, problem.line) for problem in golden(town.engine())] == [(GOLDEN, 2)]


@pytest.mark.parametrize(
    "answer",
    [
        found("owl-bus"),
        Choices((Hit("lamp", 0.5), Hit("owl-bus", 0.4))),
        Urgent("attack", ("112",), 0.9, asks="owl-bus"),
    ],
)
def test_a_golden_question_that_is_answered_or_offered_is_good(town, answer):
    assert list(golden(Told(town.engine(), {"부엉이 버스 얼마예요": answer}))) == []


def test_a_question_that_is_not_ours_must_not_be_answered(town):
    town.change(GOLDEN, "  - q: 세금 고지서 어디서 내요\n", "  - q: 깜깜한 골목 얼마예요\n    accept: []\n")
    told = "는 우리 사업이 아닌데 'lamp' 답이 나갑니다. elsewhere.yaml에 예를 더하세요."
    assert list(golden(town.engine())) == [Problem(GOLDEN, 4, f"'깜깜한 골목 얼마예요'{told}")]


def test_a_question_that_is_not_ours_may_be_asked_back(town):
    answers = {"세금 고지서 어디서 내요": Choices((Hit("lamp", 0.5),))}
    assert list(golden(Told(town.engine(), answers))) == []


def test_golden_questions_of_every_file_are_asked(town):
    town.write("questions/more.yaml", "questions:\n  - q: 깜깜한 골목 얼마예요\n  - q: 동네 순찰 얼마예요\n")
    assert [(problem.where, problem.line) for problem in golden(town.engine())] == [
        ("questions/more.yaml", 2),
        ("questions/more.yaml", 3),
    ]
    assert check(town.engine(), TODAY).checked == 3 * 42 + 4


def test_a_review_that_is_overdue_is_a_warning_from_the_next_day_on(town):
    town.change(LAMP, "review_by: 2999-12-31", "review_by: 2027-05-23")
    knowledge = load(town.root)
    told = "검토할 날이 지났습니다. 사실을 다시 확인하고 날짜를 고치세요."
    assert list(overdue(knowledge, date(2027, 5, 23))) == []
    assert list(overdue(knowledge, date(2027, 5, 24))) == [Problem(LAMP, 35, told)]
    assert check(town.engine(), date(2027, 5, 24)) == Report((), (Problem(LAMP, 35, told),), 128)


def test_few_phrasings_are_a_warning(town):
    questions = [line for line in town.read(LAMP).splitlines() if line.startswith("  - 어두운")]
    assert len(questions) == 8
    for line in questions[:2]:
        town.change(LAMP, line + "\n", "")
    assert len(load(town.root).programme("lamp").phrasings) == GOOD_PHRASINGS
    assert list(thin(load(town.root))) == []
    town.change(LAMP, questions[2] + "\n", "")
    told = Problem(LAMP, 36, "표현이 39개입니다. 40개 이상이면 훨씬 잘 찾습니다.")
    assert check(town.engine(), TODAY) == Report((), (told,), 125)


@pytest.mark.parametrize(
    ("left", "told"), [(3, []), (2, ["표현이 4개뿐이라 거의 찾지 못합니다. 5개 이상이 되게 더하세요."])]
)
def test_with_fewer_than_five_phrasings_a_programme_is_hardly_found(town, left, told):
    head, questions = town.read(LAMP).split("questions:\n")
    town.write(LAMP, f"{head}questions:\n" + "".join(questions.splitlines(keepends=True)[:left]))
    assert [p.message for p in thin(load(town.root)) if str(FEWEST_PHRASINGS) + "개 이상" in p.message] == told


def test_mistakes_and_warnings_are_told_apart_and_in_order_of_files(town):
    town.change("programs/patrol.yaml", "무료", "홍길동")
    town.change(LAMP, "무료", "홍길동")
    town.change(GOLDEN, "세금 고지서 어디서 내요", "깜깜한 골목 얼마예요")
    town.change("programs/patrol.yaml", "review_by: 2999-12-31", "review_by: 2026-11-30")
    town.change(LAMP, "review_by: 2999-12-31", "review_by: 2026-11-30")
    report = check(town.engine(), TODAY)
    assert [problem.where for problem in report.mistakes] == [LAMP, "programs/patrol.yaml", GOLDEN]
    assert [(p.where, p.line) for p in report.warnings] == [(LAMP, 35), ("programs/patrol.yaml", 35)]


def test_the_shipped_cards_say_nothing_forbidden_and_are_rich_enough():
    knowledge = load(KNOWLEDGE)
    assert [*unspeakable(knowledge), *thin(knowledge), *overdue(knowledge, TODAY)] == []

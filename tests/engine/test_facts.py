"""A change of facts is answered with at once; a change of phrasings must be learned."""

import pytest

from bot.kb.load import load

OWL = "programs/owl-bus.yaml"


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [(OWL, "무료", "유료"), (OWL, "status: running", "status: ended"), ("hotlines.yaml", "범죄", "모든 범죄")],
)
def test_other_facts_take_the_place_of_the_old_ones(town, where, old, new):
    engine = town.engine()
    town.change(where, old, new)
    knowledge = load(town.root)
    again = engine.with_facts(knowledge)
    assert again is not None
    assert (again.knowledge, again.guard.hotlines) == (knowledge, knowledge.hotlines)
    assert again.answer("막차 놓치면 얼마예요") == town.engine().answer("막차 놓치면 얼마예요")


@pytest.mark.parametrize(
    ("where", "old", "new"),
    [
        (OWL, "aliases: [", "aliases: [새 이름, "),
        (OWL, "name: 부엉이 버스", "name: 부엉이 차"),
        ("elsewhere.yaml", "examples: [", "examples: [취득세 언제, "),
        ("urgent.yaml", "examples: {ko: [", "examples: {ko: [도와줘요, "),
        ("urgent.yaml", "!칼+쫓아", "!칼+쫓"),
        ("phrases/ko.yaml", "    examples:\n", "    examples:\n      - 까꿍\n"),
    ],
)
def test_what_was_learned_from_must_be_learned_anew(town, where, old, new):
    engine = town.engine()
    town.change(where, old, new)
    assert engine.with_facts(load(town.root)) is None

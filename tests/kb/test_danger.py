"""A danger card with a hole in it never goes live: an editor reads file, line and what to do."""

import pytest

from bot.kb.load import load

KINDS, LINES = "urgent.yaml", "hotlines.yaml"


def test_a_good_town_has_its_danger_cards(town):
    knowledge = load(town.root)
    assert [kind.id for kind in knowledge.urgent.kinds] == ["attack"]
    assert knowledge.hotlines.number("112").name == {"ko": "경찰"}
    assert (knowledge.hotlines.number("113"), knowledge.urgent.kind("gone")) == (None, None)


@pytest.mark.parametrize(
    ("where", "old", "new", "told"),
    [
        (KINDS, '["112"]', '["112", "113"]', "4: '113' 번호가 hotlines.yaml에 없습니다. 더하거나 고치세요."),
        (LINES, 'interpreter: "112"', 'interpreter: "1345"', "9: '1345' 번호가 위 목록에 없습니다."),
        (
            LINES,
            "sources: [police]",
            "sources: [police, polise]",
            "8: 출처 'polise'가 아래 sources에 없습니다. 더하거나 철자를 고치세요.",
        ),
        (KINDS, "say: {ko: 안", "say: {en: 안", "5: 이 글에 빠진 언어가 있습니다: ko."),
        (KINDS, "name: {ko: 폭", "name: {en: 폭", "3: 이 글에 빠진 언어가 있습니다: ko."),
        (LINES, "name: {ko: 경", "name: {en: 경", "3: 이 글에 빠진 언어가 있습니다: ko."),
        (LINES, "whom: {ko:", "whom: {vi:", "4: 이 글에 빠진 언어가 있습니다: ko."),
        (LINES, "hours: {ko:", "hours: {ru:", "5: 이 글에 빠진 언어가 있습니다: ko."),
        (
            LINES,
            "    as_of: 2024\n",
            "    silent: {en: text 112}\n    as_of: 2024\n",
            "7: 이 글에 빠진 언어가 있습니다: ko.",
        ),
        (
            KINDS,
            '"!칼+쫓아"',
            '"!칼+쫓아", "<무기>+들고"',
            "6: '<무기>' 낱말 묶음이 위의 words에 없습니다. 더하거나 이름을 고치세요.",
        ),
        (
            KINDS,
            "harmless:\n",
            'harmless:\n  signs: {ko: ["영화", "<놀이>"]}\n',
            "9: '<놀이>' 낱말 묶음이 위의 words에 없습니다. 더하거나 이름을 고치세요.",
        ),
    ],
)
def test_a_hole_in_a_danger_card_is_told_with_its_line(town, where, old, new, told):
    town.change(where, old, new)
    assert town.problems() == [f"{where}:{told}"]


def test_a_class_of_words_that_is_there_is_no_problem(town):
    town.change(KINDS, "kinds:\n", "words:\n  무기: [칼, 망치]\nkinds:\n")
    town.change(KINDS, '"!칼+쫓아"', '"< 무기 >+쫓아"')
    assert load(town.root).urgent.words == {"무기": ("칼", "망치")}


def test_every_hole_is_told_at_once(town):
    town.change(KINDS, '["112"]', '["113"]')
    town.change(KINDS, '"!칼+쫓아"', '"<무기>"')
    town.change(LINES, "sources: [police]", "sources: [gone]")
    told = town.problems()
    assert sorted(line.partition(": ")[0] for line in told if "쓰는 사실이 없습니다" not in line) == [
        f"{LINES}:8",
        f"{KINDS}:4",
        f"{KINDS}:6",
    ]

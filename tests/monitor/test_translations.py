"""What a translator is told: the Korean text changed, facts came or went, nobody has read it yet."""

import pytest

from bot.errors import Problem
from bot.kb.load import load
from bot.monitor.translations import translations

WHERE = "translations/en/lamp.yaml"


@pytest.fixture
def abroad(town):
    """The town with one reviewed, current translation."""
    source = load(town.root).programme("lamp").fingerprint
    town.go_abroad()
    head = f'id: lamp\nsource: "{source}"\nreviewed_by: 김번역\n'
    told = "name: Lamp\nsummary: Bright.\ndetails: [Free, Brighter]\nhow_to_use: Come.\nquestions: [dark street]\n"
    town.write(WHERE, head + told)
    return town


def told(town):
    return list(translations(load(town.root)))


def test_a_translation_that_is_current_and_reviewed_is_left_alone(abroad):
    assert told(abroad) == []


def test_a_stale_translation_is_told_with_the_right_source(abroad):
    abroad.change("programs/lamp.yaml", "무료입니다", "유료입니다")
    right = load(abroad.root).programme("lamp").fingerprint
    message = f'번역한 뒤에 한국어 글이 바뀌었습니다. 번역을 한국어 글에 맞추고 source를 "{right}"(으)로 고치세요.'
    assert told(abroad) == [Problem(WHERE, 2, message)]


def test_writing_the_right_source_is_the_mend(abroad):
    abroad.change("programs/lamp.yaml", "무료입니다", "유료입니다")
    (problem,) = told(abroad)
    old = abroad.read(WHERE).split('"')[1]
    abroad.change(WHERE, old, problem.message.split('"')[1])
    assert told(abroad) == []


def test_facts_that_differ_in_number_are_told(abroad):
    abroad.change(WHERE, "[Free, Brighter]", "[Free]")
    message = "details가 1개인데 한국어 파일에는 2개라 이 번역은 나가지 않습니다. 개수와 순서를 맞추세요."
    assert told(abroad) == [Problem(WHERE, 6, message)]


def test_translations_that_nobody_read_are_counted_by_language(abroad):
    abroad.change(WHERE, "reviewed_by: 김번역\n", "")
    message = "사람이 검토하지 않은 번역이 1개입니다. 검토한 파일마다 reviewed_by에 이름을 적으세요."
    assert told(abroad) == [Problem("translations/en", 0, message)]

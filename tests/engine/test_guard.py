"""Danger is told from the text alone, and nothing that breaks takes that away."""

import time
from collections.abc import Sequence

import numpy as np
import pytest

from bot.engine.calibration import EVIDENCE, Caution
from bot.engine.encode import Encoder, Vectors
from bot.engine.guard import Alarm, Guard
from bot.kb.urgent import Harmless, Hotlines, Kind, Urgent

SIGNS_ALONE = Caution((6.0, 3.0, -4.0, 0.0, 0.0), -2.0, 0.5)
"""Examples weigh nothing: what is danger here is danger by a written rule."""
LETTERS_ALONE = Caution((0.0, 0.0, 0.0, 0.0, 9.0), 0.0, 0.5)
MEANING_ALONE = Caution((0.0, 0.0, 0.0, 9.0, 0.0), 0.0, 0.5)

ATTACK = Kind.model_construct(
    id="attack",
    hotlines=("112", "1366"),
    signs={"ko": ("<무기> + 들고", "!칼 + 쫓아"), "en": ("knife + chas", '"help"'), "vi": ("cứu tôi",)},
    examples={"ko": ("칼 든 사람이 있어요", "저를 때려요"), "en": ("he has a knife",)},
)
FIRE = Kind.model_construct(
    id="fire", hotlines=("119",), signs={"ko": ("!불났어요",)}, examples={"ko": ("집에 불이 났어요",)}
)
HARMLESS = Harmless(signs={"ko": ("영화|드라마",)}, examples={"ko": ("칼국수 맛집", "불닭 매워요")})
PANIC = Kind.model_construct(id="panic", hotlines=("112",), signs={"ko": ("!살려",)}, examples={"ko": ("살려줘요",)})
URGENT = Urgent(words={"무기": ("칼", "망치")}, kinds=(ATTACK, FIRE, PANIC), harmless=HARMLESS)


class Alike:
    """All texts about a fire point one way, all others another; ``broken`` fails."""

    name, dim = "alike", 2

    def __init__(self, broken: type[Exception] | None = None) -> None:
        self.broken = broken

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.broken and len(texts) == 1:
            raise self.broken("no memory")
        return np.array([[1, 0] if "불" in text or "연기" in text else [0, 1] for text in texts], np.float32)


def guard(caution: Caution = SIGNS_ALONE, encoder: Encoder | None = None, ordinary: Sequence[str] = ()) -> Guard:
    return Guard.of(URGENT, Hotlines.model_construct(hotlines=()), encoder, caution, ordinary)


def told(alarm: Alarm) -> tuple[bool, str]:
    """Is it danger, and which?"""
    return alarm.is_danger, alarm.kind


@pytest.mark.parametrize(
    ("text", "kind", "sign"),
    [
        ("누가 망치 들고 있어요", "attack", "<무기> + 들고"),
        ("칼 을 들 고 있 어 요", "attack", "<무기> + 들고"),
        ("칼 들고 쫓아와요", "attack", "!칼 + 쫓아"),
        ("우리 집 불났어요!!!", "fire", "!불났어요"),
        ("someone with a KNIFE is chasing me", "attack", "knife + chas"),
        ("help!", "attack", '"help"'),
        ("cuu toi voi", "attack", "cứu tôi"),
    ],
)
def test_a_written_rule_alone_finds_danger_without_any_encoder(text: str, kind: str, sign: str) -> None:
    alarm = guard().look(text)
    assert (told(alarm), alarm.sign, alarm.harmless) == ((True, kind), sign, None)


@pytest.mark.parametrize("text", ["", " ", "망치 파는 곳", "부엉이버스 몇 시까지 있어요", "how can you help", "🙂"])
def test_what_no_rule_fits_is_no_danger(text: str) -> None:
    alarm = guard().look(text)
    assert (alarm.is_danger, alarm.sign) == (False, None)


def test_a_harmless_sign_takes_a_weak_rule_back() -> None:
    alarm = guard().look("영화에서 망치 들고 나와요")
    assert (alarm.is_danger, alarm.sign, alarm.harmless) == (False, "<무기> + 들고", "영화|드라마")


def test_a_harmless_sign_does_not_take_a_strong_rule_back() -> None:
    alarm = guard().look("영화관인데 칼 들고 쫓아와요")
    assert (told(alarm), alarm.sign, alarm.harmless) == ((True, "attack"), "!칼 + 쫓아", "영화|드라마")


def test_the_evidence_is_told_in_the_order_in_which_it_is_weighed() -> None:
    assert EVIDENCE == ("strong_sign", "sign", "harmless_sign", "meaning", "letters")
    assert guard().look("영화관인데 칼 들고 쫓아와요").evidence[:4] == (1.0, 1.0, 1.0, 0.0)
    assert guard().look("망치 들고").evidence[:4] == (0.0, 1.0, 0.0, 0.0)


def test_the_probability_is_the_logistic_sum_and_stands_in_four_digits() -> None:
    assert guard().look("망치 들고").probability == pytest.approx(1 / (1 + np.exp(-1)), abs=6e-5)
    assert guard().look("안녕").probability == pytest.approx(1 / (1 + np.exp(2)), abs=6e-5)


def test_letters_alone_know_the_examples() -> None:
    seen = guard(LETTERS_ALONE)
    assert told(seen.look("칼 든 사람이 있어요")) == (True, "attack")
    assert told(seen.look("집에 불이 났어요")) == (True, "fire")
    assert not seen.look("칼국수 맛집").is_danger
    assert not seen.look("불닭 매워요").is_danger


def test_what_people_write_every_day_is_no_danger() -> None:
    text = "집에 불이 켜졌어요"
    assert guard(LETTERS_ALONE).look(text).is_danger
    assert not guard(LETTERS_ALONE, ordinary=[text]).look(text).is_danger


def test_an_example_of_danger_stays_danger_though_it_is_also_written_every_day() -> None:
    text = "집에 불이 났어요"
    assert guard(LETTERS_ALONE, ordinary=[text]).look(text).is_danger


def test_meaning_alone_tells_danger_that_no_rule_and_no_letter_tells() -> None:
    quiet = Harmless(examples={"ko": ("칼국수 맛집", "막차 시간")})
    urgent = Urgent(kinds=(FIRE,), harmless=quiet)
    seen = Guard.of(urgent, Hotlines.model_construct(hotlines=()), Alike(), MEANING_ALONE)
    assert told(seen.look("연기")) == (True, "fire")
    assert not seen.look("수박").is_danger


@pytest.mark.parametrize("error", [RuntimeError, OSError, ValueError])
def test_an_encoder_that_fails_costs_nothing(error: type[Exception], caplog: pytest.LogCaptureFixture) -> None:
    alarm = guard(encoder=Alike(broken=error)).look("칼 들고 쫓아와요")
    assert (told(alarm), alarm.evidence[3]) == ((True, "attack"), 0.0)
    assert "danger is judged without it" in caplog.text


def test_nothing_to_read_is_not_embedded() -> None:
    seen = guard(encoder=Alike(broken=RuntimeError))
    assert seen.embed(seen.read(" ?! ")) is None


@pytest.mark.parametrize(
    ("text", "sign"), [("zkf emfrh Whcdkdhkdy", "!칼 + 쫓아"), ("ZKF EMFRH WHCDKDHKDY", "<무기> + 들고")]
)
def test_the_keyboard_in_english_hides_no_danger(text: str, sign: str) -> None:
    alarm = guard(ordinary=["칼 들고 쫓아와요"]).look(text)
    assert (told(alarm), alarm.sign) == ((True, "attack"), sign)


def test_rules_read_initials_and_examples_say_nothing_against_a_strong_one() -> None:
    kind = Kind.model_construct(id="call", hotlines=("112",), signs={"ko": ("!ㅅㄹㅈ",)}, examples={"ko": ("살려줘",)})
    urgent = Urgent(kinds=(kind, PANIC), harmless=HARMLESS)
    seen = Guard.of(urgent, Hotlines.model_construct(hotlines=()), None, SIGNS_ALONE)
    assert (told(seen.look("ㅅㄹㅈ")), seen.look("ㅅㄹㅈ").evidence[3:]) == ((True, "call"), (0.0, 0.0))
    assert (seen.look("ㅂㅇㅇ ㅂㅅ").is_danger, seen.look("ㅂㅇㅇ ㅂㅅ").evidence[3:]) == (False, (-1.0, -1.0))


@pytest.mark.parametrize("text", ["ㅅㅏㄹ려", "ㅅㅏㄹㄹㅕㅈㅝ", "살ㄹㅕ주세ㅛ"])
def test_a_cry_typed_in_pieces_is_heard(text: str) -> None:
    assert told(guard().look(text)) == (True, "panic")


@pytest.mark.parametrize("text", [".....??!!..", "🙂", ""])
def test_a_message_without_words_says_nothing_of_danger(text: str) -> None:
    assert guard(LETTERS_ALONE).look(text).evidence == (0.0, 0.0, 0.0, -1.0, -1.0)


def test_the_kind_is_the_rules_kind_and_brings_its_numbers() -> None:
    seen = guard()
    kinds = [seen.urgent.kind(seen.look(text).kind) for text in ("칼 들고", "집에 불났어요")]
    assert [kind.hotlines for kind in kinds if kind] == [("112", "1366"), ("119",)]


def test_two_dangers_at_once_are_the_strong_rules_kind() -> None:
    assert told(guard().look("망치 들고 왔는데 지금 불났어요")) == (True, "fire")


def test_a_cry_beside_a_told_danger_is_the_told_kind() -> None:
    alarm = guard().look("살려주세요 망치 들고 왔어요")
    assert (told(alarm), alarm.sign) == ((True, "attack"), "!살려")


def test_a_sign_of_two_kinds_is_the_first_kinds() -> None:
    twice = Kind.model_construct(id="other", hotlines=("119",), signs={"ko": ("!칼 + 쫓아",)}, examples={})
    seen = Guard.of(
        Urgent(kinds=(ATTACK, twice, PANIC), harmless=HARMLESS),
        Hotlines.model_construct(hotlines=()),
        None,
        SIGNS_ALONE,
    )
    assert seen.look("칼 쫓아").kind == "attack"


def test_danger_at_the_beginning_of_a_long_message_is_seen() -> None:
    assert told(guard().look("칼 들고 쫓아와요 " + "그리고 어제는 날씨가 좋았어요 " * 600)) == (True, "attack")


@pytest.mark.parametrize(
    "text", ["칼 들고 " * 2500, "가" * 10_000, "a" * 10_000, "ㅅ" * 10_000, "qndjd " * 1700, "ế" * 10_000]
)
def test_ten_thousand_characters_are_judged_within_a_second(text: str) -> None:
    seen = guard()
    began = time.process_time()
    seen.look(text)
    assert time.process_time() - began < 1


def test_another_encoder_for_messages_changes_nothing_else() -> None:
    seen = guard()
    encoder = Alike()
    assert seen.by(encoder).encoder is encoder
    assert seen.by(encoder).alarms is seen.alarms

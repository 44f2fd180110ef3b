"""Whatever is typed, redaction ends, soon, without an error, and a second time finds nothing more."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.kb.load import load
from bot.store.redact import Redactor
from bot.store.redact.marks import MARK
from bot.store.redact.view import View

ROOT = Path(__file__).resolve().parents[2]
REDACTOR = Redactor.of(load(ROOT / "knowledge"))
LONG = 10_000
WORDS = [
    *(
        "010",
        "1234",
        "5678",
        "-",
        ".",
        "공일공",
        "일이삼사",
        "이고",
        "에",
        "년",
        "월",
        "원",
        "명",
        "버스",
        "카톡",
        "아이디",
        "hong",
    ),
    *(
        "@",
        "골뱅이",
        "naver",
        "점",
        "com",
        "로",
        "동",
        "호",
        "가",
        "이름은",
        "김철수",
        "입니다",
        "씨",
        "叫",
        "王",
        "‹전화›",
        "‹이름›",
    ),
    *(
        "ꙮ",
        "é",
        "ㅇ",
        "O",
        "l",
        "①",
        "½",
        "٣",
        "，",
        "/",
        "#",
        "My name is ",
        "Ahmed",
        "생년월일",
        "born",
        "(",
        "]",
        "1,450",
    ),
    *("112", "N60", "2023", "apt", "кв", "号", "số", "zero", "천", "번지", "меня зовут ", "Иван", " "),
]
SEPARATORS = [
    "",
    "-",
    " ",
    ".",
    "/",
    " - ",
    "·",
    ",",
    "\n",
    ") ",
    "에 ",
    "이고 ",
    "다시 ",
    " 그리고 ",
    "_",
    "~",
    "→",
    "：",
    "\u3000",
]
AROUND = [
    ("", ""),
    ("전화 ", " 으로 연락"),
    ("제 번호 ", "이에요"),
    ("국민 ", " 천천히요"),
    ("", " 만나요"),
    ("카드 ", " 명의는"),
]
HIDING = ["\u200b", "\u200d", "\u0301", "\u0336", "\ufe0f", "\u20e3", "\u2060", "\u00ad", "\u115f"]

mixed = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=14).map("".join)
anything = st.text(st.characters(codec=None), max_size=120) | mixed


@settings(max_examples=400, deadline=None)
@given(anything)
@example("\ud800" * 5 + "010-1234-5678\udfff")
def test_any_text_is_taken_and_once_is_enough(text: str) -> None:
    once = REDACTOR.redact(text)
    assert REDACTOR.redact(once) == once


@settings(max_examples=400, deadline=None)
@given(anything)
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    at = 0
    for span in REDACTOR.found(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A long number as it may be typed in a message, and its digits."""
    number = draw(st.text("0123456789", min_size=8, max_size=16))
    sizes = draw(st.lists(st.sampled_from([1, 2, 3, 4, 4, 4, 6]), min_size=16, max_size=16))
    parts, rest = [], number
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    before, after = draw(st.sampled_from(AROUND))
    return before + draw(st.sampled_from(SEPARATORS)).join(filter(None, parts)) + after, number


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(written())
def test_of_a_long_number_no_four_digits_in_a_row_are_left(message: tuple[str, str]) -> None:
    text, number = message
    left = View.of(MARK.sub("|", REDACTOR.redact(text))).plain
    joined = re.sub(r"(?<=\d)(?:[^\w|]|_)+(?=\d)", "", left)
    assert not [number[i : i + 4] for i in range(len(number) - 3) if number[i : i + 4] in joined]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["010-3389-2046", "공일공 삼삼팔구 이공사육", "hong33@naver.com", "12가3456"]), st.data())
def test_unseen_characters_hide_nothing(secret: str, data: st.DataObject) -> None:
    hidden = "".join(char + data.draw(st.sampled_from(["", *HIDING])) for char in secret)
    out = REDACTOR.redact(f"제꺼 {hidden} 이요")
    assert View.of(MARK.sub("", out)).plain.split() == ["제꺼", "이요"]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1",
            "0",
            "a",
            "가",
            " ",
            "\n",
            "1-",
            "1.",
            "1 ",
            "1a",
            "가1",
            "일",
            "하나",
            "010 1234 ",
            "x@",
            "@a.",
            "a@a.a",
            "골뱅이",
        ),
        *(
            "네이버.",
            "me.me.",
            "a点",
            "카톡 ",
            "라인저는",
            "아이디는",
            "김철수 ",
            "김철수씨 ",
            "이름은",
            "叫王",
            "A ",
            "Nguyen ",
        ),
        *(
            "동 12 ",
            "로 1 ",
            "백호",
            "ro 1 ",
            "½",
            "é",
            "\u0301",
            "ᄀ",
            "🅾",
            "‹전화›",
            "1:",
            "1,",
            "년월일",
            "born ",
            "비번 ",
            "cvc 1 ",
            "로 1, 2층",
            "KIM A. ",
            "JO, ",
            "010-1234-5678 KIM ",
            "에이 ",
            "\ud800",
        ),
    ],
    ids=ascii,
)
def test_a_long_message_takes_no_longer_than_its_length(unit: str) -> None:
    text = (unit * LONG)[:LONG]
    began = time.perf_counter()
    REDACTOR.redact(text)
    assert time.perf_counter() - began < 1.5


def test_messages_with_personal_data_take_less_than_a_millisecond_each() -> None:
    rows = (ROOT / "tests/data/privacy_c.jsonl").read_text("utf-8").splitlines()
    messages = [json.loads(row)["q"] for row in rows]
    times = []
    for _ in range(3):
        began = time.process_time()
        for message in messages:
            REDACTOR.redact(message)
        times.append(time.process_time() - began)
    assert min(times) / len(messages) < 0.001


def test_a_message_takes_about_a_millisecond() -> None:
    text = (
        "제 번호는 010-3389-2046이고 " + "안산 밤길이 어두워서 무서운데 어디로 연락해야 하나요 가로등이 나갔어요 " * 10
    )
    times = []
    for _ in range(30):
        began = time.perf_counter()
        REDACTOR.redact(text[:400])
        times.append(time.perf_counter() - began)
    assert min(times) < 0.004

"""Groups as text, JSON and CSV."""

import csv
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.engine.answer import Hit
from bot.kb.load import load
from bot.monitor.missed import show
from bot.store.missed import Decision

SEOUL = ZoneInfo("Asia/Seoul")


def rows(*groups):
    content = show.sheet(groups, SEOUL)
    return content, list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_sees_utf_8_and_a_row_for_each_group(group):
    content, (head, row) = rows(group)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert len(head) == len(row)
    told = dict(zip(head, row, strict=True))
    assert (told["순위"], told["물은 수"], told["질문"], told["까닭"]) == ("1", "3", group.texts[0], "답 없음 3")
    assert (told["가까운 사업 1"], told["점수 1"], told["가까운 사업 2"]) == ("owl-bus", "0.31", "")
    assert told["마지막"] == "1970-01-01 09:01"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝", "＋", "－", "＠", "\r", "\n"])
def test_no_cell_is_taken_for_a_formula(group, start):
    _, (_, row) = rows(replace(group, texts=(f"{start}HYPERLINK(1)", f"{start}2"), language=start, counts=(2, 1)))
    assert not [cell for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠")]
    assert row[4].startswith("'")


def test_text_lists_question_counts_reasons_programmes_and_state(group, town):
    decided = replace(
        group,
        texts=(group.texts[0], "둘째", *map(str, range(5))),
        counts=(2, 2, 1, 1, 1, 1, 1),
        decision=Decision("pending", "draft", "drafts/x.yaml", 1.0),
        nearest=(Hit("owl-bus", 0.314),),
    )
    told = show.listed([decided], load(town.root), SEOUL)
    for words in (
        "1. 막차 뒤에 뭐 타요   [보는 중]", "3번 · 2명 · 답 없음 3 · ko", "= 둘째 (2번)", "그 밖에 2가지",
        "1) 0.31  부엉이 버스 (owl-bus)", "지금은 답 없음", "정한 곳: drafts/x.yaml",
    ):  # fmt: skip
        assert words in told


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("found:owl-bus", "'owl-bus' 답이 나갑니다"),
        ("none:tax", "'tax' 주제로 안내합니다"),
        ("choices", "고르게 함"),
        ("urgent", "위험 카드"),
    ],
)
def test_what_the_citizen_gets_now_is_said_in_korean(now, told):
    assert show.outcome(now) == told


def test_json_has_what_programs_need(group):
    told = show.plain(replace(group, decision=Decision("done", "phrasing", "owl-bus", 2.0)), SEOUL)
    assert (told["id"], told["state"], told["asked"]) == (group.id, "new", 3)
    assert told["nearest"] == [{"id": "owl-bus", "score": 0.31}]
    assert told["last"] == "1970-01-01T09:01:00+09:00"
    assert told["decision"] == {"deed": "phrasing", "target": "owl-bus", "at": 2.0}

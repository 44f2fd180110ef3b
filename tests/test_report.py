"""The month's report says what was asked, to a person and to a spreadsheet, and shows nobody's markup."""

import asyncio
import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bench.reliability.postgres import NoPostgres, Postgres
from bot.cli import main
from bot.errors import UsageError
from bot.kb.versions import Changes, Version
from bot.monitor.report.month import Month, Names, read
from bot.monitor.report.page import page
from bot.monitor.report.sheets import sheet, sheets
from bot.reporting import span
from bot.store import questions
from bot.store.database import Database, in_turn
from bot.store.monthly import Days, Gap, Used
from bot.store.questions import Question
from bot.store.stats import Unanswered

ASKED = Question(
    id=1,
    at=1_790_000_000.0,
    day="2026-11-25",
    hour=9,
    person="p",
    language="ko",
    outcome="found",
    programme="owl-bus",
    aspect="cost",
    topic=None,
    candidates=(("owl-bus", 0.9),),
    text=None,
    normal=None,
    knowledge="v1",
    ms=12.0,
)
MISSED = replace(
    ASKED,
    outcome="none",
    programme=None,
    candidates=(("lamp", 0.2), ("owl-bus", 0.1)),
    text="=세금<b>",
    normal="=세금<b>",
)
ALL = [
    ASKED,
    replace(ASKED, day="2026-11-01", hour=0, language="vi", ms=700.0),
    replace(ASKED, outcome="urgent", programme=None),
    MISSED,
    replace(MISSED, knowledge="v2", day="2026-11-30"),
    replace(MISSED, topic="tax"),
    replace(ASKED, day="2026-10-31"),
    replace(MISSED, day="2026-12-01"),
]
NOVEMBER = Days("2026-11-01", "2026-11-30")


async def fill(url: str) -> None:
    database = Database(url)
    await database.open()
    for number, one in enumerate(ALL, 1):
        await database.write(questions.record(replace(one, id=number)))
    votes = [(1, "p", "up"), (1, "q", "down"), (4, "p", "missing"), (7, "p", "up")]
    await database.write(in_turn(*(questions.vote(row, who, vote, 1.0) for row, who, vote in votes)))  # type: ignore[arg-type]
    await database.close()


@pytest.fixture
def here(town, tmp_path: Path, monkeypatch) -> Path:
    """A bot's folder with questions of a town."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(town.root))
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bot.db")
    asyncio.run(fill("sqlite:///bot.db"))
    return tmp_path


def rows(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 only with its mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_a_month_can_be_read_by_a_person(here: Path, capsys) -> None:
    assert main(["report", "--month", "2026-11", "--to", "out"]) == 0
    out, err = capsys.readouterr()
    assert out == "2026년 11월에 받은 질문 6개의 보고를 썼습니다: out/report-2026-11.html\n"
    assert "[1] 지식 읽는 중" in err
    html = Path("out/report-2026-11.html").read_text("utf-8")
    told = plain(html)
    assert "밤골시 안전 안내봇 2026년 11월 보고" in told
    assert "6 받은 질문 40.0% 바로 답한 비율" in told
    assert "60.0% 답하지 못한 비율" in told
    assert "1 위험을 알린 글" in told
    assert "20 ms 안에 절반에 답함 (95 %는 1,000 ms 안에)" in told
    assert "1 부엉이 버스 2 100.0%" in told
    assert "골목 보안등 2" in told
    assert "골목 보안등 세금 1" in told
    assert "부엉이 버스 1 1 0 답하지 못했거나 고르게 한 질문 0 0 1" in told
    assert "v1 2026-11-01 ~ 2026-11-25 5" in told
    assert "2026-11-25 (수) 4 1 0 2 1 0" in told
    assert "세금&lt;b&gt;" not in html


def test_the_page_needs_nothing_from_anywhere(here: Path) -> None:
    main(["report", "--month", "2026-11", "--to", "out"])
    html = Path("out/report-2026-11.html").read_text("utf-8")
    assert html.count("<img ") == html.count('src="data:image/svg+xml;base64,') == 4
    assert not re.search(r"https?://|<script|<link|@import|url\(", html)
    assert "default-src 'none'" in html


def test_the_same_numbers_for_a_spreadsheet(here: Path) -> None:
    main(["report", "--month", "2026-11", "--to", "out"])
    found = {path.name.removeprefix("report-2026-11-"): rows(path) for path in Path("out").glob("*.csv")}
    assert set(found) == {
        "hours.csv",
        "languages.csv",
        "programmes.csv",
        "missed.csv",
        "votes.csv",
        "latency.csv",
        "knowledge.csv",
    }
    assert found["hours.csv"][:3] == [
        ["날", "시", "결과", "질문"],
        ["2026-11-01", "0", "답함", "1"],
        ["2026-11-25", "9", "답함", "1"],
    ]
    assert ["2026-11-01", "베트남어", "답함", "1"] in found["languages.csv"]
    assert ["2026-11-25", "owl-bus", "부엉이 버스", "cost", "1"] in found["programmes.csv"]
    assert found["missed.csv"][1:] == [
        ["lamp", "골목 보안등", "", "2", "#5"],
        ["lamp", "골목 보안등", "세금", "1", "#6"],
    ]
    assert ["owl-bus", "부엉이 버스", "1", "1", "0"] in found["votes.csv"]
    assert found["knowledge.csv"][1:] == [
        ["v1", "2026-11-01", "2026-11-25", "5", ""],
        ["v2", "2026-11-30", "2026-11-30", "1", ""],
    ]


def test_texts_are_told_only_where_they_are_asked_for_and_are_no_formula(here: Path) -> None:
    main(["report", "--month", "2026-11", "--to", "out", "--texts"])
    assert rows(Path("out/report-2026-11-missed_texts.csv"))[1:] == [["'=세금<b>", "한국어", "3", "2026-11-30"]]
    html = Path("out/report-2026-11.html").read_text("utf-8")
    assert "=세금&lt;b&gt;" in html
    assert "세금<b>" not in html
    assert "보관 기간이 지나기 전에 이 파일을 지우고" in html


def test_only_its_owner_reads_a_report(here: Path) -> None:
    main(["report", "--to", "out"])
    assert {path.stat().st_mode & 0o777 for path in Path("out").iterdir()} == {0o600}


def test_a_month_without_questions_is_a_report_too(here: Path, capsys) -> None:
    assert main(["report", "--month", "2020-02", "--to", "out"]) == 0
    assert "이 달에는 질문이 없습니다." in Path("out/report-2020-02.html").read_text("utf-8")


def test_broken_knowledge_costs_the_names_not_the_report(here: Path, town, capsys) -> None:
    town.write("city.yaml", "id: [")
    assert main(["report", "--month", "2026-11", "--to", "out"]) == 0
    assert "이름 대신 id로" in capsys.readouterr().err
    assert "1 owl-bus 2" in plain(Path("out/report-2026-11.html").read_text("utf-8"))


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "11", "2026-1", "2026-11-01", "0000-01", "9999-12"])
def test_what_is_no_month_is_a_usage_error(here: Path, month: str, capsys) -> None:
    assert main(["report", "--month", month]) == 2
    assert "2026-11 같은 달" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_a_usage_error(here: Path, capsys) -> None:
    Path("out").write_text("a file")
    assert main(["report", "--to", "out"]) == 2
    assert "쓸 수 없습니다" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("today", "title", "days"),
    [
        (date(2026, 1, 1), "2025년 12월", Days("2025-12-01", "2025-12-31")),
        (date(2024, 3, 31), "2024년 2월", Days("2024-02-01", "2024-02-29")),
        (date(2026, 12, 31), "2026년 11월", Days("2026-11-01", "2026-11-30")),
    ],
)
def test_without_a_month_it_is_the_last_whole_one(today: date, title: str, days: Days) -> None:
    assert span(None, today) == (title, days)


def test_a_month_has_all_its_days() -> None:
    _, days = span("2026-12", date(2026, 1, 1))
    assert (len(days.all), days.all[0], days.all[-1]) == (31, "2026-12-01", "2026-12-31")
    with pytest.raises(UsageError):
        span("9001-01", date(2026, 1, 1))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\ufeff=1"])
def test_no_cell_becomes_a_formula(text: str) -> None:
    ((cell,),) = list(csv.reader(io.StringIO(sheet(("h",), [(text,)]).decode("utf-8-sig"), newline="")))[1:]
    assert cell == f"'{text}"


def test_ordinary_cells_stay_as_they_are() -> None:
    assert sheet(("h",), [("가=1", -5, 0.5, "")]) == "\ufeffh\r\n가=1,-5,0.5,\r\n".encode()


def hostile() -> Month:
    """Names that are markup, in every place that a name can come to."""
    bad = "<script>alert(1)</script>$x^2$&"
    return Month(
        title="t",
        days=Days("2026-11-01", "2026-11-02"),
        made=datetime(2026, 12, 1, tzinfo=UTC),
        names=Names(bad, {"p": bad}, {"t": bad}),
        hours=[],
        languages=[],
        programmes=[],
        topics=[],
        paces=[],
        votes=[],
        gaps=[Gap("p", "t", 1, 1), Gap(bad, bad, 1, 1)],
        used=[Used(bad, bad, bad, 1)],
        versions=[Version(bad, "2026", True, Changes(changed=(bad,)), {})],
        texts=[Unanswered(bad, 1, bad, bad, bad)],
    )


def test_markup_of_others_is_shown_not_done() -> None:
    html = page(hostile())
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;$x^2$&amp;" in html
    assert all(content for content in sheets(hostile()).values())


def test_a_name_in_a_picture_is_only_a_name() -> None:
    from bot.monitor.pictures import bars, svg

    found = svg(bars("<b>&", [("</text><script>x</script>", 1), ("$\\frac{", 2)]))
    assert "<script" not in found
    assert "&lt;script&gt;" in found
    assert "$\\frac{" in found
    assert found == svg(bars("<b>&", [("</text><script>x</script>", 1), ("$\\frac{", 2)])), "the same every time"


async def test_postgresql_gives_the_same_numbers_as_sqlite(tmp_path: Path) -> None:
    try:
        with Postgres() as server:
            told = [await numbers(url) for url in (server.url, f"sqlite:///{tmp_path / 'x.db'}")]
    except NoPostgres as error:
        pytest.skip(str(error))
    assert told[0] == told[1]
    assert told[0]["gaps"] == [Gap("lamp", None, 2, 5), Gap("lamp", "tax", 1, 6)]
    assert told[0]["used"] == [Used("v1", "2026-11-01", "2026-11-25", 5), Used("v2", "2026-11-30", "2026-11-30", 1)]


async def numbers(url: str):
    await fill(url)
    database = Database(url)
    await database.open()
    try:
        return dict(await read(database.read, NOVEMBER, lambda _: None, with_texts=True))
    finally:
        await database.close()

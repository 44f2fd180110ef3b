"""``python -m bot draft``: what staff read, what is written, and that no draft goes live unread."""

import pytest
import yaml

from bot.cli import main
from bot.config import ROWS
from bot.errors import KnowledgeError
from bot.kb.load import load
from bot.kb.unreviewed import MARK
from bot.monitor.draft.roman import roman
from bot.monitor.draft.work import Drafting
from tools import articles

ARTICLE = """\
밤골시가 내놓은 안전 대책
시는 △부엉이 버스 운영 △드론 밤길 동행 서비스 시작 등을 추진한다.
드론 밤길 동행 서비스는 2025년 3월 호수공원에서 드론 12대로 시작했다.
부엉이 버스는 하루 300명이 탄다.
"""
DRAFT = "deuron-bamgil-donghaeng-seobiseu"


@pytest.fixture
def run(town, tmp_path, monkeypatch, capsys, file):
    """Draft an article beside the tiny town; the exit code, what was said, and the folder of drafts."""
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(town.root))
    monkeypatch.chdir(tmp_path)

    def call(content, *more):
        code = main(["draft", str(file(content)), "--no-encoder", *more])
        return code, *capsys.readouterr()

    return call


def test_the_report_says_what_is_known_what_is_added_and_what_is_new(run, tmp_path):
    code, out, err = run(ARTICLE)
    assert (code, err) == (0, "")
    assert "「밤골시가 내놓은 안전 대책」에서 사업 2개를 찾았습니다." in out
    assert "2줄 5자  부엉이 버스 → owl-bus (이름 1.00" in out
    assert "더함  300명 [수, 4줄 12자]" in out
    assert f"초안  drafts/{DRAFT}.yaml" in out
    assert {path.name for path in (tmp_path / "drafts").iterdir()} == {f"{DRAFT}.yaml", "owl-bus.add.yaml"}


def test_a_draft_holds_each_fact_with_its_place_and_quotes_the_article_only_in_comments(run, tmp_path):
    run(ARTICLE)
    text = (tmp_path / f"drafts/{DRAFT}.yaml").read_text("utf-8")
    draft = yaml.load(text, yaml.BaseLoader)
    assert (draft["name"], draft["status"]) == ("드론 밤길 동행 서비스", "unconfirmed")
    assert [d["text"] for d in draft["details"]] == [f"{MARK} 2025년 3월", f"{MARK} 호수공원", f"{MARK} 12대"]
    assert '# [초안] 기사 3줄 15자: "드론 밤길 동행 서비스는 2025년 3월' in text
    assert draft["contacts"][0]["phone"] == "1577-0000"


def test_a_draft_is_never_written_over(run, tmp_path):
    run(ARTICLE)
    own = tmp_path / f"drafts/{DRAFT}.yaml"
    own.write_text("내가 고친 것", "utf-8")
    code, out, _ = run(ARTICLE)
    assert (code, own.read_text("utf-8")) == (0, "내가 고친 것")
    assert "이미 있는 파일이라 쓰지 않았습니다" in out
    assert "새로 쓴 초안이 없습니다." in out


def test_a_draft_in_the_knowledge_stops_check_at_every_mark(run, town, tmp_path, capsys):
    run(ARTICLE)
    text = (tmp_path / f"drafts/{DRAFT}.yaml").read_text("utf-8")
    town.write(f"programs/{DRAFT}.yaml", text)
    assert main(["check", "--no-encoder"]) == 1
    err = capsys.readouterr().err
    marked = [number for number, line in enumerate(text.splitlines(), 1) if MARK in line]
    assert [f"programs/{DRAFT}.yaml:{number}: {MARK} 표시가 남아 있습니다." in err for number in marked] == [
        True
    ] * len(marked)


def test_a_draft_whose_values_are_rewritten_but_that_still_quotes_the_article_stops_too(town):
    text = town.read("programs/lamp.yaml")
    town.write("programs/lamp.yaml", text.replace("details:\n", f'details:\n  # {MARK} 기사 3줄 1자: "기사 글"\n'))
    [problem] = town.problems()
    line = town.line("programs/lamp.yaml", "  # ")
    assert problem.startswith(f"programs/lamp.yaml:{line}: {MARK} 표시가 남아 있습니다.")


def test_a_draft_never_goes_live_even_where_broken_files_are_left_out(town):
    town.write("programs/lamp.yaml", town.read("programs/lamp.yaml").replace("name: 골목", f"name: {MARK} 골목"))
    assert load(town.root, is_lenient=True).programme("lamp") is None
    with pytest.raises(KnowledgeError):
        load(town.root)


def test_a_draft_that_a_person_has_rewritten_passes(run, town, tmp_path):
    run(ARTICLE)
    text = (tmp_path / f"drafts/{DRAFT}.yaml").read_text("utf-8")
    kept = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for old, new in (
        (f'category: "{MARK}"', "category: night"),
        (f'reviewed_on: "{MARK}"', "reviewed_on: 2026-01-02"),
        (f'review_by: "{MARK}"', "review_by: 2027-01-02"),
        (f"{MARK} 기사 날짜(모르면 '날짜 미상')", "날짜 미상"),
        (f"{MARK} 기사 주소(https://…)", "https://paper.example/2"),
    ):
        kept = kept.replace(old, new)
    town.write(
        f"programs/{DRAFT}.yaml",
        kept.replace(f"{MARK} ", "고쳐 쓴 글: ").replace("questions: []", "questions: [드론이 뭐예요]"),
    )
    assert load(town.root).programme(DRAFT).details[0].text == "고쳐 쓴 글: 2025년 3월"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "파일이 비어 있습니다"),
        (b"%PDF-1.4", "PDF 파일은 읽지 못합니다"),
        (b"\x00\x01\x02" * 99, "글 파일이 아닙니다"),
    ],
)
def test_a_file_that_is_no_article_is_told_before_the_engine_is_built(run, content, told):
    code, out, err = run(content)
    assert (code, out) == (2, "")
    assert told in err


def test_an_article_without_programmes_is_no_failure(run, tmp_path):
    code, out, err = run("오늘은 맑다.\n바람이 분다.\n")
    assert (code, err) == (0, "")
    assert "사업을 찾지 못했습니다(2줄을 읽었습니다)." in out
    assert not (tmp_path / "drafts").exists()


def test_drafts_stay_out_of_the_knowledge_and_need_a_folder(run, town, tmp_path):
    code, _, err = run(ARTICLE, "--to", str(town.root / "programs"))
    assert (code, "초안은 지식 폴더 밖에 둡니다" in err) == (2, True)
    (tmp_path / "taken").write_text("글")
    code, _, err = run(ARTICLE, "--to", "taken")
    assert (code, "폴더가 아닙니다" in err) == (2, True)


def test_the_own_citys_release_is_recognised_with_what_it_adds_and_says_otherwise(shipped, tmp_path):
    knowledge = articles.ARTICLES.parents[2] / "knowledge"
    report = Drafting(shipped, knowledge, tmp_path / "drafts").report(articles.ARTICLES / "own-city.txt")
    assert "이미 있음 29 · " in report
    assert "밤길 동행 드론 서비스" in report.split("이미 있는 사업")[1].split("\n\n")[1]
    for said, ours in (("21곳", "18곳"), ("2021년 10월", "2022년 10월 21일"), ("60개 지자체", "55개 지자체")):
        line = next(line for line in report.splitlines() if line.strip().startswith(f"다름  {said}"))
        path, row = line.split("programs/")[1].split("줄")[0].split(" ")
        assert ours in line
        assert ours in (knowledge / "programs" / path).read_text("utf-8").splitlines()[int(row) - 1]


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("안심귀가 부엉이 버스", "ansimgwiga-bueongi-beoseu"),
        ("CCTV 1,200대", "cctv-1-200dae"),
        ("…", "draft"),
        ("가" * 50, "ga" * 20),
    ],
)
def test_an_id_is_made_of_the_name(name, latin):
    assert roman(name) == latin

"""Which commands there are, and what each takes. Korean: staff and admins read it."""

import argparse
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parser() -> argparse.ArgumentParser:
    """What ``python -m bot`` understands."""
    found = argparse.ArgumentParser(prog="python -m bot", description="도시 안전 사업 안내봇")
    commands = found.add_subparsers(dest="command", metavar="COMMAND")
    run = commands.add_parser("run", help="텔레그램 봇을 켭니다(토큰이 없으면 이 컴퓨터의 대화 페이지)")
    run.add_argument("--terminal", action="store_true", help="터미널에서 대화합니다")
    ask = commands.add_parser("ask", help="질문 하나에 답합니다")
    ask.add_argument("question", nargs="?", help="질문")
    ask.add_argument("--jsonl", action="store_true", help="표준 입력의 JSON 줄마다 JSON 한 줄로 답합니다")
    explain = commands.add_parser("explain", help="왜 그렇게 답하는지 보여 줍니다")
    explain.add_argument("question", help="질문")
    check = commands.add_parser("check", help="지식 파일을 검사합니다")
    check.add_argument("--json", action="store_true", help="결과를 JSON으로 냅니다(CI용)")
    check.add_argument("--all", action="store_true", help="살펴볼 곳을 모두 보여 줍니다")
    check.add_argument("--full", action="store_true", help="표현이 아주 많아도 뜻까지 확인합니다(몇 분)")
    show = commands.add_parser("show", help="시민이 볼 화면을 미리 봅니다")
    show.add_argument("id", help="사업의 id(예: owl-bus)")
    show.add_argument("--lang", metavar="LANG", help="언어(예: vi)")
    show.add_argument("--aspect", metavar="ASPECT", help="물은 것(예: cost)")
    evaluate = commands.add_parser("eval", help="정답이 있는 질문 파일로 성적을 냅니다")
    evaluate.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON 줄 파일")
    evaluate.add_argument("--mistakes", action="store_true", help="틀린 질문도 보여 줍니다")
    draft = commands.add_parser("draft", help="기사에서 사업과 사실을 찾아 초안을 씁니다")
    draft.add_argument("article", type=Path, metavar="ARTICLE", help="기사 글 파일이나 저장한 웹 페이지")
    draft.add_argument("--to", type=Path, default=Path("drafts"), metavar="DIR", help="초안을 둘 폴더(기본 drafts)")
    _missed(commands)
    _for_admins(commands)
    for name in ("ask", "explain", "check", "eval", "run", "draft", "missed"):
        commands.choices[name].add_argument("--no-encoder", action="store_true", help="철자만으로 찾습니다")
    return found


def _missed(commands: Commands) -> None:
    missed = commands.add_parser("missed", help="답하지 못한 질문을 뜻으로 묶어 보여 주고 정리합니다")
    missed.add_argument("--all", action="store_true", help="끝낸 것과 무시한 것도 보여 줍니다")
    how = missed.add_mutually_exclusive_group()
    how.add_argument("--csv", type=Path, metavar="FILE", help="Excel에서 열 CSV 파일로 씁니다")
    how.add_argument("--json", action="store_true", help="JSON으로 냅니다")
    how.add_argument("--undo", action="store_true", help="마지막으로 정한 것을 되돌립니다(고친 파일도)")


def _for_admins(commands: Commands) -> None:
    commands.add_parser("history", help="남아 있는 지식의 판을 보여 줍니다")
    rollback = commands.add_parser("rollback", help="지식을 먼저 판으로 되돌립니다")
    rollback.add_argument(
        "version", nargs="?", metavar="VERSION", help="판 이름(앞 글자만 써도 됩니다). 없으면 바로 앞 판"
    )
    purge = commands.add_parser("purge", help="남기는 날이 지난 기록을 지금 지웁니다")
    purge.add_argument("--days", type=int, metavar="N", help="이 날수보다 오래된 것(기본 RETENTION_DAYS)")
    forget = commands.add_parser("forget", help="한 사람의 기록을 모두 지웁니다")
    forget.add_argument("user", type=int, metavar="USER_ID", help="텔레그램 사용자 번호")
    report = commands.add_parser("report", help="한 달의 보고를 HTML과 CSV로 씁니다")
    report.add_argument("--month", metavar="YYYY-MM", help="어느 달(기본: 지난달)")
    report.add_argument("--to", type=Path, default=Path("reports"), metavar="DIR", help="둘 폴더(기본 reports)")
    report.add_argument("--texts", action="store_true", help="답하지 못한 질문의 가린 글도 넣습니다")
    backup = commands.add_parser("backup", help="데이터베이스를 파일로 뜹니다(봇이 켜져 있어도 됩니다)")
    backup.add_argument("file", type=Path, metavar="FILE", help="아직 없는 파일")
    restore = commands.add_parser("restore", help="떠 둔 데이터베이스를 되살립니다(봇을 끄고)")
    restore.add_argument("file", type=Path, metavar="FILE", help="backup이 쓴 파일")
    commands.add_parser("version", help="판 번호를 보여 줍니다")

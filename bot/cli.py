"""``python -m bot …``: run, ask, explain, check, eval, version. Exit 0 good, 1 knowledge or run failed, 2 usage."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot import __version__
from bot.config import Settings
from bot.errors import KnowledgeError, SettingsError, UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; errors go to stderr."""
    try:
        try:
            return _told(argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _hush()
        return 0


def _told(argv: Sequence[str] | None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    args = _parser().parse_args(argv)
    try:
        return _run(args)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n지식 파일에 고칠 곳이 {len(error.problems)}군데 있습니다.\n")
        return 1
    except (SettingsError, UsageError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 0


def _hush() -> None:
    """Nobody reads any more: what is still in the buffer goes nowhere, in silence."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="도시 안전 사업 안내봇")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
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
    for name in ("ask", "explain", "check", "eval", "run"):
        commands.choices[name].add_argument("--no-encoder", action="store_true", help="철자만으로 찾습니다")
    commands.add_parser("version", help="판 번호를 보여 줍니다")
    return parser


def _run(args: argparse.Namespace) -> int:
    command = args.command or "run"
    if command == "version":
        sys.stdout.write(f"{__version__}\n")
        return 0
    from bot import commands  # after the arguments: --help and version need none of the engine

    settings = Settings.read()
    if command == "run":
        return commands.run(settings, getattr(args, "terminal", False), getattr(args, "no_encoder", False))
    if command in ("check", "show"):
        return _staff(settings, args)
    commands.refuse(args)
    engine = commands.engine(settings, args.no_encoder)
    if command == "ask" and args.jsonl:
        return commands.ask_lines(engine, getattr(sys.stdin, "buffer", sys.stdin))
    if command == "ask":
        return commands.ask(engine, args.question)
    if command == "explain":
        return commands.explain(engine, args.question)
    return commands.evaluate(engine, args.files, args.mistakes)


def _staff(settings: Settings, args: argparse.Namespace) -> int:
    from bot import staff

    if args.command == "show":
        return staff.show(settings, args.id, args.lang, args.aspect)
    return staff.check(settings, args.no_encoder, args.full, args.json, args.all)

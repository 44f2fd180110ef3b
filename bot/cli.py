"""``python -m bot …``: one command each. Exit 0 good, 1 knowledge or run failed, 2 usage."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot import __version__
from bot.arguments import parser
from bot.config import Settings
from bot.errors import KnowledgeError, SettingsError, StoreError, UsageError

_KEPT = ("history", "rollback", "purge", "forget", "missed", "report", "backup", "restore")


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
    args = parser().parse_args(argv)
    try:
        return _run(args)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n지식 파일에 고칠 곳이 {len(error.problems)}군데 있습니다.\n")
        return 1
    except (SettingsError, UsageError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except StoreError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0


def _hush() -> None:
    """Nobody reads any more: what is still in the buffer goes nowhere, in silence."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(args: argparse.Namespace) -> int:
    command = args.command or "run"
    if command == "version":
        sys.stdout.write(f"{__version__}\n")
        return 0
    settings = Settings.read()
    if command in _KEPT:
        return _kept(settings, args)
    if command in ("check", "show"):
        return _staff(settings, args)
    from bot import commands  # after the arguments: --help and version need none of the engine

    if command == "run":
        return commands.run(settings, getattr(args, "terminal", False), getattr(args, "no_encoder", False))
    commands.refuse(args, settings)
    return _asked(settings, args)


def _kept(settings: Settings, args: argparse.Namespace) -> int:
    """What concerns versions and records."""
    from bot import records
    from bot.engines import VERSIONS
    from bot.monitor import past

    match args.command:
        case "purge":
            return records.purge(settings, args.days)
        case "forget":
            return records.forget(settings, args.user)
        case "missed":
            from bot import missed

            return missed.run(settings, args)
        case "report":
            from bot import reporting

            return reporting.report(settings, args.month, args.to, args.texts)
        case "backup" | "restore":
            from bot import backups

            return backups.run(settings, args.command, args.file)
        case _:
            return past.run(args, settings.knowledge_dir, VERSIONS)


def _asked(settings: Settings, args: argparse.Namespace) -> int:
    """What needs an engine."""
    from bot import commands
    from bot.engines import engine

    by = engine(settings, args.no_encoder)
    match args.command:
        case "ask" if args.jsonl:
            return commands.ask_lines(by, getattr(sys.stdin, "buffer", sys.stdin))
        case "ask":
            return commands.ask(by, args.question)
        case "explain":
            return commands.explain(by, args.question)
        case "draft":
            return commands.draft(by, args.article, args.to, settings)
        case _:
            return commands.evaluate(by, args.files, args.mistakes)


def _staff(settings: Settings, args: argparse.Namespace) -> int:
    """What staff run before a change goes live."""
    from bot import staff

    if args.command == "show":
        return staff.show(settings, args.id, args.lang, args.aspect)
    return staff.check(settings, args.no_encoder, args.full, args.json, args.all)

"""``missed``: what was not answered, by meaning, for staff: as a list, a file, or to be dealt with one by one."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chores import Chores
from bot.config import Settings
from bot.engine.pipeline import Engine
from bot.engines import KEEP, engine_of
from bot.errors import UsageError
from bot.kb.load import load
from bot.monitor.missed import show
from bot.monitor.missed.desk import Desk
from bot.monitor.missed.group import Group, groups
from bot.monitor.missed.journal import Journal
from bot.monitor.progress import Progress
from bot.store import missed as store
from bot.store.once import once

DRAFTS = Path("drafts")
_OPEN = ("new", "pending")


def run(settings: Settings, args: Namespace) -> int:
    """Raises UsageError, KnowledgeError, Trouble."""
    desk = desk_of(settings)
    if args.undo:
        return undo(settings, desk)
    by = engine_of(load(settings.knowledge_dir), settings, args.no_encoder)
    rows, known = once(settings.database_url, store.asked()), once(settings.database_url, store.decisions())
    progress = Progress(sys.stderr)
    told = groups(rows, by, known, lambda done, total: progress("질문의 뜻을 읽는 중", done, total))
    progress.end()
    found = [one for one in told if args.all or one.state in _OPEN]
    zone = ZoneInfo(by.knowledge.city.time_zone)
    if args.csv:
        return _file(args.csv, show.sheet(found, zone), len(found))
    if args.json:
        sys.stdout.write(json.dumps([show.plain(one, zone) for one in found], ensure_ascii=False, indent=1) + "\n")
        return 0
    if not found:
        sys.stdout.write("볼 것이 없습니다. 놓친 질문이 새로 생기면 여기에 나옵니다.\n")
        return 0
    if sys.stdin.isatty() and sys.stdout.isatty():
        return Chores(by, desk, found, dict(known), _keep(settings), zone).run(sys.stdin, sys.stdout)
    sys.stdout.write(_list(found, by, zone))
    return 0


def desk_of(settings: Settings) -> Desk:
    """Where staff's deeds are made and remembered."""
    return Desk(settings.knowledge_dir, DRAFTS, Journal(KEEP / "missed"))


def undo(settings: Settings, desk: Desk) -> int:
    """Take the last deed back."""
    told, before = desk.undo()
    once(settings.database_url, store.decide(before))
    sys.stdout.write(f"되돌렸습니다: {told}\n")
    return 0


def _keep(settings: Settings) -> Callable[[store.Decided], None]:
    def keep(decided: store.Decided) -> None:
        once(settings.database_url, store.decide(decided))

    return keep


def _list(found: list[Group], by: Engine, zone: ZoneInfo) -> str:
    asked = sum(one.asked for one in found)
    head = f"놓친 질문 {asked}번, {len(found)}묶음입니다(많이 물은 것부터).\n\n"
    return head + show.listed(found, by.knowledge, zone) + "\n"


def _file(path: Path, content: bytes, count: int) -> int:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{path}: 쓰지 못했습니다({error.strerror}). 다른 곳을 적으세요.") from error
    sys.stdout.write(f"{count}묶음을 {path}에 썼습니다. Excel에서 열 수 있습니다.\n")
    return 0

"""``history`` and ``rollback``: the kept versions of the knowledge as a table for editors, and one put back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import KnowledgeError
from bot.kb.load import version_of
from bot.kb.reader import read
from bot.kb.versions import Version, Versions

_HEAD = f"{'판':<13}{'언제':<18}내용"


def run(args: Namespace, root: Path, versions: Versions) -> int:
    """One of the two commands."""
    if args.command == "rollback":
        return rollback(root, args.version, versions)
    sys.stdout.write(table(versions.all(), root) + "\n")
    return 0


def rollback(root: Path, name: str | None, versions: Versions) -> int:
    """Put an earlier version back; a running bot sees the files change."""
    before = present(root)
    try:
        version, changes = versions.put_back(root, name, datetime.now(UTC))
    except OSError as error:
        sys.stderr.write(f"되돌리지 못했습니다. {root} 폴더에 쓸 수 있는지 확인하세요: {error}\n")
        return 1
    sys.stdout.write(f"{version.name} 판으로 되돌렸습니다. {changes}\n켜져 있는 봇은 곧 이 판으로 답합니다.\n")
    if before and before != version.name:
        sys.stdout.write(f"되돌린 것을 취소하려면: python -m bot rollback {before}\n")
    return 0


def present(root: Path) -> str | None:
    """The version of the files that are in the folder now; None without a folder."""
    return version_of(root) if root.is_dir() else None


def table(kept: Sequence[Version], root: Path) -> str:
    """A line a version, newest first; ``*`` stands before the one that is in the folder."""
    now, zone = present(root), _zone(root)
    rows = [_row(one, now, zone) for one in kept]
    if now and now not in {one.name for one in kept}:
        rows.insert(0, f"* {now} {'아직 남기지 않음':<12} 켜져 있는 봇이 받아들이면 남습니다")
    return "\n".join([f"  {_HEAD}", *rows]) if rows else "남아 있는 판이 없습니다. 봇이 켜져 있을 때 판마다 남깁니다."


def _row(one: Version, now: str | None, zone: tzinfo) -> str:
    mark = "*" if one.name == now else " "
    when = datetime.fromisoformat(one.at).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    told = str(one.changes) if one.changes else "처음"
    return f"{mark} {one.name} {when}    {told if one.is_good else f'(쓰이지 않은 판) {told}'}"


def _zone(root: Path) -> tzinfo:
    """The city's own, where its file can be read."""
    try:
        data = read(root / "city.yaml", "city.yaml").data
        return ZoneInfo(str(data["time_zone"])) if isinstance(data, dict) else UTC
    except (KnowledgeError, KeyError, ValueError, ZoneInfoNotFoundError):
        return UTC

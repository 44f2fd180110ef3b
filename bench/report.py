"""``python -m bench.report [--write]``: a month's report, a backup and its restore with a million stored questions."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.filled import MANY, ZONE, fill
from bench.markdown import table
from bench.stage import ROOT, command, environment
from bot.config import Settings
from bot.kb.load import load

TARGET = ROOT / "docs/admin.md"
_PLACE = re.compile(r"(<!-- bench\.report -->\n).*?(<!-- /bench\.report -->)", re.DOTALL)
_MONTH, _DAYS = "2026-11", 30
_TIMES = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Measure once."""
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__)
    parser.add_argument("--questions", type=int, default=MANY, help=f"how many (default {MANY:,})")
    parser.add_argument("--write", action="store_true", help=f"into {TARGET.relative_to(ROOT)}")
    args = parser.parse_args(argv)
    with TemporaryDirectory(prefix="bench-report-") as name:
        told = measured(Path(name), args.questions)
    if args.write:
        TARGET.write_text(_PLACE.sub(lambda place: f"{place[1]}{told}\n{place[2]}", TARGET.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{told}\n")
    return 0


def measured(folder: Path, many: int) -> str:
    """The figures, in Korean as their readers are."""
    live, copy, new = (folder / name for name in ("live.db", "copy.db", "new.db"))
    sys.stderr.write(f"filling {many:,} questions\n")
    programmes = [one.id for one in load(ROOT / Settings.read().knowledge_dir).programmes]
    fill(live, programmes, datetime.fromisoformat(f"{_MONTH}-01").replace(tzinfo=ZONE), _DAYS, many)
    report = sorted(_timed(live, "report", "--month", _MONTH, "--to", str(folder / "out")) for _ in range(_TIMES))
    backup = _timed(live, "backup", str(copy))
    restore = _timed(new, "restore", str(copy))
    busy = f"{os.cpu_count()} CPU, 재기 전의 부하 {os.getloadavg()[0]:.1f}"
    rows = [
        ("`report` (가운데 값 / 가장 느린 것)", f"{report[_TIMES // 2]:.1f}초 / {report[-1]:.1f}초"),
        ("`backup`", f"{backup:.1f}초"),
        ("`restore`", f"{restore:.1f}초"),
    ]
    size = f"데이터베이스 {live.stat().st_size / 1e6:.0f} MB, 백업 {copy.stat().st_size / 1e6:.0f} MB"
    when = f"{date.today()}, {busy}, `python -m bench.report`"
    head = f"한 달에 질문 {many:,}개가 든 SQLite({size})에서 잰 시간입니다({when})."
    return f"{head}\n\n{table(('명령', '시간'), rows)}"


def _timed(database: Path, *arguments: str) -> float:
    """Seconds of a whole process."""
    env = environment() | {"DATABASE_URL": f"sqlite:///{database}"}
    begun = perf_counter()
    subprocess.run(command("bot", *arguments), cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())

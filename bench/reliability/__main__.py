"""Run parts, print them as Markdown, and with ``--write`` put them into ``docs/reliability.md``.

``--short`` takes minutes instead of hours, and says so; exit 1 where a goal was not reached.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.reliability.parts import PARTS
from bench.reliability.report import Section, conditions, markdown, put
from bench.stage import ROOT

TARGET = ROOT / "docs/reliability.md"


def main(argv: Sequence[str] | None = None) -> int:
    """One part after the other."""
    args = _parser().parse_args(argv)
    wanted = list(PARTS) if args.part == "all" else [args.part]
    good = True
    for part in wanted:
        sections = asyncio.run(PARTS[part](args.short))
        text = _body(part, sections, args.short)
        sys.stdout.write(f"{text}\n\n")
        sys.stdout.flush()
        if args.write:
            _keep(args.target, part, text)
        good = good and all(section.is_good for section in sections)
    return 0 if good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reliability", description=__doc__)
    parser.add_argument("part", nargs="?", default="all", choices=(*PARTS, "all"))
    parser.add_argument("--short", action="store_true", help="a few seconds of each")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.relative_to(ROOT)}")
    parser.add_argument("--target", type=Path, default=TARGET, help="another file to write")
    return parser


def _body(part: str, sections: Sequence[Section], short: bool) -> str:
    how = f"`python -m bench.reliability {part}{' --short' if short else ''} --write`"
    note = " · **a short run: it shows that this works, not how well**" if short else ""
    return f"*{how} · {conditions()}{note}*\n\n{markdown(sections)}"


def _keep(target: Path, part: str, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(put(target.read_text("utf-8") if target.exists() else "", part, text), "utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""How many questions a second, and how much of the cores each? ``python -m bench.throughput [--write]``.

Processor time tells the cost also on a machine that others use; questions a second are only as good as it is idle.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, process_time

from bench.markdown import number, table
from bench.questions import about_twenty_characters, median_length
from bench.stage import ROOT, Stage, staged
from bot.config import Settings
from bot.engine.answer import Answer
from bot.engines import engine

TARGET = ROOT / "docs/benchmarks.md"
TITLE = "## Many at once"
THREADS = (1, 2, 4, 8)
ROUNDS = 3
MODES: dict[str, tuple[str, ...]] = {"with the encoder": (), "without": ("--no-encoder",)}


def measured(answer: Callable[[str], Answer], questions: Sequence[str], threads: int) -> tuple[float, float]:
    """Questions a second and milliseconds of processor time for each: the best of the rounds."""
    rounds = []
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(answer, questions[: 2 * threads]))
        for _ in range(ROUNDS):
            begun, spent = perf_counter(), process_time()
            list(pool.map(answer, questions))
            rounds.append((perf_counter() - begun, process_time() - spent))
    many = len(questions)
    return many / min(wall for wall, _ in rounds), min(cpu for _, cpu in rounds) / many * 1000


def report(stage: Stage) -> str:
    """Markdown, each mode in a fresh process."""
    questions = about_twenty_characters()
    rows = []
    for mode, flags in MODES.items():
        told = json.loads(stage.run("bench.throughput", "--here", *flags, typed=json.dumps(questions)))
        rows += [(f"{threads} at once, {mode}", number(rate), number(ms)) for threads, rate, ms in told]
    how = f"{len(questions)} Korean questions of about {median_length(questions)} characters to one engine from threads"
    return f"{how}, the best of {ROUNDS} rounds. *ms*: processor time for each, of all cores together.\n\n" + table(
        ("threads", "questions a second", "ms"), rows
    )


def put(page: str, text: str) -> str:
    """The page with this section in its place, or before the comparison with others, or at the end."""
    section = f"{TITLE}\n\n{text}\n\n"
    if found := re.search(rf"^{TITLE}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL):
        return page[: found.start()] + section + page[found.end() :]
    place = page.find("## Beside others")
    return page[:place] + section + page[place:] if place >= 0 else f"{page.rstrip()}\n\n{section}".rstrip() + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.throughput", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"put it into {TARGET.relative_to(ROOT)}")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--no-encoder", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.here:
        answer, questions = engine(Settings(), args.no_encoder).answer, json.load(sys.stdin)
        json.dump([(threads, *measured(answer, questions, threads)) for threads in THREADS], sys.stdout)
        return 0
    with staged() as stage:
        stage.run("bot", "ask", about_twenty_characters()[0])
        text = report(stage)
    if args.write:
        _write(TARGET, text)
    sys.stdout.write(text + "\n")
    return 0


def _write(target: Path, text: str) -> None:
    target.write_text(put(target.read_text("utf-8") if target.exists() else "", text), "utf-8")


if __name__ == "__main__":
    sys.exit(main())

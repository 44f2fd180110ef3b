"""How fast and how large is it? Each figure beside its target; ``python -m bench.speed [--cold]`` prints them.

Where the state of a process matters it is a fresh one, in a private copy of the project (``stage.py``).
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from statistics import median, quantiles
from subprocess import DEVNULL, PIPE, Popen
from time import perf_counter
from typing import Any

from bench import hostile, probe
from bench.hostile import GIVE_UP
from bench.markdown import number, table
from bench.questions import about_twenty_characters, median_length
from bench.stage import Stage, command, environment, staged
from bot.engines import SHIPPED

STARTS = 5
WORST, START, MEMORY = 200.0, 3.0, 300.0
ENCODER, SPELLING = "with the encoder", "without"
MODES: dict[str, tuple[str, ...]] = {ENCODER: (), SPELLING: ("--no-encoder",)}
MEDIAN = {ENCODER: 25.0, SPELLING: 1.5}
RULES_ALONE = {"spelling": "spelling alone", "everything": "all rules, made-up vectors"}
NEW_PHRASING = "새로 알게 된 질문인데 이건 어떻게 되나요"
FEW = 40
"""So many questions are asked beside a busy neighbour, where each may take ten times as long."""
SLOWEST = 5
"""So many bad inputs are named."""


@dataclass(frozen=True)
class Figure:
    """One thing measured; smaller is better. ``target`` is None where only the figure is of interest."""

    what: str
    value: float
    unit: str
    target: float | None = None

    @property
    def row(self) -> tuple[str, ...]:
        if self.target is None:
            return self.what, number(self.value, self.unit), "—", "—"
        reached = "reached" if self.value <= self.target else "**missed**"
        return self.what, number(self.value, self.unit), f"≤ {self.target:g} {self.unit}", reached


def report(stage: Stage, cold: bool) -> str:
    """All figures as Markdown."""
    questions = about_twenty_characters()
    stage.run("bot", "ask", questions[0])  # embeds what has changed and compiles: not what is measured
    bad = {mode: _probe(stage, "hostile", [], *flags) for mode, flags in MODES.items()}
    grown = _probe(stage, "growth", questions)
    figures = [
        *_answers(stage, questions),
        *_starts(stage, questions[0]),
        *(_cold(questions[0]) if cold else ()),
        *_memory(stage, questions),
        *(Figure(f"worst bad input, {mode}", max(times.values()), "ms", WORST) for mode, times in bad.items()),
        *_growth(grown),
    ]
    return "\n\n".join(
        [
            f"{len(questions)} Korean questions of about {median_length(questions)} characters, each the median of "
            f"{probe.ROUNDS} rounds; starts are whole processes, the median of {STARTS}.",
            table(("what", "figure", "target", ""), [figure.row for figure in figures]),
            f"The slowest bad inputs, ms (given up after {GIVE_UP:g} s):",
            _slowest(bad),
            "Reading, rules and ranking alone while phrasings are multiplied, ms for each question:",
            _grown(grown),
        ]
    )


def _probe(stage: Stage, task: str, questions: Sequence[str], *flags: str) -> Any:
    return json.loads(stage.run("bench.probe", task, *flags, typed=json.dumps(questions)))


def _answers(stage: Stage, questions: Sequence[str]) -> Iterator[Figure]:
    for mode, flags in MODES.items():
        times: list[float] = _probe(stage, "answers", questions, *flags)
        yield Figure(f"median question, {mode}", median(times), "ms", MEDIAN[mode])
        yield Figure(f"95 of 100 questions within, {mode}", quantiles(times, n=20)[-1], "ms")
    with _busy_core():
        times = _probe(stage, "answers", questions[:FEW])
    yield Figure("median question, with the encoder, one core busy elsewhere", median(times), "ms", 2 * MEDIAN[ENCODER])


@contextmanager
def _busy_core() -> Iterator[None]:
    """Another process that wants a core all the time, as neighbours on a small server do."""
    with Popen([sys.executable, "-c", "while True: pass"]) as other:
        try:
            yield
        finally:
            other.kill()


def _starts(stage: Stage, question: str) -> Iterator[Figure]:
    """Whole processes that answer one question."""
    for mode, flags in MODES.items():
        spent = []
        for _ in range(STARTS):
            begin = perf_counter()
            stage.run("bot", "ask", *flags, question)
            spent.append(perf_counter() - begin)
        yield Figure(f"start to first answer, {mode}", median(spent), "s", START)


def _cold(question: str) -> Iterator[Figure]:
    """The first start of a fresh copy, after an edit (weights are learned anew), and with nothing computed before."""
    with staged(cold=True) as stage:
        yield from _first(stage, question, "the first ever")
        _edit(stage)
        yield from _first(stage, question, "after a phrasing was added")
        for folder in (stage.keep, stage.knowledge / SHIPPED):
            rmtree(folder, ignore_errors=True)
        yield from _first(stage, question, "with nothing computed before")


def _first(stage: Stage, question: str, which: str) -> Iterator[Figure]:
    served = _served(stage, [question])
    yield Figure(f"start to first answer, {which}", served.first_answer, "s")
    yield Figure(f"most memory in a start, {which}", served.peak, "MB", MEMORY)


def _edit(stage: Stage) -> None:
    """One more question in the first programme, as staff would add it."""
    path = min((stage.knowledge / "programs").glob("*.yaml"))
    text = path.read_text("utf-8")
    path.write_text(text.replace("\nquestions:\n", f"\nquestions:\n  - {NEW_PHRASING}\n", 1), "utf-8")


def _memory(stage: Stage, questions: Sequence[str]) -> Iterator[Figure]:
    for mode, flags in MODES.items():
        served = _served(stage, questions, *flags)
        yield Figure(f"memory after {len(questions)} questions, {mode}", served.resident, "MB", MEMORY)
        yield Figure(f"most memory, {mode}", served.peak, "MB", MEMORY)


@dataclass(frozen=True)
class Served:
    """A process that answered line by line: seconds to its first answer, megabytes after its last."""

    first_answer: float
    resident: float
    peak: float


def _served(stage: Stage, questions: Sequence[str], *flags: str) -> Served:
    """``ask --jsonl`` imports what the bot in Telegram imports, and is measured while it lives."""
    begin = perf_counter()
    with Popen(
        command("bot", "ask", "--jsonl", *flags),
        cwd=stage.root,
        env=environment(),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        text=True,
    ) as process:
        at = [_reply(process, question) for question in questions]
        status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    kilobytes = {name: int(size) for name, size in re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status)}
    return Served(at[0] - begin, kilobytes["VmRSS"] / 1024, kilobytes["VmHWM"] / 1024)


def _reply(process: Popen[str], question: str) -> float:
    """Ask one question; when its answer came, on the clock."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the bot has no pipes")
    process.stdin.write(json.dumps({"q": question}) + "\n")
    process.stdin.flush()
    if not process.stdout.readline():
        raise RuntimeError("the bot stopped answering")
    return perf_counter()


def _growth(grown: Sequence[dict[str, float]]) -> Iterator[Figure]:
    first, last = grown[0], grown[-1]
    for key, label in RULES_ALONE.items():
        what = f"longer with {last['times']:g} times the phrasings, {label}"
        yield Figure(what, last[key] / first[key], "times", last["times"] / 2)


def _grown(grown: Sequence[dict[str, float]]) -> str:
    rows = [
        (f"×{row['times']:g}", f"{row['phrasings']:,}", *(number(row[key]) for key in RULES_ALONE)) for row in grown
    ]
    return table(("phrasings", "how many", *RULES_ALONE.values()), rows)


def _slowest(bad: dict[str, dict[str, float]]) -> str:
    worst = sorted(hostile.INPUTS, key=lambda name: -max(times[name] for times in bad.values()))[:SLOWEST]
    return table(("input", *bad), [(name, *(number(times[name]) for times in bad.values())) for name in worst])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--cold", action="store_true", help="time also a start with nothing kept (minutes)")
    args = parser.parse_args()
    with staged() as stage:
        sys.stdout.write(report(stage, args.cold) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

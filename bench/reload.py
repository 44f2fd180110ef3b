"""How long after a file is saved does the bot answer with it? ``python -m bench.reload [--no-encoder]``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TypeAlias

from bench.markdown import table
from bench.questions import about_twenty_characters
from bench.speed import MODES, Figure
from bench.stage import Stage, staged
from bot.chat.talk import Holder
from bot.config import Settings
from bot.engine.answer import Found
from bot.engines import KEEP, SHIPPED, engine
from bot.kb.watch import QUIET
from bot.reload import Places, Reloader, Told

LIVE = 1.0
ROUNDS = 7
ASKED = 120
GIVE_UP = 60.0
_STEP = 0.005

Edit: TypeAlias = Callable[[Path, int], Callable[[Holder], bool]]
"""Change a file, for the how-manieth time → whether an engine knows of it."""


def fact(path: Path, turn: int) -> Callable[[Holder], bool]:
    """Another sentence in the first programme."""
    text = path.read_text("utf-8")
    start = text.index("\nhow_to_use:")
    end = text.index("\n", start + 1)
    told = f"{os.getpid()}동 {turn}번 창구로 오세요."
    path.write_text(f"{text[:start]}\nhow_to_use: {told}{text[end:]}", "utf-8")
    return lambda holder: any(p.how_to_use == told for p in holder.engine.knowledge.programmes)


def phrasing(path: Path, turn: int) -> Callable[[Holder], bool]:
    """One more question in the first programme: the next question like it leads there."""
    text = path.read_text("utf-8")
    told = f"보라색 우산 {os.getpid()}호를 {turn}번 빌리려는데 거기 맞나요"
    path.write_text(text.replace("\nquestions:\n", f"\nquestions:\n  - {told}\n", 1), "utf-8")

    def is_known(holder: Holder) -> bool:
        programme = holder.engine.knowledge.programme(path.stem)
        if programme is None or told not in programme.questions:
            return False
        answer = holder.engine.answer(told)
        return isinstance(answer, Found) and answer.id == path.stem

    return is_known


PEACE, MEANWHILE, WORK = "peace", ", meanwhile", ", work"
EDITS: dict[str, Edit] = {"a fact": fact, "a phrasing": phrasing}


async def _timed(questions: Sequence[str], no_encoder: bool) -> dict[str, list[float]]:
    """In the folder of a stage: seconds for each edit; milliseconds for each question in peace and meanwhile."""
    root = Settings().knowledge_dir
    holder, stop = Holder(engine(Settings(), no_encoder)), asyncio.Event()
    places = Places(root, KEEP, root / SHIPPED)
    task = asyncio.create_task(Reloader(holder, places, _silent).run(stop))
    await _until(lambda: bool(places.versions.all()))
    times = {PEACE: await _asked(holder, questions, asyncio.sleep(0))}
    path = min((root / "programs").glob("*.yaml"))
    for name, edit in EDITS.items():
        rounds = [await _live(holder, edit(path, turn)) for turn in range(ROUNDS)]
        times[name], times[name + WORK] = [list(column) for column in zip(*rounds, strict=True)]
        times[name + MEANWHILE] = await _asked(holder, questions, _live(holder, edit(path, ROUNDS)))
    stop.set()
    await task
    return times


async def _silent(_: Told) -> None:
    return


async def _live(holder: Holder, is_known: Callable[[Holder], bool]) -> tuple[float, float]:
    """Seconds until then, and seconds of this process's processor time."""
    start, work = perf_counter(), process_time()
    await _until(lambda: is_known(holder))
    return perf_counter() - start, process_time() - work


async def _until(reached: Callable[[], bool]) -> None:
    start = perf_counter()
    while not reached():
        if perf_counter() - start > GIVE_UP:
            raise RuntimeError("the change did not go live")
        await asyncio.sleep(_STEP)


async def _asked(holder: Holder, questions: Sequence[str], work: Awaitable[object]) -> list[float]:
    """Milliseconds of each question, one after another."""
    task, spent = asyncio.ensure_future(work), []
    for question in questions:
        start = perf_counter()
        await asyncio.to_thread(holder.engine.answer, question)
        spent.append((perf_counter() - start) * 1000)
    await task
    return spent


def report(stage: Stage) -> str:
    """All figures as Markdown."""
    busy = f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} before the start."
    figures = [figure for mode, flags in MODES.items() for figure in _figures(stage, mode, *flags)]
    return "\n\n".join(
        [
            busy,
            f"One file of a running bot's knowledge is saved; the median of {ROUNDS} times, with the quiet period of "
            f"{QUIET:g} s. Questions are asked one after another meanwhile.",
            table(("what", "figure", "target", ""), [figure.row for figure in figures]),
        ]
    )


def _figures(stage: Stage, mode: str, *flags: str) -> Iterator[Figure]:
    told = stage.run("bench.reload", "--here", *flags, typed=json.dumps(about_twenty_characters()[:ASKED]))
    times: dict[str, list[float]] = json.loads(told)
    for name in EDITS:
        yield Figure(f"from saving {name} to the first answer with it, {mode}", median(times[name]), "s", LIVE)
        yield Figure(f"the slowest of those, {mode}", max(times[name]), "s")
        yield Figure(f"processor time of those, {mode}", median(times[name + WORK]), "s")
    yield Figure(f"95 of 100 questions within, in peace, {mode}", quantiles(times[PEACE], n=20)[-1], "ms")
    for name in EDITS:
        yield Figure(f"the slowest question while {name} goes live, {mode}", max(times[name + MEANWHILE]), "ms")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reload", description=__doc__)
    parser.add_argument("--here", action="store_true", help="in this folder, questions as JSON on standard input")
    parser.add_argument("--no-encoder", action="store_true", help="with --here: by spelling alone")
    args = parser.parse_args()
    if args.here:
        json.dump(asyncio.run(_timed(json.load(sys.stdin), args.no_encoder)), sys.stdout)
        return 0
    with staged() as stage:
        stage.run("bot", "ask", "?")  # builds the engine where none is kept
        stage.run("bot", "ask", "--no-encoder", "?")
        sys.stdout.write(report(stage) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What runs in a fresh process and tells one JSON value: ``python -m bench.probe answers|hostile|growth``."""

import argparse
import json
import sys
from collections.abc import Sequence
from statistics import median
from time import perf_counter

from bench import growth, hostile
from bot.config import Settings
from bot.engine.pipeline import Engine
from bot.engines import engine

ROUNDS = 5
ENOUGH = 60.0
"""No new round after so many seconds."""


def main() -> int:
    """Questions come as a JSON list on standard input."""
    parser = argparse.ArgumentParser(prog="python -m bench.probe", description=__doc__)
    parser.add_argument("task", choices=("answers", "hostile", "growth"))
    parser.add_argument("--no-encoder", action="store_true")
    args = parser.parse_args()
    questions: list[str] = json.load(sys.stdin)
    by = engine(Settings(), args.no_encoder or args.task == "growth")
    told: object
    if args.task == "answers":
        told = answers(by, questions)
    elif args.task == "hostile":
        told = hostile.timed(by.answer)
    else:
        told = growth.timed(by.search, questions)
    json.dump(told, sys.stdout)
    return 0


def answers(by: Engine, questions: Sequence[str]) -> list[float]:
    """Milliseconds for each question: the median of its rounds, so that a busy machine counts for less."""
    rounds: list[list[float]] = []
    start = perf_counter()
    while len(rounds) < ROUNDS and (not rounds or perf_counter() - start < ENOUGH):
        rounds.append([_ms(by, question) for question in questions])
    return [median(times) for times in zip(*rounds, strict=True)]


def _ms(by: Engine, question: str) -> float:
    start = perf_counter()
    by.answer(question)
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())

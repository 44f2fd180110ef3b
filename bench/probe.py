"""What runs in a fresh process and tells one JSON value: ``python -m bench.probe answers|hostile|growth``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bench import growth, hostile
from bot.commands import KEEP
from bot.engine.encode import E5
from bot.engine.pipeline import Engine
from bot.kb.load import load

ROUNDS = 5


def main() -> int:
    """Questions come as a JSON list on standard input."""
    parser = argparse.ArgumentParser(prog="python -m bench.probe", description=__doc__)
    parser.add_argument("task", choices=("answers", "hostile", "growth"))
    parser.add_argument("--no-encoder", action="store_true")
    args = parser.parse_args()
    questions: list[str] = json.load(sys.stdin)
    by_spelling = args.no_encoder or args.task == "growth"
    engine = Engine.build(load(Path("knowledge")), None if by_spelling else E5(), KEEP)
    told: object
    if args.task == "answers":
        told = answers(engine, questions)
    elif args.task == "hostile":
        told = hostile.timed(engine.answer)
    else:
        told = growth.timed(engine.search, questions)
    json.dump(told, sys.stdout)
    return 0


def answers(engine: Engine, questions: Sequence[str]) -> list[float]:
    """Milliseconds for each question: the median of its rounds, so that a busy machine counts for less."""
    rounds = [[_ms(engine, question) for question in questions] for _ in range(ROUNDS)]
    return [median(times) for times in zip(*rounds, strict=True)]


def _ms(engine: Engine, question: str) -> float:
    start = perf_counter()
    engine.answer(question)
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())

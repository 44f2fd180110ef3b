"""How long does ``check`` take, for a city of today and for one of a thousand programmes?

``python -m bench.check [--write]``: prints figures, or keeps them in ``docs/check.md``.
"""

import argparse
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter

from bench.markdown import number, table
from bench.stage import ROOT, Stage, staged

TARGET = ROOT / "docs/check.md"
HEAD, TAIL = "<!-- figures: python -m bench.check --write -->", "<!-- end of figures -->"
MANY, QUESTIONS = 1000, 12
_NAMES = ("안심", "골목", "새벽", "하천", "시장", "학교", "공원", "어르신", "청년", "놀이터", "승강기", "전동차")
_KINDS = (
    "보안등",
    "순찰대",
    "신고함",
    "지도",
    "교실",
    "상담소",
    "알림이",
    "쉼터",
    "점검단",
    "벽화",
    "안내판",
    "도우미",
)
_TAILS = (
    *("신청은 어디서 해요", "몇 시까지 하나요", "돈 내야 하나요", "우리 동네도 있어요?", "전화번호 좀"),
    *("누가 하는 거예요", "언제 생겼어요", "외국인도 되나요", "아직도 하나요", "어떻게 이용해요"),
    *("왜 만들었나요", "몇 군데나 있죠"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure everything once."""
    parser = argparse.ArgumentParser(prog="python -m bench.check", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.relative_to(ROOT)}")
    is_written = parser.parse_args(argv).write
    with staged() as stage:
        told = report(stage)
    sys.stdout.write(told + "\n")
    if is_written:
        before, _, rest = TARGET.read_text("utf-8").partition(HEAD)
        TARGET.write_text(f"{before}{HEAD}\n\n{told}\n\n{TAIL}{rest.partition(TAIL)[2]}", "utf-8")
    return 0


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock and of a CPU: on a busy machine only the second tells of us."""

    clock: float
    cpu: float


def report(stage: Stage) -> str:
    """Seconds for each case, as Markdown."""
    head = f"{date.today()} · {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} before the start"
    rows = [
        (name, number(spent.clock, "s"), number(spent.cpu, "s"), f"{reach} s")
        for name, spent, reach in _measured(stage)
    ]
    return f"{head}\n\n" + table(("knowledge", "`check` takes", "of a CPU", "reach"), rows)


def _measured(stage: Stage) -> Iterator[tuple[str, Spent, int]]:
    _timed(stage)
    yield "29 programmes", _timed(stage), 10
    owl = stage.knowledge / "programs/owl-bus.yaml"
    good = owl.read_text("utf-8")
    owl.write_text(good.replace("status: ", "status: x", 1), "utf-8")
    yield "29 programmes, a broken file", _timed(stage, 1), 10
    owl.write_text(good.replace("text: ", "text: 요즘 ", 1), "utf-8")
    yield "29 programmes, a fact changed", _timed(stage), 10
    owl.write_text(good, "utf-8")
    grow(stage.knowledge, MANY)
    yield f"{MANY:,} programmes with {QUESTIONS + 3} phrasings each, the first time", _timed(stage), 120
    yield f"{MANY:,} programmes, again", _timed(stage), 120


def _timed(stage: Stage, code: int = 0) -> Spent:
    start, before = perf_counter(), _cpu()
    try:
        stage.run("bot", "check")
    except RuntimeError:
        if not code:
            raise
    return Spent(perf_counter() - start, _cpu() - before)


def _cpu() -> float:
    """Seconds that the children which have ended spent on a CPU."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def grow(knowledge: Path, many: int) -> None:
    """Add made-up programmes until there are so many: other names, the facts of one that is there."""
    text = (knowledge / "programs/owl-bus.yaml").read_text("utf-8")
    have, random = len(list((knowledge / "programs").glob("*.yaml"))), Random(0)
    for place in range(have, many):
        (knowledge / f"programs/made-{place}.yaml").write_text(_made(text, place, random), "utf-8")


def _made(text: str, place: int, random: Random) -> str:
    """The file of one made-up programme."""
    word = "".join(chr(random.randrange(0xAC00, 0xD7A4)) for _ in range(2))
    name = f"{word} {random.choice(_NAMES)} {random.choice(_KINDS)}"
    asked = "".join(f'  - "{name} {tail}"\n' for tail in random.sample(_TAILS, QUESTIONS))
    head, rest = text.split("aliases:\n")
    _, tail = rest.split("related:")
    head = head.replace("id: owl-bus", f"id: made-{place}").replace("name: 안심귀가 부엉이 버스", f"name: {name}")
    names = f'aliases:\n  - "{word}{place}"\n  - "{name[:2]} {name[3:]} {place}호"\n'
    return f"{head}{names}questions:\n{asked}related:{tail}"


if __name__ == "__main__":
    sys.exit(main())

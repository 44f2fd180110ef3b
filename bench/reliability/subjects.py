"""What is asked: each programme in a sentence of usual length, as far as the bot answers with that very programme."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.reliability.tally import Subject
from bot.kb.load import load

QUESTION = "{} 어떻게 이용하나요?"
PATIENCE = 900
"""Seconds: the first start of a knowledge may embed thousands of phrasings. Later ones find the engine kept."""


def subjects(command: Sequence[str], folder: Path, environ: Mapping[str, str], knowledge: Path) -> tuple[Subject, ...]:
    """Asked of ``python -m bot ask --jsonl`` in the folder where the bot will run."""
    wanted = [Subject(one.id, QUESTION.format(one.name), one.name) for one in load(knowledge).programmes]
    typed = "".join(json.dumps({"q": subject.question}, ensure_ascii=False) + "\n" for subject in wanted)
    done = subprocess.run(
        command,
        cwd=folder,
        env=dict(environ),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-2000:]}")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return tuple(subject for subject, answer in zip(wanted, told, strict=True) if _is_clear(subject, answer, wanted))


def _is_clear(subject: Subject, answer: Mapping[str, object], all_: Sequence[Subject]) -> bool:
    """Whether the first line names this programme and no other with a longer name."""
    first = str(answer["text"]).partition("\n")[0]
    named = max((one for one in all_ if one.mark in first), key=lambda one: len(one.mark), default=None)
    return answer["outcome"] == "found" and named == subject

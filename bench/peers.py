"""Is it better than what others use? The same questions, the same phrasings, the same run."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeAlias

import numpy as np

from bench.markdown import number, share, table
from bench.questions import is_seen
from bench.rankers import Phrasings, Ranker, nearest_meaning, spelling_rankers
from bench.stage import Stage
from bot.engine.encode import E5, Kept
from bot.engine.index import phrases_of
from bot.engine.normalize import normalize
from bot.engine.pipeline import Engine
from bot.errors import EncoderError
from bot.kb.load import Knowledge, load
from bot.monitor.evaluate import Question, Result, judge, questions

Ask: TypeAlias = Callable[[Question], Result]

HEADS = ("ranking", "first", "among three", "ms", "outright", "and wrong", "out of scope: outright", "offered")
NOTE = """\
*first*, *among three*: the share of questions with a right programme there. *outright*: answered without asking back; \
the others only rank. *ms*: the median for each question. All index the same {many:,} phrasings of {programmes} \
programmes; ours is the engine as shipped. All but WRatio read the text as the engine normalises it.

**Seen** files are `tests/data/heldout_*`: the shipped calibration (a weight a rule and the bands) is fitted on them, \
so these rows flatter ours; their questions are no phrasings. **Unseen** files were given on the command line."""


@dataclass(frozen=True)
class Contender:
    """Someone who answers; ``decides`` tells that it also says how sure it is."""

    name: str
    ask: Ask
    decides: bool = False


@dataclass(frozen=True)
class Asked:
    """What came of one question, and in how many milliseconds."""

    result: Result
    ms: float


def report(stage: Stage, files: Sequence[Path]) -> str:
    """A table a file as Markdown."""
    knowledge = load(stage.knowledge)
    phrasings = Phrasings.of(knowledge)
    contenders = [*_contenders(knowledge, phrasings, stage.keep)]
    known = frozenset(text.replace(" ", "") for text in phrasings.plain)
    parts = [NOTE.format(many=len(phrasings.plain), programmes=len(phrasings.ids))]
    for title, asked in _groups(files):
        parts += [f"### {title}", _describe(asked, known), _table(contenders, asked)]
    return "\n\n".join(parts)


def _contenders(knowledge: Knowledge, phrasings: Phrasings, keep: Path) -> Iterator[Contender]:
    encoder = _encoder()
    ours = {"**ours, without the encoder**": Engine.build(knowledge, None, keep)}
    rankers = spelling_rankers(phrasings)
    if encoder:
        ours["**ours**"] = Engine.build(knowledge, encoder, keep)
        texts = [phrase.text for phrase in phrases_of(knowledge)]
        known = dict(zip(texts, Kept(encoder, keep / "vectors.npz").embed(texts), strict=True))
        rankers.append(nearest_meaning(phrasings, encoder, np.stack([known[text] for text in phrasings.plain])))
    for ranker in rankers:
        yield Contender(ranker.name, partial(_ranked, ranker))
    for name, engine in ours.items():
        yield Contender(name, partial(judge, engine), decides=True)


def _encoder() -> E5 | None:
    try:
        return E5()
    except EncoderError as error:
        sys.stderr.write(f"no encoder, those rows are left out: {error}\n")
        return None


def _ranked(ranker: Ranker, question: Question) -> Result:
    return Result(question, "", ranker.rank(question.q), 0.0)


def _groups(files: Sequence[Path]) -> Iterator[tuple[str, list[Question]]]:
    """Each file, seen ones first; then the unseen ones together where they are several."""
    unseen = [path for path in files if not is_seen(path)]
    for path in sorted(files, key=lambda path: path in unseen):
        if found := [*questions(path)]:
            yield f"{path.stem} ({'unseen' if path in unseen else 'seen'})", found
    if len(unseen) > 1:
        yield "All unseen together", [question for path in unseen for question in questions(path)]


def _describe(asked: Sequence[Question], known: frozenset[str]) -> str:
    ours = [question for question in asked if question.accept]
    saved = sum(normalize(question.q).replace(" ", "") in known for question in ours)
    return (
        f"{len(ours)} questions about the programmes ({saved} of them a phrasing to the letter), "
        f"{len(asked) - len(ours)} out of scope."
    )


def _table(contenders: Iterable[Contender], asked: Sequence[Question]) -> str:
    return table(
        HEADS, [_row(contender, [_ask(contender, question) for question in asked]) for contender in contenders]
    )


def _ask(contender: Contender, question: Question) -> Asked:
    start = perf_counter()
    result = contender.ask(question)
    return Asked(result, (perf_counter() - start) * 1000)


def _row(contender: Contender, asked: Sequence[Asked]) -> tuple[str, ...]:
    ours = [row.result for row in asked if row.result.question.accept]
    outside = [row.result for row in asked if not row.result.question.accept]
    sure = (
        share(r.outcome == "outright" for r in ours),
        share(r.outcome == "outright" and not r.first for r in ours),
        share(r.outcome == "outright" for r in outside),
        share(r.outcome == "offered" for r in outside),
    )
    return (
        contender.name,
        share(r.first for r in ours),
        share(r.among for r in ours),
        number(median(row.ms for row in asked)),
        *(sure if contender.decides else ("—",) * len(sure)),
    )

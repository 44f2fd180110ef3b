"""Is it better than what others use? The same questions, the same phrasings, the same run."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeAlias

from bench.markdown import number, share, table
from bench.questions import is_seen
from bench.rankers import Phrasings, Ranker, nearest_meaning, spelling_rankers
from bench.stage import Stage
from bot.config import Settings
from bot.engine.encode import Kept
from bot.engine.keep import Shelf
from bot.engine.normalize import normalize
from bot.engines import KEEP, SHIPPED, engine
from bot.kb.load import load
from bot.monitor.evaluate import Question, Result, judge, questions

Ask: TypeAlias = Callable[[Question], Result]
Rows: TypeAlias = "list[list[Asked]]"

HEADS = ("ranking", "first", "among three", "ms", "outright", "and wrong", "out of scope: outright", "offered")
NOTE = """\
*first*, *among three*: the share of questions with a right programme there. *outright*: answered without asking back; \
the others only rank. *ms*: the median for each question. All index the same {many:,} phrasings of {programmes} \
programmes; ours is the engine as shipped. All but WRatio read the text as the engine normalises it.

**Seen** files are the repository's own, `tests/data`: the shipped calibration (a weight a rule and the bands) is \
fitted on `heldout_*` there, so these rows flatter ours; their questions are no phrasings. **Unseen** files were given \
on the command line."""


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
    phrasings = Phrasings.of(load(stage.knowledge))
    contenders = [*_contenders(stage, phrasings)]
    known = frozenset(text.replace(" ", "") for text in phrasings.plain)
    parts = [NOTE.format(many=len(phrasings.plain), programmes=len(phrasings.ids))]
    for title, asked in _groups(contenders, files):
        parts += [f"### {title}", _describe(asked, known), table(HEADS, [*map(_row, contenders, asked)])]
    return "\n\n".join(parts)


def _contenders(stage: Stage, phrasings: Phrasings) -> Iterator[Contender]:
    with chdir(stage.root):
        ours, spelling = (engine(Settings(), no_encoder) for no_encoder in (False, True))
        kept = Kept(ours.encoder, Shelf(KEEP, Settings().knowledge_dir / SHIPPED)) if ours.encoder else None
    rankers = spelling_rankers(phrasings)
    if ours.encoder and kept:
        rankers.append(nearest_meaning(phrasings, ours.encoder, kept.embed(phrasings.plain)))
    for ranker in rankers:
        yield Contender(ranker.name, partial(_ranked, ranker))
    yield Contender("**ours, without the encoder**", partial(judge, spelling), decides=True)
    if ours.encoder:
        yield Contender("**ours**", partial(judge, ours), decides=True)


def _ranked(ranker: Ranker, question: Question) -> Result:
    return Result(question, "", ranker.rank(question.q), 0.0)


def _groups(contenders: Sequence[Contender], files: Sequence[Path]) -> Iterator[tuple[str, Rows]]:
    """Each file, seen ones first; then the unseen ones together where they are several. A row a contender."""
    unseen: list[Rows] = []
    for path in sorted(files, key=is_seen, reverse=True):
        if asked := [*questions(path)]:
            rows = [[_ask(contender, question) for question in asked] for contender in contenders]
            unseen += [] if is_seen(path) else [rows]
            yield f"{path.stem} ({'seen' if is_seen(path) else 'unseen'})", rows
    if len(unseen) > 1:
        yield "All unseen together", [[*chain(*of_one)] for of_one in zip(*unseen, strict=True)]


def _describe(rows: Rows, known: frozenset[str]) -> str:
    asked = [row.result.question for row in rows[0]]
    ours = [question for question in asked if question.accept]
    saved = sum(normalize(question.q).replace(" ", "") in known for question in ours)
    return (
        f"{len(ours)} questions about the programmes ({saved} of them a phrasing to the letter), "
        f"{len(asked) - len(ours)} out of scope."
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

"""How well does it answer? Questions with the right ids → shares; ``python -m bot eval FILE…``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.engine.answer import Choices, Found
from bot.engine.pipeline import Engine
from bot.monitor import jsonl

_SHAPE = '{"q": "…", "accept": ["id"]}'


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file: right is any of ``accept``; nothing is right where that is empty."""

    q: str
    accept: tuple[str, ...]
    style: str
    lang: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question."""

    question: Question
    outcome: str
    ids: tuple[str, ...]
    score: float

    @property
    def first(self) -> bool:
        return bool(self.ids) and self.ids[0] in self.question.accept

    @property
    def among(self) -> bool:
        return any(id_ in self.question.accept for id_ in self.ids)


def questions(path: Path) -> Iterator[Question]:
    """The questions of a JSON-lines file. Objects without ``accept`` (danger sets) are left out.

    Raises UsageError with file and line.
    """
    for number, line in enumerate(jsonl.lines(path), 1):
        if line.strip() and (question := _question(line, f"{path}:{number}")):
            yield question


def _question(line: str, where: str) -> Question | None:
    row = jsonl.row(line, where, _SHAPE)
    if "accept" not in row:
        return None
    accept = row["accept"]
    if not isinstance(accept, list) or not all(isinstance(id_, str) for id_ in accept):
        raise jsonl.wrong(where, _SHAPE, "accept is not a list of texts")
    return Question(
        jsonl.text(row, "q", where, _SHAPE),
        tuple(accept),
        jsonl.text(row, "style", where, _SHAPE, ""),
        jsonl.text(row, "lang", where, _SHAPE, "ko"),
    )


def judge(engine: Engine, question: Question) -> Result:
    """Ask one question."""
    answer = engine.answer(question.q)
    outcome = "outright" if isinstance(answer, Found) else "offered" if isinstance(answer, Choices) else "none"
    score = answer.hits[0].score if answer.hits else 0.0
    return Result(question, outcome, tuple(hit.id for hit in answer.hits), score)


def table(name: str, results: Iterable[Result]) -> str:
    """One line of figures for questions of ours, one for those out of scope."""
    rows = list(results)
    ours, others = [r for r in rows if r.question.accept], [r for r in rows if not r.question.accept]
    return "\n".join([*_ours(name, ours), *_others(f"{name} (out of scope)", others)])


def _ours(name: str, rows: list[Result]) -> Iterator[str]:
    if rows:
        outright = _share(r.outcome == "outright" for r in rows)
        wrong = _share(r.outcome == "outright" and not r.first for r in rows)
        first, among = _share(r.first for r in rows), _share(r.among for r in rows)
        yield f"{name:28} n={len(rows):4}  first {first}  among three {among}  outright {outright}  and wrong {wrong}"


def _others(name: str, rows: list[Result]) -> Iterator[str]:
    if rows:
        outright, offered = (_share(r.outcome == word for r in rows) for word in ("outright", "offered"))
        yield f"{name:28} n={len(rows):4}  outright {outright}  offered {offered}"


def _share(values: Iterable[bool]) -> str:
    found = list(values)
    return f"{sum(found) / len(found):6.1%}"

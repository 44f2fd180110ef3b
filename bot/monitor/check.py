"""Does the knowledge behave? Phrasings, golden questions, cards and dates; messages for editors, in Korean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.engine.answer import Choices, Found
from bot.engine.pipeline import Engine
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Programme

FEWEST_PHRASINGS = 40


@dataclass(frozen=True)
class Report:
    """``mistakes`` must be mended before the change goes live; ``warnings`` should be looked at."""

    mistakes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    checked: int


def check(engine: Engine, today: date, unfit: Iterable[Problem] = ()) -> Report:
    """Everything that can be told without Telegram. The loader has passed already.

    ``unfit``: what the chat layer found too long to be shown.
    """
    knowledge = engine.knowledge
    mistakes = [*lost(engine), *golden(engine), *unspeakable(knowledge), *unfit]
    warnings = [*overdue(knowledge, today), *thin(knowledge)]
    checked = sum(len(p.phrasings) for p in knowledge.programmes) + len(knowledge.golden)
    return Report(tuple(sorted(mistakes)), tuple(sorted(warnings)), checked)


def lost(engine: Engine) -> Iterator[Problem]:
    """Phrasings that do not lead to their own programme."""
    for programme in engine.knowledge.programmes:
        for path, text in _phrasings(programme):
            answer = engine.answer(text)
            if isinstance(answer, Found | Choices) and programme.id in {hit.id for hit in answer.hits}:
                continue
            hint = f"'{answer.hits[0].id}'(으)로 갑니다" if answer.hits else "답을 찾지 못합니다"
            yield _at(
                engine.knowledge,
                programme,
                path,
                f"'{text}'라고 물으면 {hint}. 다른 사업의 표현과 겹치지 않게 고치세요.",
            )


def golden(engine: Engine) -> Iterator[Problem]:
    """Golden questions that do not get their answer."""
    for where, document in engine.knowledge.documents.items():
        rows = (
            document.data.get("questions")
            if where.startswith("questions/") and isinstance(document.data, dict)
            else None
        )
        for i, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict) and (message := _broken(engine, str(row["q"]), row.get("accept") or [])):
                yield document.problem(("questions", i, "q"), message)


def _broken(engine: Engine, text: str, accept: object) -> str | None:
    answer = engine.answer(text)
    if not accept:
        claimed = isinstance(answer, Found)
        return (
            f"'{text}'는 우리 사업이 아닌데 '{answer.hits[0].id}' 답이 나갑니다. elsewhere.yaml에 예를 더하세요."
            if claimed
            else None
        )
    ids = [hit.id for hit in answer.hits] if isinstance(answer, Found | Choices) else []
    right = isinstance(accept, list) and any(id_ in accept for id_ in ids)
    return None if right else f"'{text}'의 답으로 {accept}이(가) 나오지 않습니다. 그 사업에 비슷한 표현을 더하세요."


def unspeakable(knowledge: Knowledge) -> Iterator[Problem]:
    """Words that must never be said, in anything but what citizens say."""
    for programme in knowledge.programmes:
        said = programme.model_dump(exclude={"questions", "aliases"})
        for word in knowledge.city.never_say:
            if word in str(said):
                yield _at(
                    knowledge,
                    programme,
                    ("details",),
                    f"'{word}'은(는) 답에 나오면 안 되는 말입니다(city.yaml never_say).",
                )


def overdue(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Cards whose review date has passed."""
    for programme in knowledge.programmes:
        if date.fromisoformat(programme.review_by) < today:
            yield _at(
                knowledge, programme, ("review_by",), "검토할 날이 지났습니다. 사실을 다시 확인하고 날짜를 고치세요."
            )


def thin(knowledge: Knowledge) -> Iterator[Problem]:
    """Programmes with few phrasings: varied phrasings are what the search learns from."""
    for programme in knowledge.programmes:
        if (count := len(programme.phrasings)) < FEWEST_PHRASINGS:
            yield _at(
                knowledge,
                programme,
                ("questions",),
                f"표현이 {count}개뿐입니다. {FEWEST_PHRASINGS}개 이상이 되게 더하세요.",
            )


def _phrasings(programme: Programme) -> list[tuple[tuple[str | int, ...], str]]:
    rows: list[tuple[tuple[str | int, ...], str]] = [(("name",), programme.name)]
    rows += [(("aliases", i), text) for i, text in enumerate(programme.aliases)]
    return rows + [(("questions", i), text) for i, text in enumerate(programme.questions)]


def _at(knowledge: Knowledge, programme: Programme, path: tuple[str | int, ...], message: str) -> Problem:
    return knowledge.documents[f"programs/{programme.id}.yaml"].problem(path, message)

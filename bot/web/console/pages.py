"""The other pages."""

from __future__ import annotations

import asyncio
import json
import math
from dataclasses import dataclass

from starlette.responses import Response

from bot import __version__
from bot.engine.answer import OUTCOMES
from bot.engine.calibration import EVIDENCE
from bot.engine.normalize import MAX_CHARS, normalize
from bot.engine.pipeline import Engine
from bot.engine.rules import RULES
from bot.monitor.ring import Line, Wanted
from bot.store import stats
from bot.store.access import latest
from bot.store.database import Trouble
from bot.store.questions import VOTES, Vote
from bot.store.stats import Opinion, Unanswered
from bot.web.console import charts, words
from bot.web.console.charts import SPANS, days_of, kept
from bot.web.console.desk import Desk, Span
from bot.web.console.gate import Ask
from bot.web.console.paper import page, utc

_SHEET = 50


@dataclass(frozen=True)
class Day:
    """The figures of one day, and those of the week before for comparison."""

    total: int
    before: float
    outcomes: dict[str, int]
    votes: dict[str, int]
    slow: float | None
    programmes: list[tuple[str, int, int, int]]


async def _day(desk: Desk) -> Day:
    today, week = desk.span(1), desk.span(8)
    hours = await kept(desk, "hour", week, ("day", "part"))
    paces = await kept(desk, "pace", today, ("name",))
    votes = await kept(desk, "vote", today, ("part",))
    now = today.first.isoformat()
    ours = [row for row in hours.rows if row.day == now]
    return Day(
        sum(row.n for row in ours),
        sum(row.n for row in hours.rows if row.day != now) / 7,
        stats.summed(ours, "part"),
        stats.summed(votes.rows, "part"),
        stats.within(stats.summed(paces.rows, "name"), 0.95),
        await charts.programmes(desk, Span(week.first, week.last), 6),
    )


async def today(desk: Desk, ask: Ask) -> Response:
    """At a glance. The state is shown also where the database is in trouble."""
    try:
        day = await _day(desk)
    except Trouble:
        day = None
    bot, vigil = desk.bot, desk.bot.vigil
    return page(
        "today",
        ask.session,
        city=desk.knowledge.city.name,
        date=desk.span(1).first.isoformat(),
        day=day,
        checks=bot.checks(),
        waiting=vigil.depth.waiting,
        oldest=vigil.oldest(),
        has_encoder=vigil.has_encoder(),
        passed=len(vigil.passed()),
        version=desk.knowledge.version,
        programme=__version__,
        errors=[_line(desk, line) for line in desk.ring.search(Wanted("ERROR"), 5)] if desk.ring else [],
    )


async def missed(desk: Desk, ask: Ask) -> Response:
    """What was asked without an answer. Another way to group it only has to give the same rows."""
    days, sheet = days_of(ask), ask.sheet()
    rows = await _missed(desk, desk.span(int(days)), sheet)
    return page("missed", ask.session, days=days, spans=SPANS, sheet=sheet, rows=rows[:_SHEET], more=len(rows) > _SHEET)


async def _missed(desk: Desk, span: Span, sheet: int) -> list[Unanswered]:
    return await desk.bot.store.read(stats.unanswered(*span.ends, most=_SHEET + 1, skip=sheet * _SHEET))


async def feedback(desk: Desk, ask: Ask) -> Response:
    """What people thought of answers."""
    vote: Vote = next(known for known in VOTES if known == ask.choice("vote", VOTES, "down"))
    sheet = ask.sheet()
    found = await desk.bot.store.read(stats.opinions(vote, _SHEET + 1, sheet * _SHEET))
    rows = [(desk.when(one.at)[:16], one, _told(desk, one)) for one in found[:_SHEET]]
    return page("feedback", ask.session, vote=vote, sheet=sheet, rows=rows, more=len(found) > _SHEET)


def _told(desk: Desk, one: Opinion) -> str:
    """The programmes that the citizen was shown, or that were nearest."""
    if one.programme:
        return desk.called(one.programme)
    near = [desk.called(id_) for id_, _ in json.loads(one.candidates)]
    return ", ".join(near[:3])


async def logs(desk: Desk, ask: Ask) -> Response:
    """The last lines of the log."""
    level, sheet = ask.choice("level", tuple(words.LEVELS), "INFO"), ask.sheet()
    wanted = Wanted(level, ask.words("code", 8).upper(), ask.words("q"))
    found = desk.ring.search(wanted, _SHEET + 1, sheet * _SHEET) if desk.ring else []
    rows = [_line(desk, line) for line in found[:_SHEET]]
    return page("logs", ask.session, wanted=wanted, sheet=sheet, rows=rows, more=len(found) > _SHEET)


def _line(desk: Desk, line: Line) -> dict[str, object]:
    return {
        "when": utc(line.time).astimezone(desk.zone).strftime("%m-%d %H:%M:%S") if line.time else "",
        "level": line.level,
        "code": line.code,
        "event": line.event,
        "fields": [(name, value) for name, value in line.fields.items() if name != "exception"],
        "trace": line.fields.get("exception", ""),
    }


async def accesses(desk: Desk, ask: Ask) -> Response:
    """Who looked at what."""
    sheet = ask.sheet()
    found = await desk.bot.store.read(latest(_SHEET + 1, sheet * _SHEET))
    rows = [(desk.when(one.at), one) for one in found[:_SHEET]]
    return page("access", ask.session, sheet=sheet, rows=rows, more=len(found) > _SHEET)


async def question(desk: Desk, ask: Ask) -> Response:
    """The box to try a question."""
    return page("try", ask.session, asked="", told=None, wrong="", most=MAX_CHARS)


async def tried(desk: Desk, ask: Ask) -> Response:
    """How a question is answered, and why. It is kept nowhere."""
    asked, engine = ask.form.get("question", "").strip(), desk.bot.holder.engine
    wrong, status = "", 200
    if wait := desk.asked.wait(ask.session.id):
        wrong, status = f"너무 잦습니다. {math.ceil(wait)}초 뒤에 다시 해 주세요.", 429
    elif len(asked) > MAX_CHARS:
        wrong, status = f"{MAX_CHARS}자까지만 됩니다.", 413
    elif not normalize(asked) or not isinstance(engine, Engine):
        wrong, status = "질문을 적어 주세요.", 422
    if wrong or not isinstance(engine, Engine):
        return page("try", ask.session, status, asked=asked[:MAX_CHARS], told=None, wrong=wrong, most=MAX_CHARS)
    desk.asked.count(ask.session.id)
    found = await asyncio.to_thread(_explained, desk, engine, asked)
    return page("try", ask.session, asked=asked, told=found, wrong="", most=MAX_CHARS)


def _explained(desk: Desk, engine: Engine, asked: str) -> dict[str, object]:
    told, bands = engine.explain(asked), engine.calibration.bands
    rows = [(desk.called(row.owner.id), row.owner.kind, row.probability, row.given) for row in told.ranked[:8]]
    return {
        "outcome": OUTCOMES[type(told.answer)],
        "shown": [(desk.called(hit.id), hit.score) for hit in told.answer.hits],
        "alarm": told.alarm,
        "evidence": list(zip(EVIDENCE, told.alarm.evidence, strict=True)),
        "bar": engine.guard.caution.bar,
        "language": words.LANGUAGES.get(told.language or "", "여섯 언어가 아님"),
        "read": told.query.text,
        "repaired": told.query.repaired,
        "aspect": told.answer.aspect or "–",
        "bands": bands,
        "rules": [rule.name for rule in RULES],
        "rows": rows,
        "steps": told.steps,
    }

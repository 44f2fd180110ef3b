"""What staff run before a change goes live: ``check`` and ``show``. They read Korean, with file and line."""

from __future__ import annotations

import sys
from datetime import date
from difflib import get_close_matches

from bot.chat.fit import unfit
from bot.chat.preview import preview
from bot.config import Settings
from bot.engine.keep import Shelf
from bot.engine.pipeline import Engine
from bot.engines import KEEP, SHIPPED, engine_of
from bot.errors import KnowledgeError, UsageError
from bot.kb.guide import CODES
from bot.kb.load import Knowledge, load
from bot.kb.model import ASPECTS, LANGUAGES
from bot.monitor import check as checks
from bot.monitor import verdict
from bot.monitor.progress import Progress
from bot.monitor.recall import remembering, settle

ASKED = KEEP / "check"
"""Where the vectors of what a check asks stay between runs."""
MANY = 20_000
"""To learn the meaning of more phrasings takes minutes and gigabytes: those are checked by spelling, unless asked."""
_BY_SPELLING = (
    "표현이 {count:,}개라 철자만으로 확인했습니다. 위험한 말은 보지 않았고, 꼭 지킬 질문은 참고만 하세요.\n"
    "뜻까지 모두 보려면: python -m bot check --full (몇 분)"
)


def check(settings: Settings, no_encoder: bool, is_full: bool, is_json: bool, is_all: bool) -> int:
    """The report for editors; 1 when something must be mended."""
    progress = Progress(sys.stderr)
    try:
        knowledge = load(settings.knowledge_dir)
    except KnowledgeError as error:
        if not is_json:
            raise
        sys.stdout.write(verdict.broken(error.problems))
        return 1
    count = _phrasings(knowledge)
    is_large = count > MANY and not is_full
    by = _engine(settings, knowledge, no_encoder or is_large, progress)
    report = checks.check(by, date.today(), unfit(knowledge), progress, is_large)
    settle(by, ASKED)
    progress.end()
    note = _BY_SPELLING.format(count=count) if is_large and not no_encoder else ""
    sys.stdout.write(verdict.as_json(report, note) if is_json else verdict.text(report, note, is_all))
    return 1 if report.mistakes else 0


def _phrasings(knowledge: Knowledge) -> int:
    """How many there are to be learned from."""
    ours = [programme.phrasings for programme in knowledge.programmes]
    theirs = [told.questions for found in knowledge.translations.values() for told in found.values()]
    return sum(map(len, (*ours, *theirs, *(topic.examples for topic in knowledge.elsewhere.topics))))


def _engine(settings: Settings, knowledge: Knowledge, no_encoder: bool, progress: Progress) -> Engine:
    """The engine that the bot would run, with the lines of the files, quick where it will be asked."""
    progress("봇 준비", 0, len(knowledge.programmes))
    by = engine_of(knowledge, settings, no_encoder)
    shelf = Shelf(KEEP, settings.knowledge_dir / SHIPPED)
    return remembering(by, shelf, ASKED)


def show(settings: Settings, id_: str, language: str | None, aspect: str | None) -> int:
    """What a citizen sees of one programme: the card, all that is known, the sources, the buttons."""
    knowledge = load(settings.knowledge_dir)
    _known(id_, [programme.id for programme in knowledge.programmes], "사업")
    if language is not None:
        _known(language, list(knowledge.city.languages), "언어")
    if aspect is not None:
        _known(aspect, list(ASPECTS), "물음")
    told = next((code for code in LANGUAGES if code == language), None)
    asked = next((code for code in ASPECTS if code == aspect), None)
    sys.stdout.write(preview(knowledge, id_, told, asked))
    return 0


def _known(given: str, known: list[str], what: str) -> None:
    """Raise UsageError that names what comes nearest."""
    if given in known:
        return
    near = get_close_matches(given, known, 3, 0.5) or known
    shown = ", ".join(f"{code}({CODES[code]})" if code in CODES else code for code in near[:12])
    raise UsageError(f"show: {what} '{given}'은(는) 없습니다. 이 가운데 하나를 적으세요: {shown}")

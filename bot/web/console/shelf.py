"""The state of the knowledge: what is live, what is overdue, what was live before, and putting that back."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.responses import Response

from bot.errors import BotError, KnowledgeError, Problem, UsageError
from bot.kb.load import Knowledge, load, version_of
from bot.kb.versions import Version
from bot.web.console import words
from bot.web.console.desk import Desk
from bot.web.console.gate import Ask
from bot.web.console.paper import page, utc

log = logging.getLogger(__name__)

_SHOWN = 40


async def knowledge(desk: Desk, ask: Ask) -> Response:
    """The page."""
    return await _page(desk, ask)


async def _page(desk: Desk, ask: Ask, status: int = 200, said: str = "", problems: Sequence[Problem] = ()) -> Response:
    found, vigil = desk.knowledge, desk.bot.vigil
    versions, folder = await asyncio.to_thread(lambda: (desk.versions.all()[:_SHOWN], _in_folder(desk)))
    return page(
        "knowledge",
        ask.session,
        status,
        version=found.version,
        folder=folder,
        count=len(found.programmes),
        phrasings=sum(len(programme.phrasings) for programme in found.programmes),
        has_encoder=vigil.has_encoder(),
        passed=[(desk.called(id_), _review(found, id_)) for id_ in vigil.passed()],
        translations=list(_translations(found)),
        versions=[_row(desk, one) for one in versions],
        said=said,
        problems=problems,
    )


def _in_folder(desk: Desk) -> str:
    root = desk.bot.settings.knowledge_dir
    try:
        return version_of(root)
    except (OSError, BotError):
        return ""


def _review(found: Knowledge, id_: str) -> str:
    programme = found.programme(id_)
    return programme.review_by if programme else ""


def _translations(found: Knowledge) -> list[tuple[str, int, list[str], int]]:
    """Language, how many, those whose Korean changed since, how many nobody has reviewed."""
    out = []
    for language, translated in found.translations.items():
        pairs = [(found.programme(id_), one) for id_, one in translated.items()]
        stale = [programme.name for programme, one in pairs if programme and not one.is_current(programme)]
        unread = sum(one.reviewed_by is None for one in translated.values())
        out.append((words.LANGUAGES.get(language, language), len(translated), stale, unread))
    return out


def _row(desk: Desk, one: Version) -> dict[str, object]:
    return {
        "name": one.name,
        "when": utc(one.at).astimezone(desk.zone).strftime("%Y-%m-%d %H:%M"),
        "is_good": one.is_good,
        "changes": str(one.changes) if one.changes else "처음",
    }


async def checked(desk: Desk, ask: Ask) -> Response:
    """Whether the files in the folder can be used as they are now."""
    if wait := desk.checked.wait():
        return await _page(desk, ask, 429, f"{math.ceil(wait)}초 뒤에 다시 해 주세요.")
    desk.checked.count()
    try:
        found = await asyncio.to_thread(load, desk.bot.settings.knowledge_dir)
    except KnowledgeError as error:
        return await _page(desk, ask, said=f"고칠 곳이 {len(error.problems)}군데 있습니다.", problems=error.problems)
    return await _page(desk, ask, said=f"{found.version} 판의 파일에 잘못이 없습니다.")


async def put_back(desk: Desk, ask: Ask) -> Response:
    """An earlier version goes into the folder; the running bot sees the files change."""
    root, name = desk.bot.settings.knowledge_dir, ask.form.get("version", "")
    if name not in {one.name for one in await asyncio.to_thread(desk.versions.all)}:
        return await _page(desk, ask, 404, "그런 판이 없습니다.")
    try:
        version, changes = await asyncio.to_thread(desk.versions.put_back, root, name, datetime.now(UTC))
    except UsageError as error:
        return await _page(desk, ask, 409, str(error))
    except KnowledgeError as error:
        return await _page(desk, ask, 409, "폴더를 읽을 수 없습니다.", error.problems)
    except OSError as error:
        said = f"되돌리지 못했습니다. {root} 폴더에 쓸 수 있는지 보세요: {error.strerror}"
        return await _page(desk, ask, 409, said)
    log.info("the knowledge was put back", extra={"code": "I802", "knowledge": version.name, "by": ask.session.id})
    return await _page(desk, ask, said=f"{version.name} 판으로 되돌렸습니다. {changes} 곧 이 판으로 답합니다.")

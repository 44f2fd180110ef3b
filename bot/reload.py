"""Live reload: new knowledge goes live within a second of being saved; a broken folder changes nothing.

The folder comes to rest (``kb/watch.py``), is copied and checked, an engine is built aside and put in its place in one
assignment. Where phrasings changed, a process of its own then learns all anew (``engine/whole.py``), and its engine
takes the place. Answers that were begun go on with the engine that they began with.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import subprocess
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from bot.chat.talk import Holder
from bot.engine.encode import Encoder, Patient
from bot.engine.frozen import key_of, thaw
from bot.engine.pipeline import Engine
from bot.engine.rebuild import rebuilt
from bot.engine.whole import command, kept_at
from bot.errors import KnowledgeError, Problem
from bot.kb.files import Files, put, snapshot
from bot.kb.good import remember
from bot.kb.load import Knowledge, Seen, load_again
from bot.kb.versions import Changes, Versions
from bot.kb.watch import QUIET, changes

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
_PACKAGES = str(Path(__file__).resolve().parents[1])
_PATIENCE = 1.0
"""Seconds for which a broken state may be somebody's work in progress, before anybody hears of it."""


@dataclass(frozen=True)
class Reloaded:
    """New knowledge answers from now on."""

    version: str
    changes: Changes

    def __str__(self) -> str:
        if not self.changes:
            return f"지식 파일이 다시 맞습니다. 하던 대로 {self.version} 판으로 답합니다."
        return f"새 지식 {self.version} 판으로 답합니다. {self.changes}"


@dataclass(frozen=True)
class Refused:
    """The folder cannot be used; what was good last goes on."""

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        rows = "\n".join(f"  {problem}" for problem in self.problems)
        return f"지식 파일에 고칠 곳이 {len(self.problems)}군데 있어 먼저 것으로 계속 답합니다.\n{rows}"


Told: TypeAlias = Reloaded | Refused
SaidT = TypeVar("SaidT", Reloaded, Refused)
Tell: TypeAlias = Callable[[Told], Awaitable[object]]


@dataclass(frozen=True)
class Places:
    """``root``: the knowledge. ``keep``: ours to write. ``ready``: what was shipped computed (see ``Engine.build``)."""

    root: Path
    keep: Path
    ready: Path

    @property
    def reading(self) -> Path:
        return self.keep / "reading"

    @property
    def good(self) -> Path:
        return self.keep / "knowledge"

    @property
    def versions(self) -> Versions:
        return Versions(self.keep / "versions")


class Reloader:
    """Keeps the engine in ``holder`` as the folder says. ``tell`` hears each outcome; the log does anyway."""

    def __init__(self, holder: Holder, places: Places, tell: Tell, quiet: float = QUIET) -> None:
        if not isinstance(holder.engine, Engine):
            raise TypeError("only an engine of knowledge files can be reloaded")
        self._holder, self._places, self._tell, self._quiet = holder, places, tell, quiet
        self._whole = holder.engine
        self._encoder = Patient(self._whole.encoder) if self._whole.encoder else None
        self._read: Files = {}
        self._seen = Seen()
        self._kept: str | None = None
        self._refused: tuple[Problem, ...] = ()
        self._pool = ThreadPoolExecutor(1, "reload")
        self._telling, self._learning = Later(), Later()
        self._turn = asyncio.Lock()

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until ``stop``; the first look is at once."""
        shutil.rmtree(self._places.reading, ignore_errors=True)
        try:
            async for _ in changes(self._places.root, stop, ("", ()), self._quiet):
                await self.now()
        finally:
            await self._telling.drop()
            await self._learning.drop()
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def now(self) -> Told:
        """Look at the folder without waiting for a change, and say what is so; ``tell`` hears what is news."""
        async with self._turn:
            await self._telling.drop()
            return await self._look()

    async def _look(self) -> Told:
        """Take what is there now, if it is good."""
        try:
            files, knowledge = await self._aside(self._load)
            told = Reloaded(knowledge.version, Changes())
            if knowledge.version != self._holder.engine.knowledge.version:
                told = await self._exchange(files, knowledge)
            elif self._refused:
                await self._say(told)
            await self._settle(files, knowledge.version)
            return told
        except KnowledgeError as error:
            found = tuple(error.problems)
        except Exception as error:
            log.exception("the new knowledge was not taken, the old goes on", extra={"code": "E308"})
            message = f"새 지식을 읽다가 문제가 생겼습니다({error}). 기록(log)을 개발자에게 보여 주세요."
            found = (Problem(str(self._places.root), 0, message),)
        self._telling.start(self._refuse(found))
        return Refused(found)

    def _load(self) -> tuple[Files, Knowledge]:
        """From a copy, so that nothing changes while it is read."""
        files = snapshot(self._places.root)
        put(files, self._places.reading, self._read)
        self._read = files
        return files, replace(load_again(self._places.reading, self._seen), documents={})

    async def _exchange(self, files: Files, knowledge: Knowledge) -> Reloaded:
        found = await self._aside(lambda: rebuilt(self._whole, knowledge, self._encoder))
        before, self._holder.engine = self._holder.engine.knowledge.version, found.engine
        await self._learning.drop()
        if found.is_whole:
            self._whole = found.engine
        seen = await self._aside(lambda: self._places.versions.changes(before, files))
        return await self._say(Reloaded(knowledge.version, seen))

    async def _settle(self, files: Files, version: str) -> None:
        """Keep what is live, and learn it whole where it is not yet."""
        if version == self._kept:
            return
        await self._aside(lambda: self._keep(files))
        self._kept = version
        if self._holder.engine is not self._whole:
            self._learning.start(self._learn(version))

    def _keep(self, files: Files) -> None:
        """As the last good knowledge, for the next start, and among the versions."""
        remember(self._places.reading, self._places.good)
        self._places.versions.keep(files, datetime.now(UTC))

    async def _learn(self, version: str) -> None:
        """Learn all anew elsewhere, then take the result, if nothing newer came meanwhile."""
        encoder = self._whole.encoder
        child = await asyncio.create_subprocess_exec(
            *command(self._places.good, self._places.keep, self._places.ready, encoder is not None),
            env=os.environ | {"PYTHONPATH": _PACKAGES},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            _, err = await child.communicate()
        finally:
            if child.returncode is None:
                child.kill()
                await child.communicate()
        whole = await self._aside(lambda: self._thawed(version, encoder))
        if whole is None:
            told = {"code": "E312", "exit": child.returncode, "error": err[-500:].decode("utf-8", "replace")}
            log.warning("learning anew failed", extra=told)
            return
        self._holder.engine = self._whole = whole
        log.info("learned anew", extra={"code": "I301", "knowledge": version})

    def _thawed(self, version: str, encoder: Encoder | None) -> Engine | None:
        return thaw(kept_at(self._places.keep, encoder), key_of(version, encoder), encoder)

    async def _refuse(self, problems: tuple[Problem, ...]) -> None:
        await asyncio.sleep(_PATIENCE)
        if problems != self._refused:
            await self._say(Refused(problems))

    async def _say(self, told: SaidT) -> SaidT:
        """A listener that fails stops nothing."""
        self._refused = told.problems if isinstance(told, Refused) else ()
        if isinstance(told, Refused):
            fields = {"code": "E309", "problems": str(told)}
            log.error("the knowledge is broken, the last good one goes on", extra=fields)
        else:
            log.info("new knowledge", extra={"code": "I302", "knowledge": told.version, "files": str(told.changes)})
        try:
            await self._tell(told)
        except Exception:
            log.exception("nobody could be told of the knowledge", extra={"code": "E310"})
        return told

    async def _aside(self, work: Callable[[], ResultT]) -> ResultT:
        """In the one thread for this. Not at a lower priority: it holds Python's lock, for which answers would wait."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


class Later:
    """At most one thing that goes on beside."""

    _task: asyncio.Task[None] | None = None

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """In place of what went on before."""
        if self._task:
            self._task.cancel()
        self._task = asyncio.create_task(_logged(work))

    async def drop(self) -> None:
        """End it, and wait until it has ended."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("a part of the reload failed", extra={"code": "E311"})

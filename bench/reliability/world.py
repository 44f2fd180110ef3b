"""A stand-in of Telegram in this process, bots as processes of their own, and a folder for what they keep.

async with World(Recipe(webhook=True, replicas=3, database_url=postgres.url)) as world:
    flow = world.flow()
    await flow.stream(200, rate=10)
    await world.replicas[0].kill()
"""

import asyncio
import shutil
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from bench.reliability.flow import Ear, Flow
from bench.reliability.gateway import Gateway
from bench.reliability.ports import free_port
from bench.reliability.replica import Replica
from bench.reliability.subjects import subjects
from bench.reliability.tally import Subject
from bench.stage import ROOT, environment
from bot.web.standin import Chat, Message, Pace, Standin

TOKEN = "123456:RELIABILITY"
SECRET = "reliability"
START_SECONDS = 120.0


@dataclass(frozen=True)
class Recipe:
    """Which bots there are. ``command`` and ``subjects`` put another program in the bot's place, to try all this out.

    ``settings``: more of the bot's settings, by name.
    ``kept``: a folder where built engines stay between runs, so that a start takes a second.
    """

    webhook: bool = False
    replicas: int = 1
    encoder: bool = True
    database_url: str = ""
    knowledge: Path = ROOT / "knowledge"
    kept: Path | None = ROOT / "var"
    settings: tuple[tuple[str, str], ...] = ()
    command: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()

    def bot(self, name: str, *more: str) -> list[str]:
        """The command line of the bot."""
        return [sys.executable, "-m", "bot", name, *more, *([] if self.encoder else ["--no-encoder"])]


class World:
    """Everything that a run needs, until the end of the block."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.tg = Standin(TOKEN, username="reliable_bot", first_update=_fresh(), pace=Pace(0.1, 2.0))
        self.ear = Ear()
        self.tg.state.journal = self.ear
        self.replicas: list[Replica] = []
        self.subjects: tuple[Subject, ...] = recipe.subjects
        self.alerts: list[Message] = []
        self._stack = AsyncExitStack()
        self._address = ""
        self.admins: Chat = self._admins()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            self.folder = Path(stack.enter_context(TemporaryDirectory(prefix="reliability-")))
            await stack.enter_async_context(self.tg)
            self._set_up_folder()
            await self._set_up_replicas(stack)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    @property
    def database(self) -> Path:
        """The SQLite file, where that is what is used."""
        return self.folder / "data" / "bot.db"

    def flow(self, *, wide: int = 100, burst: int = 2, seed: int = 1) -> Flow:
        """A stream of questions to these bots."""
        return Flow(self.tg, self.subjects, wide=wide, burst=burst, seed=seed)

    async def start(self) -> None:
        """Start all replicas, and wait until they work."""
        await asyncio.gather(*(self.started(replica) for replica in self.replicas))

    async def started(self, replica: Replica, patience: float = START_SECONDS) -> None:
        """Start one, until it says that it is ready, or, as the only one, asks for updates or has set its webhook."""
        turn = self.tg.state.updates.turn
        await replica.start()
        deadline = time.monotonic() + patience
        while not (self._is_met_anew(turn) or await replica.readiness() == 200):
            if not replica.is_alive or time.monotonic() > deadline:
                raise RuntimeError(f"the bot did not start: {replica.written()[-2000:]}")
            await asyncio.sleep(0.02)

    def _is_met_anew(self, turn: int) -> bool:
        return len(self.replicas) == 1 and self.tg.state.updates.turn != turn

    def written(self) -> str:
        """The logs of all."""
        return "".join(replica.written() for replica in self.replicas)

    def _admins(self) -> Chat:
        chat = self.tg.private(self.tg.user(first_name="Admin"))
        chat.started = True
        self.ear.hearers.append(lambda message: self.alerts.append(message) if message.chat is chat else None)
        return chat

    def _set_up_folder(self) -> None:
        (self.folder / "var").mkdir()
        self.database.parent.mkdir()
        _copy(self.recipe.kept, self.folder / "var")
        if not self.subjects:
            ask = self.recipe.bot("ask", "--jsonl")
            self.subjects = subjects(ask, self.folder, self._environ(0), self.recipe.knowledge)
            _copy(self.folder / "var", self.recipe.kept)

    async def _set_up_replicas(self, stack: AsyncExitStack) -> None:
        ports = [free_port() for _ in range(self.recipe.replicas)]
        if self.recipe.webhook:
            self._address = f"http://127.0.0.1:{ports[0]}"
            if len(ports) > 1:
                self._address = (await stack.enter_async_context(Gateway(ports))).url
        command: Sequence[str] = self.recipe.command or self.recipe.bot("run")
        for number, port in enumerate(ports):
            log = self.folder / f"replica-{number}.log"
            self.replicas.append(Replica(command, self.folder, self._environ(port), port, log))
        stack.push_async_callback(self._end)

    async def _end(self) -> None:
        await asyncio.gather(*(replica.kill() for replica in self.replicas))

    def _environ(self, port: int) -> dict[str, str]:
        hook = {"WEBHOOK_URL": f"{self._address}/telegram", "WEBHOOK_SECRET": SECRET} if self._address else {}
        asked = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "KNOWLEDGE_DIR": str(self.recipe.knowledge.resolve()),
            "DATABASE_URL": self.recipe.database_url or f"sqlite:///{self.database}",
            "ALERT_CHAT_ID": str(self.admins.id),
            "ID_PEPPER": "reliability",
            "HTTP_PORT": str(port),
            "LOG_FORMAT": "json",
        }
        where = {"TELEGRAM_API_URL": self.tg.url, "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"}
        return {**environment(), **asked, **where, **hook, **dict(self.recipe.settings), "PYTHONUNBUFFERED": "1"}


def _fresh() -> int:
    """Numbers that no earlier world used, whose updates the same database may still remember."""
    return int(time.time() * 1000) % 2_000_000_000


def _copy(source: Path | None, target: Path | None) -> None:
    """Engines that are there, newer than those that are there already."""
    if source is None or target is None:
        return
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("engine-*.pickle")):
        to = target / path.name
        if not to.exists() or path.stat().st_mtime > to.stat().st_mtime:
            shutil.copy2(path, to)

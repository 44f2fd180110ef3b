"""100,000 updates wait and nobody works: how much memory does that take, and does danger still get through at once?"""

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.reliability.report import Figure, Section
from bot.chat.incoming import Incoming, incoming
from bot.chat.intake import Intake
from bot.chat.work import Work
from bot.store import inbox
from bot.store.inbox import Row
from bot.store.keeper import Store

MEGABYTES, SECONDS = 50.0, 0.5
_BATCH = 100
_DANGER = "불이야"


@dataclass(frozen=True)
class Waited:
    """``grown``: megabytes from the first thousands to the last update; ``danger``: seconds to work on it."""

    waiting: int
    grown: float
    seconds: float
    danger: float
    file: float


async def run(count: int) -> Waited:
    """Take in so many, of a quarter as many people, then one that tells of danger."""
    worked: dict[int, float] = {}

    async def handle(row: Row) -> None:
        worked[row.update_id] = time.monotonic()

    async def report(_: str, __: Row) -> None:
        raise AssertionError("nothing is set aside here")

    with TemporaryDirectory(prefix="backlog-") as folder:
        path = Path(folder, "bot.db")
        async with Store(f"sqlite:///{path}") as store:
            intake = Intake(store, Work(store, handle, report), lambda text: text == _DANGER)
            await _take(intake, range(_BATCH, 5_000))
            before, begun = _resident(), time.monotonic()
            await _take(intake, range(5_000, count))
            grown, seconds, asked = _resident() - before, time.monotonic() - begun, time.monotonic()
            (safe,) = await intake.accept([_update(count + 1, 1, _DANGER)])
            await safe
            while count + 1 not in worked:
                await intake.work.hand[count + 1].done
            depth = await store.read(inbox.depth)
            return Waited(depth.waiting, grown, seconds, worked[count + 1] - asked, _size(path))


async def _take(intake: Intake, numbers: range) -> None:
    for first in range(numbers.start, numbers.stop, _BATCH):
        await intake.accept([_update(n, n // 4, "부엉이버스 요금 얼마예요?") for n in range(first, first + _BATCH)])


def _update(number: int, person: int, text: str) -> Incoming:
    user = {"id": person + 1, "is_bot": False, "first_name": "시민", "language_code": "ko"}
    message = {
        "message_id": number,
        "date": 1,
        "chat": {"id": person + 1, "type": "private"},
        "from": user,
        "text": text,
    }
    found = incoming({"update_id": number, "message": message})
    assert found
    return found


def _size(path: Path) -> float:
    return path.stat().st_size / 2**20


def _resident() -> float:
    """Megabytes of this process."""
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def section(title: str, told: Waited) -> Section:
    """The report."""
    return Section(
        title,
        "Intake and SQLite in this process; nobody works on what waits.",
        (
            Figure("updates that wait", f"{told.waiting:,}"),
            Figure("memory grown by them", f"{told.grown:.0f} MB", f"≤ {MEGABYTES:.0f} MB", told.grown <= MEGABYTES),
            Figure("size of the database", f"{told.file:.0f} MB"),
            Figure("taken in", f"{told.waiting / told.seconds:,.0f} a second"),
            Figure("danger worked on after", f"{told.danger:.3f} s", f"≤ {SECONDS} s", told.danger <= SECONDS),
        ),
    )

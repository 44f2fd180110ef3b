"""One bot process: started, watched, killed by its own process id."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.reliability.ports import get

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(eq=False)
class Replica:
    """``python -m bot run`` with an environment of its own; all it says goes into ``log``."""

    command: Sequence[str]
    folder: Path
    environ: Mapping[str, str]
    port: int
    log: Path
    process: asyncio.subprocess.Process | None = None
    begun: float = 0.0

    async def start(self) -> None:
        """Start the process; it is not ready yet."""
        self.begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command, cwd=self.folder, env=dict(self.environ), stdout=log, stderr=log
            )

    @property
    def pid(self) -> int:
        """The process id; RuntimeError when it was never started."""
        if self.process is None:
            raise RuntimeError("the replica was not started")
        return self.process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.returncode is None

    async def kill(self) -> bool:
        """``kill -9``, and wait until the process is gone; whether it was still there."""
        return await self._end(signal.SIGKILL)

    async def stop(self, patience: float = 40.0) -> bool:
        """SIGTERM as a container's end sends it, ``kill -9`` when that took too long; whether it was still there."""
        try:
            return await asyncio.wait_for(self._end(signal.SIGTERM), patience)
        except TimeoutError:
            return await self.kill()

    async def _end(self, number: signal.Signals) -> bool:
        if self.process is None or not self.is_alive:
            return False
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        await self.process.wait()
        return True

    async def readiness(self) -> int:
        """The status of ``/readyz``; 0 where nobody answers."""
        return (await get(self.port, "/readyz"))[0]

    @property
    def resident(self) -> float:
        """Megabytes of memory in use (VmRSS)."""
        return resident(self.pid)

    @property
    def cpu(self) -> float:
        """Seconds of CPU time so far."""
        return cpu(self.pid)

    def written(self) -> str:
        """All that it logged."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""


def resident(pid: int) -> float:
    """A process's VmRSS in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu(pid: int) -> float:
    """A process's user and system time in seconds, without its children's."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS

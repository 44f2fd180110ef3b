"""A real PostgreSQL in a temporary folder, on a free port of 127.0.0.1, run by an ordinary user."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Self

from bench.reliability.ports import free_port, is_open

BINARIES = Path("/usr/lib/postgresql")
USER, DATABASE = "bot", "bot"
_ORDINARY = ("postgres", "nobody")
PATIENCE = 60.0


class NoPostgres(Exception):
    """It is not installed; says so."""


def binaries() -> Path:
    """The folder of the newest version there is. Raises NoPostgres."""
    found = sorted(BINARIES.glob("*/bin/postgres"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
    if not found:
        raise NoPostgres(f"there is no PostgreSQL in {BINARIES}")
    return found[-1].parent


class Postgres:
    """Started with ``with``; ``stop`` and ``start`` in between are what a restart of the server is."""

    def __init__(self) -> None:
        self._bin, self._user = binaries(), _ordinary_user()
        self._root = Path(mkdtemp(prefix="reliability-pg-"))
        self._data = self._root / "data"
        self.port = free_port()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """``DATABASE_URL``."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{DATABASE}"

    def __enter__(self) -> Self:
        try:
            self._create()
            self.start()
            self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, DATABASE)
        except BaseException:
            self._clean()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clean()

    def start(self) -> None:
        """Until it takes connections."""
        with (self._root / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [str(self._bin / "postgres"), "-D", str(self._data), "-p", str(self.port), "-k", str(self._root)],
                cwd=self._root, stdout=log, stderr=log, user=self._user, group=self._group, extra_groups=self._extra,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self._takes_connections():
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(self._root / 'log').read_text()[-1000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """At once, with open connections broken off ("fast")."""
        if self._server and self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(PATIENCE)

    def query(self, sql: str) -> str:
        """What ``psql`` prints for it, without heads."""
        return self._run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-Atc", sql, DATABASE).strip()

    @property
    def _group(self) -> int | None:
        return None if self._user is None else pwd.getpwnam(self._user).pw_gid

    @property
    def _extra(self) -> list[int] | None:
        return None if self._user is None else []

    def _create(self) -> None:
        if self._user is not None:
            shutil.chown(self._root, self._user, self._group)
        self._run(
            "initdb", "-D", str(self._data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        with (self._data / "postgresql.conf").open("a") as file:
            file.write("\nlisten_addresses = '127.0.0.1'\nmax_connections = 100\n")

    def _takes_connections(self) -> bool:
        if not is_open(self.port):
            return False
        return self._called("pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-q").returncode == 0

    def _run(self, name: str, *arguments: str) -> str:
        done = self._called(name, *arguments)
        if done.returncode:
            raise RuntimeError(f"{name} failed: {done.stderr[-1000:]}")
        return done.stdout

    def _called(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self._bin / name), *arguments],
            cwd=self._root, capture_output=True, text=True, check=False, timeout=PATIENCE,
            user=self._user, group=self._group, extra_groups=self._extra,
        )  # fmt: skip

    def _clean(self) -> None:
        self.stop()
        shutil.rmtree(self._root, ignore_errors=True)


def _ordinary_user() -> str | None:
    """Whom root becomes: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = next((name for name in _ORDINARY if name in known), None)
    if name is None:
        raise NoPostgres(f"PostgreSQL refuses to run as root, and there is no user {' or '.join(_ORDINARY)}")
    return name

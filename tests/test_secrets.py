"""Everything that a run writes, searched for what must never be written: secrets, the token, a citizen's words."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio

from bot.config import ROWS
from bot.monitor import log
from bot.web.standin import Standin

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "7712345678:AAsecretSecretSecretSecretSecret_123"
SECRETS = {
    "ADMIN_PASSWORD": 'Adm1n pa"ss/wörd',
    "WEBHOOK_SECRET": "hook-secret-8c1d",
    "ID_PEPPER": "pepper & salt 77",
    "DATABASE_URL": "postgresql://bot:db-pass-5e%2Fword@127.0.0.1:1/bot",
}
PARTS = (TOKEN, TOKEN.split(":")[1], *list(SECRETS.values())[:3], "db-pass-5e")
ANY_TOKEN = re.compile(rb"[0-9]{9,10}(?::|%3A)[A-Za-z0-9_-]{30,}")
WORDS = "막차 놓치면 얼마예요 쥐며느리"

Start = Callable[..., Awaitable[Process]]


@pytest_asyncio.fixture
async def start(town: Any, tmp_path: Path) -> AsyncIterator[Start]:
    """Begins ``python -m bot run`` in an empty folder; ended at last."""
    begun: list[Process] = []
    (tmp_path / "run").mkdir()

    async def begin(**settings: str) -> Process:
        names = {row.name for row in ROWS}
        environ = {name: value for name, value in os.environ.items() if name not in names}
        environ |= {"PYTHONPATH": str(ROOT), "KNOWLEDGE_DIR": str(town.root), "LOG_LEVEL": "DEBUG", **settings}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            "--no-encoder",
            cwd=tmp_path / "run",
            env=environ,
            stdout=PIPE,
            stderr=PIPE,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: Process, so_far: bytes = b"") -> bytes:
    """All that was written, once it ended as it should."""
    process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), 40)
    assert process.returncode == 0, err.decode()
    return so_far + out + err


def written(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def search(texts: list[bytes]) -> None:
    for secret in PARTS:
        for form in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]):
            assert not [text for text in texts if form.encode() in text], form
    assert not [ANY_TOKEN.findall(text) for text in texts if ANY_TOKEN.search(text)]


@pytest.mark.parametrize("form", ["json", "text"])
async def test_a_trial_writes_no_secret_and_nothing_that_was_said(start: Start, tmp_path: Path, form: str) -> None:
    process = await start(**SECRETS, LOG_FORMAT=form, HTTP_PORT="0")
    assert process.stdout
    first = await asyncio.wait_for(process.stdout.readline(), 60)
    url = re.findall(rb"http://[^/]+", first)[0].decode()
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        ordered = await client.post("/try/faults", json={"method": "sendMessage", "error": 500, "times": 1})
        said = await client.post("/try/say", json={"chat": 1001, "text": WORDS})
        assert (ordered.status_code, said.status_code) == (200, 200)
        async with asyncio.timeout(20):
            while (answer := await client.get("/try/state")).text.count("부엉이 버스") < 1:
                await asyncio.sleep(0.05)
    assert answer.status_code == 200
    process.send_signal(signal.SIGUSR1)
    text = await ended(process, first)
    assert b"answered" in text
    assert "쥐며느리".encode() not in text
    search([text, *written(tmp_path / "run")])


async def test_a_run_with_a_token_writes_it_nowhere_also_in_trouble(start: Start, tmp_path: Path) -> None:
    async with Standin(TOKEN, first_update=1) as tg:
        chat = tg.private(tg.user(id=7, first_name="영희"))
        tg.fault("getMe", error=502, times=1)
        tg.fault("sendMessage", error=500, times=1)
        tg.fault("sendMessage", error=400, description=f"Bad Request: https://x/bot{TOKEN}/y", times=1)
        secrets = {name: value for name, value in SECRETS.items() if name != "DATABASE_URL"}
        process = await start(
            **secrets, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=tg.url, LOG_FORMAT="json", HTTP_PORT="0"
        )
        tg.say(chat, None, WORDS)
        await tg.wait_for(chat, timeout=60)
        tg.cut(0.5)
        tg.say(chat, None, WORDS)
        await tg.wait_for(chat, timeout=60)
        process.send_signal(signal.SIGUSR1)
        text = await ended(process)
    assert b"[hidden]" in text
    assert b'"code": "E403"' in text
    assert "쥐며느리".encode() not in text
    search([text, *written(tmp_path / "run")])


async def test_a_token_that_telegram_does_not_know_is_not_printed(start: Start, tmp_path: Path) -> None:
    async with Standin("99:OTHER") as tg:
        process = await start(TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=tg.url, HTTP_PORT="0")
        out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    assert b"TELEGRAM_BOT_TOKEN" in err
    search([out, err, *written(tmp_path / "run")])


def test_what_nobody_caught_is_logged_without_secrets(tmp_path: Path) -> None:
    """Python's own report of it holds the message as it is."""
    program = f"""
import threading, warnings
from bot.config import Secret, Settings
from bot.monitor.log import catching, set_up
set_up(Settings(admin_password=Secret("hunter22")))
class Weary:
    def __del__(self):
        raise RuntimeError("unraisable hunter22 {TOKEN}")
def fail():
    raise RuntimeError("thread hunter22 {TOKEN}")
with catching():
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    Weary()
    warnings.warn("warning hunter22 {TOKEN}")
    raise RuntimeError("main hunter22 {TOKEN}")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    for word in ("thread", "unraisable", "warning", "main"):
        assert f"{word} {log.HIDDEN} {log.HIDDEN}" in done.stderr
    search([done.stdout.encode(), done.stderr.encode()])
    assert "hunter22" not in done.stderr

"""The image and the example around it: what can be seen without Docker."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import ROWS
from bot.web.health import health_routes
from bot.web.probe import main
from bot.web.service import Service

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")


def stages() -> list[list[tuple[str, str]]]:
    """Each stage's instructions."""
    lines = [line.split(maxsplit=1) for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
    pairs = [(word.upper(), rest) for word, rest in lines]
    starts = [i for i, (word, _) in enumerate(pairs) if word == "FROM"]
    return [pairs[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def last(word: str) -> str:
    return [rest for name, rest in stages()[-1] if name == word][-1]


def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]  # type: ignore[no-any-return]


def test_the_bot_is_not_root_and_owns_neither_code_nor_knowledge() -> None:
    assert last("USER").isdecimal()
    assert last("USER") != "0"
    assert "--chown" not in last("COPY")
    [owned] = re.findall(r"chown -R bot:bot (\S+)", DOCKERFILE)
    assert owned == "/app/var"


def test_signals_reach_the_bot() -> None:
    """In shell form the shell would get them."""
    assert json.loads(last("ENTRYPOINT")) == ["python", "-m", "bot"]
    assert json.loads(last("CMD")) == ["run"]
    assert last("STOPSIGNAL") == "SIGTERM"
    assert int(compose()["bot"]["stop_grace_period"].removesuffix("s")) >= 30


def test_docker_asks_the_bot_whether_it_is_healthy() -> None:
    command = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    assert command == ["python", "-m", "bot.web.probe"]


def test_the_image_is_built_of_what_is_locked() -> None:
    installed = [rest for stage in stages() for word, rest in stage if word == "RUN" and "pip install" in rest]
    assert installed
    assert all("--require-hashes -r requirements.lock" in rest for rest in installed)
    assert all(rest.startswith("python:3.11-slim") for stage in stages() for word, rest in stage if word == "FROM")


def test_what_the_image_copies_exists_and_no_secret_is_among_it() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    copied = {word for rest in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M) for word in rest.split()[:-1]}
    assert copied == {"requirements.lock", "bot", "knowledge"}
    assert all((ROOT / name).exists() for name in copied)
    assert {"**/.env", ".git", "var"} <= set(ignored)
    assert not copied & set(ignored)


# The example


def test_knowledge_cannot_be_changed_from_inside() -> None:
    bot = compose()["bot"]
    assert "../knowledge:/app/knowledge:ro" in bot["volumes"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]


def test_nothing_is_open_to_other_machines() -> None:
    ports = [port for service in compose().values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_password_stands_in_the_example() -> None:
    for service in compose().values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or re.fullmatch(r"\$\{\w+:\?\}", value), name
    assert re.fullmatch(
        r"postgresql://bot:\$\{POSTGRES_PASSWORD:\?\}@postgres/bot", compose()["bot"]["environment"]["DATABASE_URL"]
    )


def test_the_example_names_real_settings_fixed_images_and_files_that_exist() -> None:
    assert set(compose()["bot"]["environment"]) <= {row.name for row in ROWS}
    images = [service["image"] for service in compose().values() if "image" in service]
    assert all(re.search(r":v?\d+", image) for image in images)
    mounted = [v.split(":")[0] for service in compose().values() for v in service.get("volumes", [])]
    assert all((DEPLOY / path).exists() for path in mounted if path.startswith("."))


# The probe


@pytest.fixture
def health(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A bot's /healthz that answers as it is told; behind a proxy that leads nowhere."""
    told: dict[str, Any] = {"status": 200, "asked": []}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told["asked"].append(self.path)
            self.send_response(told["status"])
            self.end_headers()
            self.wfile.write('{"ok": "예"}'.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PORT", str(server.server_port))
    monkeypatch.setenv("HTTP_HOST", "0.0.0.0")
    told["stop"] = lambda: (server.shutdown(), thread.join(), server.server_close())
    yield told
    told["stop"]()


def test_a_healthy_bot_is_healthy(health: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert health["asked"] == ["/healthz"]
    assert "예" in capsys.readouterr().out


@pytest.mark.parametrize("status", [503, 404, 302])
def test_any_other_answer_is_an_illness(health: dict[str, Any], status: int) -> None:
    health["status"] = status
    assert main() == 1


def test_no_answer_is_an_illness(health: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    health["stop"]()
    health["stop"] = lambda: None
    assert main() == 1
    assert "ConnectionRefusedError" in capsys.readouterr().out


def test_a_bot_without_a_port_cannot_be_asked(health: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "0")
    assert main() == 0
    assert health["asked"] == []


async def test_the_probe_finds_the_real_bots_health(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for row in ROWS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.chdir(tmp_path)
    async with Service("127.0.0.1", 0, health_routes(lambda: {"telegram": "not reached"})) as service:
        monkeypatch.setenv("HTTP_PORT", str(service.port))
        assert await asyncio.to_thread(main) == 0
        assert await asyncio.to_thread(main, "/readyz") == 1

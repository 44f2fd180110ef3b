"""What deploy/ gives to Prometheus and Grafana: checked by promtool, and by a Prometheus that scrapes and fires."""

import asyncio
import json
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.engine.answer import Urgent
from bot.monitor.metrics import GAUGES, Metrics
from bot.web.numbers import metrics_route
from bot.web.service import Service

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
RULES = DEPLOY / "prometheus/alerts.yml"
DASHBOARD = DEPLOY / "grafana/dashboards/bot.json"
PROMTOOL, PROMETHEUS = shutil.which("promtool"), shutil.which("prometheus")
needs_promtool = pytest.mark.skipif(not PROMTOOL, reason="promtool is missing: apt-get install prometheus (.ci/run)")
needs_prometheus = pytest.mark.skipif(not PROMETHEUS, reason="prometheus is missing: apt-get install it (.ci/run)")
EMERGENCY = Urgent("fire", ("119",), 1.0)


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(RULES.read_text("utf-8"))["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    return [panel for panel in json.loads(DASHBOARD.read_text("utf-8"))["panels"] if panel["type"] != "row"]


def expressions() -> Iterator[tuple[str, str]]:
    """What is asked, and who asks."""
    board = json.loads(DASHBOARD.read_text("utf-8"))
    yield from ((rule["alert"], rule["expr"]) for rule in rules())
    yield from ((panel["title"], target["expr"]) for panel in panels() for target in panel["targets"])
    yield from ((note["name"], note["expr"]) for note in board["annotations"]["list"])
    yield from ((item["name"], item["definition"]) for item in board["templating"]["list"] if "definition" in item)


def told() -> dict[str, dict[str, set[str]]]:
    """All that the bot tells: series → label → values."""
    metrics = Metrics(lambda: ["owl-bus"])
    for name in GAUGES:
        metrics.watch(name, lambda: 1)
    out: dict[str, dict[str, set[str]]] = {}
    for family in text_string_to_metric_families(metrics.render()[0].decode()):
        for sample in family.samples:
            labels = out.setdefault(sample.name, {})
            for label, value in sample.labels.items():
                labels.setdefault(label, set()).add(value)
    return out


def promtool(*args: str | Path) -> None:
    done = subprocess.run([str(PROMTOOL), *map(str, args)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("who", "asked"), list(expressions()))
def test_every_number_that_is_asked_for_is_told(who: str, asked: str) -> None:
    known = told()
    names = set(re.findall(r"\b(?:bot|process|python)_[a-z_]+", asked))
    assert names or re.search(r"\bup{", asked) or who == "datasource", who
    assert names <= set(known), who
    for name, matchers in re.findall(r"\b(bot_[a-z_]+){([^}]*)}", asked):
        for label, value in re.findall(r'([a-z]+)[=!]~?"([^"$]+)"', matchers):
            assert label == "job" or set(value.split("|")) <= known[name][label], f"{who}: {label}={value}"


def test_each_alert_and_panel_is_korean_and_says_what_to_do() -> None:
    for rule in rules():
        told = rule["annotations"]
        assert re.search("[가-힣]", told["summary"]), rule["alert"]
        assert len(told["description"]) > 15, rule["alert"]
        assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert not [panel["title"] for panel in panels() if not re.search("[가-힣]|^👍", panel["title"])]


def test_panels_stand_beside_each_other() -> None:
    cells = [
        (x, y)
        for panel in json.loads(DASHBOARD.read_text("utf-8"))["panels"]
        for at in [panel["gridPos"]]
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


def test_each_alert_has_a_case_in_which_it_fires() -> None:
    cases = yaml.safe_load((DEPLOY / "prometheus/alerts_test.yml").read_text("utf-8"))["tests"]
    fires = {
        sample["labels"] for case in cases for check in case["promql_expr_test"] for sample in check["exp_samples"]
    }
    assert fires == {f'{{alertname="{rule["alert"]}"}}' for rule in rules()}


@needs_promtool
def test_prometheus_reads_the_rules_and_the_settings() -> None:
    promtool("check", "rules", RULES)
    promtool("check", "config", DEPLOY / "prometheus/prometheus.yml")


@needs_promtool
def test_each_alert_fires_when_it_should_and_not_otherwise() -> None:
    promtool("test", "rules", DEPLOY / "prometheus/alerts_test.yml")


@needs_promtool
def test_prometheus_reads_what_the_panels_ask(tmp_path: Path) -> None:
    asked = [re.sub(r"\$__(rate_interval|range)", "5m", target["expr"]) for p in panels() for target in p["targets"]]
    recorded = [{"record": f"panel:{i}", "expr": expr} for i, expr in enumerate(asked)]
    (path := tmp_path / "panels.yml").write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": recorded}]}))
    promtool("check", "rules", path)


@needs_promtool
def test_prometheus_likes_the_names_and_helps() -> None:
    metrics = Metrics(lambda: ["owl-bus"])
    for name in GAUGES:
        metrics.watch(name, lambda: 1)
    body = b"".join(
        line
        for line in metrics.render()[0].splitlines(keepends=True)
        if b"python_" not in line and b"process_" not in line
    )
    done = subprocess.run([str(PROMTOOL), "check", "metrics"], input=body, capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


# A real one


def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[tuple[Metrics, int]]:
    """Numbers of a bot that is well, over the bot's own HTTP."""
    metrics, at = Metrics(lambda: ["owl-bus"], tmp_path), port()
    for name in ("ready", "database_up", "encoder_present"):
        metrics.watch(name, lambda: 1)
    for name in ("inbox_depth", "inbox_oldest_seconds", "telegram_silence_seconds", "review_dates_passed"):
        metrics.watch(name, lambda: 0)
    async with Service("127.0.0.1", at, [metrics_route(lambda: metrics.render())]):
        yield metrics, at


@pytest_asyncio.fixture
async def prometheus(bot: tuple[Metrics, int], tmp_path: Path) -> AsyncIterator["Asked"]:
    """The shipped rules and settings with shorter times: how long an alert waits is for promtool to test."""
    settings = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text("utf-8"))
    settings["global"] = {"scrape_interval": "200ms", "scrape_timeout": "200ms", "evaluation_interval": "200ms"}
    settings["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{bot[1]}"]}]
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(settings))
    (tmp_path / "alerts.yml").write_text(re.sub(r"for: \w+", "for: 0s", RULES.read_text("utf-8")))
    at = port()
    process = await asyncio.create_subprocess_exec(
        str(PROMETHEUS),
        f"--config.file={tmp_path / 'prometheus.yml'}",
        f"--storage.tsdb.path={tmp_path / 'data'}",
        f"--web.listen-address=127.0.0.1:{at}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{at}/", trust_env=False) as client:
        asked = Asked(client)
        await asked.until(Asked.is_ready)
        yield asked
    process.terminate()
    await process.wait()


class Asked:
    """A running Prometheus."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def is_ready(self) -> bool:
        return (await self._client.get("-/ready")).status_code == 200

    async def firing(self) -> set[str]:
        found = (await self._client.get("api/v1/alerts")).json()["data"]["alerts"]
        return {alert["labels"]["alertname"] for alert in found if alert["state"] == "firing"}

    async def value(self, query: str) -> float | None:
        found = (await self._client.get("api/v1/query", params={"query": query})).json()["data"]["result"]
        return float(found[0]["value"][1]) if found else None

    async def until(self, what: Callable[["Asked"], Any], seconds: float = 30) -> None:
        """Prometheus tells nobody when it has scraped: ask until it is so."""
        async with asyncio.timeout(seconds):
            while True:
                try:
                    if await what(self):
                        return
                except httpx.TransportError:
                    pass  # it is still starting
                await asyncio.sleep(0.1)


def seen(query: str, value: float) -> Callable[[Asked], Any]:
    async def check(asked: Asked) -> bool:
        return await asked.value(query) == value

    return check


def fires(*names: str) -> Callable[[Asked], Any]:
    async def check(asked: Asked) -> bool:
        return set(names) == await asked.firing()

    return check


@needs_prometheus
async def test_a_real_prometheus_scrapes_the_bot_and_fires(bot: tuple[Metrics, int], prometheus: Asked) -> None:
    metrics, _ = bot
    await prometheus.until(seen('count_over_time(bot_ready{job="bot"}[1m]) > bool 3', 1))
    assert await prometheus.firing() == set()
    assert await prometheus.value("bot_emergencies_total") == 0
    metrics.answered(EMERGENCY, 10, "ko")
    await prometheus.until(fires("EmergencySeen"))
    metrics.watch("database_up", lambda: 0)
    metrics.watch("ready", lambda: 1 / 0)
    metrics.reloaded(False)
    await prometheus.until(fires("EmergencySeen", "DatabaseDown", "BotNotReady", "ReloadRefused"))
    metrics.watch("database_up", lambda: 1)
    metrics.watch("ready", lambda: 1)
    await prometheus.until(fires("EmergencySeen", "ReloadRefused"))


@needs_prometheus
async def test_a_real_prometheus_misses_a_bot_that_is_gone(bot: tuple[Metrics, int], prometheus: Asked) -> None:
    await prometheus.until(seen('up{job="bot"}', 1))
    bot[0].render = lambda: 1 / 0  # type: ignore[assignment, return-value, method-assign]
    await prometheus.until(fires("BotDown"))

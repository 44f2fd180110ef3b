"""Every line of the log can be looked up: docs/admin.md explains each code, alert and kind, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.monitor.kinds import KINDS
from bot.monitor.metrics import GAUGES, STEPS, TROUBLES

ROOT = Path(__file__).resolve().parents[2]
ADMIN = (ROOT / "docs/admin.md").read_text("utf-8")
FILES = sorted((ROOT / "bot").rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
CODE = re.compile(r"\b[EI][1-9][0-9]{2}\b")
LEVELS = {"info", "warning", "error", "exception", "critical", "log"}
ROWS = {row[0]: row[1:] for row in re.findall(r"^\| `([EI][0-9]{3})` \| `([^`]+)` \| (.+?) \| (.+?) \|$", ADMIN, re.M)}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every line that the bot logs, and where."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
                by = node.func.value
                if isinstance(by, ast.Name) and by.id in {"log", "_log", "logger"}:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def said(call: ast.Call) -> str:
    """The message of a line."""
    assert isinstance(call.func, ast.Attribute)
    first = call.args[1] if call.func.attr == "log" else call.args[0]
    assert isinstance(first, ast.Constant)
    assert isinstance(first.value, str)
    return first.value


def code(call: ast.Call) -> str | None:
    """The code of a line, in its extra fields or in those that it names."""
    extra = next((word.value for word in call.keywords if word.arg == "extra"), None)
    found = CODE.search(ast.unparse(extra)) if extra else None
    return found[0] if found else None


def named() -> dict[ast.Call, str]:
    """Lines whose fields have a name → the function in which they were gathered."""
    out: dict[ast.Call, str] = {}
    for tree in TREES.values():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and any(
                    isinstance(w.value, ast.Name) for w in node.keywords if w.arg == "extra"
                ):
                    out[node] = ast.unparse(function)
    return out


def used() -> set[str]:
    return {found for path in FILES for found in CODE.findall(path.read_text("utf-8"))}


def test_every_line_that_tells_of_trouble_has_a_code() -> None:
    around = named()
    without = [where for where, call in calls() if code(call) is None and not CODE.search(around.get(call, ""))]
    assert not without, 'give each extra={"code": "E…"} and a row in docs/admin.md'


def test_every_code_is_explained_and_none_that_is_not_used() -> None:
    assert set(ROWS) == used()


@pytest.mark.parametrize("known", sorted(ROWS))
def test_what_a_code_means_is_said_in_korean(known: str) -> None:
    _, meaning, todo = ROWS[known]
    assert re.search("[가-힣]", meaning)
    assert re.search("[가-힣]", todo) or (known.startswith("I") and todo == "—")


@pytest.mark.parametrize(("where", "call"), list(calls()), ids=lambda value: value if isinstance(value, str) else "")
def test_the_words_of_the_log_can_be_found(where: str, call: ast.Call) -> None:
    if known := code(call):
        assert said(call).startswith(ROWS[known][0].removesuffix("…")), where


def test_every_alert_of_prometheus_is_explained() -> None:
    groups = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text("utf-8"))["groups"]
    assert {rule["alert"] for group in groups for rule in group["rules"]} == set(
        re.findall(r"^\| `([A-Z][A-Za-z]+)` \|", ADMIN, re.M)
    )


def test_every_alert_of_the_chat_is_explained_with_its_words() -> None:
    explained = dict(re.findall(r"^\| `([a-z]+)` \| (.+?) \|", ADMIN, re.M))
    assert {name: explained.get(name) for name in KINDS} == {name: kind.title for name, kind in KINDS.items()}


def test_every_number_and_its_labels_are_explained() -> None:
    metrics = (ROOT / "bot/monitor/metrics.py").read_text("utf-8")
    names = {f"bot_{name}" for name in GAUGES} | set(re.findall(r'(?:Counter|Histogram)\(\s*"(bot_\w+)"', metrics))
    told = set(re.findall(r"`(bot_[a-z_]+)`", ADMIN))
    assert {name.removesuffix("_total") for name in told} - {"bot_info"} == names
    assert not [word for word in (*STEPS, *TROUBLES) if f"`{word}`" not in ADMIN]

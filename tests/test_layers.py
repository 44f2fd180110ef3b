"""Nothing imports from a later layer; only the edge knows Telegram; no city in the code."""

import ast
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parents[1] / "bot"
LAYERS = [
    "errors",
    "config",
    "kb",
    "engine",
    "store",
    "monitor",
    "chat",
    "web",
    "parts",
    "reload",
    "engines",
    "records",
    "chores",
    "missed",
    "backups",
    "reporting",
    "app",
    "trial",
    "commands",
    "staff",
    "arguments",
    "cli",
    "__main__",
]
FILES = sorted(BOT.rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def layer(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(BOT).as_posix())
def test_nothing_imports_from_a_later_layer(path: Path) -> None:
    if layer(path) == "__init__":
        return
    later = set(LAYERS[LAYERS.index(layer(path)) + 1 :])
    assert not {name for name in imports(path) if name.startswith("bot.") and name.split(".")[1] in later}


def test_only_the_edge_knows_telegram() -> None:
    users = {layer(p) for p in FILES if any(name.split(".")[0] == "telegram" for name in imports(p))}
    assert users == {"app", "chat", "parts"}


def test_the_code_names_no_city() -> None:
    assert not [p for p in FILES if "안산" in p.read_text("utf-8") or "ansan" in p.read_text("utf-8").lower()]


def test_modules_and_functions_stay_small() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 250, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno <= 40, f"{path}:{node.name}"

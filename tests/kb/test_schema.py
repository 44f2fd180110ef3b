"""What an editor completes and underlines while staff type: the schemas say what the loader says."""

import re
from pathlib import Path

import pytest
import yaml

from bot.kb.schema import FOLDER, KINDS, MARK, files, first_line, kind_of, linked, schema
from tools.schema import main, outdated

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
FILES = sorted(path.relative_to(KNOWLEDGE).as_posix() for path in KNOWLEDGE.rglob("*.yaml"))
OWL = "programs/owl-bus.yaml"
TYPES = {"string": str, "number": int | float, "boolean": bool, "array": list, "object": dict}


def faults(value, part, root):
    """A small validator of what the schemas use; each fault as the words of the rule that refuses."""
    if "$ref" in part:
        return faults(value, root["$defs"][part["$ref"].rpartition("/")[2]], root)
    kinds = part.get("type", [])
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return ["type"]
    if "enum" in part and value not in part["enum"]:
        return ["enum"]
    if isinstance(value, str):
        return _text(value, part)
    if isinstance(value, list):
        few = ["minItems"] if len(value) < part.get("minItems", 0) else []
        return [*few, *(fault for item in value for fault in faults(item, part["items"], root))]
    return _object(value, part, root) if isinstance(value, dict) else []


def _text(value, part):
    rules = {"minLength": len(value) < part.get("minLength", 0), "maxLength": len(value) > part.get("maxLength", 9999)}
    rules["pattern"] = re.search(part.get("pattern", ""), value) is None
    return [rule for rule, is_broken in rules.items() if is_broken]


def _object(value, part, root):
    known, more = part.get("properties", {}), part.get("additionalProperties", True)
    found = ["required" for key in part.get("required", []) if key not in value]
    for key, inner in value.items():
        found += faults(key, part.get("propertyNames", {}), root)
        if key in known:
            found += faults(inner, known[key], root)
        elif more is False:
            found.append(f"unknown {key}")
        elif isinstance(more, dict):
            found += faults(inner, more, root)
    return found


def read(text):
    """As an editor reads it: YAML 1.2, where numbers are numbers and days are texts."""
    return yaml.load(text, Loader=_Editor)


class _Editor(yaml.SafeLoader):
    """Without days, and without yes and no."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if not tag.endswith(("timestamp", "bool"))]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_schemas_and_first_lines_are_what_the_tool_would_write():
    assert list(outdated(KNOWLEDGE)) == []


@pytest.mark.parametrize("where", FILES)
def test_an_editor_finds_nothing_to_underline_in_a_good_file(where):
    told = schema(kind_of(where))
    assert faults(read((KNOWLEDGE / where).read_text("utf-8")), told, told) == []


@pytest.mark.parametrize("where", FILES)
def test_the_first_line_leads_to_a_schema(where):
    line = (KNOWLEDGE / where).read_text("utf-8").splitlines()[0]
    assert line.startswith(MARK)
    assert (KNOWLEDGE / where).parent.joinpath(line.removeprefix(MARK)).resolve().is_file()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("status: unconfirmed", "status: maybe", "enum"),
        ("category: ", "catgory: ", "unknown catgory"),
        ("how_to_use: ", "# ", "required"),
        ("reviewed_on: 2026-11-23", "reviewed_on: 어제", "pattern"),
        ("phone: 1666-1234", "phone: 전화", "pattern"),
        ("summary: ", "summary: " + "가" * 140, "maxLength"),
        ("related: [", "related: x #", "type"),
    ],
)
def test_an_editor_underlines_what_the_loader_would_refuse(old, new, rule):
    told = schema("programs")
    text = (KNOWLEDGE / OWL).read_text("utf-8")
    assert old in text
    assert rule in faults(read(text.replace(old, new, 1)), told, told)


@pytest.mark.parametrize("value", ["2023", "112", "1666-1234"])
def test_a_number_may_stand_where_the_loader_reads_text(value):
    told = schema("programs")
    assert faults(yaml.safe_load(value), told["$defs"]["Contact"]["properties"]["phone"], told) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_every_file_is_described_in_korean(kind):
    told = schema(kind)
    parts = [told, *told.get("$defs", {}).values()]
    described = [value["description"] for part in parts for value in part.get("properties", {}).values()]
    assert described
    assert [words for words in described if not re.search("[가-힣]", words)] == []


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("city.yaml", f"{MARK}{FOLDER}/city.json"),
        (OWL, f"{MARK}../{FOLDER}/programs.json"),
        ("translations/vi/owl-bus.yaml", f"{MARK}../../{FOLDER}/translations.json"),
    ],
)
def test_the_way_to_a_schema_depends_on_where_the_file_is(where, line):
    assert first_line(where) == line


@pytest.mark.parametrize("where", ["x.yaml", "programs/old/x.yaml", "translations/x.yaml", "programs.yaml"])
def test_a_file_in_no_place_has_no_schema(where):
    assert kind_of(where) is None


@pytest.mark.parametrize(
    "text", ["id: a\n", f"{MARK}old.json\nid: a\n", "\ufeffid: a\r\n", f"\ufeff{MARK}x\r\nid: a\r\n"]
)
def test_a_link_is_put_in_once_and_everything_else_stays(text):
    once = linked(OWL, text)
    assert linked(OWL, once) == once
    assert once.startswith("\ufeff") == text.startswith("\ufeff")
    assert once.removeprefix("\ufeff").splitlines() == [first_line(OWL), "id: a"]
    assert once.count("\r\n") == text.count("\r\n") or once.count("\r\n") == 2


def test_the_tool_mends_a_folder_and_then_has_nothing_to_do(town, capsys):
    assert main([str(town.root), "--check"]) == 1
    assert main([str(town.root)]) == 0
    assert main([str(town.root), "--check"]) == 0
    assert sorted(path.name for path in (town.root / FOLDER).iterdir()) == sorted(files())
    assert town.read("city.yaml").startswith(MARK)

"""JSON Schemas of the knowledge's files, from the models: editors complete and check while staff type.

Any scalar may stand where a text is wanted: the loader takes ``2023``, ``no`` and ``18:30`` as they are written.
"""

import json
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from bot.kb.guide import CODES, FIELDS, TITLES
from bot.kb.model import City, Elsewhere, GoldenFile, Programme, Translation
from bot.kb.phrases import Phrases
from bot.kb.urgent import Hotlines, Urgent

FOLDER = ".schema"
"""Inside the knowledge folder; the loader reads no hidden folders."""
KINDS: dict[str, type[BaseModel]] = {
    "city": City,
    "elsewhere": Elsewhere,
    "hotlines": Hotlines,
    "urgent": Urgent,
    "programs": Programme,
    "translations": Translation,
    "phrases": Phrases,
    "questions": GoldenFile,
}
"""By the name of the file, or of the folder in which such files are."""
MARK = "# yaml-language-server: $schema="
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_DAYS = ("reviewed_on", "review_by")
_SCALARS = ["string", "number", "boolean"]


def kind_of(where: str) -> str | None:
    """Which of ``KINDS`` the file at this path inside the knowledge is; None: not one that is read."""
    path = PurePosixPath(where)
    first = path.parts[0].removesuffix(".yaml")
    depth = {"programs": 2, "phrases": 2, "questions": 2, "translations": 3}.get(first, 1)
    return first if first in KINDS and len(path.parts) == depth else None


def first_line(where: str) -> str:
    """The line by which an editor finds the schema of the file at this path."""
    up = "../" * (len(PurePosixPath(where).parts) - 1)
    return f"{MARK}{up}{FOLDER}/{kind_of(where)}.json"


def linked(where: str, text: str) -> str:
    """The text of a file with that first line, whatever stood there before."""
    bom, rest = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    if rest.startswith(MARK):
        rest = rest.partition("\n")[2]
    end = "\r\n" if "\r\n" in rest else "\n"
    return f"{bom}{first_line(where)}{end}{rest}"


def files() -> dict[str, str]:
    """The schemas by file name, as JSON."""
    return {f"{kind}.json": json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n" for kind in KINDS}


def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file, with Korean descriptions."""
    root = KINDS[kind]
    found: dict[str, Any] = root.model_json_schema()
    for name, definition in {root.__name__: found, **found.get("$defs", {})}.items():
        definition.pop("description", None)
        for key, value in definition.get("properties", {}).items():
            value["description"] = FIELDS[name][key]
            if key in _DAYS:
                value["pattern"] = _DAY
    told: dict[str, Any] = _plain(found)
    told["title"] = TITLES[root]
    return {"$schema": "http://json-schema.org/draft-07/schema#", **told}


def _plain(part: Any) -> Any:
    """Without titles made of names and empty values; every text also as a number, every code with what it means."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    if {"type": "null"} in part.get("anyOf", []):
        return {**_plain(part["anyOf"][0]), **({"description": part["description"]} if "description" in part else {})}
    out = {key: _plain(value) for key, value in part.items() if not (key == "title" and isinstance(value, str))}
    if "enum" in out:
        out["enumDescriptions"] = [CODES[code] for code in out["enum"]]
        out["markdownEnumDescriptions"] = out["enumDescriptions"]
    elif out.get("type") == "string":
        out["type"] = _SCALARS
    return out

"""``python -m tools.keys``: the tables of keys in the staff guide, from the models and the words that editors show.

``--check`` writes nothing and fails where the guide is not as it would be written.
"""

import sys
import typing
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from bot.kb.guide import CODES, FIELDS, TITLES
from bot.kb.model import ASPECTS, STATUSES
from bot.kb.schema import KINDS

GUIDE = Path(__file__).resolve().parent.parent / "knowledge" / "README.md"
BEGIN, END = "<!-- keys: python -m tools.keys -->\n", "<!-- end of keys -->\n"
FIRST = "programs"
"""What staff edit every day stands open, all else is folded."""
PLACES = {
    "programs": "programs/*.yaml",
    "translations": "translations/언어/*.yaml",
    "phrases": "phrases/언어.yaml",
    "questions": "questions/*.yaml",
}


def tables() -> str:
    """Each kind of file with all its keys; a group of keys that was told is not told again."""
    told: set[type[BaseModel]] = set()
    kinds = [FIRST, *(kind for kind in KINDS if kind != FIRST)]
    return "\n".join(_kind(kind, told) for kind in kinds)


def _kind(kind: str, told: set[type[BaseModel]]) -> str:
    root = KINDS[kind]
    title = f"{PLACES.get(kind, f'{kind}.yaml')} — {TITLES[root]}"
    found = [model for model in nested(root) if model not in told]
    told.update(found)
    rows = "\n".join(_table(model, "" if model is root else _owner(root, model)) for model in found)
    if kind == FIRST:
        codes = "\n".join((_codes("status", STATUSES), _codes("aspect", ASPECTS)))
        return f"**{title}**\n\n{rows}\n{codes}\n"
    return f"<details><summary>{title}</summary>\n\n{rows}\n</details>\n"


def nested(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and all that its keys hold, each once."""
    yield from dict.fromkeys(_walk(model))


def _walk(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            yield from _walk(inner)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models(part)


def _owner(root: type[BaseModel], model: type[BaseModel]) -> str:
    """The key under which this group stands."""
    owners = (
        name
        for one in nested(root)
        for name, field in one.model_fields.items()
        if model in set(_models(field.annotation))
    )
    return next(owners)


def _table(model: type[BaseModel], owner: str) -> str:
    head = f"`{owner}` 안에 적는 것\n\n" if owner else ""
    told = {name: FIELDS[model.__name__][name].replace("|", "\\|") for name in model.model_fields}
    rows = (
        f"| `{name}` | {'꼭' if field.is_required() else ''} | {told[name]} |"
        for name, field in model.model_fields.items()
    )
    return "\n".join((f"{head}| 항목 | 꼭 적기 | 뜻 |", "|---|---|---|", *rows, ""))


def _codes(key: str, codes: tuple[str, ...]) -> str:
    return f"- `{key}`에 쓰는 값: " + ", ".join(f"`{code}` {CODES[code]}" for code in codes)


def written(text: str) -> str:
    """The guide with its tables as they should be. Raises ValueError without the marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{tables()}\n{END}{rest.split(END)[1]}"


def main(argv: list[str]) -> int:
    """Write them, or say that they are not current."""
    text = GUIDE.read_text("utf-8")
    is_current = written(text) == text
    if not is_current and "--check" not in argv:
        GUIDE.write_text(written(text), "utf-8")
    return 1 if "--check" in argv and not is_current else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Edits of staff's files, text to text: one line more, every other line as it was, comments and order too.

``ruamel.yaml`` reads and writes; where it would write an untouched line otherwise, that line stays as it stood.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted
from ruamel.yaml.tokens import CommentToken

from bot.errors import UsageError

Way: TypeAlias = tuple[str | int, ...]
_WIDEST = 1 << 30
_TALLEST = 20
"""Lines of one item at most, where its end must be looked for."""
_BY_HAND = "이 파일은 모양이 달라 자동으로 고치지 못합니다. 편집기에서 손으로 더하세요"


def with_phrasing(text: str, phrasing: str) -> str:
    """A programme or a translation with one phrasing more at the end of its ``questions``.

    Raises UsageError where that cannot be done.
    """
    return appended(text, ("questions",), phrasing)


def with_example(text: str, topic: str, phrasing: str) -> str:
    """``elsewhere.yaml`` with one example more of a topic. Raises UsageError, also for a topic that is not there."""
    data = _read(text)
    topics = data.get("topics") if isinstance(data, CommentedMap) else None
    for number, one in enumerate(topics or ()):
        if isinstance(one, CommentedMap) and one.get("id") == topic:
            return appended(text, ("topics", number, "examples"), phrasing)
    raise UsageError(f"elsewhere.yaml에 '{topic}' 주제가 없습니다.")


def appended(text: str, way: Way, value: str) -> str:
    """A text with one value more at the end of the list that ``way`` leads to. Raises UsageError."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    whole = plain if plain.endswith("\n") else plain + "\n"
    data = _read(whole)
    last = _last_line(_at(data, way))
    found = next((one for one in _edits(whole, way, value, last) if _is_right(one, data, way, value)), None)
    if found is None:
        raise UsageError(f"{_BY_HAND}.")
    return _as_it_was(text, found if plain.endswith("\n") else found.removesuffix("\n"))


def _edits(text: str, way: Way, value: str, last: int | None) -> Iterator[str]:
    """Ways to write it, the first that is right will do: as ``ruamel.yaml`` writes, or a line put below the last item.

    ``last``: the line of that item, from 0; None in a list of one line.
    """
    lines = text.splitlines(keepends=True)
    indent = "" if last is None else lines[last][: len(lines[last]) - len(lines[last].lstrip(" "))]
    before = _written(_read(text))
    if before.count("\n") == len(lines):
        data = _read(text)
        _append(_at(data, way), value)
        yield _merged(text, before, _written(data), None if last is None else indent)
    if last is not None:
        line = _written(CommentedSeq([Quoted(value)])).lstrip(" ")
        for below in range(last + 1, min(last + _TALLEST, len(lines)) + 1):
            yield "".join([*lines[:below], indent + line, *lines[below:]])


def _is_right(text: str, old: object, way: Way, value: str) -> bool:
    """Whether it says just what it said, and the new value."""
    try:
        new = _read(text)
        items = _at(new, way)
    except UsageError:
        return False
    return items.pop() == value and new == old


def _last_line(items: CommentedSeq) -> int | None:
    return items.lc.item(len(items) - 1)[0] if items and not items.fa.flow_style() else None


def _as_it_was(text: str, plain: str) -> str:
    """With the mark at the beginning and the ends of lines of ``text``."""
    told = plain.replace("\n", "\r\n") if "\r\n" in text else plain
    return ("\ufeff" if text.startswith("\ufeff") else "") + told


def _merged(text: str, before: str, after: str, indent: str | None) -> str:
    """The edit from ``before`` to ``after``, done to ``text``, whose lines are those of ``before`` written otherwise.

    ``indent``: of a new line.
    """
    own, old, new = (part.splitlines(keepends=True) for part in (text, before, after))
    out: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "insert" and indent is not None:
            out += [indent + line.lstrip(" ") for line in new[first:last]]
        else:
            out += own[start:end] if kind == "equal" else new[first:last]
    return "".join(out)


def _append(items: CommentedSeq, value: str) -> None:
    if not items:
        items.fa.set_block_style()
    trailing = items.ca.items.pop(len(items) - 1, None) if items else None
    items.append(Quoted(value))
    if trailing is None:
        return
    eol, rest = _parted(trailing[0])
    if eol:
        items.ca.items[len(items) - 2] = [eol, None, None, None]
    items.ca.items[len(items) - 1] = [rest, *trailing[1:]]


def _parted(token: Any) -> tuple[CommentToken | None, CommentToken | None]:
    """A comment beside the last value stays with it; what stands below goes on to the new one."""
    if token is None:
        return None, None
    beside, _, below = token.value.partition("\n")
    eol = CommentToken(beside + "\n", token.start_mark, None) if beside else None
    return eol, CommentToken("\n" + below, token.start_mark, None) if below else None


def _at(data: object, way: Way) -> CommentedSeq:
    here: Any = data
    for part in way:
        wanted = CommentedSeq if isinstance(part, int) else CommentedMap
        here = here[part] if isinstance(here, wanted) and (isinstance(part, int) or part in here) else None
    if not isinstance(here, CommentedSeq):
        raise UsageError(f"{_BY_HAND}: '{'.'.join(map(str, way))}' 목록이 없습니다.")
    return here


def values(text: str, way: Way) -> Iterator[str]:
    """What a list holds now."""
    yield from map(str, _at(_read(text), way))


def _read(text: str) -> object:
    try:
        return _yaml().load(text)
    except YAMLError as error:
        raise UsageError(f"{_BY_HAND}: YAML 문법이 어긋난 곳이 있습니다(python -m bot check).") from error


def _written(data: object) -> str:
    out = io.StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width, yaml.preserve_quotes, yaml.allow_unicode = _WIDEST, True, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml

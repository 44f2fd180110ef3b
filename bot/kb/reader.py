"""One YAML file → plain strings, lists and mappings, each with the line where it stands.

Strict where YAML surprises people: every scalar stays a string (``18:30``, ``031``, ``no``), keys may stand
only once, tabs, anchors, tags and other encodings than UTF-8 are refused. Messages are for editors, in Korean.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.errors import KnowledgeError, Problem
from bot.kb import slips
from bot.kb.unreviewed import unreviewed

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Path_: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
_ENCODING = (
    "UTF-8이 아닌 파일입니다(CP949·ANSI·유니코드로 저장). "
    "메모장이면 '다른 이름으로 저장'에서 인코딩을 UTF-8로 골라 다시 저장하세요."
)
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. ``lines`` maps the way to a value (``("details", 0, "text")``) to its line, from 1.

    ``begins`` has the line of values that begin below their key.
    """

    where: str
    data: Plain
    lines: dict[Path_, int]
    begins: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """The line of the value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path_, message: str) -> Problem:
        return Problem(self.where, self.line(path), message)


def read(path: Path, where: str) -> Document:
    """Read one file; ``where`` names it in messages.

    Raises KnowledgeError with the line and the mend.
    """
    text = _text(path, where)
    if marked := unreviewed(text, where):
        raise KnowledgeError(marked)
    if found := slips.hidden(text):
        raise KnowledgeError([Problem(where, *found)])
    reader = _Reader(where, text)
    try:
        return Document(where, reader.document(), reader.lines, reader.begins)
    except yaml.MarkedYAMLError as error:
        raise KnowledgeError([Problem(where, *slips.grammar(error, text))]) from error
    except yaml.YAMLError as error:
        raise KnowledgeError([Problem(where, 0, f"YAML로 읽을 수 없는 글자가 있습니다: {error}")]) from error


def _text(path: Path, where: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError([Problem(where, 0, f"파일을 읽을 수 없습니다({error.strerror}).")]) from error
    if len(raw) > MAX_BYTES:
        raise KnowledgeError([Problem(where, 0, f"파일이 너무 큽니다({len(raw):,}바이트, 최대 {MAX_BYTES:,}).")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise KnowledgeError([Problem(where, line, _ENCODING)]) from error


class _Reader:
    """Turns a stream of events into plain values and remembers the lines.

    Not ``yaml.compose``: it drops anchors and tags with the words behind them, and deep lists overflow its stack.
    """

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self.lines: dict[Path_, int] = {}
        self.begins: dict[Path_, int] = {}
        self._rows = text.splitlines()
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Plain:
        """The one document of the file."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise KnowledgeError([Problem(self.where, 0, "파일이 비어 있습니다. 내용을 적어 주세요.")])
        root = self._value(next(self._events), ())
        next(self._events)
        if not isinstance(event := next(self._events), yaml.StreamEndEvent):
            raise self._stop(event, slips.another("found another document"))
        return root

    def _value(self, event: yaml.Event, path: Path_) -> Plain:
        self.lines.setdefault(path, _line(event))
        self._refuse_surprises(event)
        if len(path) > MAX_DEPTH:
            raise self._stop(event, f"목록이 너무 깊습니다(최대 {MAX_DEPTH}단계). 들여쓰기를 확인하세요.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(item, (*path, i)) for i, item in enumerate(self._until(yaml.SequenceEndEvent))]
        return self._mapping(path)

    def _scalar(self, event: yaml.ScalarEvent) -> str:
        if found := slips.silent(event, self._rows):
            raise KnowledgeError([Problem(self.where, *found)])
        return str(event.value)

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _refuse_surprises(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None) is not None:
            raise self._stop(event, slips.STAR)
        if getattr(event, "tag", None) is not None:
            raise self._stop(event, slips.BANG)

    def _mapping(self, path: Path_) -> dict[str, Plain]:
        out: dict[str, Plain] = {}
        for key in self._until(yaml.MappingEndEvent):
            name = self._key(key, path, out)
            self.lines[(*path, name)] = _line(key)
            value = next(self._events)
            if _line(value) != _line(key):
                self.begins[(*path, name)] = _line(value)
            out[name] = self._value(value, (*path, name))
        return out

    def _key(self, key: yaml.Event, path: Path_, taken: dict[str, Plain]) -> str:
        self._refuse_surprises(key)
        if not isinstance(key, yaml.ScalarEvent):
            raise self._stop(key, "항목 이름이 글이 아닙니다. 글을 큰따옴표로 감싸세요.")
        if key.value in taken:
            first = self.lines[(*path, key.value)]
            raise self._stop(key, f"'{key.value}' 항목이 두 번 있습니다(먼저 {first}번째 줄). 하나로 합치세요.")
        return str(key.value)

    def _stop(self, event: yaml.Event, message: str) -> KnowledgeError:
        return KnowledgeError([Problem(self.where, _line(event), message)])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0

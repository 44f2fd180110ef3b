"""One YAML file → plain strings, lists and mappings, each with the line where it stands.

Strict where YAML surprises people: every scalar stays a string (``18:30``, ``031``, ``no``), keys may stand
only once, tabs, anchors, tags and other encodings than UTF-8 are refused. Messages are for editors, in Korean.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.errors import KnowledgeError, Problem
from bot.kb.unreviewed import unreviewed

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Path_: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_QUOTE = "글 전체를 큰따옴표로 감싸세요."


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. ``lines`` maps the way to a value (``("details", 0, "text")``) to its line, from 1."""

    where: str
    data: Plain
    lines: dict[Path_, int]

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
    reader = _Reader(where, text)
    try:
        return Document(where, reader.document(), reader.lines)
    except yaml.MarkedYAMLError as error:
        raise KnowledgeError([_syntax(error, text, where)]) from error
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
        raise KnowledgeError(
            [Problem(where, line, "UTF-8이 아닌 파일입니다. 편집기에서 인코딩을 UTF-8로 바꿔 다시 저장하세요.")]
        ) from error


def _syntax(error: yaml.MarkedYAMLError, text: str, where: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    source = [*text.splitlines(), ""][line - 1] if line else ""
    return Problem(where, line, _mend(source, error.problem or "", error.context or ""))


def _mend(source: str, problem: str, context: str) -> str:
    if "\t" in source:
        return "탭 문자가 있습니다. 들여쓰기는 빈칸(스페이스) 두 개씩으로 하세요."
    if "mapping values are not allowed" in problem:
        return f'글 안에 ": "(쌍점과 빈칸)이 있습니다. {_QUOTE}'
    if "cannot start any token" in problem:
        return f"글이 특별한 기호(@ ` %)로 시작합니다. {_QUOTE}"
    if context.endswith(("an alias", "an anchor")):
        return f"글이 * 또는 & 로 시작합니다. {_QUOTE}"
    if context.endswith("a tag"):
        return f"글이 ! 로 시작합니다. {_QUOTE}"
    return _grammar(problem)


def _grammar(problem: str) -> str:
    return f"YAML 문법이 어긋납니다. 이 줄과 윗줄의 들여쓰기, 따옴표와 괄호의 짝을 확인하세요({problem})."


class _Reader:
    """Turns a stream of events into plain values and remembers the lines.

    Not ``yaml.compose``: it drops anchors and tags with the words behind them, and deep lists overflow its stack.
    """

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self.lines: dict[Path_, int] = {}
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Plain:
        """The one document of the file."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise KnowledgeError([Problem(self.where, 0, "파일이 비어 있습니다. 내용을 적어 주세요.")])
        root = self._value(next(self._events), ())
        next(self._events)
        if not isinstance(event := next(self._events), yaml.StreamEndEvent):
            raise self._stop(event, _grammar("found another document"))
        return root

    def _value(self, event: yaml.Event, path: Path_) -> Plain:
        self.lines.setdefault(path, _line(event))
        self._refuse_surprises(event)
        if len(path) > MAX_DEPTH:
            raise self._stop(event, f"목록이 너무 깊습니다(최대 {MAX_DEPTH}단계). 들여쓰기를 확인하세요.")
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(item, (*path, i)) for i, item in enumerate(self._until(yaml.SequenceEndEvent))]
        return self._mapping(path)

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _refuse_surprises(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None) is not None:
            raise self._stop(event, f"글이 * 또는 & 로 시작합니다. {_QUOTE}")
        if getattr(event, "tag", None) is not None:
            raise self._stop(event, f"글이 ! 로 시작합니다. {_QUOTE}")

    def _mapping(self, path: Path_) -> dict[str, Plain]:
        out: dict[str, Plain] = {}
        for key in self._until(yaml.MappingEndEvent):
            name = self._key(key, path, out)
            self.lines[(*path, name)] = _line(key)
            out[name] = self._value(next(self._events), (*path, name))
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

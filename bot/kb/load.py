"""The knowledge folder → one frozen ``Knowledge``, or every reason why not, in Korean with file and line."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import KnowledgeError, Problem
from bot.kb.explain import problems
from bot.kb.files import named, paths
from bot.kb.model import City, Elsewhere, Golden, GoldenFile, Language, Programme, Translation
from bot.kb.phrases import Phrases
from bot.kb.reader import Document, read
from bot.kb.refer import references
from bot.kb.schema import kind_of
from bot.kb.urgent import Hotlines, Urgent

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class Knowledge:
    """All that the bot knows. ``version`` names exactly these files' bytes.

    ``documents`` are the files as they were read, by path, so that a message can name a line.
    """

    city: City
    programmes: tuple[Programme, ...]
    phrases: dict[Language, Phrases]
    elsewhere: Elsewhere
    golden: tuple[Golden, ...]
    version: str
    documents: dict[str, Document]
    hotlines: Hotlines
    urgent: Urgent
    translations: dict[Language, dict[str, Translation]] = field(default_factory=dict)

    def translation(self, id_: str, language: Language) -> Translation | None:
        """The card of a programme in another language, if somebody wrote it."""
        return self.translations.get(language, {}).get(id_)

    def programme(self, id_: str) -> Programme | None:
        """The programme with this id, if there is one."""
        return next((p for p in self.programmes if p.id == id_), None)


class Seen:
    """Files that were read and found good before: what did not change is not read again. For one folder."""

    def __init__(self) -> None:
        self._good: dict[str, tuple[bytes, BaseModel]] = {}

    def find(self, path: Path, where: str, model: type[ModelT]) -> ModelT | None:
        """What a file said, if it still has the same bytes. Golden questions are checked by line, so read again."""
        digest, value = self._good.get(where, (b"", None))
        is_same = path.is_file() and hashlib.sha256(path.read_bytes()).digest() == digest
        return value if is_same and isinstance(value, model) and model is not GoldenFile else None

    def keep(self, path: Path, where: str, value: BaseModel) -> None:
        self._good[where] = hashlib.sha256(path.read_bytes()).digest(), value


class _Folder:
    """Reads files, collects problems, so that an editor sees all of them at once."""

    def __init__(self, root: Path, seen: Seen | None = None) -> None:
        self.root, self.seen = root, seen
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}

    def one(self, where: str, model: type[ModelT]) -> ModelT | None:
        """A file's value; None with a problem. One that was seen before stands in ``documents`` without its lines."""
        if self.seen and (known := self.seen.find(self.root / where, where, model)):
            self.documents[where] = Document(where, {"id": str(getattr(known, "id", ""))}, {})
            return known
        value = self._read(where, model)
        if self.seen and value is not None:
            self.seen.keep(self.root / where, where, value)
        return value

    def _read(self, where: str, model: type[ModelT]) -> ModelT | None:
        try:
            document = read(self.root / where, where)
        except KnowledgeError as error:
            self.problems += error.problems
            return None
        self.documents[where] = document
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            self.problems += problems(error, document, model)
            return None

    def many(self, folder: str, model: type[ModelT]) -> dict[str, ModelT]:
        paths = sorted((self.root / folder).glob("*.yaml"))
        found = {path.name: self.one(f"{folder}/{path.name}", model) for path in paths}
        return {name: value for name, value in found.items() if value is not None}


def load_again(root: Path, seen: Seen) -> Knowledge:
    """The same as ``load``, but what did not change since is not read again."""
    try:
        return load(root, seen=seen)
    except KnowledgeError:
        return load(root)  # whose messages know every line


def load(root: Path, is_lenient: bool = False, seen: Seen | None = None) -> Knowledge:
    """Read a whole knowledge folder.

    ``is_lenient``: files with mistakes are left out, as long as the city, its phrases and all about danger are whole.
    Raises KnowledgeError that lists every problem of every file.
    """
    if not root.is_dir():
        raise KnowledgeError([Problem(str(root), 0, "지식 폴더가 없습니다. KNOWLEDGE_DIR 설정을 확인하세요.")])
    folder = _Folder(root, seen)
    city = folder.one("city.yaml", City)
    programmes = folder.many("programs", Programme)
    phrases = folder.many("phrases", Phrases)
    elsewhere = folder.one("elsewhere.yaml", Elsewhere)
    hotlines = folder.one("hotlines.yaml", Hotlines)
    urgent = folder.one("urgent.yaml", Urgent)
    golden = folder.many("questions", GoldenFile)
    translations = {
        path.name: {t.id: t for t in folder.many(f"translations/{path.name}", Translation).values()}
        for path in sorted((root / "translations").glob("*/"))
    }
    folder.problems += _unread(root)
    if city is None or elsewhere is None or hotlines is None or urgent is None:
        raise KnowledgeError(folder.problems)
    if f"{city.languages[0]}.yaml" not in phrases or (folder.problems and not is_lenient):
        raise KnowledgeError([*folder.problems, *([] if folder.problems else [_wordless(city)])])
    knowledge = Knowledge(
        city=city,
        programmes=tuple(sorted(programmes.values(), key=lambda p: p.id)),
        phrases={name.removesuffix(".yaml"): value for name, value in phrases.items()},  # type: ignore[misc]
        elsewhere=elsewhere,
        golden=tuple(q for file in golden.values() for q in file.questions),
        version=version_of(root),
        documents=folder.documents,
        hotlines=hotlines,
        urgent=urgent,
        translations=translations,  # type: ignore[arg-type]
    )
    if (found := references(knowledge)) and not is_lenient:
        raise KnowledgeError(found)
    return knowledge


def _wordless(city: City) -> Problem:
    return Problem("city.yaml", 0, f"phrases/{city.languages[0]}.yaml 파일이 없습니다. 만들거나 languages를 고치세요.")


def _unread(root: Path) -> Iterator[Problem]:
    """What an editor takes for knowledge and nobody reads."""
    if not any((root / "programs").glob("*.yaml")):
        yield Problem("programs", 0, "사업 파일이 하나도 없습니다. 이 폴더에 사업마다 .yaml 파일을 두세요.")
    for path in root.rglob("*"):
        where = path.relative_to(root)
        if not any(part.startswith(".") for part in where.parts) and (told := _stray(where)):
            yield Problem(where.as_posix(), 0, told)


def _stray(where: PurePath) -> str | None:
    """Why a file with knowledge in it is not read."""
    suffix, named = where.suffix, where.name.lower().removesuffix(".txt")
    if not named.endswith((".yml", ".yaml")):
        return None
    if suffix != ".yaml":
        stem = where.name[: len(named)].rpartition(".")[0]
        return f"이름이 {suffix}로 끝나는 파일은 읽지 않습니다. 파일 이름을 {stem}.yaml로 바꾸세요."
    if kind_of(where.as_posix()) is None:
        return "이 자리에 있는 파일은 읽지 않습니다. 사업이면 programs, 번역이면 translations/언어 폴더로 옮기세요."
    return None


def version_of(root: Path) -> str:
    """Twelve hex digits that name exactly the bytes of a folder's files."""
    return named({where: path.read_bytes() for where, path in paths(root)})

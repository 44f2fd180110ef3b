"""The knowledge folder → one frozen ``Knowledge``, or every reason why not, in Korean with file and line."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import KnowledgeError, Problem
from bot.kb.explain import in_korean
from bot.kb.model import City, Elsewhere, Golden, GoldenFile, Language, Programme, Translation
from bot.kb.phrases import Phrases
from bot.kb.reader import Document, read
from bot.kb.refer import references
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


class _Folder:
    """Reads files, collects problems, so that an editor sees all of them at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}

    def one(self, where: str, model: type[ModelT]) -> ModelT | None:
        try:
            document = read(self.root / where, where)
        except KnowledgeError as error:
            self.problems += error.problems
            return None
        self.documents[where] = document
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            self.problems += [in_korean(fault, document, model) for fault in error.errors()]
            return None

    def many(self, folder: str, model: type[ModelT]) -> dict[str, ModelT]:
        paths = sorted((self.root / folder).glob("*.yaml"))
        found = {path.name: self.one(f"{folder}/{path.name}", model) for path in paths}
        return {name: value for name, value in found.items() if value is not None}


def load(root: Path) -> Knowledge:
    """Read a whole knowledge folder.

    Raises KnowledgeError that lists every problem of every file.
    """
    if not root.is_dir():
        raise KnowledgeError([Problem(str(root), 0, "지식 폴더가 없습니다. KNOWLEDGE_DIR 설정을 확인하세요.")])
    folder = _Folder(root)
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
    if city is None or elsewhere is None or hotlines is None or urgent is None or folder.problems:
        raise KnowledgeError(folder.problems)
    knowledge = Knowledge(
        city=city,
        programmes=tuple(sorted(programmes.values(), key=lambda p: p.id)),
        phrases={name.removesuffix(".yaml"): value for name, value in phrases.items()},  # type: ignore[misc]
        elsewhere=elsewhere,
        golden=tuple(q for file in golden.values() for q in file.questions),
        version=_version(root),
        documents=folder.documents,
        hotlines=hotlines,
        urgent=urgent,
        translations=translations,  # type: ignore[arg-type]
    )
    if problems := references(knowledge):
        raise KnowledgeError(problems)
    return knowledge


def _version(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]

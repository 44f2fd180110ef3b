"""Names that must lead somewhere: ids, sources, categories, accepted answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.errors import Problem
from bot.kb.danger import danger
from bot.kb.model import ASPECTS, LANGUAGES, STATUSES, City, Contact, Detail, Programme

if TYPE_CHECKING:
    from bot.kb.load import Knowledge
    from bot.kb.reader import Path_


def references(knowledge: Knowledge) -> list[Problem]:
    """Every dangling or clashing name in a knowledge that is well formed otherwise."""
    found = [*_files(knowledge), *_phrases(knowledge), *_elsewhere(knowledge), *_golden(knowledge)]
    found += [*_translations(knowledge), *danger(knowledge)]
    found += _sourced(knowledge, "city.yaml", knowledge.city, [(("contact",), knowledge.city.contact)])
    ids = Counter(programme.id for programme in knowledge.programmes)
    for programme in knowledge.programmes:
        if ids[programme.id] == 1 and f"programs/{programme.id}.yaml" in knowledge.documents:
            found += _programme(knowledge, programme)
    return found


def _files(knowledge: Knowledge) -> Iterator[Problem]:
    """A file is named like the programme that it holds, so that no two hold the same one."""
    for where, document in knowledge.documents.items():
        folder, _, name = where.rpartition("/")
        if folder != "programs" and not folder.startswith("translations/"):
            continue
        stem, id_ = name.removesuffix(".yaml"), document.data["id"] if isinstance(document.data, dict) else ""
        own = f"{folder}/{id_}.yaml"
        if own in knowledge.documents and own != where:
            yield document.problem(("id",), f"'{id_}'는 {own}의 id입니다. {_rename(stem)}")
        elif own != where:
            yield document.problem(("id",), f"id '{id_}'와 파일 이름이 다릅니다. 파일 이름을 {id_}.yaml로 바꾸세요.")


def _rename(stem: str) -> str:
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem):
        return f"이 파일의 id를 '{stem}'로 고치세요."
    return "복사본이면 이 파일을 지우고, 새 사업이면 파일 이름과 id를 같은 영어 이름으로 정하세요."


def _programme(knowledge: Knowledge, programme: Programme) -> Iterator[Problem]:
    where = f"programs/{programme.id}.yaml"
    document = knowledge.documents[where]
    if programme.category not in {c.id for c in knowledge.city.categories}:
        yield document.problem(("category",), f"'{programme.category}' 분야가 city.yaml의 categories에 없습니다.")
    for i, other_id in enumerate(programme.related):
        if other_id == programme.id or knowledge.programme(other_id) is None:
            yield document.problem(
                ("related", i), f"'{other_id}' 사업이 없습니다. programs 폴더의 파일 이름을 확인하세요."
            )
    facts: list[tuple[Path_, Detail | Contact]] = [(("details", i), d) for i, d in enumerate(programme.details)]
    facts += [(("contacts", i), c) for i, c in enumerate(programme.contacts)]
    yield from _sourced(knowledge, where, programme, facts)


def _sourced(
    knowledge: Knowledge,
    where: str,
    owner: Programme | City,
    facts: list[tuple[Path_, Detail | Contact]] | list[tuple[tuple[str], Contact]],
) -> Iterator[Problem]:
    document = knowledge.documents[where]
    used: set[str] = set()
    for path, fact in facts:
        used |= set(fact.sources)
        for i, source in enumerate(fact.sources):
            if source not in owner.sources:
                yield document.problem(
                    (*path, "sources", i),
                    f"출처 '{source}'가 아래 sources에 없습니다. 출처를 더하거나 철자를 고치세요.",
                )
    for unused in sorted(set(owner.sources) - used):
        yield document.problem(
            ("sources", unused), f"출처 '{unused}'를 쓰는 사실이 없습니다. 지우거나 사실에 이어 주세요."
        )


def _phrases(knowledge: Knowledge) -> Iterator[Problem]:
    for language in knowledge.city.languages:
        if language not in knowledge.phrases:
            yield Problem("city.yaml", 0, f"phrases/{language}.yaml 파일이 없습니다. 만들거나 languages에서 빼세요.")
    for language, phrases in knowledge.phrases.items():
        if language not in knowledge.city.languages:
            yield Problem(f"phrases/{language}.yaml", 0, _strange(language, "파일"))
        document = knowledge.documents[f"phrases/{language}.yaml"]
        for key, given, wanted in (("aspects", phrases.aspects, ASPECTS), ("status", phrases.status, STATUSES)):
            if missing := [name for name in wanted if name not in given]:
                yield document.problem((key,), f"{key}에 빠진 항목이 있습니다: {', '.join(missing)}.")


def _elsewhere(knowledge: Knowledge) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, topic in enumerate(knowledge.elsewhere.topics):
        if topic.id in seen:
            yield knowledge.documents["elsewhere.yaml"].problem(
                ("topics", i, "id"), f"'{topic.id}' 주제가 두 번 있습니다."
            )
        seen.add(topic.id)


def _translations(knowledge: Knowledge) -> Iterator[Problem]:
    """Of a programme, in a language that the city has."""
    for language, found in knowledge.translations.items():
        if language not in knowledge.city.languages:
            yield Problem(f"translations/{language}", 0, _strange(language, "폴더"))
        for id_ in found:
            document = knowledge.documents.get(f"translations/{language}/{id_}.yaml")
            if document and knowledge.programme(id_) is None:
                yield document.problem(("id",), f"'{id_}' 사업이 없습니다. programs 폴더를 확인하세요.")


def _strange(language: str, what: str) -> str:
    if language not in LANGUAGES:
        return f"'{language}'은(는) 봇이 모르는 언어입니다({', '.join(LANGUAGES)}). 이름을 고치거나 지우세요."
    return f"'{language}' 언어가 city.yaml의 languages에 없습니다. 더하거나 이 {what}을(를) 지우세요."


def _golden(knowledge: Knowledge) -> Iterator[Problem]:
    ids = {p.id for p in knowledge.programmes}
    for where, document in knowledge.documents.items():
        if not where.startswith("questions/") or not isinstance(document.data, dict):
            continue
        for path in document.lines:
            value = _at(document.data, path)
            if len(path) == 4 and path[2] == "accept" and value not in ids:
                yield document.problem(path, f"'{value}' 사업이 없습니다. programs 폴더의 파일 이름을 확인하세요.")


def _at(data: object, path: Path_) -> object:
    for part in path:
        data = data[part]  # type: ignore[index]
    return data

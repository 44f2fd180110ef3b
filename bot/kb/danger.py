"""Do the danger cards hold together? Numbers and sources that exist, every text in every language of the city."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.errors import Problem
from bot.kb.urgent import Words

if TYPE_CHECKING:
    from bot.kb.load import Knowledge
    from bot.kb.reader import Path_

_CLASS = re.compile(r"<([^<>]+)>")
_KINDS, _LINES = "urgent.yaml", "hotlines.yaml"


def danger(knowledge: Knowledge) -> Iterator[Problem]:
    """Every dangling name and missing language of ``urgent.yaml`` and ``hotlines.yaml``."""
    found = (*_numbers(knowledge), *_sources(knowledge), *_languages(knowledge), *_classes(knowledge))
    for where, path, message in found:
        yield knowledge.documents[where].problem(path, message)


def _numbers(knowledge: Knowledge) -> Iterator[tuple[str, Path_, str]]:
    known = {hotline.number for hotline in knowledge.hotlines.hotlines}
    if knowledge.hotlines.interpreter not in known:
        yield _LINES, ("interpreter",), f"'{knowledge.hotlines.interpreter}' 번호가 위 목록에 없습니다."
    for i, kind in enumerate(knowledge.urgent.kinds):
        for j, number in enumerate(kind.hotlines):
            if number not in known:
                yield (
                    _KINDS,
                    ("kinds", i, "hotlines", j),
                    f"'{number}' 번호가 hotlines.yaml에 없습니다. 더하거나 고치세요.",
                )


def _sources(knowledge: Knowledge) -> Iterator[tuple[str, Path_, str]]:
    for i, hotline in enumerate(knowledge.hotlines.hotlines):
        for j, source in enumerate(hotline.sources):
            if source not in knowledge.hotlines.sources:
                path: Path_ = ("hotlines", i, "sources", j)
                yield _LINES, path, f"출처 '{source}'가 아래 sources에 없습니다. 더하거나 철자를 고치세요."


def _languages(knowledge: Knowledge) -> Iterator[tuple[str, Path_, str]]:
    for where, path, words in _texts(knowledge):
        if missing := [language for language in knowledge.city.languages if language not in words]:
            yield where, path, f"이 글에 빠진 언어가 있습니다: {', '.join(missing)}."


def _classes(knowledge: Knowledge) -> Iterator[tuple[str, Path_, str]]:
    """Classes of words that signs name and nobody wrote."""
    for path, sign in _signs(knowledge):
        for name in _CLASS.findall(sign):
            if name.strip() not in knowledge.urgent.words:
                yield _KINDS, path, f"'<{name}>' 낱말 묶음이 위의 words에 없습니다. 더하거나 이름을 고치세요."


def _signs(knowledge: Knowledge) -> Iterator[tuple[Path_, str]]:
    for i, kind in enumerate(knowledge.urgent.kinds):
        yield from ((("kinds", i, "signs", lang, j), s) for lang, ss in kind.signs.items() for j, s in enumerate(ss))
    harmless = knowledge.urgent.harmless.signs
    yield from ((("harmless", "signs", lang, j), s) for lang, ss in harmless.items() for j, s in enumerate(ss))


def _texts(knowledge: Knowledge) -> Iterator[tuple[str, Path_, Words]]:
    for i, kind in enumerate(knowledge.urgent.kinds):
        yield _KINDS, ("kinds", i, "name"), kind.name
        yield _KINDS, ("kinds", i, "say"), kind.say
    for i, line in enumerate(knowledge.hotlines.hotlines):
        yield _LINES, ("hotlines", i, "name"), line.name
        yield _LINES, ("hotlines", i, "whom"), line.whom
        yield _LINES, ("hotlines", i, "hours"), line.hours
        if line.silent:
            yield _LINES, ("hotlines", i, "silent"), line.silent

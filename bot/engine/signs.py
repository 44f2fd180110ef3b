"""Written rules for danger, which need no encoder: a sign is parts joined by ``+``, all found in the text.

A part is one of several spellings with ``|`` between, or a class of words by name: ``<weapon>``. Korean and Chinese
spellings may stand anywhere, spaces do not count; in other scripts they begin a word. A spelling in quotes must be the
whole message. Accents and apostrophes do not count. A sign that begins with ``!`` is strong: no harmless sign takes it
back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.engine.normalize import bare, normalize

_APOSTROPHES = re.compile("[\u0027\u2018\u2019\u02bb\u02bc\u0060\u00b4]")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]")
_CLASS = re.compile(r"<([^<>]+)>")

Classes: TypeAlias = Mapping[str, Sequence[str]]


def fold(text: str) -> str:
    """Normalised, without accents (Vietnamese is often typed so) and apostrophes (Uzbek has five of them)."""
    return bare(normalize(_APOSTROPHES.sub("", text)))


@dataclass(frozen=True, slots=True)
class Sign:
    """One written rule. ``parts``: for each part its folded spellings."""

    written: str
    parts: tuple[frozenset[str], ...]

    @property
    def is_strong(self) -> bool:
        return self.written.startswith("!")

    @classmethod
    def of(cls, written: str, classes: Classes | None = None) -> Sign:
        parts = (frozenset(_spellings(part, classes or {})) for part in written.removeprefix("!").split("+"))
        return cls(written, tuple(part for part in parts if part))


def _spellings(part: str, classes: Classes) -> Iterable[str]:
    wide = _CLASS.sub(lambda name: "|".join(classes.get(name[1].strip(), ())), part)
    for spelling in (raw.strip() for raw in wide.split("|")):
        folded = fold(spelling)
        if folded and spelling.startswith('"'):
            yield f'"{folded.replace(" ", "")}"'
        elif folded:
            yield folded.replace(" ", "") if _EAST_ASIAN.search(folded) else f" {folded}"


@dataclass(frozen=True)
class Signs:
    """Many rules over one list of spellings, so that a text is searched once for each of them."""

    rules: tuple[Sign, ...]
    spellings: Mapping[str, tuple[str, ...]]
    """By their first two characters: only those of which the text has the beginning are looked for."""
    starts: Mapping[str, tuple[int, ...]]
    """For each spelling the numbers of the rules that have it in their first part."""

    @classmethod
    def of(cls, written: Iterable[str], classes: Classes | None = None) -> Signs:
        rules = tuple(Sign.of(text, classes) for text in written)
        groups: dict[str, list[str]] = defaultdict(list)
        for spelling in sorted({spelling for rule in rules for part in rule.parts for spelling in part}):
            groups[spelling[:2]].append(spelling)
        starts: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(rules):
            for spelling in rule.parts[0] if rule.parts else ():
                starts[spelling].append(number)
        return cls(
            rules, {key: tuple(found) for key, found in groups.items()}, {k: tuple(n) for k, n in starts.items()}
        )

    def fitting(self, text: str) -> Sign | None:
        """The first rule that fits a message, a strong one before the others."""
        return strongest(self.all_fitting(text))

    def all_fitting(self, text: str) -> list[Sign]:
        """All rules that fit a message, in their order."""
        found = self._found(text)
        likely = sorted({number for spelling in found for number in self.starts.get(spelling, ())})
        return [self.rules[n] for n in likely if not any(map(found.isdisjoint, self.rules[n].parts))]

    def _found(self, text: str) -> set[str]:
        """The spellings that stand in a message."""
        plain = fold(text)
        tight, words = plain.replace(" ", ""), f" {plain} "
        beginnings = {text[i : i + n] for text in (tight, words) for i in range(len(text)) for n in (1, 2)}
        likely = (spelling for beginning in beginnings for spelling in self.spellings.get(beginning, ()))
        found = {spelling for spelling in likely if spelling in (words if spelling[0] == " " else tight)}
        return found | {f'"{tight}"'}


def strongest(fits: Sequence[Sign]) -> Sign | None:
    """The first of some rules, a strong one before the others."""
    return next((rule for rule in fits if rule.is_strong), fits[0] if fits else None)

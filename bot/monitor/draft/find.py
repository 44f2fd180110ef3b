"""All programmes that an article names, each with the texts that tell about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz

from bot.engine.hangul import letters
from bot.monitor.draft.article import Article, Line, Place
from bot.monitor.draft.listing import Item, items, mark
from bot.monitor.draft.page import CELL
from bot.monitor.draft.prose import mentions

_SENTENCE = re.compile(r".+?(?:(?<=[다요까])[.?!][”’\"']?(?=\s|$)|$)")
_CLAUSE = re.compile(r"(?:고|며|데|나|면|해|돼|서|이고|또 하나는),\s|,\s(?=[△▲])")
_SAME, _OWN = 88, 5
_FOLLOWING = 2
_TAIL, _WORD = 4, 3
_AWARD = re.compile(r"(?:대상|표창|상)$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a line that tells about a programme."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A programme as the article names it, where, and what tells about it."""

    name: str
    place: Place
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    name: str
    line: int
    start: int
    end: int
    passage: Passage
    is_listed: bool


def find(article: Article) -> list[Found]:
    """The programmes of an article in reading order, none twice."""
    lines = article.lines
    listed = list(items(lines))
    spots = [*_listed(lines, listed), *_told(lines, listed, article.first)]
    spots.sort(key=lambda s: (not s.is_listed, s.line, s.start))
    groups: list[list[_Spot]] = []
    for spot in spots:
        own = next((g for g in groups if _goes_with(g[0], spot)), None)
        groups.append([spot]) if own is None else own.append(spot)
    for own in groups:
        own.sort(key=lambda s: (s.line, s.start))
    groups.sort(key=lambda g: (g[0].line, g[0].start))
    passages = _more(lines, groups)
    return [_found(lines, own, more) for own, more in zip(groups, passages, strict=True)]


def _found(lines: Sequence[Line], own: Sequence[_Spot], more: Sequence[Passage]) -> Found:
    best = next((s for s in own if s.is_listed), max(own, key=lambda s: len(s.name)))
    told = dict.fromkeys([*(s.passage for s in own), *more])
    return Found(best.name, lines[best.line].place(best.start), tuple(told))


def _goes_with(first: _Spot, spot: _Spot) -> bool:
    """The same name, or its short form further down: what is said in full comes first."""
    if first.is_listed and spot.is_listed and first.start != first.end and spot.start != spot.end:
        return _plain(first.name) == _plain(spot.name)
    if is_like(first.name, spot.name):
        return True
    earlier, later = sorted((first, spot), key=lambda s: (s.line, s.start))
    return _is_short(later.name, earlier.name) or _is_award(earlier.name, later.name)


def _is_award(name: str, full: str) -> bool:
    """An award, told before with neither its year nor its grade."""
    return bool(_AWARD.search(name)) and _plain(name) in _plain(full)


def is_like(one: str, other: str) -> bool:
    """Whether two names are equal or almost so."""
    return fuzz.ratio(_letters(one), _letters(other)) >= _SAME


def _is_short(short: str, full: str) -> bool:
    a, b = _plain(short), _plain(full)
    return len(a) >= _OWN and len(a) * 10 >= len(b) * 4 and (b.endswith(a) or b.startswith(a))


@cache
def _letters(name: str) -> str:
    return letters(_plain(name))


@cache
def _plain(name: str) -> str:
    return re.sub(r"\([A-Z]+\)|[\s·,‘’“”'\"-]|사업$", "", name)


def _listed(lines: Sequence[Line], listed: Sequence[Item]) -> Iterator[_Spot]:
    for item in listed:
        end = item.end
        under = _under(lines, item)
        for i, name in enumerate(item.names):
            last = item.names[i + 1].start if i + 1 < len(item.names) else end
            first = item.start if i == 0 else name.start
            yield _Spot(name.name, item.line, name.start, name.end, Passage(item.line, first, last), True)
            for line in under if i == 0 else ():
                passage = Passage(line, 0, len(lines[line].text))
                yield _Spot(name.name, line, 0, 0, passage, False)


def _under(lines: Sequence[Line], item: Item) -> list[int]:
    """The lines with other marks right under an item that is a line of its own."""
    own = mark(lines[item.line].text)
    if not own or own == CELL.strip():
        return []
    out = []
    for i in range(item.line + 1, len(lines)):
        if mark(lines[i].text) in ("", own, "※", "□", "■") or not re.match(r"\W*[가-힣 ]{2,7}\s?[:：]", lines[i].text):
            break
        out.append(i)
    return out


def _told(lines: Sequence[Line], listed: Sequence[Item], first: int) -> Iterator[_Spot]:
    taken = {(item.line, item.start, item.end) for item in listed}
    for number, line in enumerate(lines):
        if number < first:
            continue
        for begin, end in sentences(line.text):
            found = [
                m
                for m in mentions(line.text[begin:end])
                if not any(n == number and a - 2 <= begin + m.start < b for n, a, b in taken)
            ]
            bounds = _clauses(line.text, begin, end, [begin + m.start for m in found])
            for m, (a, b) in zip(found, bounds, strict=True):
                yield _Spot(m.name, number, begin + m.start, begin + m.end, Passage(number, a, b), False)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a line are."""
    return [(m.start(), m.end()) for m in _SENTENCE.finditer(text) if m[0].strip()]


def _clauses(text: str, begin: int, end: int, starts: Sequence[int]) -> list[tuple[int, int]]:
    """For each name of a sentence the clauses that are its own: up to the last break before the next name."""
    breaks = [begin + m.end() for m in _CLAUSE.finditer(text[begin:end])]
    cuts = [begin]
    for one, other in pairwise(starts):
        cuts.append(max((b for b in breaks if one < b <= other), default=other))
    return [*pairwise([*cuts, end])] if starts else []


def _more(lines: Sequence[Line], groups: Sequence[Sequence[_Spot]]) -> list[list[Passage]]:
    """Sentences that go on about a programme: they name it shortly, or follow its own and name no other."""
    out: list[list[Passage]] = [[] for _ in groups]
    tails = _tails(groups)
    spots = [(g, spot) for g, own in enumerate(groups) for spot in own]
    for i, line in enumerate(lines):
        here = [(g, spot.start) for g, spot in spots if spot.line == i]
        current, left = set[int](), 0
        for a, b in sentences(line.text):
            own = {g for g, start in here if a <= start < b}
            told = own or _shortly(line.text[a:b], tails) or (current if len(current) == 1 and left else set())
            for g in told - own:
                out[g].append(Passage(i, a, b))
            left = left - 1 if told is current else _FOLLOWING
            current = told
    return out


def _tails(groups: Sequence[Sequence[_Spot]]) -> list[str]:
    return [" ".join(re.sub(r"\([A-Z]+\)", "", own[0].name).split()[-2:]) for own in groups]


def _shortly(sentence: str, tails: Sequence[str]) -> set[int]:
    """The programmes of which the last words stand in a sentence, where that is only one."""
    hits = {g for g, tail in enumerate(tails) if len(tail) >= _TAIL and tail in sentence}
    if not hits:
        words = ((g, tail.split()[-1]) for g, tail in enumerate(tails) if tail)
        hits = {g for g, word in words if len(word) >= _WORD and word in sentence and _is_told(word, sentence)}
    return hits if len(hits) == 1 else set()


def _is_told(word: str, sentence: str) -> bool:
    return bool(re.search(rf"(?<![가-힣]){re.escape(word)}(?:[은는이가을를에도]|로,)", sentence))

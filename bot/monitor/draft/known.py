"""Which of our programmes an article means, and what it says that we do not, or say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from rapidfuzz import fuzz

from bot.engine.hangul import letters
from bot.engine.pipeline import Engine
from bot.kb.model import Programme
from bot.kb.reader import Path_
from bot.monitor.draft.article import Article
from bot.monitor.draft.facts import Fact, values
from bot.monitor.draft.find import Found, Passage, sentences

Verdict: TypeAlias = Literal["known", "near", "new"]
Standing: TypeAlias = Literal["known", "adds", "contradicts"]

ALIKE, AGREED, NEAR, CERTAIN = 0.85, 0.5, 0.6, 0.95
"""Names as like as this mean the same where search agrees; search alone only says that somebody must look."""
_WHOLE, _SHARED = 5, 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAME_UNITS = {"개소": "곳", "군데": "곳", "개": "곳", "㎞": "km", "세대": "가구"}


@dataclass(frozen=True, slots=True)
class Match:
    """The programme that is nearest to a name: how like the names are, how sure search is, and what follows."""

    id: str
    likeness: float
    probability: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact beside what we know: where we say otherwise, ``path`` and ``text`` are our own sentence."""

    fact: Fact
    standing: Standing
    path: Path_ = ()
    text: str = ""


def match(engine: Engine, name: str) -> Match:
    """The nearest programme by name and by search."""
    likes = {p.id: max(_likeness(name, own) for own in (p.name, *p.aliases)) for p in engine.knowledge.programmes}
    sure = {r.owner.id: r.probability for r in engine.explain(name).ranked if r.owner.kind == "programme"}
    best = max(likes, key=lambda id_: (likes[id_] + sure.get(id_, 0), id_))
    likeness, probability = likes[best], sure.get(best, 0.0)
    return Match(best, round(likeness, 2), round(probability, 2), _verdict(likeness, probability))


def _verdict(likeness: float, probability: float) -> Verdict:
    if likeness >= CERTAIN or (likeness >= ALIKE and probability >= AGREED):
        return "known"
    return "near" if probability >= NEAR else "new"


def _likeness(one: str, other: str) -> float:
    a, b = sorted((_plain(one), _plain(other)), key=len)
    ratio = fuzz.ratio(letters(a), letters(b)) / 100
    return max(ratio, 0.9) if len(a) >= _WHOLE and (b.startswith(a) or b.endswith(a)) else ratio


@cache
def _plain(name: str) -> str:
    return re.sub(r"[\s·,‘’“”'\"()-]|(?<=..)사업$", "", name).lower()


def named(article: Article, programmes: Sequence[Programme]) -> list[Found]:
    """Programmes of ours that the text of an article names to the letter, spaces aside."""
    out = []
    for programme in programmes:
        names = sorted(
            {n for n in (programme.name, *programme.aliases) if len(_plain(n)) >= _WHOLE}, key=len, reverse=True
        )
        if spot := next((s for n in names for s in _spots(article, n)), None):
            out.append(spot)
    return out


def _spots(article: Article, name: str) -> Iterator[Found]:
    sought = re.compile(r"(?<![가-힣A-Za-z\d])" + r"\s?".join(map(re.escape, name.replace(" ", ""))))
    for number in range(article.first, len(article.lines)):
        line = article.lines[number]
        for hit in sought.finditer(line.text):
            begin, end = next((a, b) for a, b in sentences(line.text) if a <= hit.start() < b)
            yield Found(hit[0], line.place(hit.start()), (Passage(number, begin, end),))


def compare(programme: Programme, found: Sequence[Fact]) -> list[Compared]:
    """Each fact of an article beside a programme."""
    own = list(_own(programme))
    return [_compared(fact, own, programme) for fact in found]


def _own(programme: Programme) -> Iterator[tuple[Path_, str]]:
    yield ("summary",), programme.summary
    yield ("name",), programme.name
    for i, detail in enumerate(programme.details):
        yield ("details", i, "text"), detail.text
    yield ("how_to_use",), programme.how_to_use
    for i, contact in enumerate(programme.contacts):
        yield ("contacts", i), " ".join(filter(None, (contact.name, contact.phone, contact.hours)))


def _compared(fact: Fact, own: Sequence[tuple[Path_, str]], programme: Programme) -> Compared:
    began = _began(programme) if fact.kind == "때" and fact.aspect == "since" else []
    if any(_says(text, fact) for _, text in began or own):
        return Compared(fact, "known")
    against = [(path, text) for path, text in began or own if _is_otherwise(fact, text)]
    shared = {path: len(_stems(text, programme.name) & _stems(fact.sentence, programme.name)) for path, text in against}
    path, text = max(against, key=lambda pair: shared[pair[0]], default=((), ""))
    if path and shared[path] >= _SHARED:
        return Compared(fact, "contradicts", path, text)
    return Compared(fact, "adds")


def _began(programme: Programme) -> list[tuple[Path_, str]]:
    return [(("details", i, "text"), d.text) for i, d in enumerate(programme.details) if d.aspect == "since"]


def _says(text: str, fact: Fact) -> bool:
    if fact.kind in ("곳", "기관"):
        return fact.value.replace(" ", "") in text.replace(" ", "")
    return any(kind == fact.kind and _agree(fact, value) for _, kind, value in values(text))


def _agree(fact: Fact, value: str) -> bool:
    """The same number and unit; a month agrees with a day in it."""
    if fact.kind == "때":
        one, other = re.findall(r"\d+", fact.value), re.findall(r"\d+", value)
        is_within = 0 < len(one) <= len(other) and all(int(a) == int(b) for a, b in zip(one, other, strict=False))
        return is_within and _has_year(fact.value, value)
    return _number(fact.value) == _number(value)


def _has_year(one: str, other: str) -> bool:
    return bool(_YEAR.search(one)) == bool(_YEAR.search(other))


def _is_otherwise(fact: Fact, text: str) -> bool:
    """The text counts the same thing, or tells when the same began, with another number."""
    if fact.kind == "때":
        began = fact.aspect == "since" and "시작" in text and "시작" in fact.sentence
        return began and bool(_YEAR.search(fact.value)) and any(kind == "때" for _, kind, _ in values(text))
    if fact.kind not in ("수", "돈", "전화"):
        return False
    unit = _number(fact.value)[1]
    return any(kind == fact.kind and _number(value)[1] == unit for _, kind, value in values(text))


def _number(value: str) -> tuple[str, str]:
    """Digits and what is counted: "1,450원" and "1450 원" are one."""
    digits = re.sub(r"[^\d.]", "", value)
    unit = re.sub(r"[\d,.\s여-]", "", value)
    return digits, _SAME_UNITS.get(unit, unit)


def _stems(text: str, name: str) -> set[str]:
    """Beginnings of the words of a sentence that are not in the name."""
    return {w[:2] for w in re.findall(r"[가-힣]{2,}", text)} - {w[:2] for w in re.findall(r"[가-힣]{2,}", name)}

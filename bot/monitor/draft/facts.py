"""Facts in the passages about a programme: when, how many, how much, where, who, which number to call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.kb.model import Aspect
from bot.monitor.draft.article import Article, Place
from bot.monitor.draft.find import Found, Passage, sentences
from bot.monitor.draft.patterns import FACTS, MARKET, NOT_PLACES

_BEGAN = re.compile(r"시작|개통|개소|개관|출범|발족|도입|처음|문을 연|문을 열|부터|세웠|설립|제정|운영")
_PRICE = re.compile(r"요금|이용료|수수료|무료|유료|비용은|받는다|내면")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what kind, what the article says, in which sentence, where, and which question it answers."""

    kind: str
    value: str
    sentence: str
    place: Place
    aspect: Aspect


def facts(article: Article, found: Found) -> list[Fact]:
    """All facts of a programme in reading order, the same value once."""
    out: dict[tuple[str, str], Fact] = {}
    for passage in found.passages:
        text = article.lines[passage.line].text
        for at, kind, value in values(text[passage.start : passage.end]):
            place = article.lines[passage.line].place(passage.start + at)
            sentence = _sentence(text, passage, passage.start + at)
            if kind == "곳" and value in found.name:
                continue
            out.setdefault((kind, value), Fact(kind, value, sentence, place, _aspect(kind, sentence)))
    return list(out.values())


def values(text: str) -> Iterator[tuple[int, str, str]]:
    """Where, kind and value, in order; what one pattern took is not looked at again."""
    taken: list[tuple[int, int]] = []
    hits: list[tuple[int, str, str]] = []
    for kind, pattern in FACTS:
        for m in pattern.finditer(text):
            value = m[0].strip(" .")
            if any(a < m.end() and m.start() < b for a, b in taken) or (kind == "곳" and not _is_place(value)):
                continue
            taken.append(m.span())
            hits.append((m.start(), kind, value))
    yield from sorted(hits)


def _is_place(value: str) -> bool:
    return bool(MARKET.search(value)) or not NOT_PLACES.search(value)


def _sentence(text: str, passage: Passage, at: int) -> str:
    """The sentence around a fact, within its passage where the sentence is a list."""
    whole = next(((a, b) for a, b in sentences(text) if a <= at < b), (0, len(text)))
    begin, end = max(whole[0], passage.start), min(whole[1], passage.end)
    return text[begin:end].strip(" ,△▲")


def _aspect(kind: str, sentence: str) -> Aspect:
    if kind == "때":
        return "since" if _BEGAN.search(sentence) else "when"
    if kind == "돈":
        return "cost" if _PRICE.search(sentence) else "figures"
    kinds: dict[str, Aspect] = {"전화": "contact", "시각": "when", "수": "figures", "기관": "who", "곳": "where"}
    return kinds[kind]

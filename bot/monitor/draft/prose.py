"""Programmes named in running text: in quotation marks, or a name and what the city does with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.monitor.draft.patterns import (
    ACTED,
    ANY,
    AWARD,
    AWARDED,
    HEAD,
    NETWORK,
    NOT_AN_AWARD,
    ORGANISATION,
    QUOTED,
    SAID,
    SLOGAN,
    SUMMED,
)
from bot.monitor.draft.phrase import beginning
from bot.monitor.draft.words import ACTIONS, COUNTED, DOING, GENERIC, PROSE_HEADS, THEME

_REACH, _OWN = 80, 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in running text, from and to."""

    name: str
    start: int
    end: int


def mentions(text: str) -> list[Mention]:
    """The names in one line of running text, in order, none inside another."""
    found: list[Mention] = []
    for mention in sorted((*_quoted(text), *_plain(text)), key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


def _quoted(text: str) -> Iterator[Mention]:
    for sign in QUOTED.finditer(text):
        inner, after = sign[1] or sign[3], text[sign.end(1) + 1 if sign[1] else sign.end(3) + 1 :]
        start = sign.start(1) if sign[1] else sign.start(3)
        if SAID.search(inner) or SLOGAN.match(after) or not re.search(r"[가-힣A-Za-z]{2}", inner) or len(inner) < 3:
            continue
        is_named = inner.endswith((*PROSE_HEADS, "대상")) or re.match(
            r"\s?(?:사업|서비스|프로젝트|캠페인|제도|시스템|앱)", after
        )
        if is_named or DOING.search(_clause(after)):
            award = AWARDED.match(text[start + len(inner) :])
            end = start + len(inner) + (award.end() if award else 0)
            yield Mention(f"{inner.strip()} {award[1]}" if award else inner.strip(), start, end)


def _plain(text: str) -> Iterator[Mention]:
    for head in sorted((*HEAD.finditer(text), *ANY.finditer(text), *ACTED.finditer(text)), key=lambda m: m.start()):
        start = beginning(text, head.start(1))
        name = text[start : head.end(1)]
        is_known = head.re is HEAD or (bool(THEME.search(name)) and (" " in name or len(name) >= _OWN))
        if (
            is_known
            and _is_named(name)
            and not SUMMED.search(text[max(0, start - 5) : start])
            and _is_done(text, start, head.end(1))
        ):
            yield Mention(name, start, head.end(1))


def _is_named(name: str) -> bool:
    """More than words that every city says."""
    bare = re.sub(r"\([A-Z]+\)", "", COUNTED.sub("", " " + name)).split()
    if not bare or NOT_AN_AWARD.search(name) or ORGANISATION.match(bare[-1]):
        return False
    last = next(
        (bare[-1][: -len(h)] for h in sorted(PROSE_HEADS, key=len, reverse=True) if bare[-1].endswith(h)), bare[-1]
    )
    if NETWORK.search(name) or (AWARD.search(name) and len(bare) > 1):
        return True
    own = [w for w in (*bare[:-1], last) if w and w not in GENERIC and w not in ACTIONS]
    return bool(own) and sum(map(len, own)) >= 2


def _is_done(text: str, start: int, end: int) -> bool:
    return bool(DOING.search(_clause(text[end:])) or re.match(r"(?:이다|다)\.", text[end:])) or bool(
        re.search(r"(?:일환으로|대표적)", text[max(0, start - 20) : start])
    )


def _clause(after: str) -> str:
    return re.split(r"(?<=다)\.\s", after[:_REACH])[0]

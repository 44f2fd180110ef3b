"""Programmes named in running text: in quotation marks, or a name and what the city does with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.monitor.draft.phrase import beginning
from bot.monitor.draft.words import ACTIONS, COUNTED, DOING, GENERIC, HEADS, PROSE_HEADS, THEME

_QUOTED = re.compile(r"[‘'「『]([^‘’'「」『』\n]{2,32})[’'」』]\s?([가-힣]*)|[“\"]([^“”\"\n]{2,20})[”\"]\s?([가-힣]*)")
_SLOGAN = re.compile(
    r"^\s?(?:을|를|으로|로|라는|란|이라는)?\s?(?:만들|구현|실현|슬로건|비전|목표|지향|주제|평가|제시|거듭|도약|의 비결|위상|이미지|강조|말했|당부|전했|각오)"
)
_SAID = re.compile(r"(?:다|요|까|길|것|음|죠|네|라)[.?!]?$")
_HEAD = re.compile(
    rf"(?<![가-힣A-Za-z])((?:[가-힣A-Za-z\d·.-]*(?:{'|'.join(sorted(PROSE_HEADS, key=len, reverse=True))})|[가-힣]{{2,}}대상|[가-힣]+ ?\d?등급)(?:\([A-Z]+\))?)"
    r"(?=[을를은는이가의에도과와로]|으로|\s(?:[가-힣]+ ?)?[가-힣]+(?:[을를이도은]|에서(?:는|도)?)|\s[가-힣]*(?:받|수상)|\s?(?:약\s|총\s)?\d[\d,.]*여?\s?(?:개소|개|곳|명|대|건)[을를이가]|이다|[,.]|다\b)"
)
_ANY = re.compile(
    rf"(?<![가-힣A-Za-z])([가-힣A-Za-z\d·-]*(?:{'|'.join(sorted(HEADS, key=len, reverse=True))}))(?:[을를은는도]|이다|\s(?:약\s|총\s)?\d[\d,.]*여?\s?(?:개소|개|곳|명|대|건|등|기)[을를이가])(?=[\s,.]|$)(?!\s위)"
)
_ACTED = re.compile(
    rf"(?<![가-힣A-Za-z])([가-힣A-Za-z\d]{{2,}})\s(?:{'|'.join(w for w in ACTIONS if len(w) == 2 and w not in HEADS)})(?:이고|이며|이다|[을를]|에)(?=[\s,.]|$)(?!\s위)"
)
_NOT_AN_AWARD = re.compile(r"(?:지원|사업|평가|조사|신청|점검|이용|모집|교육|단속|적용|범죄|여성|관리|보호|설치)대상$")
_SUMMED = re.compile(r"(?:등|등의|이런|이러한|개|가지|이들)\s$")
_ORGANISATION = re.compile(r"^(?:경찰서|소방서|시청|구청|군청)$")
_NETWORK = re.compile(r"(?:안전|방범|치안|돌봄|보호) ?(?:인프라|네트워크|협력망)$")
_AWARD = re.compile(r"(?:인증|공인|표창|상)$")
_AWARDED = re.compile(
    r"[’'」』”\"]\s?([가-힣]*(?:표창|장관상|대통령상|국무총리상|최우수상|우수상|대상|금상|은상|동상))(?=\s|[을를이,.]|$)"
)
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
    for sign in _QUOTED.finditer(text):
        inner, after = sign[1] or sign[3], text[sign.end(1) + 1 if sign[1] else sign.end(3) + 1 :]
        start = sign.start(1) if sign[1] else sign.start(3)
        if _SAID.search(inner) or _SLOGAN.match(after) or not re.search(r"[가-힣A-Za-z]{2}", inner) or len(inner) < 3:
            continue
        is_named = inner.endswith((*PROSE_HEADS, "대상")) or re.match(
            r"\s?(?:사업|서비스|프로젝트|캠페인|제도|시스템|앱)", after
        )
        if is_named or DOING.search(_clause(after)):
            award = _AWARDED.match(text[start + len(inner) :])
            end = start + len(inner) + (award.end() if award else 0)
            yield Mention(f"{inner.strip()} {award[1]}" if award else inner.strip(), start, end)


def _plain(text: str) -> Iterator[Mention]:
    for head in sorted((*_HEAD.finditer(text), *_ANY.finditer(text), *_ACTED.finditer(text)), key=lambda m: m.start()):
        start = beginning(text, head.start(1))
        name = text[start : head.end(1)]
        is_known = head.re is _HEAD or (bool(THEME.search(name)) and (" " in name or len(name) >= _OWN))
        if (
            is_known
            and _is_named(name)
            and not _SUMMED.search(text[max(0, start - 5) : start])
            and _is_done(text, start, head.end(1))
        ):
            yield Mention(name, start, head.end(1))


def _is_named(name: str) -> bool:
    """More than words that every city says."""
    bare = re.sub(r"\([A-Z]+\)", "", COUNTED.sub("", " " + name)).split()
    if not bare or _NOT_AN_AWARD.search(name) or _ORGANISATION.match(bare[-1]):
        return False
    last = next(
        (bare[-1][: -len(h)] for h in sorted(PROSE_HEADS, key=len, reverse=True) if bare[-1].endswith(h)), bare[-1]
    )
    if _NETWORK.search(name) or (_AWARD.search(name) and len(bare) > 1):
        return True
    own = [w for w in (*bare[:-1], last) if w and w not in GENERIC and w not in ACTIONS]
    return bool(own) and sum(map(len, own)) >= 2


def _is_done(text: str, start: int, end: int) -> bool:
    return bool(DOING.search(_clause(text[end:])) or re.match(r"(?:이다|다)\.", text[end:])) or bool(
        re.search(r"(?:일환으로|대표적)", text[max(0, start - 20) : start])
    )


def _clause(after: str) -> str:
    return re.split(r"(?<=다)\.\s", after[:_REACH])[0]

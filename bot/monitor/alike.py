"""Which programmes are hard to tell apart, and which phrasings are nearly the same? For editors, in Korean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bot.engine.normalize import normalize
from bot.engine.pipeline import Engine
from bot.engine.runs import runs
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import Programme
from bot.kb.reader import Path_
from bot.monitor.content import at, phrasings
from bot.monitor.josa import josa

SAME = 90
"""From this rapidfuzz ratio (0–100) of their letters on two phrasings are the same but for a slip."""
_RAREST = 6
"""Two texts so alike share at least one of so many of their rarest runs of letters."""
_CROWD = 200
"""A run of letters that stands in more phrasings than this is not rare, and comparing all of them takes long."""
PULLED = 0.06
"""From this share of phrasings on that are nearer to the other programme two programmes are told as a pair."""
PAIRS, _EXAMPLES, _LEAST = 5, 2, 4
_SAYABLE = 14
"""Nobody says a name of more characters in a question."""
_ASKED, _BATCH = 3000, 500
"""So many phrasings, evenly spread, are compared with all; so many at once."""


@dataclass(frozen=True, slots=True)
class Said:
    """One phrasing, where it stands, and its letters."""

    programme: Programme
    path: Path_
    text: str
    letters: str


def said(engine: Engine) -> list[tuple[int, Said]]:
    """Every phrasing of a programme with its row in the index."""
    index = engine.search.index
    rows = {(index.owners[phrase.owner].id, phrase.text): row for row, phrase in enumerate(index.phrases)}
    found = ((rows.get((p.id, normalize(text))), p, path, text) for p, path, text in phrasings(engine.knowledge))
    return [(row, Said(p, path, text, index.phrases[row].letters)) for row, p, path, text in found if row is not None]


def twins(knowledge: Knowledge, all_: Sequence[Said]) -> Iterator[Problem]:
    """Phrasings of two programmes that are nearly the same, at the place of the second."""
    found = [runs(one.letters) for one in all_]
    count = Counter(run for group in found for run in group)
    posted: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(found):
        rare = sorted(group, key=lambda run: (count[run], run))[:_RAREST]
        near = sorted({other for run in rare if count[run] <= _CROWD for other in posted[run]})
        for other in near:
            if all_[other].programme.id != all_[number].programme.id and _is_same(all_[other], all_[number]):
                yield _twin(knowledge, all_[other], all_[number])
        for run in rare:
            posted[run].append(number)


def _is_same(one: Said, other: Said) -> bool:
    return fuzz.ratio(one.letters, other.letters, score_cutoff=SAME) > 0


def _twin(knowledge: Knowledge, one: Said, other: Said) -> Problem:
    there = at(knowledge, one.programme, one.path, "")
    near = f"{there.where}:{there.line}의 '{one.text}'{josa(one.text, '과', '와')} 거의 같습니다"
    told = f"'{other.text}'{josa(other.text, '은', '는')} {near}"
    return at(knowledge, other.programme, other.path, f"{told}. 한쪽을 지우거나, 어느 사업인지 드러나게 고치세요.")


def confused(engine: Engine, all_: Sequence[tuple[int, Said]]) -> Iterator[Problem]:
    """The pairs of programmes whose phrasings are nearer to the other's than to their own, most confused first."""
    if len({one.programme.id for _, one in all_}) < 2:
        return
    texts = [one for _, one in all_]
    pulled = _pulled(engine, [row for row, _ in all_], texts)
    number = Counter(one.programme.id for one in texts)
    pairs: dict[tuple[str, str], list[tuple[Said, Said]]] = defaultdict(list)
    for mine, theirs in pulled:
        pairs[_pair(mine, theirs)].append((mine, theirs))
    asked = min(1.0, _ASKED / len(texts))
    ranked = sorted(((len(found) / asked / (number[a] + number[b]), (a, b)) for (a, b), found in pairs.items()))
    for share, pair in [row for row in reversed(ranked) if row[0] >= PULLED and len(pairs[row[1]]) >= _LEAST][:PAIRS]:
        yield _told(engine.knowledge, pair, share, pairs[pair], texts)


def _pair(one: Said, other: Said) -> tuple[str, str]:
    first, second = sorted((one.programme.id, other.programme.id))
    return first, second


def _pulled(engine: Engine, rows: Sequence[int], texts: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Phrasings whose nearest other phrasing is another programme's, with that one."""
    vectors = _vectors(engine, rows)
    owners = np.unique([one.programme.id for one in texts], return_inverse=True)[1]
    asked = np.unique(np.linspace(0, len(texts) - 1, min(_ASKED, len(texts))).astype(np.int64))
    for start in range(0, len(asked), _BATCH):
        part = asked[start : start + _BATCH]
        alike = vectors[part] @ vectors.T
        alike[np.arange(len(part)), part] = -2
        for row, best in zip(part, alike.argmax(axis=1), strict=True):
            if owners[row] != owners[best]:
                yield texts[row], texts[best]


def _vectors(engine: Engine, rows: Sequence[int]) -> NDArray[np.float32]:
    """By meaning where there is an encoder, else by letters."""
    learned = engine.search.learned
    if learned.has_meaning:
        return np.asarray(learned.vectors[list(rows)], np.float32)
    return learned.spelling.matrix([engine.search.index.phrases[row].text for row in rows])


def _told(
    knowledge: Knowledge, pair: tuple[str, str], share: float, found: list[tuple[Said, Said]], texts: Sequence[Said]
) -> Problem:
    mine, theirs = next((f for f in found if f[0].path[0] == "questions"), found[0])
    names = {one.programme.id: one.programme.name for one in (mine, theirs)}
    first, second = names[pair[0]], names[pair[1]]
    shown = ", ".join(f"'{one.text}' ↔ '{other.text}'" for one, other in found[:_EXAMPLES])
    both = f"'{first}'{josa(first, '과', '와')} '{second}'{josa(second, '은', '는')}"
    title = f"{both} 구별하기 어렵습니다(표현 {share:.0%}가 상대에 더 가까움)"
    other = " ".join(one.text for one in texts if one.programme.id == theirs.programme.id)
    mend = f"이름이 드러나는 표현을 더하세요. 예: '{_own_name(mine.programme, other)} {mine.text}'"
    return at(knowledge, mine.programme, mine.path, f"{title}: {shown}. {mend}")


def _own_name(programme: Programme, other: str) -> str:
    """A name that people would say and that the other programme is never called by: its own, else the shortest."""
    names = (programme.name, *sorted(programme.aliases, key=lambda name: (len(name), name)))
    fit = (name for name in names if 2 < len(name) <= _SAYABLE and "(" not in name and name not in other)
    return next(fit, programme.name)

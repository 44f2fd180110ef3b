"""What was not answered, by meaning: the groups that staff look at, most asked first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.engine.answer import OUTCOMES, Answer, Found, Hit, Missed
from bot.engine.pipeline import Engine
from bot.monitor.missed import alike
from bot.monitor.missed.alike import Progress
from bot.store.missed import Decision, Row, State, Why, key_of

MOST_PHRASES, MOST_GROUPS = 3000, 300
"""Of more phrases, or groups, the most asked ones are looked at: a phrase takes 10 ms, a group 30."""
NEAREST, TOPICS = 3, 5
_JOINER = "\u200d"
"""Holds emoji together."""


@dataclass(frozen=True)
class Group:
    """Questions that mean the same.

    ``texts`` are redacted lines, one a normal form, most asked first; ``keys`` name the same in the decisions.
    ``asked`` counts questions, ``people`` who asked, ``why`` the questions by reason. ``first`` and ``last``: seconds
    since 1970. ``nearest`` programmes with their probability and ``topics`` are what the engine of now makes of the
    first text, and ``now`` what it answers. ``decision``: of staff about these phrases. ``counts``: questions a text.
    ``rest``: keys that were taken for the same and are not (``alone``).
    """

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    asked: int
    people: int
    why: Mapping[Why, int]
    language: str
    first: float
    last: float
    nearest: tuple[Hit, ...]
    topics: tuple[str, ...]
    now: str
    decision: Decision | None
    counts: tuple[int, ...]
    rest: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What names the group as long as its first text stays the same."""
        return self.keys[0]

    @property
    def state(self) -> State:
        """What was done is new again when it is asked again, and still missed, after that."""
        if self.decision is None or (self.decision.state == "done" and self.last > self.decision.at):
            return "new"
        return self.decision.state


@dataclass(frozen=True)
class _Phrase:
    normal: str
    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """As it is typed most often (the newest of several), on one line, without what would steer a terminal."""
        words = Counter(row.text for row in self.rows).most_common(1)[0][0]
        shown = (char if char.isprintable() or char == _JOINER else " " for char in words)
        return " ".join("".join(shown).split()) or self.normal


def groups(
    rows: Iterable[Row],
    engine: Engine,
    decisions: Mapping[str, Decision],
    progress: Progress | None = None,
    most: int = MOST_GROUPS,
) -> list[Group]:
    """The groups of ``rows`` (newest first), most asked first, at most ``most``. Takes seconds: for a thread.

    ``progress`` hears (done, total) while phrases are embedded.
    """
    phrases = _phrases(rows)[:MOST_PHRASES]
    vectors = alike.vectors(engine, [phrase.normal for phrase in phrases], progress)
    alike_ones = ([phrases[i] for i in numbers] for numbers in alike.groups(vectors, alike.bar(engine)))
    found = [part for own in alike_ones for part in _parts(own, decisions)]
    found.sort(key=lambda part: (-_count(part[1]), part[1][0].normal))
    return [_group(own, engine, decision) for decision, own in found[:most]]


def alone(group: Group) -> Group:
    """The first text without the others, which are something else; a deed about it says so of them."""
    rest = (*group.keys[1:], *group.rest)
    return replace(group, texts=group.texts[:1], keys=group.keys[:1], counts=group.counts[:1], rest=rest)


def _phrases(rows: Iterable[Row]) -> list[_Phrase]:
    """Most asked first, then by their letters."""
    by_normal: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_normal[row.normal].append(row)
    found = [_Phrase(normal, tuple(own)) for normal, own in by_normal.items()]
    return sorted(found, key=lambda phrase: (-len(phrase.rows), phrase.normal))


def _count(phrases: Iterable[_Phrase]) -> int:
    return sum(len(phrase.rows) for phrase in phrases)


def _parts(
    phrases: Sequence[_Phrase], decisions: Mapping[str, Decision]
) -> list[tuple[Decision | None, list[_Phrase]]]:
    """What was decided together stays together; what nobody decided about joins it, unless it was asked more often."""
    parts: dict[Decision | None, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        parts[decisions.get(key_of(phrase.normal))].append(phrase)
    decided = [one for one in parts if one]
    if decided and None in parts:
        largest = max(decided, key=lambda one: (_count(parts[one]), one.at))
        if _count(parts[largest]) >= _count(parts[None]):
            parts[largest] += parts.pop(None)
    return list(parts.items())


def _group(phrases: Sequence[_Phrase], engine: Engine, decision: Decision | None) -> Group:
    rows = [row for phrase in phrases for row in phrase.rows]
    keys = tuple(key_of(phrase.normal) for phrase in phrases)
    told = engine.explain(phrases[0].text)
    ids = {kind: [row for row in told.ranked if row.owner.kind == kind] for kind in ("programme", "elsewhere")}
    return Group(
        texts=tuple(phrase.text for phrase in phrases),
        keys=keys,
        asked=len(rows),
        people=len({row.person for row in rows}),
        why=dict(Counter(row.why for row in rows).most_common()),
        language=Counter(row.language for row in rows).most_common(1)[0][0],
        first=min(row.at for row in rows),
        last=max(row.at for row in rows),
        nearest=tuple(Hit(row.owner.id, round(row.probability, 4)) for row in ids["programme"][:NEAREST]),
        topics=tuple(row.owner.id for row in ids["elsewhere"][:TOPICS]),
        now=answered(told.answer),
        decision=decision,
        counts=tuple(len(phrase.rows) for phrase in phrases),
    )


def answered(answer: Answer) -> str:
    """What the citizen gets, in a word: ``found:owl-bus``, ``none``, ``none:tax`` where a topic is told."""
    if isinstance(answer, Found):
        return f"found:{answer.id}"
    if isinstance(answer, Missed) and answer.topic:
        return f"none:{answer.topic}"
    return OUTCOMES[type(answer)]

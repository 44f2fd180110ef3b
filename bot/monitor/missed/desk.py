"""What staff can do about a group: planned and checked first, then made, then undone if need be. For every surface."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.engine.normalize import normalize
from bot.errors import UsageError
from bot.kb import edit
from bot.kb.amend import Amendment, amended, checked, make, unmake
from bot.kb.load import Knowledge, load
from bot.monitor.draft.roman import roman
from bot.monitor.missed.group import Group
from bot.monitor.missed.journal import Entry, Journal
from bot.monitor.missed.sketch import sketch
from bot.store.missed import Decided, Decision, Deed, State
from bot.store.redact.marks import MARK

LONGEST = 200
"""Letters of a phrasing (``bot/kb/model.py``)."""
_PLAIN: dict[Deed, tuple[State, str]] = {
    "later": ("pending", "나중에 보기로 했습니다"),
    "close": ("done", "끝난 것으로 했습니다"),
    "ignore": ("ignored", "무시하기로 했습니다"),
}


@dataclass(frozen=True)
class Plan:
    """What will be done: ``told`` says it in a sentence. ``knowledge``: as it will be, where it changes."""

    group: Group
    decision: Decision
    told: str
    change: Amendment | None = None
    knowledge: Knowledge | None = None


@dataclass(frozen=True)
class Desk:
    """``root``: the knowledge. ``drafts``: where new programmes wait. Planning takes about a second: for a thread."""

    root: Path
    drafts: Path
    journal: Journal
    clock: Callable[[], float] = time.time

    def phrasing(self, group: Group, id_: str, text: str | None = None) -> Plan:
        """Add a phrasing to a programme: ``text``, or the group's first. In another language to its translation.

        Raises UsageError, KnowledgeError.
        """
        words = _usable(group.texts[0] if text is None else text)
        where = self._file(id_, group.language)
        change = amended(self.root, where, lambda old: edit.with_phrasing(old, words))
        return self._checked(group, "phrasing", id_, words, change)

    def example(self, group: Group, topic: str, text: str | None = None) -> Plan:
        """Add an example to a topic that is not ours. Raises UsageError, KnowledgeError."""
        words = _usable(group.texts[0] if text is None else text)
        change = amended(self.root, "elsewhere.yaml", lambda old: edit.with_example(old, topic, words))
        return self._checked(group, "example", topic, words, change)

    def draft(self, group: Group, name: str) -> Plan:
        """Draft a new programme beside the knowledge. Raises UsageError where a file of this name is there."""
        if not 1 <= len(name.strip()) <= 40:
            raise UsageError("사업 이름은 한 글자부터 40자까지입니다.")
        id_ = roman(name)
        questions = [text for text in group.texts if len(text) <= LONGEST and not MARK.search(text)]
        change = Amendment(self.drafts, f"{id_}.yaml", None, sketch(load(self.root).city, id_, name.strip(), questions))
        if change.path.exists():
            raise UsageError(f"{change.path} 파일이 이미 있습니다. 다른 이름을 적거나 그 초안을 고치세요.")
        told = f"새 사업 초안을 {change.path}에 썼습니다. 사람이 고쳐 쓴 뒤에 봇이 읽습니다"
        return Plan(group, self._decided("pending", "draft", str(change.path)), told, change)

    def settle(self, group: Group, deed: Deed) -> Plan:
        """Later, closed or ignored: nothing but the decision."""
        state, told = _PLAIN[deed]
        return Plan(group, self._decided(state, deed, None), told)

    def do(self, plan: Plan, known: Mapping[str, Decision]) -> Decided:
        """Make it; what then has to be kept with ``store.missed.decide``. Raises UsageError, and nothing is changed.

        ``known``: the decisions so far.
        """
        apart = Decision("new", "split", None, plan.decision.at)
        decided = dict.fromkeys(plan.group.keys, plan.decision) | dict.fromkeys(plan.group.rest, apart)
        before = {key: known.get(key) for key in decided}
        kept = self.journal.add(Entry(plan.told, plan.decision.at, before, plan.change))
        if plan.change:
            try:
                make(plan.change)
            except UsageError:
                kept.unlink(missing_ok=True)
                raise
        return decided

    def undo(self) -> tuple[str, Decided]:
        """Take the last deed back: what it was, and the decisions to keep again. Raises UsageError."""
        found = self.journal.last()
        if found is None:
            raise UsageError("되돌릴 것이 없습니다.")
        path, entry = found
        if entry.change:
            unmake(entry.change)
        path.unlink(missing_ok=True)
        return entry.told, entry.before

    def _file(self, id_: str, language: str) -> str:
        translated = f"translations/{language}/{id_}.yaml"
        if (self.root / translated).is_file():
            return translated
        return f"programs/{id_}.yaml"

    def _decided(self, state: State, deed: Deed, target: str | None) -> Decision:
        return Decision(state, deed, target, self.clock())

    def _checked(self, group: Group, deed: Deed, target: str, words: str, change: Amendment) -> Plan:
        knowledge = checked(change)
        places = said(knowledge, words)
        if len(places) > 1:
            told = ", ".join(sorted(dict.fromkeys(places)))
            raise UsageError(f"'{words}'은(는) 이미 있습니다({told}). 한 표현은 한 곳에 한 번만 두세요.")
        told = f"'{words}'을(를) {change.where}에 더했습니다"
        return Plan(group, self._decided("done", deed, target), told, change, knowledge)


def said(knowledge: Knowledge, words: str) -> list[str]:
    """Where a phrasing stands, spaces and punctuation aside: once for each time."""
    wanted = _compared(words)
    return [where for where, text in _phrasings(knowledge) if _compared(text) == wanted]


def _phrasings(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for programme in knowledge.programmes:
        yield from ((f"programs/{programme.id}.yaml", text) for text in programme.phrasings)
    for language, cards in knowledge.translations.items():
        for id_, card in cards.items():
            yield from ((f"translations/{language}/{id_}.yaml", text) for text in (card.name, *card.questions))
    for topic in knowledge.elsewhere.topics:
        yield from ((f"elsewhere.yaml의 {topic.id}", text) for text in topic.examples)
    for spoken, phrases in knowledge.phrases.items():
        for talk in phrases.smalltalk:
            yield from ((f"phrases/{spoken}.yaml의 {talk.id}", text) for text in talk.examples)


@lru_cache(2**16)
def _compared(text: str) -> str:
    return normalize(text).replace(" ", "")


def _usable(text: str) -> str:
    """A phrasing that may stand in a file. Raises UsageError."""
    words = " ".join(text.split())
    if found := MARK.search(words):
        raise UsageError(f"{found[0]} 같은 표시는 개인정보를 지운 자리입니다. 표시 없이 고쳐 적으세요.")
    if not normalize(words):
        raise UsageError("표현에 글자가 없습니다.")
    if len(words) > LONGEST:
        raise UsageError(f"표현이 너무 깁니다({len(words)}자, 최대 {LONGEST}자). 줄여 적으세요.")
    return words

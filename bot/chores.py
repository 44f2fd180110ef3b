"""Missed questions dealt with one by one at a terminal: a key a deed, shown and checked before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TextIO

from bot.engine.pipeline import Engine
from bot.errors import KnowledgeError, UsageError
from bot.monitor.missed import show
from bot.monitor.missed.desk import Desk, Plan
from bot.monitor.missed.effect import effect
from bot.monitor.missed.group import Group, alone
from bot.store.missed import Decided, Decision, Deed

_KEYS = """\
   1·2·3 그 사업에 더하기  a 다른 사업에 더하기  e 우리 일이 아님(elsewhere.yaml)  n 새 사업 초안
   i 무시  l 나중에  d 끝남  o 첫 질문만 따로  |  Enter 다음  b 앞으로  u 되돌리기  q 그만"""
_PLAIN: dict[str, Deed] = {"i": "ignore", "l": "later", "d": "close"}
_MANY = 8
"""Programmes that a part of a name is found in, and are listed."""


class _Enough(Exception):
    """The person has no more to say."""


@dataclass
class Chores:
    """``known``: the decisions so far; ``keep`` writes them into the store."""

    engine: Engine
    desk: Desk
    groups: list[Group]
    known: dict[str, Decision]
    keep: Callable[[Decided], None]
    zone: tzinfo
    _done: int = field(default=0, init=False)

    def run(self, stdin: TextIO, stdout: TextIO) -> int:
        """Until the last group, or until the person has enough."""
        self._in, self._out = stdin, stdout
        names, number = show.names(self.engine.knowledge), 0
        try:
            while 0 <= number < len(self.groups):
                self._say(f"\n{show.block(self.groups[number], number + 1, names, self.zone)}\n{_KEYS}")
                number = max(0, number + self._step(self.groups[number]))
        except _Enough:
            self._say("")
        self._say(f"{self._done}묶음을 정했습니다. 마지막 것을 되돌리려면: python -m bot missed --undo")
        return 0

    def _step(self, group: Group) -> int:
        """One key; how many groups to go on."""
        key = self._ask("> ").lower()
        if key == "o":
            self.groups[self.groups.index(group)] = alone(group)
            return 0
        if key in ("", "b", "q"):
            if key == "q":
                raise _Enough
            return -1 if key == "b" else 1
        try:
            if key == "u":
                return self._undo()
            plan = self._plan(group, key)
            return 1 if plan and self._do(plan, group) else 0
        except (UsageError, KnowledgeError) as error:
            self._say(f"   {error}")
            return 0

    def _plan(self, group: Group, key: str) -> Plan | None:
        if deed := _PLAIN.get(key):
            return self.desk.settle(group, deed)
        if key == "n":
            name = self._ask("   새 사업의 이름(Enter 그만두기): ")
            return self.desk.draft(group, name) if name else None
        if key == "e":
            topic = self._topic(group)
            return self.desk.example(group, topic, self._words(group)) if topic else None
        id_ = self._programme(group, key)
        return self.desk.phrasing(group, id_, self._words(group)) if id_ else None

    def _words(self, group: Group) -> str:
        return self._ask(f"   더할 표현(Enter: {group.texts[0]}): ") or group.texts[0]

    def _programme(self, group: Group, key: str) -> str | None:
        if key.isdecimal() and 1 <= int(key) <= len(group.nearest):
            return group.nearest[int(key) - 1].id
        if key != "a":
            raise UsageError(f"'{key}'은(는) 모르는 글쇠입니다.")
        part = self._ask("   사업의 id나 이름의 일부: ")
        found = [one for one in self.engine.knowledge.programmes if part and part in f"{one.id} {one.name}"]
        exact = [one for one in found if part in (one.id, one.name)]
        if len(exact or found) == 1:
            return (exact or found)[0].id
        told = ", ".join(f"{one.id}({one.name})" for one in found[:_MANY])
        raise UsageError(f"여러 사업이 있습니다: {told}" if found else f"'{part}' 사업이 없습니다.")

    def _topic(self, group: Group) -> str | None:
        names = show.names(self.engine.knowledge)
        self._say("\n".join(f"   {i}) {names.get(id_, '')} ({id_})" for i, id_ in enumerate(group.topics, 1)))
        told = self._ask("   주제의 번호나 id(Enter 그만두기): ")
        if told.isdecimal() and 1 <= int(told) <= len(group.topics):
            return group.topics[int(told) - 1]
        return told or None

    def _do(self, plan: Plan, group: Group) -> bool:
        """Show it, ask, make it. Whether it was made."""
        if plan.change:
            self._say(f"   {plan.change.path}\n{plan.change.diff}")
            self._foretell(plan, group)
            if self._ask("   적을까요? y 적기, Enter 그만두기: ").lower() != "y":
                return False
        decided = self.desk.do(plan, self.known)
        self._remember(decided)
        self._done += 1
        self._say(f"   {plan.told}.")
        return True

    def _foretell(self, plan: Plan, group: Group) -> None:
        if plan.knowledge is None:
            return
        found = effect(self.engine, plan.knowledge, group)
        self._say("   검사했습니다: 파일에 고칠 곳이 없습니다. 이렇게 답하게 됩니다:")
        self._say("\n".join(f"     {text} → {show.outcome(now)}" for text, now in found.told))
        if found.broken:
            self._say("   조심하세요. 지키기로 한 질문이 어긋납니다: " + ", ".join(found.broken))

    def _undo(self) -> int:
        told, before = self.desk.undo()
        self._remember(before)
        self._done = max(0, self._done - 1)
        self._say(f"   되돌렸습니다: {told}.")
        return 0

    def _remember(self, decided: Decided) -> None:
        self.keep(decided)
        for key, one in decided.items():
            if one:
                self.known[key] = one
            else:
                self.known.pop(key, None)

    def _ask(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        line = self._in.readline()
        if not line:
            raise _Enough
        return line.strip()

    def _say(self, text: str) -> None:
        self._out.write(text + "\n")

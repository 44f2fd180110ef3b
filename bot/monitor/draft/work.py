"""``python -m bot draft``: read, find, compare, write, tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.engine.pipeline import Engine
from bot.errors import UsageError
from bot.kb.reader import read as document
from bot.monitor.draft.article import Article, read
from bot.monitor.draft.facts import facts
from bot.monitor.draft.find import Found, find
from bot.monitor.draft.known import Compared, Match, compare, match, named
from bot.monitor.draft.report import Row, told
from bot.monitor.draft.write import Drafts

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Drafting:
    """What drafts are made with: an engine, the knowledge folder that it came from, the folder of drafts."""

    engine: Engine
    knowledge: Path
    to: Path
    progress: Progress | None = None

    def report(self, path: Path) -> str:
        """Draft what an article tells, and say so. Raises UsageError."""
        article = read(path)
        return told(path, article, self.rows(article))

    def rows(self, article: Article) -> list[Row]:
        """What was found, each programme of ours once, in the order of the article."""
        drafts = Drafts(self.to, article, self.engine.knowledge.city)
        found = find(article)
        matched: list[tuple[Found, Match]] = []
        for i, one in enumerate(found, 1):
            matched.append((one, match(self.engine, one.name)))
            if self.progress:
                self.progress(i, len(found))
        matched += self._named(article, {m.id for _, m in matched if m.verdict == "known"})
        pairs = sorted(_merged(matched), key=lambda pair: (pair[0].place.line, pair[0].place.column))
        return [self._row(article, drafts, one, nearest) for one, nearest in pairs]

    def _named(self, article: Article, seen: set[str]) -> list[tuple[Found, Match]]:
        """What the rules did not see and the article names to the letter."""
        others = [p for p in self.engine.knowledge.programmes if p.id not in seen]
        found = [(one, match(self.engine, one.name)) for one in named(article, others)]
        return [(one, nearest) for one, nearest in found if nearest.verdict == "known" and nearest.id not in seen]

    def _row(self, article: Article, drafts: Drafts, one: Found, nearest: Match) -> Row:
        own = tuple(facts(article, one))
        programme = self.engine.knowledge.programme(nearest.id)
        if nearest.verdict != "known" or programme is None:
            near = f"{nearest.id}(검색 {nearest.probability:.2f})" if nearest.verdict == "near" else ""
            return Row(one, nearest, own, (), {}, *drafts.programme(one, own, near))
        compared = tuple(compare(programme, own))
        ours = {c: self._ours(nearest.id, c) for c in compared if c.standing == "contradicts"}
        new = [c for c in compared if c.standing != "known"]
        notes = {c: f"지금은 {told}" for c, told in ours.items()}
        return Row(
            one, nearest, own, compared, ours, *(drafts.additions(nearest.id, new, notes) if new else (None, False))
        )

    def _ours(self, id_: str, compared: Compared) -> str:
        """Our own sentence, with its file and line. (An engine that was kept between runs has no lines.)"""
        where = f"programs/{id_}.yaml"
        line = document(self.knowledge / where, where).line(compared.path)
        return f'{where} {line}줄 "{compared.text}"'


def refuse(path: Path, to: Path, knowledge: Path) -> None:
    """Raise UsageError for what needs no engine to be seen: a file that is no article, drafts amid the knowledge."""
    read(path)
    if to.resolve().is_relative_to(knowledge.resolve()):
        raise UsageError(f"{to}: 초안은 지식 폴더 밖에 둡니다. --to에 다른 폴더를 적으세요(예: --to drafts).")


def _merged(matched: Sequence[tuple[Found, Match]]) -> list[tuple[Found, Match]]:
    """Names that are the same programme of ours are one finding, told under the name most like ours."""
    groups: dict[str, list[tuple[Found, Match]]] = {}
    for i, (one, nearest) in enumerate(matched):
        groups.setdefault(nearest.id if nearest.verdict == "known" else f"#{i}", []).append((one, nearest))
    out = []
    for group in groups.values():
        best, nearest = max(group, key=lambda pair: pair[1].likeness + pair[1].probability)
        passages = dict.fromkeys(p for one, _ in group for p in one.passages)
        out.append((replace(best, passages=tuple(passages)), nearest))
    return out

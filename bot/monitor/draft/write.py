"""Drafts for staff: YAML with the place in the article beside each fact, and marks that must go before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from bot.errors import UsageError
from bot.kb.model import City
from bot.kb.unreviewed import MARK
from bot.monitor.draft.article import Article
from bot.monitor.draft.facts import Fact
from bot.monitor.draft.find import Found
from bot.monitor.draft.known import Compared
from bot.monitor.draft.roman import roman

_QUOTE, _VALUES, _TITLE = 160, 110, 150
_HEAD = """\
{mark} 이 파일은 초안입니다. 기사 「{title}」 {place}에서 찾았습니다.
1. 기사를 읽고 사실을 확인해 글을 새로 쓰세요(기사 문장을 그대로 옮기지 않습니다).
2. {mark} 표시가 있는 곳을 모두 채우고, 표시와 따온 기사 글(# {mark} 줄)을 지우세요. 남아 있으면 check가 멈춥니다.
3. knowledge/programs/에 id와 같은 이름으로 옮기고 python -m bot check를 돌리세요."""


class Drafts:
    """A folder of drafts. Nothing that is there is ever written over."""

    def __init__(self, folder: Path, article: Article, city: City) -> None:
        self._folder, self._article, self._city = folder, article, city
        self._taken: set[str] = set()

    def programme(self, found: Found, facts: Sequence[Fact], near: str = "") -> tuple[Path, bool]:
        """Write the draft of a new programme. Where, and whether it is new: False if a file of this name is there."""
        name = self._name(roman(found.name))
        head = _HEAD.format(mark=MARK, title=self._article.title[:60], place=found.place)
        if near:
            head += f"\n비슷한 사업이 이미 있습니다: {near}. 같은 사업이면 이 파일을 지우고 그 파일을 고치세요."
        return self._write(name, self._map(name, found, facts), head)

    def additions(self, id_: str, compared: Sequence[Compared], where: dict[Compared, str]) -> tuple[Path, bool]:
        """Write what an article adds to a programme or says otherwise: facts to take over by hand."""
        out = CommentedMap()
        facts = [c.fact for c in compared]
        out["details"] = self._details(facts, {c.fact: where[c] for c in compared if c in where})
        out["sources"] = self._sources()
        head = (
            f"{MARK} knowledge/programs/{id_}.yaml에 옮겨 적을 것. 확인하고 새로 쓴 것만 그 파일의 details에 더하세요."
        )
        return self._write(f"{id_}.add", out, head)

    def _name(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self._taken:
            name, number = f"{wanted[:36]}-{number}", number + 1
        self._taken.add(name)
        return name

    def _map(self, id_: str, found: Found, facts: Sequence[Fact]) -> CommentedMap:
        out = CommentedMap(id=id_, name=found.name[:40], category=Quoted(MARK), status="unconfirmed")
        out["summary"] = Quoted(f"{MARK} 무엇인지 시민의 말로 한두 문장(140자까지)")
        out["details"] = self._details(facts) or CommentedSeq([self._detail("what", "무엇을 하는 사업인지")])
        out["how_to_use"] = Quoted(f"{MARK} 시민이 어떻게 이용하는지 한 문장")
        contact = self._city.contact.model_dump(exclude_none=True)
        out["contacts"] = [{**contact, "sources": list(contact["sources"])}]
        out["aliases"], out["questions"], out["related"] = CommentedSeq(), CommentedSeq(), CommentedSeq()
        out["department"] = Quoted(f"{MARK} 맡은 부서(모르면 '확인되지 않음')")
        out["sources"] = self._sources()
        for source in self._city.contact.sources:
            out["sources"][source] = self._city.sources[source].model_dump()
        out["reviewed_on"], out["review_by"] = Quoted(MARK), Quoted(MARK)
        self._explain(out)
        return out

    def _explain(self, out: CommentedMap) -> None:
        fields = ", ".join(f"{c.id}({c.name})" for c in self._city.categories)
        name = "영어 소문자와 붙임표로 알아보기 쉽게 고치고 파일 이름도 같게 하세요"
        out.yaml_set_comment_before_after_key("id", before=name)
        out.yaml_set_comment_before_after_key("category", before=f"다음 가운데 하나: {fields}")
        out.yaml_set_comment_before_after_key("questions", before="다섯 개 넘게: 시민이 실제로 묻는 말")
        out.yaml_set_comment_before_after_key("reviewed_on", before="확인한 날, 다시 볼 날(예: 2026-11-23)")

    def _details(self, facts: Iterable[Fact], notes: dict[Fact, str] | None = None) -> CommentedSeq:
        """One detail for each sentence and kind of question, with the sentence quoted above it."""
        out = CommentedSeq()
        groups: dict[tuple[str, str], list[Fact]] = {}
        for fact in sorted(facts, key=lambda f: (f.place.line, f.place.column)):
            groups.setdefault((fact.sentence, fact.aspect), []).append(fact)
        for i, own in enumerate(groups.values()):
            out.append(self._detail(own[0].aspect, " · ".join(dict.fromkeys(f.value for f in own))))
            quote = f'{MARK} 기사 {own[0].place}: "{_short(own[0].sentence)}"'
            told = [quote, *(f"{MARK} {(notes or {})[f]}" for f in own if f in (notes or {}))]
            out.yaml_set_comment_before_after_key(i, before="\n".join(told), indent=2)
        return out

    def _detail(self, aspect: str, text: str) -> CommentedMap:
        seq = CommentedSeq(["article"])
        seq.fa.set_flow_style()
        as_of = self._article.date[:7] or "날짜 미상"
        return CommentedMap(aspect=aspect, text=Quoted(f"{MARK} {text[:_VALUES]}"), as_of=as_of, sources=seq)

    def _sources(self) -> CommentedMap:
        article = self._article
        return CommentedMap(
            article=CommentedMap(
                publisher=article.publisher[:40] or Quoted(f"{MARK} 신문이나 기관 이름"),
                title=article.title[:_TITLE] or Quoted(f"{MARK} 기사 제목"),
                date=article.date or Quoted(f"{MARK} 기사 날짜(모르면 '날짜 미상')"),
                url=article.url or Quoted(f"{MARK} 기사 주소(https://…)"),
            )
        )

    def _write(self, name: str, data: CommentedMap, head: str) -> tuple[Path, bool]:
        path = self._folder / f"{name}.yaml"
        data.yaml_set_start_comment(head + "\n")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                _yaml().dump(data, file)
        except FileExistsError as error:
            if not self._folder.is_dir():
                raise UsageError(f"{self._folder}: 폴더가 아닙니다. --to에 다른 이름을 적으세요.") from error
            return path, False
        except OSError as error:
            raise UsageError(
                f"{path}: 초안을 쓰지 못했습니다({error.strerror}). --to로 다른 폴더를 고르세요."
            ) from error
        return path, True


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width, yaml.allow_unicode = 10_000, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…"

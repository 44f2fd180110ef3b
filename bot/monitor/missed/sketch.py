"""A file for a programme that people ask for and nobody has written yet, marked so that it cannot go live as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from bot.kb.model import City
from bot.kb.unreviewed import MARK

_HEAD = f"""\
{MARK} 시민이 물었지만 답하지 못한 것으로 시작한 초안입니다.
1. 사실을 확인해 글을 쓰세요. 사실마다 때(as_of)와 출처(sources)가 있어야 합니다.
2. {MARK} 표시를 모두 지우세요. 남아 있으면 check가 멈추고 봇은 읽지 않습니다.
3. knowledge/programs/에 id와 같은 이름으로 옮기고 python -m bot check를 돌리세요.
"""


def sketch(city: City, id_: str, name: str, questions: Sequence[str]) -> str:
    """YAML of a new programme with what people asked as its first phrasings."""
    out = CommentedMap(id=id_, name=Quoted(name), category=_open("분야"), status="unconfirmed")
    out["summary"] = _open("무엇인지 시민의 말로 한두 문장(140자까지)")
    detail = {"aspect": "what", "text": _open("사실 한 문장"), "as_of": "날짜 미상", "sources": ["source"]}
    out["details"] = [detail]
    out["how_to_use"] = _open("시민이 어떻게 이용하는지 한 문장")
    contact = city.contact.model_dump(exclude_none=True)
    out["contacts"] = [{**contact, "sources": list(contact["sources"])}]
    out["aliases"], out["questions"], out["related"] = [], [Quoted(text) for text in questions], []
    out["department"] = _open("맡은 부서(모르면 '확인되지 않음')")
    out["sources"] = {"source": _source(), **{key: city.sources[key].model_dump() for key in city.contact.sources}}
    out["reviewed_on"], out["review_by"] = _open("확인한 날"), _open("다시 볼 날")
    out.yaml_set_start_comment(_HEAD)
    categories = ", ".join(f"{one.id}({one.name})" for one in city.categories)
    out.yaml_add_eol_comment(f"다음 가운데 하나: {categories}", "category")
    out.yaml_add_eol_comment("다섯 개 넘게: 시민이 실제로 묻는 말", "questions")
    return _written(out)


def _open(what: str) -> str:
    return cast(str, Quoted(f"{MARK} {what}"))


def _source() -> dict[str, object]:
    return {
        "publisher": _open("신문이나 기관 이름"),
        "title": _open("제목"),
        "date": "날짜 미상",
        "url": _open("https://…"),
    }


def _written(data: CommentedMap) -> str:
    yaml, out = YAML(), io.StringIO()
    yaml.width, yaml.allow_unicode = 10_000, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(data, out)
    return out.getvalue()

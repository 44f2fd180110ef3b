"""What the model refused → one Korean sentence that says where and how to mend it."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import Problem
from bot.kb import slips
from bot.kb.guide import CODES
from bot.kb.reader import Document, Path_

_SHOWN = 40


def problems(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """All that the model refused. A list is not called empty for items that were refused themselves."""
    faults = error.errors()
    return [in_korean(fault, document, model) for fault in faults if not _echoes(fault, faults)]


def _echoes(fault: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    depth = len(fault["loc"])
    inside = (other for other in faults if len(other["loc"]) > depth and other["loc"][:depth] == fault["loc"])
    return fault["type"] == "too_short" and any(inside)


def in_korean(fault: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    """One validation fault as a problem that an editor can mend."""
    path: Path_ = tuple(fault["loc"])
    message = f"{_name(path)}: {_message(fault, model)}"
    if fault["type"] == "tuple_type" and path in document.begins:
        return Problem(document.where, document.begins[path], message)
    return document.problem(path, message)


def _name(path: Path_) -> str:
    parts = [f"{part + 1}번째" if isinstance(part, int) else part for part in path]
    return " › ".join(str(part) for part in parts if part != "[key]") or "파일 전체"


def _message(fault: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    given = f"'{str(fault['input'])[:_SHOWN]}'"
    if kind == "extra_forbidden":
        return _strange(str(fault["loc"][-1]), _keys(fault, model))
    if kind == "missing":
        return "꼭 있어야 하는 항목이 빠졌습니다. 이 이름으로 한 줄을 더하세요."
    if kind == "literal_error":
        codes = str(context.get("expected")).replace(" or ", ", ").replace("'", "").split(", ")
        shown = ", ".join(f"{code}({CODES[code]})" if code in CODES else code for code in codes)
        return f"{given}은(는) 쓸 수 없는 값입니다. 다음 가운데 하나로 고치세요: {shown}."
    if kind in ("place", "braces", "value_error", "as_of"):
        return _own(kind, context, given)
    return _shaped(fault) or _sized(fault, context, given)


def _strange(key: str, known: list[str]) -> str:
    meant = next(iter(get_close_matches(key.lower().replace("-", "_"), known, 1)), None)
    guess = f" '{meant}'의 철자를 확인하세요." if meant else " 철자나 들여쓰기를 확인하세요."
    return f"모르는 항목입니다. 쓸 수 있는 항목: {', '.join(known) or '없음'}.{guess}"


_SHAPED = {"string_type": "글 한 줄이", "tuple_type": "'- '로 시작하는 줄들이"}


def _shaped(fault: ErrorDetails) -> str | None:
    """A text, a list or lines with names, each in the place of another."""
    kind, given = fault["type"], fault["input"]
    if kind not in ("string_type", "tuple_type", "dict_type", "model_type", "model_attributes_type"):
        return None
    if kind == "string_type" and isinstance(given, dict) and len(given) == 1:
        return f'글 안에 ": "(쌍점과 빈칸)이 있거나 중괄호로 시작합니다. {slips.QUOTE}'
    if kind == "string_type" and isinstance(given, list):
        return f"글 한 줄이 와야 하는데 목록이 있습니다. [ 로 시작하는 글이면 {slips.QUOTE}"
    if kind == "tuple_type" and isinstance(given, str) and (why := slips.no_list(given)):
        return why
    wanted = _SHAPED.get(kind, "'이름: 값' 줄들이")
    return f"{wanted} 와야 합니다. 들여쓰기와 '- '를 확인하세요."


def _sized(fault: ErrorDetails, context: dict[str, Any], given: str) -> str:
    kind = fault["type"]
    if kind == "string_too_long":
        sizes = f"지금 {len(str(fault['input']).strip())}자, 최대 {context['max_length']}자"
        return f"글이 너무 깁니다({sizes}). 줄이거나 둘로 나누세요: {given}…"
    if kind in ("string_too_short", "too_short"):
        return "비어 있습니다. 내용을 적거나 항목을 지우세요."
    if kind == "too_long":
        return f"너무 많습니다({context['actual_length']}개, 최대 {context['max_length']}개). 줄이세요."
    if kind == "string_pattern_mismatch":
        return f"{given}은(는) 모양이 맞지 않습니다. {_shape(str(context['pattern']))}"
    return f"{given}은(는) 쓸 수 없는 값입니다({kind})."


def _own(kind: str, context: dict[str, Any], given: str) -> str:
    """What our own validators refuse: places in sentences, and days."""
    if kind == "place":
        return f"{context['word']}은(는) 이 문장에서 채울 수 없습니다. 쓸 수 있는 것: {context['offered']}."
    if kind == "braces":
        return f"{given}: 중괄호 {{ }}의 짝이 맞지 않습니다."
    if kind == "as_of":
        return f"{given}은(는) 달력에 없는 날짜입니다. {_AS_OF}"
    return f"{given}은(는) 날짜가 아닙니다. 2026-11-23처럼 적으세요."


_AS_OF = "2023, 2023-11, 2023-11-27 또는 '날짜 미상'으로 적으세요."


_SHAPES = {
    "^[a-z0-9]+": "영어 소문자와 숫자를 붙임표로 이어 적으세요(예: owl-bus).",
    "^https?": "https:// 로 시작하는 주소를 빈칸 없이 적으세요.",
    "^[0-9][0-9-]": "숫자와 붙임표만 적으세요(예: 1666-1234).",
    "^([0-9]{4}": _AS_OF,
}


def _shape(pattern: str) -> str:
    return next((hint for start, hint in _SHAPES.items() if pattern.startswith(start)), "")


def _keys(fault: ErrorDetails, model: type[BaseModel]) -> list[str]:
    """The keys that the mapping around a strange key may have."""
    here: Any = model
    for part in fault["loc"][:-1]:
        here = _inside(here, part)
    return list(getattr(here, "model_fields", {}))


def _inside(annotation: Any, part: str | int) -> Any:
    """The type of one element or field; None where it cannot be told."""
    if isinstance(part, str) and hasattr(annotation, "model_fields"):
        field = annotation.model_fields.get(part)
        return field.annotation if field else None
    inner = [a for a in getattr(annotation, "__args__", ()) if a is not Ellipsis]
    return inner[-1] if inner else None

"""What slips in a YAML file look like, and how to mend each: one Korean sentence for the person who typed it.

``hidden`` and ``silent`` find what YAML takes without a word; ``grammar`` tells what a parser stumbled over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import yaml

QUOTE = "글 전체를 큰따옴표로 감싸세요."
STAR = f"글이 * 또는 & 로 시작합니다. {QUOTE}"
BANG = f"글이 ! 로 시작합니다. {QUOTE}"
Told: TypeAlias = "tuple[int, str]"
"""A line, from 1, and the sentence."""

_SIGN = f"글이 특별한 기호(@ ` % , ? | > -)로 시작합니다. {QUOTE}"
_COLON = f'글 안에 ": "(쌍점과 빈칸)이 있습니다. {QUOTE}'
_INDENT = "들여쓰기가 어긋났습니다. 같은 묶음의 줄은 줄 앞 빈칸 수가 같아야 합니다. 윗줄과 세로로 맞추세요."
_DASH = "붙임표(-) 뒤에 빈칸이 없습니다. '- 글'처럼 빈칸 하나를 두세요."
_BULLET = "목록의 한 줄은 붙임표와 빈칸('- ')으로 시작해야 합니다. 줄 앞의 기호를 '- '로 바꾸세요."
_NO_DASH = "목록의 첫 줄에 붙임표가 없습니다. 이 줄을 '- '로 시작하세요."
_NO_BLANK = "쌍점(:) 뒤에 빈칸이 없습니다. '이름: 값'처럼 빈칸 하나를 두세요."
_WIDE_COLON = "쌍점이 전각(：)입니다. 보통 쌍점과 빈칸(: )으로 바꾸세요."
_EQUALS = "'=' 대신 쌍점과 빈칸(: )을 쓰세요."
_NEITHER = (
    "'이름: 값'도 '- 글'도 아닌 줄입니다. 항목이면 쌍점과 빈칸(: )을, 목록이면 줄 앞에 '- '를 더하세요. "
    "윗글에 이어지는 글이면 윗줄에 붙이세요."
)
_DOUBLE = "큰따옴표(\")의 짝이 맞지 않습니다. 글의 앞과 끝에 하나씩만 두고, 글 안의 큰따옴표는 ' 로 바꾸세요."
_SINGLE = "작은따옴표(')의 짝이 맞지 않습니다. 글의 앞뒤를 큰따옴표(\")로 감싸세요."
_BRACKET = "대괄호 [ ] 나 중괄호 { }가 닫히지 않았거나 사이에 쉼표가 빠졌습니다. 짝과 쉼표를 확인하세요."
_COMMA = "쉼표 사이가 비어 있습니다. 남는 쉼표를 지우세요."
_ESCAPE = "큰따옴표 안에 역슬래시(\\)가 있습니다. 역슬래시를 지우거나 두 번(\\\\) 적으세요."
_MERGE = (
    "깃이 두 글을 합치지 못하고 남긴 표시(<<<<<<<, =======, >>>>>>>)가 있습니다. 맞는 글만 남기고 표시 줄을 지우세요."
)
_TAB_BEFORE = "탭 문자가 있습니다. 들여쓰기는 빈칸(스페이스) 두 개씩으로 하세요."
_TAB = "탭 문자가 있습니다. 빈칸(스페이스)으로 바꾸세요."
_BLANK = "줄 앞에 보통 빈칸이 아닌 특수 빈칸이 있습니다(한글·워드에서 복사한 글). 지우고 빈칸(스페이스)으로 띄우세요."
_UNSEEN = "눈에 보이지 않는 글자({code})가 있습니다. 이 줄을 지우고 손으로 다시 적으세요."
_CUT = (
    "' #' 뒤는 메모로 여겨져 글에서 빠집니다: '{lost}'. 글이면 전체를 큰따옴표로 감싸고, 메모면 윗줄에 따로 적으세요."
)
_ROUND = '둥근 따옴표(“ ”)는 글과 함께 그대로 보입니다. 곧은 큰따옴표(")로 바꾸세요.'
_SUNK = "'- '가 윗글의 뒤로 이어졌습니다. 이 줄의 '- '를 윗줄의 '- '와 세로로 맞추세요."
_OTHER = "YAML 문법이 어긋납니다. 이 줄과 윗줄의 들여쓰기, 따옴표와 괄호의 짝을 확인하세요({problem})."

_HIDDEN = re.compile(
    "(?P<merge>^(?:<{7}|>{7})(?= |$))"
    "|(?P<blank>^ *[\u00a0\u3000\u2000-\u200a])"
    "|(?P<before>^[ ]*\t)"
    "|(?P<tab>\t)"
    "|(?P<unseen>[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2028\u2029\x85])",
    re.MULTILINE,
)
_HIDDEN_TOLD = {"merge": _MERGE, "blank": _BLANK, "before": _TAB_BEFORE, "tab": _TAB, "unseen": _UNSEEN}
_KEY = re.compile(r"\s*(?:- +)?(?:\"[^\"]*\"|[^\s:#'\"\[{-][^:#]*?)\s*: +")
_TIGHT = re.compile(r"\s*(?:- +)?[A-Za-z_-]+:\S")
_WIDE = re.compile(r"\s*(?:- +)?[\w-]+\s*：")
_EQUAL = re.compile(r"\s*(?:- +)?[\w-]+\s*=")
_TIGHT_DASH = re.compile(r"\s*-[^\s-]")
_BULLETS = re.compile(r"\s*(?:[–—―•·●○▪■*]|\d+[.)])\s*\S")
_LIST_ROW = re.compile(r"\s*- ")


def hidden(text: str) -> Told | None:
    """The first thing in a file that nobody sees and that does harm: tabs, odd blanks, unseen letters, merge marks."""
    if (found := _HIDDEN.search(text)) is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return line, _HIDDEN_TOLD[found.lastgroup or ""].format(code=f"U+{ord(found[0][-1]):04X}")


def silent(event: yaml.ScalarEvent, rows: list[str]) -> Told | None:
    """What YAML leaves out of a text without quotes, or takes into it, without a word."""
    if event.style or not rows or event.start_mark is None or event.end_mark is None:
        return None
    start, end = event.start_mark.line, event.end_mark.line
    rest = rows[end][event.end_mark.column :].strip() if end < len(rows) else ""
    if rest.startswith("#"):
        return end + 1, _CUT.format(lost=rest[:40])
    if is_round(event.value):
        return start + 1, _ROUND
    sunk = (n for n in range(start + 1, min(end + 1, len(rows))) if _LIST_ROW.match(rows[n]))
    return next(((n + 1, _SUNK) for n in sunk), None)


def is_round(text: str) -> bool:
    """Wholly inside “typographic” quotes, which are no quotes for YAML."""
    return len(text) > 2 and text[0] in "“‘" and text[-1] in "”’" and not set(text[1:-1]) & set("“‘”’")


def no_list(text: str) -> str | None:
    """Why a text stands where a list should: its rows have no proper dash."""
    if _TIGHT_DASH.match(text):
        return _DASH
    return _BULLET if _BULLETS.match(text) else None


@dataclass(frozen=True)
class Failure:
    """Where a parser gave up. ``line`` and ``began`` (the beginning of what it was reading) count from 0."""

    rows: list[str]
    line: int
    column: int
    began: int
    problem: str
    context: str

    @property
    def row(self) -> str:
        return self.rows[self.line]

    @property
    def above(self) -> int:
        """The row before that says something."""
        return next((n for n in range(self.line - 1, -1, -1) if self.rows[n].strip()), self.line)


def grammar(error: yaml.MarkedYAMLError, text: str) -> Told:
    """What a parser stumbled over."""
    mark, began = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    if mark is None or began is None:
        return 0, _OTHER.format(problem=error.problem)
    rows = [*text.splitlines(), "", ""]
    failure = Failure(rows, mark.line, mark.column, began.line, error.problem or "", error.context or "")
    found = next(
        (told for look in _LOOKS if (told := look(failure))), (mark.line, _OTHER.format(problem=error.problem))
    )
    return found[0] + 1, found[1]


def another(problem: str) -> str:
    """The sentence for what has none of its own."""
    return _OTHER.format(problem=problem)


def _anchor(at: Failure) -> Told | None:
    if at.context.endswith(("an alias", "an anchor")):
        return at.line, STAR
    return (at.line, BANG) if at.context.endswith("a tag") else None


def _quotes(at: Failure) -> Told | None:
    """A quote without its other half swallows rows until the next quote: its row is above what the parser names."""
    if "escape" in at.problem:
        return at.line, _ESCAPE
    for number in range(at.line + 1):
        row = at.rows[number]
        value = _KEY.sub("", row, count=1).strip().removeprefix("- ").strip()
        for quote, told in (('"', _DOUBLE), ("'", _SINGLE)):
            if value.startswith(quote) and value.replace("\\" + quote, "").count(quote) % 2:
                return number, told
    value = _KEY.sub("", at.row, count=1).strip().removeprefix("- ")
    return (at.line, _DOUBLE) if re.match(r"\"[^\"]*\"\s*[^\s,\]}#]", value) else None


def _brackets(at: Failure) -> Told | None:
    if "parsing a flow" not in at.context:
        return None
    row = at.rows[at.began]
    if cut := re.search(r"\s(#.*)", row):
        return at.began, _CUT.format(lost=cut[1][:40])
    return at.began, _COMMA if re.search(r"[\[{,]\s*,", row) else _BRACKET


def _colon(at: Failure) -> Told | None:
    """A row that is neither a key nor an item."""
    if at.problem != "could not find expected ':'":
        return None
    row = at.rows[at.began]
    if _TIGHT.match(row):
        return at.began, _NO_BLANK
    for looks, told in ((_WIDE, _WIDE_COLON), (_EQUAL, _EQUALS), (_TIGHT_DASH, _DASH), (_BULLETS, _BULLET)):
        if looks.match(row):
            return at.began, told
    return at.began, _NEITHER


def _second_colon(at: Failure) -> Told | None:
    """A colon where none may be: inside a text, or a key that stands too deep."""
    if "mapping values are not allowed" not in at.problem:
        return None
    if _KEY.match(at.row[: at.column]):
        is_round = _KEY.sub("", at.row, count=1).startswith(("“", "‘"))
        return at.line, _ROUND if is_round else _COLON
    above = at.rows[at.above]
    if _TIGHT_DASH.match(above):
        return at.above, _DASH
    parent = at.rows[max(0, at.above - 1)]
    if parent.rstrip().endswith(":") and not _LIST_ROW.match(above) and _depth(above) > _depth(parent):
        return at.above, _NO_DASH
    return at.line, _INDENT


def _signs(at: Failure) -> Told | None:
    """A text that begins with a sign of YAML."""
    value = _KEY.sub("", at.row, count=1).strip()
    is_sign = at.column >= len(at.row) - len(value) - 1 and re.match(r"[@`%,?|>]|- ", value) is not None
    return (at.line, _SIGN) if (is_sign and value != at.row.strip()) or "start any token" in at.problem else None


def _depths(at: Failure) -> Told | None:
    """Rows of one group that do not stand below each other."""
    if at.problem not in ("did not find expected key", "did not find expected '-' indicator"):
        return None
    row = at.row.rstrip()
    is_row = _KEY.match(row + " ") or row.endswith(":") or _LIST_ROW.match(row)
    return (at.line, _INDENT) if is_row and at.column == _depth(at.row) else None


def _depth(row: str) -> int:
    return len(row) - len(row.lstrip())


_LOOKS: tuple[Callable[[Failure], Told | None], ...] = (
    _anchor,
    _second_colon,
    _colon,
    _signs,
    _quotes,
    _brackets,
    _depths,
)
"""The first that knows the slip tells it."""

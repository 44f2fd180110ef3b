"""What staff read where personal data stood."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Kind = Literal["phone", "number", "email", "handle", "plate", "address", "birth", "name"]

MARKS: dict[Kind, str] = {
    "phone": "‹전화›",
    "number": "‹번호›",
    "email": "‹이메일›",
    "handle": "‹아이디›",
    "plate": "‹차량›",
    "address": "‹주소›",
    "birth": "‹생일›",
    "name": "‹이름›",
}
MARK = re.compile("|".join(map(re.escape, MARKS.values())))
_RANK: dict[Kind, int] = {kind: i for i, kind in enumerate(("email", "handle", "plate", "birth", "address", "phone"))}  # type: ignore[misc]


class Span(NamedTuple):
    """Where something personal stands in a text, and what it is."""

    kind: Kind
    start: int
    end: int


def spans(kind: Kind, pattern: re.Pattern[str], text: str, group: str | int = 0) -> Iterator[Span]:
    """Wherever a pattern, or a group of it, stands."""
    return (Span(kind, *match.span(group)) for match in pattern.finditer(text))


def beside(pattern: re.Pattern[str], text: str, span: Span, reach: int) -> Iterator[tuple[re.Match[str], str]]:
    """Where a pattern stands at most so many characters before or behind a span, and what is between the two."""
    for match in pattern.finditer(text, max(0, span.start - reach), span.start):
        yield match, text[match.end() : span.start]
    for match in pattern.finditer(text, span.end, span.end + reach):
        yield match, text[span.end : match.start()]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order; those that overlap are one, named after the most telling of them."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if out and span.start < out[-1].end:
            last = out[-1]
            kind = min(last.kind, span.kind, key=lambda k: _RANK.get(k, len(_RANK)))
            out[-1] = Span(kind, last.start, max(last.end, span.end))
        else:
            out.append(span)
    return tuple(out)


def replaced(text: str, spans: Iterable[Span]) -> str:
    """The text with a mark for each span."""
    return "".join(_pieces(text, spans))


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[str]:
    at = 0
    for span in spans:
        yield text[at : span.start]
        yield MARKS[span.kind]
        at = span.end
    yield text[at:]

"""Lists without marks: "A 설치, B 운영, C 교체 등"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.monitor.draft.naming import Named, named
from bot.monitor.draft.phrase import beginning
from bot.monitor.draft.words import ACTIONS, MARKS, NOT_A_LIST

_AND_SO_ON = re.compile(r"\s등(?:의|을|이|은|에|도|과|으로)?(?=[\s,.]|$)")
_DONE = re.compile(rf"(?<=\s(?:{'|'.join(w for w in ACTIONS if len(w) == 2)}))(?:[을를에도]|으로)(?=\s)")
_NOT_THINGS = re.compile(r"^\s?\d*\s?(?:개|여\s?개)?\s?(?:기관|단체|부서|시군|지역|동네|관계자|명|총)")
_FEWEST, _LONGEST, _TAIL, _WORDS = 3, 30, 25, 9


def runs(text: str) -> Iterator[list[Named]]:
    """The names of each such list of one line of text, where most of the things in it are done with something."""
    for end in sorted((*_AND_SO_ON.finditer(text), *_DONE.finditer(text)), key=lambda m: m.start()):
        after = text[end.end() : end.end() + _TAIL]
        if _NOT_THINGS.match(after) or NOT_A_LIST.search(after):
            continue
        parts = _parts(text, end.start())
        found = [named(text[a:b])[:1] for a, b in parts]
        likely = sum(bool(f) and f[0].is_likely for f in found)
        if len(parts) >= _FEWEST and likely * 3 >= len(parts) * (2 if end[0].lstrip().startswith("등") else 3):
            yield [
                Named(f[0].name, a + f[0].start, a + f[0].end, True)
                for (a, _), f in zip(parts, found, strict=True)
                if f
            ]


def _parts(text: str, end: int) -> list[tuple[int, int]]:
    """The pieces between commas up to here, as far as they are names and no clauses."""
    begin = max((text.rfind(sign, 0, end) + len(sign) for sign in ("다. ", *MARKS) if sign in text[:end]), default=0)
    out: list[tuple[int, int]] = []
    while end > begin:
        comma = text.rfind(", ", begin, end)
        start = comma + 2 if comma >= 0 else begin
        own = start + len(text[start:end]) - len(text[start:end].lstrip())
        first = beginning(text, end, _WORDS)
        if end - own > _LONGEST or first > own:
            out.append((max(first, own), end))
            break
        out.append((own, end))
        end = comma
        if comma < 0:
            break
    return [part for part in reversed(out) if part[0] < part[1]]

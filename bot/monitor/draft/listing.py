"""Lists in an article: "△…△…" in running text, ① ②, and lines that begin with the same mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.monitor.draft import commas
from bot.monitor.draft.article import Line
from bot.monitor.draft.naming import Named, named
from bot.monitor.draft.page import CELL
from bot.monitor.draft.words import ACTIONS, CIRCLED, KEYS, MARKS, NOT_A_LIST

_INLINE = re.compile(
    f"[{MARKS.replace('ㅇ', '')}{CIRCLED.replace(' ', '')}]|(?<![\\d.])\\(?\\d{{1,2}}\\)(?=\\s?[가-힣A-Z])"
)
_AT_HEAD = re.compile(
    f"([{MARKS}{CIRCLED.replace(' ', '')}*-]|\\d{{1,2}}[.)](?!\\d)|\\(\\d{{1,2}}\\)|[가-하][.)]|"
    r"(?:첫|둘|셋|넷|다섯)째,)\s*"
)
_KEY = re.compile(r"\s*\(?([가-힣\s]{2,7}?)\)?\s*[:：]")
_CAPTION = re.compile(r"사진|제공|촬영|기념|/[가-힣]+$|모습|하고 있다|받고 있다|전경")
_ACTED = "|".join(w for w in ACTIONS if len(w) == 2)
_END = re.compile(
    rf"[‘’가-힣)\d]\s?등(?=$|[\s을이의에과도,.은]|으로|로)|(?<=\s(?:{_ACTED}))(?=(?:[을를에도]|으로)\s)|"
    r"(?:이다|이었다|다)\.|[.](?=\s|$)"
)
_LEAD, _TAIL = 60, 40
_SENTENCE = re.compile(r"(?:다|요|까)[.?!][”\"]?$")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: where it stands (line, from, to), and the names in it."""

    line: int
    start: int
    end: int
    names: tuple[Named, ...]


def items(lines: Sequence[Line]) -> Iterator[Item]:
    """All items of lists that may be programmes, in reading order."""
    at = 0
    while at < len(lines):
        block = _block(lines, at)
        if len(block) > 1:
            yield from _of_block(lines, block)
        elif not _is_caption(lines, at):
            yield from _of_line(lines, at)
        at = block[-1] + 1 if block else at + 1


def mark(text: str) -> str:
    """The kind of mark at the head of a line; numbers are one kind."""
    found = _AT_HEAD.match(text)
    if not found:
        return CELL.strip() if CELL in text else ""
    sign = found[1]
    return re.sub(
        r"\d+", "1", "①" if sign in CIRCLED else "첫째" if sign.endswith("째,") else re.sub("[가-하]", "가", sign)
    )


def _is_caption(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    return (
        text[:1] in MARKS and len(_INLINE.findall(text)) == 1 and bool(_CAPTION.search(text) or _SENTENCE.search(text))
    )


def _block(lines: Sequence[Line], at: int) -> list[int]:
    """The lines from here on that belong to one list: same marks, deeper ones between them."""
    own = mark(lines[at].text)
    if not own or len(_INLINE.findall(lines[at].text)) > 1 or _is_caption(lines, at):
        return []
    block = [at]
    for i in range(at + 1, len(lines)):
        if not mark(lines[i].text) or len(_INLINE.findall(lines[i].text)) > 1 or _is_caption(lines, i):
            break
        block.append(i)
    return block


def _of_block(lines: Sequence[Line], block: Sequence[int]) -> Iterator[Item]:
    found = [_at_head(i, lines[i].text) for i in block]
    heads = [item for item in found if item]
    by_mark: dict[str, list[Item]] = {}
    for item in heads:
        by_mark.setdefault(mark(lines[item.line].text), []).append(item)
    for item in heads:
        alike = by_mark[mark(lines[item.line].text)]
        yield from _trusted([item], _is_good(alike))


def _at_head(line: int, text: str) -> Item | None:
    if CELL in text:
        return Item(line, 0, len(text), tuple(named(text.split(CELL)[0])))
    start = found.end() if (found := _AT_HEAD.match(text)) else 0
    key = _KEY.match(text[start:])
    if (key and key[1].replace(" ", "") in KEYS) or _SENTENCE.search(text):
        return None
    return Item(line, start, len(text), _moved(named(text[start:]), start))


def _of_line(lines: Sequence[Line], at: int) -> Iterator[Item]:
    """Lists in running text; one that a line break tears goes on where the next line begins with its mark."""
    for run in _runs(lines[at].text):
        is_torn = run[0].start() == 0 and at > 0 and run[0][0] in lines[at - 1].text
        if len(run) > 1 or is_torn or _goes_on(lines, at, run[0][0]):
            yield from _of_run(lines[at].text, at, run)
    for names in commas.runs(lines[at].text):
        yield from (Item(at, n.start, n.end, (n,)) for n in names)


def _goes_on(lines: Sequence[Line], at: int, sign: str) -> bool:
    return at + 1 < len(lines) and lines[at + 1].text.startswith(sign)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Marks of one kind; numbers begin again with 1, and a full stop ends a list."""
    run: list[re.Match[str]] = []
    for sign in _INLINE.finditer(text):
        if run and not _same(run, sign, text):
            yield run
            run = []
        run.append(sign)
    if run:
        yield run


def _same(run: Sequence[re.Match[str]], sign: re.Match[str], text: str) -> bool:
    last = run[-1]
    if re.search(r"다\.\s", text[last.end() : sign.start()]):
        return False
    if sign[0] in CIRCLED and last[0] in CIRCLED:
        return CIRCLED.index(sign[0]) == CIRCLED.index(last[0]) + 1
    return sign[0] == last[0] or (sign[0][-1] == ")" and last[0][-1] == ")")


def _of_run(text: str, line: int, run: Sequence[re.Match[str]]) -> Iterator[Item]:
    ends = [sign.start() for sign in run[1:]]
    rest = text[run[-1].end() :]
    stop = _END.search(rest)
    last = run[-1].end() + (stop.start() + bool(stop[0]) if stop else len(rest))
    before, after = text[max(0, run[0].start() - _LEAD) : run[0].start()], text[last : last + _TAIL]
    if NOT_A_LIST.search(before.split(". ")[-1]) or NOT_A_LIST.search(after.split(".")[0]):
        return
    found = []
    for sign, end in zip(run, [*ends, last], strict=True):
        found.append(Item(line, sign.end(), end, _moved(named(text[sign.end() : end]), sign.end())))
    yield from _trusted(found, _is_good(found))


def _moved(names: Sequence[Named], by: int) -> tuple[Named, ...]:
    return tuple(Named(n.name, n.start + by, n.end + by, n.is_likely) for n in names)


def _is_good(found: Sequence[Item]) -> bool:
    """Half of a list's items have words that speak for programmes."""
    return sum(any(n.is_likely for n in item.names) for item in found) * 2 >= len(found)


def _trusted(found: Sequence[Item], is_good: bool) -> Iterator[Item]:
    for item in found:
        names = tuple(n for n in item.names if is_good)
        if names:
            yield Item(item.line, item.start, item.end, names)

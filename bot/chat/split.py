"""How does a long text become messages that Telegram takes?

Telegram counts UTF-16 units of the text as it is shown: tags count nothing, ``&amp;`` counts one, an emoji two.
"""

import html
import re
from collections.abc import Iterator

LIMIT = 4096

_ATOM = re.compile(r"<[^<>]*>|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,30});|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>")
_SEAMS = (("\n", "\n"), ("\n",), (" ",))
"""Where to cut, best first: between paragraphs, lines, words."""


def units(text: str) -> int:
    """How long Telegram takes a text to be."""
    return len(text) + sum(character > "\uffff" for character in text)


def shown(atom: str) -> str:
    """What a citizen sees of a tag, an entity or a character."""
    return "" if _TAG.fullmatch(atom) else html.unescape(atom)


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Parts that are shown in at most ``limit`` units each. Tags are closed and opened again, entities stay whole.

    Cut between paragraphs if it can be, else lines, else words. What shows nothing makes no part.
    """
    atoms = _ATOM.findall(text)
    parts, opened = [], list[str]()
    for start, end in _spans(atoms, limit):
        inner = "".join(atoms[start:end]).strip()
        before = "".join(opened)
        opened = _still_open(opened, atoms[start:end])
        if "".join(map(shown, atoms[start:end])).strip():
            parts.append(before + inner + "".join(f"</{_name(tag)}>" for tag in reversed(opened)))
    return parts


def _spans(atoms: list[str], limit: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(atoms):
        if atoms[start].isspace():  # Telegram cuts it off anyway: it is not to take the room of a letter
            start += 1
            continue
        end = _full(atoms, start, limit)
        if end < len(atoms):
            end = _seam(atoms, start, end)
        yield start, end
        start = end


def _full(atoms: list[str], start: int, limit: int) -> int:
    """The first atom that does not fit any more; always at least one goes."""
    room = limit
    for index in range(start, len(atoms)):
        room -= units(shown(atoms[index]))
        if room < 0 and index > start:
            return index
    return len(atoms)


def _seam(atoms: list[str], start: int, end: int) -> int:
    """The best place to cut in the second half of ``atoms[start:end]``, before or after the space there."""
    middle = start + (end - start) // 2
    for seam in _SEAMS:
        for index in range(end, middle, -1):
            if tuple(atoms[index : index + len(seam)]) == seam:
                return index
    return end


def _still_open(opened: list[str], atoms: list[str]) -> list[str]:
    """Opening tags without their end, after more atoms."""
    stack = list(opened)
    for tag in filter(None, map(_TAG.fullmatch, atoms)):
        if not tag[1]:
            stack.append(tag[0])
        elif stack and _name(stack[-1]) == tag[2].lower():
            stack.pop()
    return stack


def _name(tag: str) -> str:
    match = _TAG.fullmatch(tag)
    assert match is not None  # only matches are put on the stack
    return match[2].lower()

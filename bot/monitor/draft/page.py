"""A saved web page → the lines of its article, without menus, scripts, captions and lists of links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import TypeAlias

CELL = " │ "
"""Between the cells of a table's row."""
Spot: TypeAlias = tuple[int, int, int]
"""Offset in a line → line and column in the file."""

_SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "object"}
_ASIDE = {"nav", "header", "footer", "aside", "form", "button", "figcaption"}
_BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
    ),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p"),
    *("pre", "section", "table", "tbody", "thead", "tr", "ul"),
}
_BODY = re.compile(r"article-?_?(?:body|view|content|txt)|news-?_?(?:body|view|content)|view_?con|articlebody", re.I)
_ENOUGH = 150
"""Characters that an element must hold to be taken for the article."""


@dataclass
class _Block:
    text: str = ""
    spots: list[Spot] = field(default_factory=list)
    linked: int = 0
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page's article; ``said`` is what the page says about itself (title, day, address)."""

    lines: tuple[tuple[str, tuple[Spot, ...]], ...]
    said: dict[str, str]

    @classmethod
    def of(cls, html: str) -> Page:
        """Read a page; a page that keeps all of its text in menus is read whole."""
        for aside in (_ASIDE, set[str]()):
            parser = _Parser(aside)
            parser.feed(html)
            parser.close()
            parser.flush()
            if blocks := _article(parser.blocks):
                return cls(tuple((b.text, tuple(b.spots)) for b in blocks), parser.said)
        return cls((), parser.said)


def _article(blocks: list[_Block]) -> list[_Block]:
    own = [b for b in blocks if b.linked * 2 <= len(b.text)]
    inside = [b for b in own if b.is_inside]
    return inside if sum(len(b.text) for b in inside) >= _ENOUGH else own


class _Parser(HTMLParser):
    """Collects blocks. Entities are resolved here, so that columns stay those of the file."""

    def __init__(self, aside: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[_Block] = []
        self.said: dict[str, str] = {}
        self._aside = aside
        self._hidden: list[str] = []
        self._region: list[str] = []
        self._links = 0
        self._heading: str | None = None
        self._block = _Block()
        self._gap = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.said.setdefault(given.get("property") or given.get("name") or "", given.get("content", "").strip())
        if tag in _BLOCKS:
            self.flush()
        self._enter(tag, given)
        if tag in ("title", "h1"):
            self._heading = tag
        if tag == "a":
            self._links += 1
        elif tag == "li":
            self._say("•", self._spot())
            self._gap = " "
        elif tag in ("td", "th") and self._block.text:
            self._gap = CELL

    def _enter(self, tag: str, given: dict[str, str]) -> None:
        hides = tag in _SILENT or (tag in self._aside and not (tag == "header" and self._region))
        if hides or (self._hidden and tag == self._hidden[-1]):
            self._hidden.append(tag)
        named = given.get("itemprop") == "articleBody" or _BODY.search(
            f"{given.get('id', '')} {given.get('class', '')}"
        )
        begins = not self._hidden and (tag == "article" or (named and tag in ("div", "section")))
        if tag == self._region[-1] if self._region else begins:
            self._region.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if self._region and tag == self._region[-1]:
            self._region.pop()
        if tag == "a":
            self._links = max(0, self._links - 1)
        if tag == self._heading:
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._heading and not self._hidden:
            self.said[self._heading] = f"{self.said.get(self._heading, '')} {data}".strip()
        if self._hidden or self._heading == "title":
            return
        line, column = self._spot()
        for word in re.finditer(r"\S+|\s+", data):
            if word[0].isspace():
                self._gap = self._gap or " "
            else:
                row, start = data.count("\n", 0, word.start()), data.rfind("\n", 0, word.start()) + 1
                self._say(word[0], (line + row, word.start() + (column if not row else 1) - (start if row else 0)))

    def handle_entityref(self, name: str) -> None:
        self._entity(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._entity(unescape(f"&#{name};"))

    def _entity(self, text: str) -> None:
        if self._hidden or self._heading == "title":
            return
        if text.isspace():
            self._gap = self._gap or " "
        else:
            self._say(text, self._spot())

    def _spot(self) -> tuple[int, int]:
        line, column = self.getpos()
        return line, column + 1

    def _say(self, word: str, spot: tuple[int, int]) -> None:
        if self._hidden:
            return
        block = self._block
        block.text += self._gap if block.text else ""
        block.spots.append((len(block.text), *spot))
        block.text += word
        block.linked += len(word) if self._links else 0
        block.is_inside = bool(self._region)
        self._gap = ""

    def flush(self) -> None:
        """The block ends here."""
        if self._block.text.strip(" •│"):
            self.blocks.append(self._block)
        self._block, self._gap = _Block(), ""

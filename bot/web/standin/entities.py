"""Telegram's HTML, parsed as strictly as Telegram does: text and entities, or its very complaint.

Offsets in complaints are UTF-8 bytes of what was sent; offsets of entities are UTF-16 units of the text.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from .detect import in_order, utf16
from .errors import bad_request, unparsable
from .links import checked, user_of

Json = dict[str, Any]

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\u2028\u2029]")


@dataclass(frozen=True)
class Formatted:
    """A text and the entities in it."""

    text: str
    entities: list[Json]


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    index: int


@dataclass
class _Parser:
    html: str
    at: int = 0
    length: int = 0
    out: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> Formatted:
        while self.at < len(self.html):
            if self.html.startswith("</", self.at):
                self._end_tag()
            elif self.html[self.at] == "<":
                self._start_tag()
            else:
                char, self.at = _character(self.html, self.at)
                self._put(char)
        if self.open:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return Formatted("".join(self.out), in_order(self.entities))

    def _put(self, char: str) -> None:
        self.out.append(char)
        self.length += utf16(char)

    def _take(self, pattern: str) -> str:
        match = re.compile(pattern).match(self.html, self.at)
        self.at = match.end() if match else self.at
        return match.group() if match else ""

    def _byte(self, index: int) -> str:
        return f"at byte offset {len(self.html[:index].encode())}"

    def _start_tag(self) -> None:
        begin, self.at = self.at, self.at + 1
        tag = self._take(r"[^\s>]*").lower()
        if self.at == len(self.html):
            raise unparsable(f"Unclosed start tag {self._byte(begin)}")
        if tag not in KINDS:
            raise unparsable(f'Unsupported start tag "{tag}" {self._byte(begin)}')
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" {self._byte(begin)}')
        self.open.append(_Open(tag, attributes, self.length, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._take(r"\s*")
            if self._take(">"):
                return found
            if self.at == len(self.html):
                raise unparsable(f"Unclosed start tag {self._byte(begin)}")
            name = self._take(r"[^\s=>\"']+")
            if not name:
                raise unparsable(f'Empty attribute name in the tag "{tag}" {self._byte(begin)}')
            self._take(r"\s*")
            found[name] = self._value(tag, begin) if self._take(r"=\s*") else ""

    def _value(self, tag: str, begin: int) -> str:
        if self.at == len(self.html):
            raise unparsable(f'Unclosed start tag "{tag}" {self._byte(begin)}')
        token_at = self.at
        if quote := self._take("[\"']"):
            return self._quoted(quote, begin)
        token = self._take(r"[A-Za-z0-9.-]*").lower()
        if not re.compile(r"[\s>]").match(self.html, self.at):
            raise unparsable(f"Unexpected end of name token {self._byte(token_at)}")
        return token

    def _quoted(self, quote: str, begin: int) -> str:
        end = self.html.find(quote, self.at)
        if end < 0:
            raise unparsable(f"Unclosed start tag {self._byte(begin)}")
        raw, self.at = self.html[self.at : end], end + 1
        return _decoded(raw)

    def _end_tag(self) -> None:
        begin, self.at = self.at, self.at + 2
        if not self.open:
            raise unparsable(f"Unexpected end tag {self._byte(begin)}")
        tag = self._take(r"[^\s>]*").lower()
        if not self._take(r"\s*>"):
            raise unparsable(f"Unclosed end tag {self._byte(begin)}")
        opened = self.open.pop()
        if tag not in {"", opened.tag}:
            wrong = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise unparsable(f"Unmatched end tag {self._byte(begin)}, {wrong}")
        if self.length > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        entity: Json = {"type": KINDS[opened.tag], "offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag == "a" and not _link(entity, opened.attributes.get("href") or "".join(self.out[opened.index :])):
            return
        if opened.tag == "tg-emoji":
            _emoji(entity, opened.attributes.get("emoji-id", ""))
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "pre":
            self._language(entity)
        if opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"].removeprefix("language-")
        self.entities.append(entity)

    def _language(self, pre: Json) -> None:
        inner = self.entities[-1] if self.entities else {}
        same = inner.get("type") == "code" and inner["offset"] == pre["offset"] and inner["length"] == pre["length"]
        if same and "language" in inner:
            pre["language"] = self.entities.pop()["language"]


def _link(entity: Json, url: str) -> bool:
    if (user := user_of(url)) is not None:
        entity.update(type="text_mention", user={"id": user, "is_bot": False, "first_name": str(user)})
        return True
    link = checked(url)
    entity["url"] = link
    return link is not None


def _emoji(entity: Json, identifier: str) -> None:
    if not re.fullmatch(r"[1-9]\d{0,18}", identifier):
        raise bad_request("invalid custom emoji identifier specified")
    entity["custom_emoji_id"] = identifier


def _character(text: str, at: int) -> tuple[str, int]:
    match = _REFERENCE.match(text, at)
    if match is None:
        return text[at], at + 1
    hexadecimal, decimal, named = match.groups()
    code = ord(_NAMED[named]) if named else int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x10FFFF:
        return text[at], at + 1
    if 0xD800 <= code <= 0xDFFF:
        why = "Text contains invalid Unicode characters after decoding HTML entities"
        raise unparsable(f"{why}, check for unmatched surrogate code units")
    return chr(code), match.end()


def _decoded(text: str) -> str:
    out, at = [], 0
    while at < len(text):
        char, at = _character(text, at)
        out.append(char)
    return "".join(out)


def clean(text: str) -> str:
    """Without the control characters that Telegram takes away."""
    return _CONTROL.sub(" ", text.replace("\r", ""))


def parse_html(html: str) -> Formatted:
    """Text and entities of Telegram's HTML; ``ApiError`` with Telegram's words where it is wrong."""
    return _Parser(html).run()


def trim(formatted: Formatted) -> Formatted:
    """Without blanks at both ends, entities moved and cut to fit."""
    text = formatted.text.rstrip(" \n")
    start = len(text) - len(text.lstrip(" \n"))
    text = text[start:]
    limit, entities = utf16(text), []
    for entity in formatted.entities:
        begin = max(entity["offset"] - start, 0)
        end = min(entity["offset"] - start + entity["length"], limit)
        if begin < end:
            entities.append({**entity, "offset": begin, "length": end - begin})
    return Formatted(text, entities)

"""A file that staff saved → the lines of an article, each with the way back to its place in the file."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UsageError
from bot.monitor.draft.page import Page, Spot

MAX_BYTES = 20_000_000
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|!--|html|head|body|article|div|meta|p|table|section)\b", re.I)
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.I)
_NOISE = re.compile(r"!?\[.*\]\(\S*\)|https?://\S+|[\s|]*")
_DATE = re.compile(r"(20\d\d)\s?[-.년/]\s?(\d{1,2})\s?[-.월/]\s?(\d{1,2})")
_KINDS = {b"%PDF": "PDF", b"PK\x03\x04": "워드·한글(hwpx)·압축", b"\xd0\xcf\x11\xe0": "한글(hwp)·옛 워드"}
_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file, both from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}줄 {self.column}자"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or list item as it is read. ``spots`` say where its parts stand in the file, by offset."""

    text: str
    spots: tuple[Spot, ...]

    def place(self, at: int) -> Place:
        """Where the character at this offset stands in the file."""
        offset, line, column = self.spots[max(0, bisect_right(self.spots, (at, 1 << 60, 0)) - 1)]
        return Place(line, column + at - offset)


@dataclass(frozen=True, slots=True)
class Article:
    """What is read of a press release; what the file does not say is empty. ``first``: the line behind the heading."""

    title: str
    publisher: str
    date: str
    url: str
    lines: tuple[Line, ...]
    first: int = 0


def read(path: Path) -> Article:
    """Read a text file or a saved page. Raises UsageError that says in Korean what to do."""
    text = _decoded(_bytes(path), path)
    article = _of_page(text) if _PAGE.match(text) or path.suffix.lower() in (".html", ".htm") else _of_text(text)
    if not article.lines:
        raise UsageError(f"{path}: 글이 없습니다. 기사 본문을 복사해 .txt 파일로 저장한 뒤 다시 하세요.")
    return article


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UsageError(f"{path}: 파일이 너무 큽니다({size:,}바이트, 최대 {MAX_BYTES:,}). 본문만 저장하세요.")
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: 파일을 읽을 수 없습니다({error.strerror}). 이름과 위치를 확인하세요.") from error
    if not raw.strip():
        raise UsageError(f"{path}: 파일이 비어 있습니다. 기사 본문을 붙여 넣고 저장하세요.")
    return raw


def _decoded(raw: bytes, path: Path) -> str:
    kind = next((name for start, name in _KINDS.items() if raw.startswith(start)), None)
    if kind:
        raise UsageError(f"{path}: {kind} 파일은 읽지 못합니다. 본문을 복사해 메모장에 붙이고 .txt로 저장하세요.")
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _is_binary(text):
            return text
    raise UsageError(f"{path}: 글 파일이 아닙니다. 기사 본문을 복사해 메모장에 붙이고 UTF-8로 저장하세요.")


def _encodings(raw: bytes) -> list[str]:
    """Windows' Notepad says "Unicode" to UTF-16 and "ANSI" to CP949; old pages name their own."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    named = _CHARSET.search(raw[:4000])
    return ["utf-8-sig", *([named[1].decode("ascii")] if named else []), "cp949"]


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    return "\0" in sample or sum(c < " " and c not in "\t\r\n\f" for c in sample) * 100 > len(sample)


def _of_text(text: str) -> Article:
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), 1):
        if not _NOISE.fullmatch(raw.strip()):
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(raw.strip(), ((0, number, indent + 1),)))
    at = next((i for i, line in enumerate(lines[:_HEAD_LINES]) if _is_heading(line.text)), -1)
    title = lines[at].text if at >= 0 else ""
    first = at + 1
    return Article(title, "", _date(lines), "", tuple(lines), first)


def _is_heading(text: str) -> bool:
    """Not a mark, a caption, a "key: value" line or a sentence."""
    return (
        len(text.replace(" ", "")) > 8
        and not text.endswith(".")
        and not re.match(r"[|▲△□○-]|[가-힣\s]{2,6}\s?[:：]", text)
    )


def _of_page(text: str) -> Article:
    page = Page.of(text)
    lines = tuple(Line(text, spots) for text, spots in page.lines)
    said = page.said
    title = said.get("og:title") or said.get("h1") or said.get("title") or (lines[0].text if lines else "")
    first = next((i + 1 for i, line in enumerate(lines[:_HEAD_LINES]) if line.text in title or title in line.text), 0)
    date = said.get("article:published_time", "")[:10] or _date(list(lines))
    return Article(title, said.get("og:site_name", ""), date, said.get("og:url", ""), lines, first)


def _date(lines: list[Line]) -> str:
    """The day at the head of the article, else at its foot."""
    for line in [*lines[:_HEAD_LINES], *lines[-3:]]:
        if found := _DATE.search(line.text):
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return ""

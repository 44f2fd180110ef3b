"""Any run of four or more digits, however written, unless it is public.

Pieces of digits are a chain where only separators or small joining words stand between them: ``010이고 뒤는 1234에
5678``. A chain goes as a whole. What is public or harmless stays if no other digits are near.
"""

import re
from collections.abc import Iterator
from typing import get_args

from bot.store.redact.chains import NEAR, Join, Known, Link, chains, open_parts, runs, trimmed
from bot.store.redact.harmless import forms
from bot.store.redact.marks import Kind, Span, spans
from bot.store.redact.pieces import Piece, Sort, may_have, pieces
from bot.store.redact.public import NUMBER, Public

_WHOLE = ("figures", "code", "hangul", "han")
_FIGURE = re.compile("[0-9]")
_LETTER = re.compile(r"[^\W\d_]")
_CUE = re.compile(
    r"(?:번호|전번|폰번|뒷자리|끝자리|비번|비밀번|암호|계좌|카드|여권|면허|사번|학번|군번|\bpin\b|\botp\b|code|number|номер"
    r"|код|so dien|so tk|raqam|号码|號碼|密码)\D{0,8}$"
)
_CASE = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?(?:가소|가단|가합|고단|고합|고정|고약|드단|드합|즈단|즈합|카단|카기|카합|타경|타채|타기|차전|하단|하면|개회|느단|느합|초기|전자|형제|푸초)\s?\d{1,7}"
)
"""Cases of courts and prosecutors."""
_PHONE_CUE = re.compile("전화|폰|연락|핸드|휴대|전번|phone|call|tel|mobile|номер|电话|手机|dien thoai|sdt|telefon")
_BUS = re.compile("버스|노선|bus|автобус|xe buyt|avtobus|公交")


def number_spans(plain: str, public: Public) -> Iterator[Span]:
    """Every chain of digits that has to go."""
    yield from spans("number", _CASE, plain)
    found = list(pieces(plain)) if may_have(plain) else []
    if sum(len(piece.digits) for piece in found) < 4:
        return
    mask = _mask(plain, public)
    for chain in chains(plain, ((piece, _known(plain, piece, mask, public)) for piece in found)):
        for part in map(trimmed, open_parts(chain)):
            start, end = part[0].piece.start, part[-1].piece.end
            if _is_number(part, _has_cue(plain, start)):
                yield Span(_kind(plain, part), start, end)


def _mask(plain: str, public: Public) -> bytearray:
    """For every character, why a digit there may stay."""
    mask = bytearray(len(plain) + 1)
    if not _FIGURE.search(plain):
        return mask
    for start, end, is_said in forms(plain):
        mask[start:end] = bytes([Known.SAID if is_said else max(Known.LIKELY, mask[start])]) * (end - start)
    for match in NUMBER.finditer(plain):
        if match[0] in public.numbers:
            mask[match.start() : match.end()] = bytes([Known.LIKELY]) * len(match[0])
    if public.phone is not None:
        for match in public.phone.finditer(plain):
            mask[match.start() : match.end()] = bytes([Known.PHONE]) * len(match[0])
    return mask


def _known(plain: str, piece: Piece, mask: bytearray, public: Public) -> Known:
    if piece.sort not in ("figures", "code"):
        return Known.PHONE if piece.digits in public.phones else Known.NO
    known = Known(min(mask[piece.inner[0] : piece.inner[1]]))
    if known == Known.NO and piece.sort == "code" and plain[piece.start : piece.end] in public.latin:
        return Known.LIKELY
    if known == Known.LIKELY and len(piece.digits) >= 4 and _has_cue(plain, piece.start):
        return Known.NO
    return known


def _has_cue(plain: str, start: int) -> bool:
    before = plain[max(0, start - 16) : start]
    return _CUE.search(before) is not None and _BUS.search(before) is None


def _is_number(part: list[Link], has_cue: bool) -> bool:
    """Whether so many digits, so joined, can be somebody's."""
    counts: dict[str, int] = dict.fromkeys(get_args(Sort), 0)
    for link in part:
        counts[link.piece.sort] += len(link.piece.digits) or 1
    if any(len(link.piece.digits) >= 4 and link.piece.sort in _WHOLE for link in part):
        return True
    if not (counts["hangul"] or counts["value"] or counts["words"] or counts["han"]):
        return _are_figures(part)
    return _are_words(part, counts, has_cue)


def _are_figures(part: list[Link]) -> bool:
    if any(_count(run) >= 4 for run in runs(part)):
        return True
    return _count(part) >= (4 if part[0].piece.digits.startswith("0") else 7)


def _are_words(part: list[Link], counts: dict[str, int], has_cue: bool) -> bool:
    total = _count(part)
    if counts["value"] and total - counts["value"] < NEAR and not has_cue:
        return False
    if total >= 7 or (total >= 4 and has_cue):
        return counts["words"] == 0 or has_cue or _words(part) >= 4
    if counts["words"]:
        return _words(part) >= 4 or (counts["figures"] >= 3 and counts["words"] >= 3)
    longest = max(len(link.piece.digits) for link in part)
    is_mixed = counts["figures"] > 0 and sum(link.join == Join.TIGHT for link in part[1:]) >= 2
    return total >= 4 and (longest >= 3 or is_mixed)


def _count(part: list[Link]) -> int:
    return sum(len(link.piece.digits) or 1 for link in part)


def _words(part: list[Link]) -> float:
    """How many words are digits and nothing else; what is also another word counts little."""
    return sum(0.6 if link.piece.is_common else 1 for link in part if link.piece.sort == "words")


def _kind(plain: str, part: list[Link]) -> Kind:
    number = "".join(link.piece.digits for link in part)
    start = part[0].piece.start
    is_phone = number.startswith(("0", "82")) and 9 <= len(number) <= 12
    return "phone" if is_phone or _PHONE_CUE.search(plain[max(0, start - 12) : start]) else "number"

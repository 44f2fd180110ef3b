"""Any run of four or more digits, however written, unless it is public.

Pieces of digits are a chain where only separators or small joining words stand between them: ``010이고 뒤는 1234에
5678``. A chain goes as a whole. What is public or harmless stays if no other digits are near.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple, get_args

from bot.store.redact.harmless import forms
from bot.store.redact.marks import Kind, Span
from bot.store.redact.pieces import PARTICLE, Piece, Sort, pieces
from bot.store.redact.public import NUMBER, Public


class Known(IntEnum):
    """Why a piece may stay. ``SAID``: a unit says what it is."""

    NO = 0
    LIKELY = 1
    PHONE = 2
    SAID = 3


class Join(IntEnum):
    """What stands between two pieces."""

    TIGHT = 0
    SPACED = 1
    WORDS = 2
    NOTHING = 3


_SEPARATORS = re.compile(r"[\W_ㅡㅣㆍ]*")
_WORDS = (
    f"{PARTICLE}|그리고|또|그다음에|그다음은|그다음|그담|다음은|다음|뒤에는|뒤에|뒤는|뒤가|뒤|뒷자리는|뒷자리|뒷번호는|뒷번호|뒷|앞에|앞은|앞"
    "|앞자리는|앞자리|앞번호|가운데가|가운데는|가운데|중간은|중간에|중간|끝자리는|끝자리|끝은|끝에|끝|마지막으로|마지막은|마지막|국번이|국번은"
    "|국번|번호는|자리는|네자리|세자리|자리|빼기|대시|대쉬|하이픈|바|짝대기|작대기|점|쩜|땡|슬래시|콤마|쉼표|이어서|붙여서|붙이고|맨|아니고"
    "|and|then|dash|hyphen|minus|space|dot|slash|after|that|next|last|first|middle|is|и|потом|далее|тире|дефис|затем|а"
    "|roi|gach|den|tiep|do|la|cuoi|keyin|song|va|tire|chiziq|yana|然后|再|后面|前面|中间|接着|最后|是|杠|的"
)
_JOINED = re.compile(
    rf"[\W_ㅡ]*(?:(?:{'|'.join(sorted(set(_WORDS.split('|')), key=len, reverse=True))})[\W_ㅡ]*){{1,4}}"
)
_DIVIDED = re.compile(
    r"[\W_ㅡ]*(?:점|쩜|다시|대시|대쉬|하이픈|빼기|바|짝대기|작대기|슬래시|dash|hyphen|minus|dot|slash|тире|дефис|gach|tire|chiziq|杠)[\W_ㅡ]*"
)
"""What people say for a separator."""
_LONGEST_JOIN = 30
_NEAR = 3
"""Digits that make what stands beside them part of a longer number."""
_WHOLE = ("figures", "code", "hangul", "han")
_SPACE = re.compile(r"\s")
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
    yield from (Span("number", *m.span()) for m in _CASE.finditer(plain))
    found = list(pieces(plain))
    if sum(len(piece.digits) for piece in found) < 4:
        return
    mask = _mask(plain, public)
    for chain in _chains(plain, found, mask, public):
        for part in map(_trimmed, _open(chain)):
            start, end = part[0].piece.start, part[-1].piece.end
            if _is_number(part, _has_cue(plain, start)):
                yield Span(_kind(plain, part), start, end)


def _mask(plain: str, public: Public) -> bytearray:
    """For every character, why a digit there may stay."""
    mask = bytearray(len(plain) + 1)
    for start, end in forms(plain):
        form = plain[start:end]
        is_said = ":" in form or _LETTER.search(form) is not None
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


class Link(NamedTuple):
    """A piece, why it may stay, and what joins it to the one before."""

    piece: Piece
    known: Known
    join: Join


def _chains(plain: str, found: Sequence[Piece], mask: bytearray, public: Public) -> Iterator[list[Link]]:
    chain: list[Link] = []
    last: Piece | None = None
    for piece in found:
        known = _known(plain, piece, mask, public)
        join = Join.NOTHING if last is None else _join(plain, last, piece)
        if known == Known.SAID and chain and _is_tail(chain[-1], piece, join):
            known = Known.LIKELY
        if join == Join.NOTHING or known == Known.SAID:
            if chain:
                yield chain
            chain = []
        if known != Known.SAID:
            chain.append(Link(piece, known, join if chain else Join.NOTHING))
        last = piece if known != Known.SAID else None
    if chain:
        yield chain


def _is_tail(before: Link, piece: Piece, join: Join) -> bool:
    """Whether it rather ends the number before it than begins a count: 010-1234-5678 *만*나요."""
    return before.known == Known.NO and (join == Join.TIGHT or (join == Join.SPACED and len(piece.digits) >= 3))


def _join(plain: str, before: Piece, after: Piece) -> Join:
    gap = plain[before.end : after.start]
    if "code" in (before.sort, after.sort):
        return Join.TIGHT if gap and not _SPACE.search(gap) and _SEPARATORS.fullmatch(gap) else Join.NOTHING
    if _SEPARATORS.fullmatch(gap):
        return Join.SPACED if _SPACE.search(gap) else Join.TIGHT
    if len(gap) <= _LONGEST_JOIN and _DIVIDED.fullmatch(gap):
        return Join.SPACED
    if len(gap) == 1 and before.sort == after.sort == "figures":
        return Join.WORDS
    return Join.WORDS if len(gap) <= _LONGEST_JOIN and _JOINED.fullmatch(gap) else Join.NOTHING


def _open(chain: list[Link]) -> Iterator[list[Link]]:
    """The parts of a chain that may not stay."""
    settled = _settled(chain) if _is_dialled(chain) else [link for run in _runs(chain) for link in _settled(run)]
    for is_open, part in groupby(settled, key=lambda link: link.known == Known.NO):
        if is_open:
            yield list(part)


def _runs(chain: list[Link]) -> Iterator[list[Link]]:
    """Without joining words."""
    run: list[Link] = []
    for link in chain:
        if link.join == Join.WORDS and run:
            yield run
            run = []
        run.append(link)
    yield run


def _is_dialled(chain: list[Link]) -> bool:
    """Whether it begins as a telephone number does."""
    first = next((link for link in chain if link.known == Known.NO), None)
    return first is not None and first.piece.digits.startswith("0") and len(first.piece.digits) >= 2


def _settled(run: list[Link]) -> list[Link]:
    """Beside other digits a likely year is part of a number, and so is a public number that is tied to them."""
    unknown = sum(len(link.piece.digits) for link in run if link.known == Known.NO and not link.piece.is_weak)
    if unknown < _NEAR:
        return run
    ties = [link.join == Join.TIGHT for link in run] + [False]
    return [
        link._replace(known=Known.NO) if link.known == Known.LIKELY or ties[i] or ties[i + 1] else link
        for i, link in enumerate(run)
    ]


def _trimmed(part: list[Link]) -> list[Link]:
    """Without a single word at an end that may be no digit: 4738 *이* 사람."""
    if all(link.piece.is_weak for link in part):
        return part
    start, end = 0, len(part)
    if part[0].piece.is_weak and not part[1].piece.is_weak:
        start = 1
    if part[-1].piece.is_weak and not part[-2].piece.is_weak:
        end -= 1
    return part[start:end]


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
    if any(_count(run) >= 4 for run in _runs(part)):
        return True
    return _count(part) >= (4 if part[0].piece.digits.startswith("0") else 7)


def _are_words(part: list[Link], counts: dict[str, int], has_cue: bool) -> bool:
    total = _count(part)
    if counts["value"] and total - counts["value"] < _NEAR and not has_cue:
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

"""Which digits belong together: a chain of pieces with only separators or small joining words between them."""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from bot.store.redact.pieces import PARTICLE, Piece


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
_LONGEST_JOIN = 20
NEAR = 3
"""Digits that make what stands beside them part of a longer number."""
_SPACE = re.compile(r"\s")


class Link(NamedTuple):
    """A piece, why it may stay, and what joins it to the one before."""

    piece: Piece
    known: Known
    join: Join


def chains(plain: str, found: Iterable[tuple[Piece, Known]]) -> Iterator[list[Link]]:
    """All chains, in order."""
    chain: list[Link] = []
    for piece, known in found:
        join = _join(plain, chain[-1].piece, piece) if chain else Join.NOTHING
        if join == Join.NOTHING and chain:
            yield chain
            chain = []
        chain.append(Link(piece, known, join))
    if chain:
        yield chain


def _join(plain: str, before: Piece, after: Piece) -> Join:
    gap = plain[before.end : after.start]
    if after.sort == "code" or (before.sort == "code" and not before.is_led):
        return Join.TIGHT if gap and not _SPACE.search(gap) and _SEPARATORS.fullmatch(gap) else Join.NOTHING
    if _SEPARATORS.fullmatch(gap):
        return Join.SPACED if _SPACE.search(gap) else Join.TIGHT
    if len(gap) <= _LONGEST_JOIN and _DIVIDED.fullmatch(gap):
        return Join.TIGHT
    if len(gap) == 1 and before.sort == after.sort == "figures":
        return Join.WORDS
    return Join.WORDS if len(gap) <= _LONGEST_JOIN and _JOINED.fullmatch(gap) else Join.NOTHING


def open_parts(chain: list[Link]) -> Iterator[list[Link]]:
    """The parts of a chain that may not stay."""
    links = _doubted(chain)
    settled = _settled(links) if _is_long(links) else [link for run in runs(links) for link in _settled(run)]
    for is_open, part in groupby(settled, key=lambda link: link.known == Known.NO):
        if is_open:
            yield list(part)


def _doubted(chain: list[Link]) -> list[Link]:
    """A unit says little where digits touch it: 010-1234-5678 *만*나요."""
    return [
        link._replace(known=Known.LIKELY) if link.known == Known.SAID and _touches(chain, i) else link
        for i, link in enumerate(chain)
    ]


def _touches(chain: list[Link], i: int) -> bool:
    join, is_long = chain[i].join, len(chain[i].piece.digits) >= NEAR
    if i and chain[i - 1].known == Known.NO and (join == Join.TIGHT or (join == Join.SPACED and is_long)):
        return True
    return i + 1 < len(chain) and chain[i + 1].known == Known.NO and chain[i + 1].join == Join.TIGHT


def runs(chain: list[Link]) -> Iterator[list[Link]]:
    """Without joining words."""
    run: list[Link] = []
    for link in chain:
        if link.join == Join.WORDS and run:
            yield run
            run = []
        run.append(link)
    yield run


def _is_long(chain: list[Link]) -> bool:
    """Whether it is a number even without what may be none: it begins as those of telephones do, or is long."""
    unknown = [link.piece.digits for link in chain if link.known == Known.NO and not link.piece.is_weak]
    is_dialled = bool(unknown) and unknown[0].startswith("0") and len(unknown[0]) >= 2
    return is_dialled or sum(map(len, unknown)) > (NEAR if len(chain) < NEAR else NEAR - 1)


def _settled(run: list[Link]) -> list[Link]:
    """Beside other digits a likely year is part of a number, and so is a public number that is tied to them."""
    unknown = sum(len(link.piece.digits) for link in run if link.known == Known.NO and not link.piece.is_weak)
    if unknown < NEAR:
        return run
    return [link._replace(known=Known.NO) if _is_tied(run, i) else link for i, link in enumerate(run)]


def _is_tied(run: list[Link], i: int) -> bool:
    known, join = run[i].known, run[i].join
    if known != Known.PHONE:
        return known == Known.LIKELY
    after = run[i + 1] if i + 1 < len(run) else None
    follows = i > 0 and run[i - 1].known == Known.NO
    is_between = follows and after is not None and after.known in (Known.NO, Known.LIKELY)
    is_long = len(run[i].piece.digits) > NEAR
    is_first = after is not None and after.known == Known.NO and not after.piece.digits.startswith("0")
    return (
        is_between
        or (is_long and (follows or is_first))
        or join == Join.TIGHT
        or (after is not None and after.join == Join.TIGHT)
    )


def trimmed(part: list[Link]) -> list[Link]:
    """Without a single word at an end that may be no digit: 4738 *이* 사람."""
    if all(link.piece.is_weak for link in part):
        return part
    start, end = 0, len(part)
    if part[0].piece.is_weak and not part[1].piece.is_weak:
        start = 1
    if part[-1].piece.is_weak and not part[-2].piece.is_weak:
        end -= 1
    return part[start:end]

"""Which font of this machine can write Korean? Imports matplotlib: only for those who draw."""

from __future__ import annotations

import re
from functools import cache

from matplotlib.font_manager import FontEntry, fontManager
from matplotlib.ft2font import FT2Font

_LIKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"noto sans (cjk )?kr", r"noto sans cjk", r"source han sans", r"nanum ?(square|barun)?gothic", r"pretendard",
        r"malgun gothic", r"apple sd gothic", r"un ?dotum", r"baekmuk", r"nanum", r"noto serif", r"",
    )
)  # fmt: skip
_HANGUL = ord("한")


@cache
def korean() -> str | None:
    """The name of a family with Hangul, plain rather than fancy; None where no such font is installed."""
    plain = {entry.name: entry for entry in fontManager.ttflist if entry.style == "normal" and _is_plain(entry)}
    ranked = sorted(plain.values(), key=lambda entry: (_rank(entry.name), entry.name))
    return next((entry.name for entry in ranked if _has_hangul(entry)), None)


def _is_plain(entry: FontEntry) -> bool:
    return str(entry.weight) in ("400", "normal", "regular", "book")


def _rank(name: str) -> int:
    return next(number for number, pattern in enumerate(_LIKED) if pattern.match(name))


def _has_hangul(entry: FontEntry) -> bool:
    try:
        return FT2Font(entry.fname, face_index=entry.index).get_char_index(_HANGUL) != 0
    except (OSError, RuntimeError):
        return False

"""A Korean name in Latin letters, so that a draft has an id at once."""

from __future__ import annotations

import re

from bot.engine.hangul import is_syllable

_INITIAL = "g,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h"
_MEDIAL = "a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i"
_FINAL = ",k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t"
_STARTS, _VOWELS, _ENDS = _INITIAL.split(","), _MEDIAL.split(","), _FINAL.split(",")
_LONGEST = 40


def roman(name: str) -> str:
    """An id made of a name: official romanisation, letter by letter.

    >>> roman("밤길 동행 드론 12대")
    'bamgil-donghaeng-deuron-12dae'
    """
    latin = "".join(_syllable(char) if is_syllable(char) else char.lower() for char in name)
    words = re.findall(r"[a-z0-9]+", latin)
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    return "-".join(words)[:_LONGEST].strip("-") or "draft"


def _syllable(char: str) -> str:
    start, rest = divmod(ord(char) - ord("가"), 588)
    vowel, end = divmod(rest, 28)
    return _STARTS[start] + _VOWELS[vowel] + _ENDS[end]

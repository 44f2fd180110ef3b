"""Number plates of cars and motorcycles, in figures or partly read out."""

import re
from collections.abc import Iterator

from bot.store.redact.marks import Span, spans
from bot.store.redact.spoken import VALUE

_SYLLABLE = "[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배허하호육해공국합]"
_READ_SYLLABLE = f"(?![구오사육]){_SYLLABLE}"
_FIGURE = "[0-9oil|]"
_REGION = "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
_SPOKEN = "[공영령빵일이삼사오육륙칠팔구]"
_JOIN = r"\s{0,2}[-ㅡ.]?\s{0,2}"
_FOUR = rf"(?:{_FIGURE}{{4}}|{_FIGURE}{{2}}[\s.-]{_FIGURE}{{2}}|{_FIGURE}(?:\s{_FIGURE}){{3}})"
_YEAR = r"(?!(?:19|20)\d\d\s?(?:년|부터|까지|대한민국))"
_WHOLE = re.compile(
    rf"(?:{_REGION}\s?)?(?<![0-9a-z])(?<!\d[-.])(?=[oil|]{{0,2}}\d){_FIGURE}{{2,3}}{_JOIN}{_SYLLABLE}{_JOIN}{_YEAR}{_FOUR}(?![0-9a-z])"
)
_REGIONAL = re.compile(
    rf"{_REGION}\s?(?:[가-힣]{{2,3}}\s?)?(?:{_FIGURE}{{2}}{_JOIN}{_SYLLABLE}{_JOIN}|(?<![가-힣]){_SYLLABLE}{_JOIN}(?!(?:19|20)\d\d)){_FOUR}(?![0-9a-z])"
)
_READ = re.compile(rf"(?:\d{{2,3}}|{VALUE}{{2,4}})\s?{_READ_SYLLABLE}(?:에|의|에다)?\s?(?:{_SPOKEN}\s?){{4}}(?![0-9])")


def plate_spans(plain: str) -> Iterator[Span]:
    """Every number plate."""
    for pattern in (_WHOLE, _REGIONAL, _READ):
        yield from spans("plate", pattern, plain)

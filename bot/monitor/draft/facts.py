"""Facts in the passages about a programme: when, how many, how much, where, who, which number to call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.kb.model import Aspect
from bot.monitor.draft.article import Article, Place
from bot.monitor.draft.find import Found, Passage, sentences

_N = r"\d[\d,.]*"
_UNIT = (
    r"개소|개교|개월|개국|개사|개 ?[가-힣]{1,5}?(?=[이가을를의은는도와과에,.)\s]|$)|곳|명|대|건|회|종|km|㎞|㎡|m|%p?|점|가구|세대|호(?!선)|채|면|권|시간|일간|분간|등급|위|배|년간|년째|세|동|기|"
    r"지점|차례|만 ?명|쌍|팀|기관|구간"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("전화", re.compile(r"(?<![\d-])(?:0\d{1,2}-\d{3,4}-\d{4}|1\d{3}-\d{4}|\d{3,4}-\d{4})(?![\d-])")),
    ("돈", re.compile(rf"{_N}\s?(?:(?:조|억|천만|백만|만|천|백)\s?(?:{_N}\s?)?)*(?:여\s?)?원")),
    (
        "때",
        re.compile(
            r"(?:(?:19|20)\d\d년\s?)?\d{1,2}월(?:\s?\d{1,2}일)?(?!\d)|(?:19|20)\d\d년(?!간|째)|(?:19|20)\d\d\s?[.-]\s?\d{1,2}(?:\s?[.-]\s?\d{1,2})?\.?"
            r"|(?:매주|매월|매일|평일|주말|월~금|금·토)(?=[\s가-힣])"
        ),
    ),
    (
        "시각",
        re.compile(
            r"(?:(?:오전|오후|새벽|밤|낮|저녁|아침)\s?)?\d{1,2}시(?![간민장청도내])(?:\s?(?:\d{1,2}분|반))?|(?<!\d)\d{1,2}:\d\d(?!\d)|24시간"
        ),
    ),
    ("수", re.compile(rf"{_N}\s?(?:만|억|천)?\s?(?:{_N})?\s?(?:여\s?)?(?:{_UNIT})(?!\w*원)")),
    (
        "기관",
        re.compile(
            r"(?<![가-힣])(?:(?:행정안전|보건복지|국토교통|여성가족|고용노동|환경|교육|법무|과학기술정보통신|농림축산식품|해양수산|문화체육관광|기획재정|국방|성평등가족)부"
            r"|[가-힣]{1,8}(?:경찰청|검찰청|소방청|경찰서|소방서|교육청|교육지원청|질병관리청|기상청)|경찰청|소방청"
            r"|[가-힣]{2,10}(?:공사|공단|재단|협회|은행|대학교|감독원|연구원|진흥원|위원회|봉사단체))"
        ),
    ),
    (
        "곳",
        re.compile(
            r"(?<![가-힣])(?:[가-힣]{1,8}(?:구|읍|면|리)\s)?[가-힣\d]{1,9}(?:역|동|읍|면|공원|시장|광장|도서관|계곡|초등학교|중학교|고등학교|사거리|터미널|복지관)"
            r"(?:\s?\d+번지|\s앞|\s입구|\s뒤)?(?=[\s,·)에의과와~까를을은는]|$)"
        ),
    ),
)
_NOT_PLACES = re.compile(
    r"(?:운동|활동|이동|행동|공동|아동|노동|자동|작동|가동|감동|시동|연동|진동|출동|합동|구동|변동|구역|지역|영역|권역|광역|통역|방면|측면|화면|전면|장면|정면|"
    r"반면|어린이공원|시장|[가-힣]시장)$|^(?:도|시|군|구|부|양|전|후|한|두|세)?(?:시장|동|역|면|읍)$"
)
_MARKET = re.compile(r"(?:중앙|전통|역전|재래|동부|서부|남부|북부|농수산물|수산)시장")
_BEGAN = re.compile(r"시작|개통|개소|개관|출범|발족|도입|처음|문을 연|문을 열|부터|세웠|설립|제정|운영")
_PRICE = re.compile(r"요금|이용료|수수료|무료|유료|비용은|받는다|내면")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what kind, what the article says, in which sentence, where, and which question it answers."""

    kind: str
    value: str
    sentence: str
    place: Place
    aspect: Aspect


def facts(article: Article, found: Found) -> list[Fact]:
    """All facts of a programme in reading order, the same value once."""
    out: dict[tuple[str, str], Fact] = {}
    for passage in found.passages:
        text = article.lines[passage.line].text
        for at, kind, value in values(text[passage.start : passage.end]):
            place = article.lines[passage.line].place(passage.start + at)
            sentence = _sentence(text, passage, passage.start + at)
            if kind == "곳" and value in found.name:
                continue
            out.setdefault((kind, value), Fact(kind, value, sentence, place, _aspect(kind, sentence)))
    return list(out.values())


def values(text: str) -> Iterator[tuple[int, str, str]]:
    """Where, kind and value, in order; what one pattern took is not looked at again."""
    taken: list[tuple[int, int]] = []
    hits: list[tuple[int, str, str]] = []
    for kind, pattern in _PATTERNS:
        for m in pattern.finditer(text):
            value = m[0].strip(" .")
            if any(a < m.end() and m.start() < b for a, b in taken) or (kind == "곳" and not _is_place(value)):
                continue
            taken.append(m.span())
            hits.append((m.start(), kind, value))
    yield from sorted(hits)


def _is_place(value: str) -> bool:
    return bool(_MARKET.search(value)) or not _NOT_PLACES.search(value)


def _sentence(text: str, passage: Passage, at: int) -> str:
    """The sentence around a fact, within its passage where the sentence is a list."""
    whole = next(((a, b) for a, b in sentences(text) if a <= at < b), (0, len(text)))
    begin, end = max(whole[0], passage.start), min(whole[1], passage.end)
    return text[begin:end].strip(" ,△▲")


def _aspect(kind: str, sentence: str) -> Aspect:
    if kind == "때":
        return "since" if _BEGAN.search(sentence) else "when"
    if kind == "돈":
        return "cost" if _PRICE.search(sentence) else "figures"
    kinds: dict[str, Aspect] = {"전화": "contact", "시각": "when", "수": "figures", "기관": "who", "곳": "where"}
    return kinds[kind]


def numbers(values: Sequence[Fact]) -> list[Fact]:
    """Those that say how many, how much or when."""
    return [f for f in values if f.kind in ("수", "돈", "때", "시각", "전화")]

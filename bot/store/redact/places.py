"""Where somebody lives or works: a road, a lot, a building or a unit with its number. A place without one stays."""

import re
from collections.abc import Iterator

from bot.store.redact.marks import Span, spans
from bot.store.redact.public import Public
from bot.store.redact.spoken import VALUE
from bot.store.redact.view import says

_LOT = r"(?>\d{1,5})(?!\d)(?:\s?(?:-|다시|의|ㅡ|~|,)\s?\d{1,4}(?!\d))?"
_READ_LOT = rf"{VALUE}{{1,6}}(?:\s?(?:다시|의|-)\s?{VALUE}{{1,5}})?"
_COUNTED = (
    r"(?!\s?(?:명|시(?![가-힣])|시간|분|초|년|월|일(?![가-힣])|개|번(?!지|길)|호선|출구|대(?![가-힣])|차|곳|건|회|원|만|천|억|살|세|퍼|프로|k?m(?![a-z])|층|코스|중|금|고속"
    r"|미터|학년|반|주|배|위|등|점|위|번째|도|단계|번|개월|시쯤|층에서|%|[~:]\d))"
)
_TAIL = (
    r"(?:[\s,()·/]{0,3}(?:지하\s?\d{0,2}\s?층?|반지하|지층|옥탑(?:방)?|\d{1,2}\s?층(?:\s?(?:왼쪽|오른쪽|우측|좌측|끝)\s?(?:집|방|문)?)?"
    r"|[a-z가-힣]?\s?\d{0,4}\s?동(?=[\s\d,(]|$)(?:\s?\d{1,4}\s?호)?|[a-z비지]?\s?\d{1,4}\s?호(?!선)|b\d{1,3}(?:호)?|\d{1,4}-\d{1,4}))"
)
_ROAD = (
    r"[가-힣][가-힣\d·]{0,12}?(?:대로|로|길)"
    rf"(?:\s?\d{{1,4}}\s?번?\s?(?:길|안길)|\s?{VALUE}{{1,5}}번길)?"
)
_KOREAN_ROAD = re.compile(rf"(?P<road>{_ROAD})\s{{0,2}}(?:지하\s?)?(?P<lot>{_LOT}){_COUNTED}(?P<tail>{_TAIL}{{0,4}})")
_BRANCH = re.compile(rf"[가-힣]{{2,10}}(?:대로|로|길)\s?\d{{1,4}}\s?번?길(?:\s?{_LOT})?{_TAIL}{{0,4}}")
_KOREAN_LOT = re.compile(
    rf"(?P<dong>[가-힣]{{1,5}}\d?(?:동|리|읍|면|가))\s{{0,2}}(?P<hill>산\s?)?(?P<lot>{_LOT})(?:(?P<word>\s?번지(?:\s?\d{{1,4}}호)?)|{_COUNTED})"
    rf"(?P<tail>{_TAIL}{{0,4}})"
)
_BUNJI = re.compile(rf"(?:(?:{_LOT})|{_READ_LOT})\s?번지{_TAIL}{{0,4}}")
_UNIT = re.compile(
    r"(?<![\d제])(?:\d{1,2}\s?(?:단지|차)\s?)?(?:[a-z가나다라마바사아자차카타파하에비씨디]\s?동|\d{1,4}\s?동)\s?,?\s?(?:지하\s?)?\d{1,4}\s?호(?!선)"
    r"|(?<![\d제])(?<!제\s)(?<!\d-)(?:\d{1,2}\s?층\s?)?(?:지하\s?|[a-z비]\s?)?\d{2,4}\s?호(?!선|봉|기|관|점|차|태풍|실험|법|조|감)"
    r"|(?:\d\s){1,4}동\s?(?:\d\s){1,4}호|(?<!\d)\d{1,2}\s?층\s\d{3,4}(?!\d|\s?[명원개대건시분년m])"
    r"|(?<![\d제])(?:[a-z가나다라마바]|\d{1,4})\s?동\s(?:반지하|지하|지층|옥탑)(?:방|층)?(?:\s?b?\d{1,4}(?:호|층)?)?"
    r"|(?:반지하|지층|옥탑)(?:방|층)?\s?(?:b\s?\d{1,3}|\d{1,3}\s?호|\d{3})(?!\d|[명원만])|지하\s?(?:b\d{2,3}|\d{3})(?!\d|\s?[명원만대개평])"
    r"|(?<![\d.])(?:\d{1,2}\s?(?:단지|차)\s)?\d{3,4}\s?동(?![가-힣]{2})|(?:비|지|b)\s?\d{1,3}\s?호(?!선)|지하\s?\d{1,3}\s?호"
)
_READ_UNIT = re.compile(
    rf"(?:\d{{1,2}}\s?(?:단지|차)\s?)?(?:(?:{VALUE}{{1,5}}|에이|비|씨|디|[가나다라마바])\s?동\s?)?(?<![가-힣제])(?:{VALUE}{{0,3}}백{VALUE}{{1,3}}|{VALUE}?천{VALUE}{{1,4}}|[일이삼사오육칠팔구]공[일이삼사오육칠팔구])\s?호(?![선가-힣]{{2}})"
)
_BUILDING = (
    "아파트|빌라|맨션|오피스텔|원룸|투룸|고시원|고시텔|타워|프라자|플라자|빌딩|상가|주공|푸르지오|자이|래미안|힐스테이트|롯데캐슬|캐슬"
    "|더샵|아이파크|마을|단지|연립|주택|하이츠|하우스|팰리스|파크|시티|지식산업센터|지식센터|기숙사|공장|시장|빌|맨숀|리버|뷰|블루밍"
    "|숙소|모텔|여관|펜션|쉼터|생활관|관사|창고|비닐하우스"
)
_IN_BUILDING = re.compile(
    rf"[가-힣]{{1,10}}\s?(?:{_BUILDING})(?:\s?\d{{1,2}}\s?(?:차|단지))?\s{{0,2}}(?:(?:지층|반지하|지하|옥탑)\s)?(?P<unit>[a-z가-하]?동?\s?\d{{2,4}}(?:\s?(?:-|동|/)\s?\d{{2,4}})?(?:\s?호)?)(?!\d|\s?[~:])"
    rf"{_COUNTED}(?!\s?(?:단지|평|세대|가구|층|동네|여))"
)
_ROADS = "(?:daero|ro|gil|dong)(?![a-z'])"
_PEOPLE = r"(?!\s?(?:people|person|ppl|cam|cctv|year|day|min|hour|km|won|am|pm|times|%|층|kishi|ta\b|nguoi))"
_LATIN = re.compile(
    rf"(?:(?:#|no\.?|so)\s?)?(?<![\d-])\d{{1,4}}(?:-\d{{1,4}})?,?\s(?:[a-z0-9]+\s)?[a-z0-9-]{{2,20}}(?:-|\s\d[- ]){_ROADS}"
    rf"|[a-z][a-z-]{{1,20}}(?:\s\d{{1,2}})?[- ]{_ROADS}(?:\s\d{{1,4}}(?:beon)?-?gil)?,?\s(?!(?:19|20)\d\d\b)(?>\d{{1,4}})"
    rf"(?:-\d{{1,4}})?(?:\s\d{{1,4}}(?:beon)?-?gil)?{_PEOPLE}"
    r"|(?<!\d)\d{2,4}\s?dong\s?\d{2,4}(?:\s?ho)?(?![a-z])"
)
_LATIN_UNIT = re.compile(
    r"\b(?:apt|apartment|unit|room|rm|bldg|building|suite|house no|phong|toa|can ho|so nha|nha so|xona|kvartira|kv"
    r"|кв|квартир[аеуы]|комнат[аеуы]|комн|дом|доме|корп|корпус|подъезд|общежити[еия]|строение)\.?\s?(?:no\.?|number|so|#|№)?\s?"
    r"#?(?:\d{2,4}[a-z]?|[a-z]\d{1,4}|\d(?=\s{0,3}(?:,|$|\.)))(?![a-z0-9])(?:-\d{1,4})?"
    r"|\b\d{1,4}-(?:xona|kvartira|xonadon|uy)\b|\b\d{1,2}(?:st|nd|rd|th)\s(?:floor|fl)\b(?=\s?,?\s?(?:room|apt|unit|#|no)|.{0,9}$)"
    r"|(?<![а-я])д\.\s?\d{1,4}(?:[-/]\d{1,4})?"
)
_CYRILLIC = re.compile(
    r"(?:ул\.?|улица|улице|проспект|пр-т)\s[а-я-]{2,20},?\s(?:д\.?\s?)?\d{1,4}(?:[-/]\d{1,4})?"
    r"|[а-я-]{2,20}[- ](?:ро|гиль?|дэро|тэро|дон),?\s?(?:\d{1,3}-(?:гиль?|ро)\s)?(?:д(?:ом)?\.?\s?)?\d{1,4}(?:-\d{1,4})?(?!\s?(?:г\b|год|чел|раз|лет))"
    r"|[а-я]{3,20}(?:дон|дэро|гиль)\s(?!(?:19|20)\d\d)\d{1,4}(?:-\d{1,4})?|[а-я]{3,20}ро\s(?:\d{1,4}-\d{1,4}|\d{1,4}(?=,?\s?(?:дом|д\.|кв)))"
    r"|\d{1,3}-?(?:гиль?|ро)\s\d{1,4}(?:-\d{1,4})?"
)
_HAN = re.compile(
    r"(?<!\d)[洞路街巷](?:\s?\d{1,4}(?:[街路]|番街))?\s?(?>\d{1,4})(?:-\d{1,4}\s?[号號番]?|\s?[号號番](?![线線])|(?=\s{0,3}(?:$|[,，。、\s])))"
    r"|(?:[a-z]?\d{1,4}\s?[栋棟幢座]\s?)?(?:\d{1,2}\s?(?:单元|單元)\s?)?(?>\d{1,4})\s?(?:室|房间|房間|号房|號房|号室|號室)"
    r"|\d{1,4}-\d{1,4}\s?[号號番]|(?>\d{1,4})\s?[栋棟幢]"
)
_VIET = re.compile(
    r"(?:so|nha|duong|ngo|hem|ngach|kiet|to)\s\d{1,4}(?:[/-]\d{1,4})*,?\s(?:duong|ngo|hem|pho|[a-z0-9-]{2,20}[ -](?:\d[ -])?(?:ro|gil|dong))"
)
_WAY = re.compile(
    "(?:안심|여성|다문화|맨발|등)?(?:골목|갓|가|찻|기찻|눈|물|불|밤|뒷|앞|옆|큰|산책|둘레|등굣|하굣|바닷|마을|비탈|자전거|안심|학교|철|출근|퇴근|귀갓|귀가|그치|넘|맡|매|쫓|앗|얘|숲|샛|흙|황톳|걷기|빗|꽃|하|신)길"
)
"""Ordinary words, not names of roads."""
_ROUTE = frozenset(
    (
        "으로 바로 서로 따로 새로 그대로 제대로 함부로 별로 절로 주로 홀로 대로 세로 가로 앞으로 추가로 실제로 도로 경로 진로 밤길 골목길 이대로 마음대로 멋대로 차례대로 반대로 "
        "순서대로 계좌로 카드로 문자로 전화로 번호로 버스로 택시로 감기로 하루로 이쪽으로"
    ).split()
)
_BARE_LOT = re.compile(
    r"\s{0,3}(?:$|[^\w\s]|에|입니다|이에요|예요|인데|이고|이요|요|앞|옆|뒤|근처|쪽|건물|집|의|으로|로|[가-힣a-z]*[가-힣a-z]\s?\d)|\s"
)
_NOT_DONG = frozenset(
    (
        "자동 활동 행동 운동 노동 아동 감동 공동 출동 변동 작동 충동 소동 연동 진동 난동 폭동 이동 봉사활동 순찰활동 추가 누가 제가 내가 네가 거리 처리 관리 수리 소리 우리 정리 "
        "빨리 멀리 자리 정면 하면 되면 있으면 없으면 화면 측면 전면 반면 장면 평가 국가 증가 물가 휴가 참가 인가 허가 단가 원가 주가"
    ).split()
)


_FLOOR = (
    r"\d{1,2}(?:st|nd|rd|th|-)?\s?(?:floor|fl\b|f\b|qavat|этаж[а-я]*|tang\b|[层楼樓]|층)|(?:floor|этаж|qavat|tang|lau|地下|半地下|地上)\s?b?\d{1,4}"
    r"|(?:комната|комн|кв|квартира|подъезд|корпус|дом|room|rm|unit|apt|no|phong|can|so|xona|kvartira|uy|блок|block|bldg)\.?\s?(?:no\.?|#|№)?\s?[a-z]?\d{1,4}[a-z]?"
    r"|\d{1,4}[-\s]?(?:xona|xonadon|kvartira|uy|室|房|号|號|门|ho|dong)|(?:\d{1,3}-?)(?:gil|гиль?)(?:\s\d{1,4}(?:-\d{1,4})?)?"
)
"""Behind an address, what would say little alone."""
_GOES_ON = re.compile(
    rf"(?:[\s,]{{1,3}}(?:{_FLOOR})(?![^\W_])|[\s,]{{0,3}}地下\s?\d{{1,4}}|[\s,]{{1,3}}\d{{1,2}}\s?번\s?(?:방|호실)"
    r"|-(?:гиль?|gil)(?![^\W_])(?:,?\s\d{1,4}(?:-\d{1,4})?)?|\s?(?:uy|uyi|дом)(?=,)"
    r"|\s{0,2}(?:-|의)\s?\d{1,4}(?!\d)|[\s,]{0,3}(?:지하\s?)?\d{1,2}\s?[층楼樓](?:\s?\d{2,4}(?!\d)(?:\s?호)?)?"
    r"|[\s,]{0,3}(?:지하\s?\d?\s?층?\s?)?b\s?-?\s?\d{1,3}(?!\d)|[\s,]{1,3}\d{1,2}\s?f(?![a-z])|[\s,]{1,3}[가-하]열\s?\d{1,4}\s?호"
    r"|[\s,]{1,3}(?:[가-힣]{2,8}(?:\d차)?\s){1,2}\d{1,2}\s?층(?:\s?\d{2,4}(?!\d))?|[\s,]{1,3}[가-힣]{2,6}\s\d{1,2}번째\s동){1,4}"
)
_AFTER_PLACE = re.compile(r"[가-힣](?:동|구|시|읍|면|리)\s$")
_READ_ROAD = re.compile(
    rf"[가-힣]{{2,10}}(?:로|길)(?<!으로)\s(?={VALUE}{{0,3}}[십백])(?:{VALUE}{{3,6}}(?![가-힣]|\s?[년명개원만시분초회건])|{VALUE}{{2,6}}\s?(?:번길|번지|호))"
)
_UNIT_WORD = re.compile(r"\s?호(?!선)")
_FIGURE = re.compile("[0-9]")
_READ_OUT = {_BUNJI: ("번지",), _READ_UNIT: ("호",), _READ_ROAD: ("십", "백")}
_WRITTEN = {
    re.compile("[동호층길하탑]"): (_BRANCH, _UNIT),
    re.compile("[가-힣]"): (_IN_BUILDING,),
    re.compile("[a-z]"): (_LATIN, _LATIN_UNIT, _VIET),
    re.compile("[а-я]"): (_LATIN_UNIT, _CYRILLIC),
    re.compile("[\u4e00-\u9fff]"): (_HAN,),
}
"""What to look for if there is a figure and a letter of that script."""
_GAP = re.compile(r"[\s,]{0,2}[가-힣]{0,8}\d?차?[\s,]{0,2}")


def place_spans(plain: str, public: Public) -> Iterator[Span]:
    """Every address that has a number, whole: what goes on behind it, and a building's name between two parts of it."""
    start = end = -1
    for span in sorted(_parts(plain, public), key=lambda s: (s.start, s.end)):
        more = _GOES_ON.match(plain, span.end)
        last = more.end() if more else span.end
        if start >= 0 and (span.start <= end or _GAP.fullmatch(plain, end, span.start)):
            end = max(end, last)
            continue
        if start >= 0:
            yield Span("address", start, end)
        start, end = span.start, last
    if start >= 0:
        yield Span("address", start, end)


def _parts(plain: str, public: Public) -> Iterator[Span]:
    for pattern, hints in _READ_OUT.items():
        if says(plain, hints):
            yield from spans("address", pattern, plain)
    if not _FIGURE.search(plain):
        return
    yield from _roads(plain, public)
    yield from _lots(plain, public)
    for script, patterns in _WRITTEN.items():
        for pattern in patterns if script.search(plain) else ():
            yield from spans("address", pattern, plain)


def _roads(plain: str, public: Public) -> Iterator[Span]:
    for match in _KOREAN_ROAD.finditer(plain):
        is_unit = _UNIT_WORD.match(plain, match.end()) is not None
        road, is_sure = match["road"], "-" in match["lot"] or match["tail"] or is_unit
        is_sure = is_sure or _AFTER_PLACE.search(plain, max(0, match.start() - 8), match.start()) is not None
        is_road = road not in _ROUTE and not road.endswith("으로") and not _WAY.fullmatch(road)
        is_road = is_road and (road not in public.words or road.endswith("길"))
        if is_sure or (is_road and match["lot"] not in public.phones and _BARE_LOT.match(plain, match.end())):
            yield Span("address", *match.span())


def _lots(plain: str, public: Public) -> Iterator[Span]:
    """A lot behind a dong; where that is also an ordinary word the lot needs two numbers."""
    for match in _KOREAN_LOT.finditer(plain):
        is_year = re.fullmatch(r"(?:19|20)\d\d", match["lot"]) is not None
        is_sure = (
            "-" in match["lot"] or match["word"] or match["hill"] or match["tail"] or match["dong"] in public.places
        )
        is_sure = is_sure and (match["dong"] not in _NOT_DONG or match["word"])
        is_dong = match["dong"].endswith("동") and match["dong"] not in _NOT_DONG and match["lot"] not in public.phones
        if not (is_year and not match["word"]) and (is_sure or is_dong):
            yield Span("address", *match.span())

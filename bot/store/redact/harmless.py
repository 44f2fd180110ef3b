"""Forms of numbers that tell nothing of a person: years, times, prices, shares, counts, routes.

A form with a letter or a colon in it stays whatever is beside it. The others stay only where no other digits are near:
there they are part of a longer number.
"""

import re
from collections.abc import Iterator

OFFICE = re.compile(
    r"(?<![a-z]-)1(?:5(?:22|33|44|51|55|66|77|88|99)|6(?:00|11|33|44|55|60|61|66|68|70|77|88|99)|8(?:00|11|22|33|44|55|66|77|88|99))"
    r"[- ]\d{4}"
)
"""What firms and offices are called by: 1577-1234; no telephone of a person begins so."""
_Y = r"(?:(?:19|20)\d\d|2100)"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_FEW = r"(?:[1-9]\d{0,2}(?:,\d{3}){0,3}|0)(?:\.\d{1,2})?"
_MANY = r"[1-9]\d{3,4}"
_HOUR = r"(?:[01]?\d|2[0-4])"
_TO = r"\s?(?:~|-|to|부터|에서)\s?"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[ия]|июн|июл|авг|сен|окт|ноя|дек"
    r"|yanv|fevr|mart|iyun|iyul|avg|sent|okt|noy|dek)[a-zа-я]*\.?"
)
_DATES = (
    rf"{_Y}\s?[-./]\s?{_M}\s?[-./]\s?{_D}(?![-./]?\d)",
    rf"(?<!\d[-./]){_D}[-./]{_M}[-./]{_Y}(?![-./]?\d)",
    rf"{_Y}\s?[-./]\s?{_M}(?![-./]?\d)",
    rf"(?<!\d[-./]){_M}[-./]{_Y}(?![-./]?\d)",
    rf"{_Y}년(?:\s?{_M}월)?(?:\s?{_D}일)?",
    rf"{_Y}(?:{_TO}(?:{_Y}|\d\d))?(?:\s?년|年|\s?г\b|\s?год|\s?yil|-yil|\s?da\b)",
    rf"{_D}(?:st|nd|rd|th|-)?\s?(?:of )?{_MONTH}(?:,?\s?{_Y})?(?!\d)",
    rf"{_M}\s?[월月](?:\s?{_D}\s?[일日号號])?",
    r"\d{1,2}\s?[년일年日]",
)
_TIMES = (
    rf"(?<!:){_HOUR}\s?:\s?[0-5]\d(?:\s?:\s?[0-5]\d)?(?!\d|\s?:)",
    rf"{_HOUR}(?:[~-]{_HOUR})?\s?시(?:\s?[0-5]?\d\s?분)?",
    rf"{_HOUR}\s?(?:h|gio|点|點|час)\s?(?:[0-5]\d)?(?!\d)",
    r"\d{1,2}(?:[.:]\d\d)?\s?(?:a\.?m|p\.?m|night|morning|evening)\b",
)
_FOREIGN = r"万|亿|萬|億|ming|million|mln|тыс|млн|eok|ty\b|trieu|nghin|ngan|k\b|thousand|billion"
_KOREAN_THOUSAND = "[만억조천](?:(?![가-힣])|(?=[원명개대건여평톤이을가은는의도에로짜불달]))"
_SPACED = r"[1-9]\d{0,2}(?:[ .]\d{3}){1,3}"
_CURRENCY = r"(?:won|вон|krw|원|韩元|元|块|dollars?|usd|so'm|som\b|dong\b|vnd|долл|руб)"
_THOUSAND = f"{_KOREAN_THOUSAND}|{_FOREIGN}"
_AFTER_WON = r"[^가-힣]|$|[이은을씩대짜어권으까도만에정쯤인주내가넘보받의하]"
_MONEY = (
    rf"(?:{_FEW}|(?:[1-9]\d{{3,6}}(?!\d)|[1-9]\d{{0,5}}0{{3,6}}))(?=\s?원(?:{_AFTER_WON}))",
    rf"(?:{_FEW}|(?:[1-9]\d{{3,6}}(?!\d)|[1-9]\d{{0,5}}0{{3,6}}))(?=\s?(?:won|вон|krw|韩元|元|块|dollars?|usd|so'm|som\b|долл|руб))",
    rf"{_SPACED}(?=\s?{_CURRENCY})",
    rf"{_FEW}\s?[백천십]?\s?(?:{_THOUSAND})",
    rf"{_MANY}(?:{_KOREAN_THOUSAND}|\s?(?:{_FOREIGN}))",
)
_KOREAN = (
    r"(?:퍼센트|프로(?!젝|필)|킬로|미터|톤|평(?!일|소|생)|면(?![서접담허])|명(?![의함령])|분(?!들)|개(?![인통])|대(?![부로신기답리화표해])"
    r"|곳|건(?![물강])|회(?![사신])|번째|차례|가구|세대(?!주)|마리|장(?![소애난])|권|쪽|페이지|글자|자(?![가-힣])|점(?!심)|위(?![로치험])|여(?![기러자보])"
    r"|시간|초|주(?![소세시차민문])|살(?![아려고])|세(?![요대])|층|배(?![달송터])|인분|도(?![로움와착시]))"
)
_KOREAN_FEW = (
    r"(?:호선|출구|번(?!지|길)|차|학년|반|단지|단계|구역|과목|교시|종|급|등|기|달|박|인|동(?![가-힣])|관(?![가-힣]))"
)
_UNIT = (
    r"(?:%|％|km|kg|mm|cm|ml|kcal|mb|gb|hz|kw|px|m2|cctv|cameras?|people|persons?|ppl|percent|times|years?|copies|calls?"
    r"|houses?|homes?|towns?|places?|kishi|odam|kamera|marta|metr|foiz|ta\b|nafar|xonadon|человек|камер|раз|лет|метров"
    r"|процент|штук|домов|nguoi|cai|lan\b|chiec|phan tram|tuoi|met\b|ho\b|ban\b|[个個台人次岁歲处處户米名支盏座]|公里|分钟)"
)
_UNIT_FEW = (
    r"(?:[号號][线線]|号出口|st\b|nd\b|rd\b|th\b|-chi|-й|-го|-ая|[mgkwv]\b|kun|oy|soat|соат|min\b|ngay|thang|dollar)"
)
_COUNTS = (
    rf"{_MANY}(?:\.\d{{1,2}})?(?={_KOREAN}|\s?{_UNIT})",
    rf"{_FEW}(?:{_TO}{_FEW})?(?=\s?(?:{_KOREAN}|{_KOREAN_FEW}|{_UNIT}|{_UNIT_FEW}))",
    r"(?<!\d[,·、/ ])(?:[1-9]\d?\s?[,·、/ ]\s?){1,3}[1-9]\d?(?=\s?(?:번|시|명(?!의)|세|살|호선|대|년))",
    r"[1-9]\d{0,2}-\d{1,2}(?=\s?번(?!지|길))",
    r"[1-9]\d{3}(?=번(?!호|지|길|판)[^\n]{0,30}(?:버스|배차|막차|첫차|노선|정류|기사|환승|종점|타고|타면|타요|탔))",
    r"[1-9]\d{3}(?=번?\s?(?:버스|광역|시외|공항|타고|타면|탔|노선|막차|첫차|bus\b))",
    r"\d{1,3}\s?조(?:의\s?\d{1,2})?(?:\s?제?\s?\d{1,2}\s?항)?(?:\s?제?\s?\d{1,2}\s?호)?",
)
_ROUTE = r"[1-9]\d{0,3}(?:-\d{1,2})?(?!\d|\s?[^\w\s,]+\s?\d|,\d|\s\d{3}|\n\d)번?"
_LED = (
    rf"(?:버스|노선|автобус[а-я]*|\bbus(?:es)?|xe buyt|avtobus|公交车?)\s?(?:번호|no\.?|№|номер|so|raqami)?[\s:]?{_ROUTE}"
    rf"(?:\s?(?:이랑|랑|하고|와|과|이나|나|아니면|or|and|и|hoac|va|yoki|和|,)\s?{_ROUTE}){{0,5}}",
    r"\b(?:ios|ipados|android|windows|macos|version|ver\.?|версия|phien ban|versiya)\s?\d{1,2}(?:\.\d{1,2}){1,3}(?!\.?\d)",
    r"(?:안드로이드|아이오에스|윈도우|펌웨어|버전|버젼)(?:이|은|는|을)?\s?\d{1,2}(?:\.\d{1,2}){1,3}(?!\.?\d)",
    rf"{_MONTH}\s?{_D}(?:st|nd|rd|th)?(?:,?\s?{_Y})?(?!\d)",
    rf"{_MONTH}\s{_Y}(?!\d)",
    rf"\b(?:nam|thang|ngay|yili?|in|since|from|by|un?till?|before|after|of|between|and|[вси]|до|после|год) {_Y}(?![\d-])",
    rf"(?:thang|ngay) {_D}(?:/{_M})?(?:/{_Y})?(?![/\d])",
    rf"[$₩€]\s?(?:{_FEW}|{_MANY})",
    r"제\s?\d{1,3}(?:-\d{1,2})?\s?호",
    r"\b(?:iso|iec|ksa?|kc)\s?\d{4,5}(?!\d|-)",
    r"\bv\.?\s?\d{1,2}(?:\.\d{1,3}){1,3}",
)
_LEFT = r"(?<![\da-z])(?<!\d[-./,~])"
_ALONE = (
    rf"{_Y}(?:\s?[~-]\s?{_Y})?(?!\d)",
    rf"{_M}[/.]{_D}(?![-./]?\d)",
    r"(?:[1-9]\d{0,2},\d{3}|[1-9],\d{3},\d{3})(?![,\d])",
    r"(?<!:)[1-9]\d{0,2}(?:\.\d)?\s?(?::|대|to)\s?[1-9]\d?(?:\.\d)?(?!\d|\s?:)",
    r"24/(?:24|7)(?!\d)",
    r"13\d\d(?!\d|[-./~]?\d)",
    rf"{OFFICE.pattern}(?!\d|[-./~]\d)",
    r"[2-7]0[3-8]0(?!\d|[-./~]\d)",
)
_SAID = re.compile(r"(?<!\d)(?=\d)(?:" + "|".join((*_DATES, *_TIMES, *_MONEY, *_COUNTS)) + ")")
_SAID_LED = re.compile("|".join(_LED))
_HAS_UNIT = re.compile(r"[^\W\d_]|:")
_BARE = re.compile(_LEFT + r"(?=\d)(?:" + "|".join(_ALONE) + ")(?![a-z])")
_RANGE = re.compile(_LEFT + r"([1-9]\d?)[~-]([1-9]\d)(?![-./~]?\d)")


# The last ones of _ALONE: short numbers of the state begin so (1332); ages and speeds (2030, 5030).


def forms(plain: str) -> Iterator[tuple[int, int, bool]]:
    """Where numbers stand that are a year, a time, a price, a share, a count, a score or a span; is a unit in it?"""
    for form in (_SAID, _SAID_LED):
        yield from ((*m.span(), _HAS_UNIT.search(m[0]) is not None) for m in form.finditer(plain))
    yield from ((*m.span(), False) for m in _BARE.finditer(plain))
    yield from ((*m.span(), False) for m in _RANGE.finditer(plain) if int(m[1]) < int(m[2]))

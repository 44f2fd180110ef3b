"""Digits as people say them, in six languages."""

import re

HANGUL = {
    **dict(zip("공영령빵일이삼사오육륙칠팔구", "00001234566789", strict=True)),
    **{"하나": "1", "둘": "2", "셋": "3", "넷": "4", "다섯": "5", "여섯": "6", "일곱": "7"},
    **{"여덟": "8", "여덜": "8", "아홉": "9"},
}
_UNIT = re.compile("|".join(sorted(HANGUL, key=len, reverse=True)))
HANGUL_UNIT = f"(?:{_UNIT.pattern})"
HANGUL_RUN = re.compile(f"{HANGUL_UNIT}+")
HAN = dict(zip("〇零一幺壹二贰三叁四肆五伍六陆七柒八捌九玖", "001112233445566778899", strict=True))
HAN_RUN = re.compile(f"[{''.join(HAN)}]{{2,}}")
VALUE = "[일이삼사오육칠팔구십백천공영]"
"""A syllable of a number that is read out as a whole: 천백이."""

VALUE_RUN = re.compile(
    r"(?<![가-힣])(?=[일이삼사오육칠팔구만]{0,3}[십백천])[일이삼사오육칠팔구십백천만]{2,}[일이삼사오육칠팔구십백천]"
    r"(?![일이삼사오육칠팔구십백천만]|\s?(?:원|명|개|대|건|곳|회|번째|년|평|세|살|톤|미터|킬로|퍼센트|프로|배|권|장|여|호|동|번지))"
)
"""At least three syllables of a number with tens, hundreds or thousands."""
READ_LETTERS = (
    "에이치|에이|비|씨|디|이|에프|지|아이|제이|케이|엘|엠|엔|오|피|큐|알|에스|티|유|브이|더블유|더블류|엑스|와이|제트|점|언더바|밑줄|대시|하이픈"
    "|소문자|대문자|공|영|하나|일|둘|이|삼|사|오|육|칠|팔|구"
)
"""Letters of an id and figures beside them, as they are read out."""
_PLACES = {"십": 10, "백": 100, "천": 1000}

_ONES = {
    "zero oh o nought null ноль нуль khong nol": "0",
    "one один одна раз mot bir": "1",
    "two два две hai ikki": "2",
    "three три ba uch": "3",
    "four четыре bon tu to'rt tort": "4",
    "five пять nam lam besh": "5",
    "six шесть sau olti": "6",
    "seven семь bay yetti": "7",
    "eight восемь tam sakkiz": "8",
    "nine девять chin to'qqiz toqqiz": "9",
    "double triple двои": "",
}
_TENS = {
    "ten десять muoi o'n": "10",
    "eleven одиннадцать": "11",
    "twelve двенадцать": "12",
    "thirteen тринадцать": "13",
    "fourteen четырнадцать": "14",
    "fifteen пятнадцать": "15",
    "sixteen шестнадцать": "16",
    "seventeen семнадцать": "17",
    "eighteen восемнадцать": "18",
    "nineteen девятнадцать": "19",
    "twenty двадцать yigirma": "2",
    "thirty тридцать o'ttiz ottiz": "3",
    "forty fourty сорок qirq": "4",
    "fifty пятьдесят ellik": "5",
    "sixty шестьдесят oltmish": "6",
    "seventy семьдесят yetmish": "7",
    "eighty восемьдесят sakson": "8",
    "ninety девяносто to'qson toqson": "9",
    "сто": "1",
    "двести": "2",
    "триста": "3",
    "четыреста": "4",
    "пятьсот": "5",
    "шестьсот": "6",
    "семьсот": "7",
    "восемьсот": "8",
    "девятьсот": "9",
}
WORDS = {word: digit for table in (_ONES, _TENS) for words, digit in table.items() for word in words.split()}
COMMON = frozenset(
    ("o oh one один одна раз mot bir ba tu nam lam sau bay tam chin khong hai uch muoi o'n сто muc to").split()
)
"""Words that also mean something else: where most of a chain is such, it takes more of them."""


def hangul_digits(run: str) -> str:
    """
    >>> hangul_digits("공하나공")
    '010'
    """
    return "".join(HANGUL[unit] for unit in _UNIT.findall(run))


def value_digits(run: str) -> str:
    """
    >>> value_digits("삼천팔백이십칠")
    '3827'
    """
    total = part = one = 0
    for syllable in run:
        if syllable == "만":
            total, part, one = (total + part + one or 1) * 10_000, 0, 0
        elif syllable in _PLACES:
            part, one = part + (one or 1) * _PLACES[syllable], 0
        else:
            one = int(HANGUL[syllable])
    return str(total + part + one)


def han_digits(run: str) -> str:
    return "".join(HAN[char] for char in run)

"""Short secrets behind a word that says so: what stands on a card beside its number, parts of PINs, codes of doors."""

import re
from collections.abc import Iterator

from bot.store.redact.marks import Span, spans
from bot.store.redact.view import says

_FILL = r"(?:은|는|이|가|도|의|숫자|번호|코드|:|=|\s|is|was|number|no\.?|code|это|是|la){0,4}"
_SAID = "[공영일이삼사오육칠팔구]"
_NO_UNIT = r"(?![\d회번자개시분명일차년월원만]|\s?(?:자리|회|번|개|글자|digits?|times))"
_BACK = re.compile(
    r"(?:cv[cv]2?|씨브이[씨브]이?|씨비씨|보안\s?코드|(?:카드|뒷면|뒤)\s?(?:뒷면|뒤)?\s?(?:세|3)\s?자리|security code|код безопасности|安全码)"
    rf"{_FILL}(?P<code>\d{{3,4}}{_NO_UNIT}|{_SAID}{{3,4}}(?![가-힣]{{2}}))"
)
_PIN = re.compile(
    r"(?:(?:비밀번호|비번|암호|패스워드)\s?(?:앞|뒤|맨앞|끝)?\s?(?:에\s?)?(?:두|2|세|3)\s?자리|\bpin\b|핀\s?번호|пин-?код|пароль|密码|mat khau|parol[a-z]*|비번|비밀번호)"
    rf"{_FILL}(?P<code>\d{{2,3}}{_NO_UNIT}|{_SAID}{{2,3}}(?![가-힣]))"
)
_DOOR = re.compile(
    r"(?:현관|도어락|출입문|대문|문\s?비번|비번|비밀번호|door|lock|gate)[^\d\n]{0,12}?(?P<code>[*#]\s?\d{2,8}\s?[*#]?|\d{2,8}\s?(?:[*#]|별표?|샵|우물정))"
)
_UNTIL = re.compile(
    r"(?:유효\s?기간|유효일|유효|만료일?|기한|\bexp(?:iry|ires|iration)?(?: date)?\b\.?|valid (?:thru|till|until)|срок(?: действия)?|до|有效期|het han|muddati)"
    rf"{_FILL}(?P<code>(?:0[1-9]|1[0-2])\s?[/.-]?\s?\d{{2}}(?!\d)|\d{{2}}\s?년\s?\d{{1,2}}\s?월|\d{{1,2}}\s?월\s?\d{{2}}\s?년)"
)
_CARD = "카드 card карт 卡 cv cvc 체크 신용 the karta".split()
_HINTS = (
    "cvc cvv 브이 씨비씨 코드 code 자리 код 安全码 비밀 비번 암호 패스 pin 핀 пин парол 密码 mat khau parol 현관 도어락 출입문 대문 door lock gate "
    "유효 만료 기한 exp valid срок до 有效 het han muddat"
).split()


def code_spans(plain: str) -> Iterator[Span]:
    """Every such code; the end of a card's term only where a card is spoken of."""
    if not says(plain, _HINTS):
        return
    for pattern in (_BACK, _PIN, _DOOR):
        yield from spans("number", pattern, plain, "code")
    if says(plain, _CARD):
        yield from spans("number", _UNTIL, plain, "code")

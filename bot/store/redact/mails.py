"""Everything that looks like an e-mail address, with the at and the dots however they are said."""

import re
from collections.abc import Iterator

from bot.store.redact.marks import Span, spans
from bot.store.redact.spoken import READ_LETTERS

_REACH = 64
"""So far a mail name reaches back from its at."""
_PROVIDER = (
    "네이버|지메일|쥐메일|한메일|핫메일|다음|네이트|카카오|야후|아웃룩|구글|아이클라우드|코리아|메일|엠팔|드림위즈"
    "|naver|gmail|googlemail|daum|hanmail|nate|kakao|yahoo|hotmail|outlook|icloud|mail|yandex|rambler|qq|163|126|sina"
    "|foxmail|protonmail|proton|korea|live|msn|inbox|zoho|aol|gmx|empal|dreamwiz|umail"
)
_END = (
    "com|net|org|kr|co|ac|go|or|ru|cn|vn|uz|me|edu|io|info|biz|dev|app|site|xyz|example|test|kz|mn|jp|tw|hk|de|uk|fr"
    "|컴|콤|넷|네트|케이알|씨오|오알지|오알|컴퍼니|닷컴|ком|ру"
)
_DOT = r"(?:\s?[.,。·]\s?|\s?[\[({<]\s?(?:dot|점|닷|\.)\s?[\])}>]\s?|\s?(?:점|쩜|쩍|닷|땡)\s?|\s(?:dot|cham|nuqta|точка)\s|\s?点\s?)"
_LABEL = rf"(?>(?:[^\W_가-힣点]|-){{1,63}}|{_PROVIDER}|{_END})"
_STRICT = rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}?{_DOT}(?:{_END})(?![a-z0-9])(?:{_DOT}(?:{_END})(?![a-z0-9])){{0,2}}"
"""A host with an end that hosts have."""
_HOST = re.compile(
    rf"\s?(?:(?P<strict>{_STRICT})|(?P<provider>(?:{_PROVIDER})(?:\s?(?:컴|콤|넷|닷컴|com|net|kr)(?![a-z가-힣]))?)|(?P<loose>(?:[^\W_가-힣]|[.-]){{2,63}}))"
)
_AT = re.compile(
    r"@|(?:에|에다|하고|다음에|뒤에|그다음에|그리고)?\s?골뱅이\s?(?:붙이고|붙여서|붙인|하고|넣고|찍고|쓰고|치고|하시고|그리고|표시)\s?"
    r"|\s?[\[({<]\s?(?:at|앳|엣|골뱅이|@)\s?[\])}>]|골뱅이|에이티|\s?(?:앳|엣)(?=\s|[a-z]|지메일|네이버|다음|한메일|카카오)|#(?=[a-z])"
    r"|\s(?:at|собака|собачка|a cong|kuchukcha|艾特)\s|собака"
)
_LATIN_NAME = re.compile(r"(?:(?<![^\W가-힣])[^\W가-힣][\w.+-]*\s)?(?<![^\W가-힣])[^\W가-힣](?:[^\W가-힣]|[.+-])*\s?$")
_SPELLED_NAME = re.compile(r"(?<![^\W_])(?:[a-z0-9_.]\s){3,24}$")
_TIGHT_NAME = re.compile(r"(?<![^\W가-힣])[^\W가-힣](?:[^\W가-힣]|[.+_-])*$")
_READ_NAME = re.compile(
    rf"(?<![^\W_])(?=[^가-힣]{{0,20}}[가-힣])(?>(?:{READ_LETTERS}|(?>[a-z0-9]+))[\s,.]{{0,2}}){{2,24}}$"
)
_HANGUL = re.compile("[가-힣]")
_HANGUL_NAME = re.compile(r"[가-힣]{1,10}[\w.+-]*\s?$")
_AT_LESS = re.compile(
    rf"(?<![a-z0-9._+-])(?=[a-z0-9._+-]{{0,40}}[0-9_])[a-z0-9][a-z0-9._+-]{{2,40}}\s?(?:{_PROVIDER}){_DOT}(?:{_END})(?![a-z0-9])"
)
_PART_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W_]{1,20}?\s?(?:쩜|닷)\s?){1,3}$")
_GLUED = re.compile("[가-힣][a-z가-힣]{0,30}$|[a-z][a-z가-힣]{0,30}$")
"""What of a name stands before the letters or syllables that touch its at: kimyh*칠오*골뱅이."""
_SPOKEN_CUE = re.compile("메일|mail|почт|邮")


def mail_spans(plain: str) -> Iterator[Span]:
    """Every address of an e-mail."""
    for at in _AT.finditer(plain):
        host = _HOST.match(plain, at.end())
        name = _name(plain, at, host) if host else None
        if host and name is not None:
            yield Span("email", name, host.end())
    yield from spans("email", _AT_LESS, plain)


def _name(plain: str, at: re.Match[str], host: re.Match[str]) -> int | None:
    """Where the name before an at begins, if it is one."""
    if not _is_at(plain, at, host):
        return None
    is_spaced = plain[at.start() - 1 : at.start()].isspace() and host[0][:1].isspace()
    before = plain[max(0, at.start() - _REACH) : at.start()]
    sure = host["strict"] or host["provider"]
    patterns = (
        _READ_NAME if sure and _HANGUL.search(before) else None,
        _SPELLED_NAME,
        _LATIN_NAME if is_spaced else _TIGHT_NAME,
        _LATIN_NAME if sure else None,
        _HANGUL_NAME if sure else None,
    )
    for pattern in patterns:
        if pattern and (name := pattern.search(before)):
            start = at.start() - len(before) + name.start()
            glued = _GLUED.search(before, 0, name.start()) if at[0].strip() != "@" else None
            return _whole(plain, start - len(glued[0]) if glued else start)
    return None


def _whole(plain: str, start: int) -> int:
    """Where a name begins of which parts are joined by dots that are said."""
    part = _PART_BEFORE.search(plain, max(0, start - _REACH), start)
    return part.start() if part else start


def _is_at(plain: str, at: re.Match[str], host: re.Match[str]) -> bool:
    """``@`` always is one; what is also a word needs a host behind it."""
    sign = at[0].strip()
    if sign == "@":
        return True
    if sign in ("#", "at"):
        is_known = re.match(rf"\s?(?:{_PROVIDER})", host[0]) is not None
        has_word = sign == "at" and re.search(r"\sdot\s|[\[(]dot", host[0]) is not None
        return host["strict"] is not None and (is_known or has_word or _has_cue(plain, at.start()))
    return (
        host["strict"] is not None or host["provider"] is not None or (sign[0] in "[({<" and host["loose"] is not None)
    )


def _has_cue(plain: str, start: int) -> bool:
    return _SPOKEN_CUE.search(plain, max(0, start - 40), start) is not None

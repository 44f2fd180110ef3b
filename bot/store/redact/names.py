"""Names of people in Korean, as far as rules can tell: beside words that say so, and no word that the knowledge has."""

import re
from collections.abc import Iterable, Iterator

from ko_pii.dictionaries.common_words import COMMON_WORDS

from bot.store.redact.marks import Span, beside
from bot.store.redact.people import (
    COMPOUND,
    FIELDS,
    GIVEN,
    NOT_LAST,
    PARTICLES,
    RELATIONS,
    ROLES,
    STOP_HANGUL,
    SURNAMES,
    TITLES,
)
from bot.store.redact.public import Public

_FULL = rf"(?P<name>(?:{COMPOUND})\s?[가-힣]{{1,2}}|[{SURNAMES}][가-힣]{{2}})"
_GIVEN = re.compile(f"[{GIVEN}]{{2}}")
_END = rf"(?=(?:{PARTICLES})?(?![가-힣]))"
_COPULA = r"(?=\s?(?:입니다|입니당|임다|이에요|이예요|예요|에요|이고요|이구요|이고|이구|고요|구요|이라고|라고|이라구|라구|이래요|래요|인데여|이에여|예여|이신데|이시고|이라는데|라는데|이라던데|라던데|이라\s?합|라\s?합|라\s?하|이라\s?하|인데요|인데|이올시다|이요|이여|이야))"
_KIN = rf"(?:{RELATIONS}|본인|남편|부인|집사람|보호자|신고자|환자|남|여|모|부)"
_TWO = rf"(?P<name>[{SURNAMES}][가-힣])"
_FIELD = re.compile(rf"(?:{FIELDS})(?:은|는|이|가|란)?+\s?[:;=/,.]?\s?{_FULL}{_END}")
_FORM = re.compile(rf"(?:{FIELDS}|{ROLES})\s?[:;=]\s?{_FULL}{_END}")
_FORM_TWO = re.compile(rf"(?:{FIELDS}|{ROLES})\s?[:=]\s?{_TWO}(?![가-힣])")
_ROLE = re.compile(rf"(?:{ROLES})(?:은|는|이|가|란)?+\s{_FULL}{_END}")
_REAL = re.compile(rf"(?<![가-힣]){_FULL}(?=(?:이요|요|이에요|예요)?\s?(?:실명|본명))")
_NOT_THIS = re.compile(rf"(?<![가-힣]){_FULL}(?=\s아니고)")
_SELF = re.compile(
    rf"(?:^|[.!?\n,~ㅋㅎㅠ]\s{{0,3}}|저는\s?|제가\s?|나는\s?|(?<![가-힣])(?:전|저|난|내가)\s|하세요\s?){_FULL}{_COPULA}"
)
_ALONE = re.compile(
    rf"(?:저는|나는|제\s?이름은|이름은)\s?{_FULL}(?=\s{{0,3}}(?:$|[.!,\n(]|만\s?\d|\d{{1,2}}\s?[살세](?![가-힣])|[중고초]\s?[1-6](?!\d)|(?:남|여)(?:자|성)?(?![가-힣])))"
)
_CALLED = re.compile(
    rf"(?<![가-힣]){_FULL}(?=\s?(?:이라고|라고|이라|라)\s?(?:합니다|해요|하는|하구|하고|하며|합니당|불러|부르|한다|했|적혀|써|쓰여|떠|뜨|뜹|나와|나오|되어|돼|저장|찍혀|표시|나옵|그래|소개|말)"
    r"|\s?(?:이라는|라는|이란|란)\s?(?:사람|분|애|친구|남자|여자|놈|아이|학생|직원|이름|사장|선생|아저씨|아줌마|할))"
)
_COPULATED = re.compile(rf"(?<![가-힣]){_FULL}{_COPULA}")
_TITLED = re.compile(rf"(?<![가-힣]){_FULL}\s?(?:{TITLES})(?![티비앗]|[가-힣]{{0,2}}(?:센터|교육|상담소|회관|복지))")
_MISTER = re.compile(rf"(?<![가-힣]){_FULL}\s씨(?=[\s가이은는를을한께의도랑네,.]|$)")
_GIVEN_TITLED = re.compile(
    rf"(?<![가-힣])(?P<name>[{GIVEN}]{{2}})(?:이\s?(?:할머니|할아버지|엄마|아빠|네(?![가-힣]))|\s(?:씨|군|양)(?=[\s가이은는를을한께의,.]|$)|\s?(?:엄마|아빠)(?=[가는은이예입인]|$))"
)
_GIVEN_SAID = re.compile(rf"이름은\s(?P<name>[{GIVEN}]{{2}})(?=[\s.,]|$)")
_SIGNED = re.compile(
    rf"(?<![가-힣]){_FULL}\s(?:올림|드림|배상)(?![가-힣])|(?:^|\n)\s?-\s?{_FULL.replace('name', 'dashed')}\s?-?\s?(?:$|\n)"
)
_DESCRIBED = re.compile(
    rf"(?<![가-힣]){_FULL}\s?[/,(]\s?(?:(?:남|여)(?:자|성|아)?(?=[\s/,)]|$)|만\s?\d|\d{{1,2}}\s?[세살])"
)
_BRACKETED = re.compile(rf"(?<![가-힣]){_FULL}\s?[(/]\s?{_KIN}(?:꺼|것|번호|폰|전화)?\s?[)/]")
_IN_BRACKETS = re.compile(rf"{_KIN}\s?\(\s?{_FULL}\s?\)")
_WITH_I = re.compile(
    rf"(?<![가-힣]){_FULL}이(?:가|는|를|도|한테|보고|때문에|네\s?(?:집|가족|엄마|아빠|부모))(?![가-힣])"
)
_SOUGHT = re.compile(rf"(?<![가-힣]){_FULL}(?:을|를)?\s?찾(?:습니다|아\s?주|고\s?있)")
_FORM_SPACED = re.compile(
    rf"(?:{FIELDS}|{ROLES})\s?[:=]\s?(?P<name>[{SURNAMES}](?:\s[가-힣]){{1,2}})(?![가-힣]|\s[가-힣](?![가-힣]))"
)
_CLASSMATE = re.compile(
    rf"(?<![가-힣])(?:같은|우리|옆|저희|\d{{1,2}})\s?반\s?(?:친구\s|애\s)?{_FULL}(?=\s?(?:{PARTICLES})?(?![가-힣]))"
)
_LISTED = re.compile(rf"(?<![가-힣]){_FULL}\s?[,·/]\s?(?P<second>[{SURNAMES}][가-힣]{{2}}){_END}")
_NAMED_SPACED = re.compile(
    rf"(?:{FIELDS})(?:(?:은|는|이|가)\s?|\s?[:=]\s?|\s)(?P<name>[{SURNAMES}]\s[가-힣](?:\s[가-힣])?)(?=\s|[.,]|$)"
)
_OUR = re.compile(
    rf"(?:우리|저희)\s?(?:애|딸|아들|아이|아기)?\s?(?P<name>[{GIVEN}]{{2}})(?=\s?이(?:가|는|를|한테|도|랑|네|\s))"
)
_RELATED = re.compile(
    rf"(?:{RELATIONS})님?(?:이|은|는|가|인|의|이름은?|한테|께서)?\s?[,:(]?\s?(?<![가-힣]){_FULL}{_END}"
)
_SPACED = re.compile(
    rf"(?<![가-힣])(?P<name>[{SURNAMES}]\s[가-힣]\s[가-힣]|(?:{COMPOUND})\s[가-힣]{{1,2}})(?=\s?(?:이?라고|입니다|이에요|예요))"
)
_WHOLE = rf"(?<![가-힣]){_FULL}{_END}"
_BESIDE = re.compile(_WHOLE)
_NEXT = re.compile(rf"(?:{PARTICLES})?\s?(?:,|、|/|·|하고|그리고|및|와|과|이랑|랑)\s?{_FULL}{_END}")
_TRANSCRIBED = re.compile("응우옌|응웬|팜|쩐|트란|부이|호앙")
_TITLE = re.compile(f"(?:{TITLES}|{ROLES})")
_AGE = re.compile("서른|마흔|예순|일흔|여든|아흔")
_REACH = 4
"""So many characters from a number or a birthday a name may stand."""
_PERSONAL = frozenset(("phone", "number", "birth", "email", "plate"))


def korean_names(plain: str, public: Public, others: Iterable[Span]) -> Iterator[Span]:
    """Every name; ``others`` is what else is personal in the text."""
    found = [*_sure(plain, public), *_likely(plain, public), *_beside(plain, public, others)]
    for span in found:
        yield span
        after = _NEXT.match(plain, span.end)
        while after and not _is_word(after["name"], public):
            yield Span("name", *after.span("name"))
            after = _NEXT.match(plain, after.end())


def _sure(plain: str, public: Public) -> Iterator[Span]:
    """Where it is said that a name comes, any that is no known word is one."""
    for pattern in (
        _FIELD,
        _FORM,
        _FORM_TWO,
        _SELF,
        _ALONE,
        _CALLED,
        _TITLED,
        _SIGNED,
        _DESCRIBED,
        _NAMED_SPACED,
        _REAL,
        _FORM_SPACED,
    ):
        for match in pattern.finditer(plain):
            group = "name" if match["name"] else "dashed"
            if not _is_word(match[group], public):
                yield Span("name", *match.span(group))
    for match in _MISTER.finditer(plain):
        if match["name"] not in public.heads and match["name"] not in COMMON_WORDS:
            yield Span("name", *match.span("name"))


def _likely(plain: str, public: Public) -> Iterator[Span]:
    """Elsewhere it must also be made of syllables that names are made of."""
    for pattern in (
        _RELATED,
        _ROLE,
        _COPULATED,
        _SPACED,
        _NOT_THIS,
        _BRACKETED,
        _IN_BRACKETS,
        _WITH_I,
        _SOUGHT,
        _CLASSMATE,
    ):
        for match in pattern.finditer(plain):
            if _is_name(match["name"], public) and not (pattern is _COPULATED and match["name"].endswith("이")):
                yield Span("name", *match.span("name"))
    for match in _LISTED.finditer(plain):
        if _is_name(match["name"], public) and _is_name(match["second"], public):
            yield from (Span("name", *match.span("name")), Span("name", *match.span("second")))
    for match in (*_GIVEN_TITLED.finditer(plain), *_GIVEN_SAID.finditer(plain), *_OUR.finditer(plain)):
        name = match["name"]
        if not any(_is_word(word, public) for word in (name, f"{name}이")) and name not in public.words:
            yield Span("name", *match.span("name"))


def _beside(plain: str, public: Public, others: Iterable[Span]) -> Iterator[Span]:
    """Beside a number that is somebody's."""
    for span in others:
        for match, gap in beside(_BESIDE, plain, span, 12) if span.kind in _PERSONAL else ():
            if len(gap) <= _REACH and _is_name(match["name"], public):
                yield Span("name", *match.span("name"))


def _is_name(name: str, public: Public) -> bool:
    is_like = _GIVEN.fullmatch(name.replace(" ", "")[-2:]) is not None or _TRANSCRIBED.match(name) is not None
    return is_like and not _is_word(name, public)


def _is_word(name: str, public: Public) -> bool:
    """Whether it is in a word that people use: 이름이 *이상해*, *연장*이라고."""
    if name in STOP_HANGUL or name in COMMON_WORDS or name in public.heads or name[-1] in NOT_LAST:
        return True
    if name.endswith("자리") or _TITLE.fullmatch(name) or _AGE.match(name):
        return True
    if any(name.startswith(place) for place in public.places):
        return True
    return name.endswith("이") and (name[:2] in COMMON_WORDS or name[:2] in public.words)

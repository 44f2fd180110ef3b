"""Names of people in other scripts, as far as rules can tell: capitals behind words that say so."""

import re
from collections.abc import Callable, Collection, Iterator, Set

from bot.store.redact.marks import Span, beside, spans
from bot.store.redact.people import (
    CYRILLIC_SURNAMES,
    HAN_COMPOUND,
    HAN_SURNAMES,
    LATIN_SURNAMES,
    STOP_LATIN,
    VIETNAMESE_SHORT,
    VIETNAMESE_SURNAMES,
)
from bot.store.redact.public import Public
from bot.store.redact.view import STOP, View, says

_CAPITAL = r"[A-ZА-Я][A-Za-zА-Яа-я']+(?:-(?!(?:dong|gu|si|ro|gil|daero|do|eup|myeon|ri|дон|ро|гу|си|гиль)(?![A-Za-zА-Яа-я]))[A-Za-zА-Яа-я]+)?"
_INITIAL = r"[A-ZА-Я]\.(?!\w)"
_NAME = rf"(?P<name>(?:{_INITIAL}\s?){{0,2}}{_CAPITAL}(?:,?\s{_INITIAL}|,\s(?=[A-ZА-Я]{{2}})[A-ZА-Я]{{2,}}(?![a-zа-я])|\s(?:{_CAPITAL}|bin|binti|de|van|al|el))*+)"
_LOWER = r"(?P<name>[a-zа-я][a-zа-я'-]+(?:\s[a-zа-я'-]+){0,2})"
_NAMED = re.compile(
    r"(?i:\b(?:my|his|her|full|first|last|real|husband'?s?|wife'?s?|son'?s?|daughter'?s?|boss'?s?|friend'?s?|child'?s?)\sname"
    r"(?:'s|\s?is|\s?was|s)?\s?[:=-]?\s?|\b(?:mr|mrs|ms|dr|prof)\b\.?\s|\bname(?:\sis\s|\s?[:=]\s?|\s)|\bnamed\s|\bcalled\s|\bcall me\s"
    r"|зовут\s(?:меня\s|его\s|ее\s)?|звать\s(?:меня\s)?|имя\s?[:-]?\s|по имени\s|фио\s?[:-]?\s|фамилия\s?[:-]?\s"
    r"|\bho (?:va )?ten\s?[:-]?\s|\bten\s(?:(?:toi|em|minh|tui|chi|anh|con|chong|vo|cua|la|t)\s){0,3}:?\s?"
    r"|(?:이름|성명|성함|본명|예금주|신고자|보호자|영문명|영문이름|여권\s?이름)(?:은|는|이|가)?\s?[:=]?\s?|(?:我叫|名字是|名字叫|姓名)[:：]?\s?|\bism(?:im|i|i-sharifim|ingiz)\s?[:-]?\s|\bfamiliya(?:m|si)?\s?[:-]?\s)"
    + _NAME
)
_SELF = re.compile(r"(?i:\bthis is\s|\bi am\s|\bi'?m\s|я\s?-\s|\b(?:toi|em|minh|tui|chau)\sla\s|\bmen\s)" + _NAME)
_SAID_LOW = re.compile(
    r"(?:\bmy name(?:'s|\sis)?\s|\bmy full name is\s|\bten (?:toi|em|minh|tui) la\s|\bmening ismim\s|меня зовут\s)"
    + _LOWER
)
_RELATED = re.compile(
    r"(?i:\b(?:my|our|his|her)\s(?:husband|wife|son|daughter|friend|boss|brother|sister|neighbou?r|boyfriend|girlfriend|child|mother|father|baby|kid"
    r"|teacher|coworker|landlord|roommate|manager|cousin|uncle|aunt|ex)(?:\sis|\snamed|\scalled|,)?\s"
    r"|(?:мужа?|жен[ауы]|сын[ау]?|дочь|дочери|дочк[аиу]|внук[а]?|внучк[аиу]|бабушк[аиу]|мальчик|девочка|ребенка|дети|брат|сестра|друг|подруга|сосед|соседка|начальник|мама|папа|бабушка|дедушка|ребенок|свекровь)\s"
    r"|\b(?:chong|vo|con trai|con gai|chi|anh|ban|em gai|em trai|chau|be|co|chu|ong|ba)\s(?:toi|em|minh|tui)?\s?(?:ten\s|la\s)?"
    r"|\b(?:erim|turmush o'rtog'im|xotinim|ayolim|o'g'lim|qizim|farzandim|bolam|bolamiz|o'g'limiz|qizimiz|onam|oyim|otam|dadam|buvim|bobom|akam|ukam|opam|singlim|amakim|xolam|tog'am"
    r"|jiyanim|nabiram|kelinim|kuyovim|sherigim|hamkasbim|do'stim|dugonam|qo'shnim|boshlig'im|xo'jayinim|bolaning ismi)(?:ning|ga|ni)?\s)"
    + _NAME
)
_FAMILY = re.compile(
    rf"\b(?P<name>(?:{VIETNAMESE_SURNAMES})(?:\s[A-Z][a-z]+){{1,4}}|(?!Ho Chi)(?:{VIETNAMESE_SHORT})(?:\s[A-Z][a-z]+){{2,4}}|[A-Z][a-z']+\s[A-Z][a-z']+(?:ov|ova|ev|eva|yev|yeva)\b"
    rf"|(?:{CYRILLIC_SURNAMES})(?:\s[А-Я][а-я]+){{2}}(?![а-я])"
    rf"|[А-Я][а-я]+\s(?:{CYRILLIC_SURNAMES})(?:-[А-Я][а-я]+)?(?![а-я])|[А-Я][а-я]+\s[А-Я][а-я]+(?:ов|ова|ев|ева|ин|ина|скии|ская|ко|ян)(?![а-я])"
    r"|[А-Я][а-я]+(?:ов|ова|ев|ева|ин|ина)\s[А-Я][а-я]+(?:\s[А-Я][а-я]+(?:вич|вна))?(?![а-я]))"
)
_ROMANIZED = re.compile(
    rf"(?<![A-Za-z-])(?P<name>(?:(?:{LATIN_SURNAMES})|(?:{LATIN_SURNAMES.upper()}))\s(?:[A-Z][a-z]+-[A-Za-z][a-z]+|[A-Z]{{2,}}-[A-Z]{{2,}}"
    rf"|{_CAPITAL}(?=\s?(?:씨|님|학생|인데|입니다|이에요|예요|이라고|라고)|,|\.|\s?$|\s[(/:])))"
    r"|(?<![A-Za-z-])(?P<turned>[A-Z][a-z]+-[a-z]+\s(?:Kim|Lee|Park|Choi|Jung|Kang|Cho|Yoon|Jang|Lim|Han|Oh|Seo|Shin|Kwon))(?![A-Za-z])"
)
_LOUD = re.compile(
    rf"(?<![A-Za-z0-9@._-])(?P<name>[A-Z][A-Z']{{1,20}}(?:,?\s[A-Z][A-Z']{{1,20}}){{1,2}}|[A-Z][A-Za-z']{{2,20}}\s{_INITIAL}|{_INITIAL}\s?[A-Z][a-z']{{2,20}})(?![\w@-])"
)
"""All in capitals, as cards of foreigners have it, or with an initial."""
_SAID_THEN = re.compile(
    rf"(?<![A-Za-z])(?P<name>{_CAPITAL}\s{_CAPITAL})(?=\s?(?:입니다|인데요|이에요|예요|이라고|라고\s|이라는|라는\s))"
)
_I_AM = re.compile(r"(?:^|[.!?,\n]\s{0,3})[Яя]\s(?P<name>[А-Я][а-я]{2,}(?:\s[А-Я][а-я]+)?)(?=[,.!\n]|$|\sиз\s)")
_FIRST = re.compile(r"(?:^|[.!?\n]\s{0,3})(?P<name>[А-Я][а-я]{2,})\sя(?=[,.!])")
_PROFILE = re.compile(
    r"(?i:\b(?:fb|facebook|zalo|instagram|insta|telegram|viber|whatsapp|kakao)\b:?\s(?:is\s|name\s|ten\s|la\s)?|(?:фб|вк|페북|페이스북)\s(?:이름은?\s)?)"
    + rf"(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{1,3}})"
)
_TITLED = re.compile(
    rf"(?<![A-Za-zА-Яа-я])(?P<name>{_CAPITAL}(?:\s{_CAPITAL})?)\s?(?:씨|님|언니|오빠|누나|형(?![가-힣])|이모|삼촌|아저씨|아줌마|선생님|사장님)(?![가-힣]{{3}})"
)
_HERE = re.compile(rf"(?:^|[.!?\n]\s{{0,3}})(?P<name>{_CAPITAL})\s(?:here|speaking)(?=[,.!]|$)")
_LOW_FAMILY = re.compile(
    r"\b(?P<name>(?:nguyen|huynh|bui)\s(?:van|thi)\s[a-z]{2,7}(?:\s(?!day|la|o|va|bi|day|co|toi)[a-z]{2,6})?)(?![a-z])"
)
_AND = re.compile(rf"\s(?:и|and|va|va|voi|&)\s(?P<name>{_CAPITAL})")
_PAIR = re.compile(rf"(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{1,3}})")
_SINGLE = re.compile(rf"[\s,]{{1,2}}(?P<name>{_CAPITAL})(?=,)")
_HAN = re.compile(
    rf"(?:我叫|名叫|叫做|名字是|名字叫|姓名(?:是|[:：])?\s?|我是|本人|老公叫|老婆叫|丈夫叫|妻子叫|儿子叫|女儿叫|孩子叫|朋友叫|老板叫|他叫|她叫|叫|女儿|儿子|孩子|老公|老婆|妻子|丈夫|朋友|同事|老板|同学|邻居)"
    rf"(?P<name>[{HAN_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=$|[^\u4e00-\u9fff]|[的在被住今想从是和不没失打说走喝,，。、])"
    rf"|(?P<sexed>[{HAN_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[,，、]\s?[男女])"
)
_HAN_SAID = re.compile(
    rf"(?:我叫|名叫|名字是|名字叫|姓名(?:是|[:：])?\s?|本人叫)(?P<name>(?:{HAN_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,3}})(?=$|[^\u4e00-\u9fff])"
    rf"|(?P<compound>(?:{HAN_COMPOUND})[\u4e00-\u9fff]{{1,2}}?)(?=$|[^\u4e00-\u9fff]|[的在被住今想从是和不没失打说走])"
)
_LONGER = re.compile("[a-zа-я']{2,}")
_NO_NAME = re.compile("外卖|出租|滴滴|什么|啥|哪|谁|救|警|什麼|誰|呢|吗")
_HAN_ALONE = re.compile(rf"(?:^|[,，。、\s{STOP}])(?P<name>[{HAN_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[,，。、\s]|$)")
_ANY_CAPITAL = re.compile("[A-ZА-Я][A-Za-zА-Яа-я']")
_ANY_HAN = re.compile("[\u4e00-\u9fff]")
_LOW_HINTS = "nguyen huynh bui name ten ismim зовут".split()
_SURNAMES = frozenset(LATIN_SURNAMES.lower().split("|"))
_PERSONAL = frozenset(("phone", "number", "birth", "email"))


def foreign_names(view: View, public: Public, others: Collection[Span]) -> Iterator[Span]:
    """Every name; ``others`` is what else is personal in the text."""
    cased, plain = view.cased, view.plain
    if _ANY_CAPITAL.search(cased):
        yield from _capitals(cased, public)
        yield from _beside(cased, public, others)
    if says(plain, _LOW_HINTS):
        yield from spans("name", _LOW_FAMILY, plain, "name")
        for match in _SAID_LOW.finditer(plain):
            yield from _small(match, public)
    if _ANY_HAN.search(plain):
        yield from _chinese(plain, public, bool(others))


def _capitals(cased: str, public: Public) -> Iterator[Span]:
    yield from spans("name", _FAMILY, cased, "name")
    for pattern in (_NAMED, _FIRST, _I_AM, _PROFILE):
        for match in pattern.finditer(cased):
            yield from _names(cased, match, STOP_LATIN)
    for match in _ROMANIZED.finditer(cased):
        group = "name" if match["name"] else "turned"
        if not all(_is_word(word, public) for word in _LONGER.findall(match[group].lower())[1:]):
            yield Span("name", *match.span(group))
    for pattern in (_SELF, _RELATED, _TITLED, _HERE, _SAID_THEN):
        for match in pattern.finditer(cased):
            yield from _names(cased, match, STOP_LATIN | public.latin)


def _chinese(plain: str, public: Public, is_personal: bool) -> Iterator[Span]:
    """Behind words that say so; between commas where the message has other personal data."""
    for match in _HAN_SAID.finditer(plain):
        group = "name" if match["name"] else "compound"
        if not _NO_NAME.search(match[group]) and match[group] not in public.places:
            yield Span("name", *match.span(group))
    for pattern in (_HAN, _HAN_ALONE) if is_personal else (_HAN,):
        for match in pattern.finditer(plain):
            group = "name" if match["name"] else "sexed"
            if match[group] not in public.places:
                yield Span("name", *match.span(group))


def _names(cased: str, match: re.Match[str], words: Set[str]) -> Iterator[Span]:
    """The capitals behind a word that says so, without those that are ordinary words, and another after *and*."""
    start, end = match.start("name"), _end(match, lambda word: word.lower() in words)
    if end == start:
        return
    yield Span("name", start, end)
    if (more := _AND.match(cased, end)) and more["name"].lower() not in words:
        yield Span("name", *more.span("name"))


def _small(match: re.Match[str], public: Public) -> Iterator[Span]:
    """A name without capitals: up to the first ordinary word."""
    start, end = match.start("name"), _end(match, lambda word: _is_word(word, public))
    if end > start:
        yield Span("name", start, end)


def _end(match: re.Match[str], is_word: Callable[[str], bool]) -> int:
    """Where a name ends: before the first ordinary word."""
    end = match.start("name")
    for word in re.finditer(r"\S+", match["name"]):
        if is_word(word[0]):
            break
        end = match.start("name") + word.end()
    return end


def _beside(cased: str, public: Public, others: Collection[Span]) -> Iterator[Span]:
    """Two capitals or more beside a number that is somebody's."""
    for span in others:
        if span.kind not in _PERSONAL:
            continue
        yield from _loud(cased, public)
        for match, gap in beside(_PAIR, cased, span, 40):
            if len(gap) <= 3 and not _has_word(match["name"], public):
                yield Span("name", *match.span("name"))
        if (single := _SINGLE.match(cased, span.end)) and not _is_word(single["name"].lower(), public):
            yield Span("name", *single.span("name"))


def _loud(cased: str, public: Public) -> Iterator[Span]:
    """Where a message has other personal data."""
    for match in _LOUD.finditer(cased):
        if not _has_word(match["name"], public):
            yield Span("name", *match.span("name"))


def _has_word(name: str, public: Public) -> bool:
    """Whether there is an ordinary word in it; a surname may well be one."""
    words = _LONGER.findall(name.lower())
    start = 1 if len(words) > 1 and words[0] in _SURNAMES else 0
    return any(_is_word(word, public) for word in words[start:])


def _is_word(word: str, public: Public) -> bool:
    return word in STOP_LATIN or word in public.latin

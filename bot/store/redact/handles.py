"""Names that people have in messengers and social networks, and links to their pages."""

import re
from collections.abc import Iterator

from bot.store.redact.marks import Span, spans
from bot.store.redact.public import Public
from bot.store.redact.spoken import READ_LETTERS
from bot.store.redact.view import says

_APP = (
    "(?:카카오톡|카톡|카카오|카스|ㅋㅋㅇㅌ|ㅋㅌ|인스타그램|인스타디엠|인스타|인별|텔레그램|텔레|텔그|라인|위챗|웨이신|잘로|디스코드|디코"
    "|트위터|페이스북|페북|틱톡|스냅챗|왓츠앱|왓츠|바이버|스레드|유튜브|밴드|당근|오픈챗|오픈톡|오픈채팅|디엠|微信|微博|抖音"
    "|(?<![a-zа-я])(?:kakaotalk|kakao|katalk|instagram|insta|ig|telegram|tele|tg|line|wechat|weixin|wx|zalo|discord|twitter|facebook"
    "|fb|tiktok|snapchat|whatsapp|viber|imo|threads|qq|телеграмм?|тг|вотсап|ватсап|инстаграмм?|инста|вайбер|вк|какао|вичат)"
    "(?=id|[^a-zа-я]|(?:da|im|ga|ka|де|е|ме|у)(?![a-zа-я])))"
)
_ID = (
    "(?:아이디|아디|계정|닉네임|(?<![가-힣])닉|유저네임|유저명|대화명|핸들|号码|号|账号|帳號|用户名|昵称"
    r"|(?<![a-zа-я])(?:id|userid|user\s?name|username|user|login|nick(?:name)?|account|acc|handle|айди|ник|никнейм|логин"
    "|аккаунт|tai khoan|tk|ten dang nhap|taxallus|akkaunt)(?![a-zа-я]))"
)
_FILL = r"(?:은|는|이|가|로는|로|으로|를|을|에|도|요|이요|의|만|말고|쪽|제|내|저는|저|나|영어로|검색|친추|추가|是|叫|为|加|골뱅이|is|la|da|im|my|me|:|=|\s|[-→>←「『\"'“‘(\[])"
_TOKEN = r"(?P<id>@?[^\W가-힣㐀-鿿](?:[^\W가-힣㐀-鿿]|[.-](?=[^\W가-힣㐀-鿿])){2,40}(?:#\d{3,5})?)"
_APPED = re.compile(rf"{_APP}(?:\s?(?P<idword>{_ID}))?(?P<fill>{_FILL}{{0,8}})(?P<second>{_ID})?{_FILL}{{0,6}}{_TOKEN}")
_NAMED = re.compile(rf"(?P<idword>{_ID})(?P<fill>{_FILL}{{1,8}}){_TOKEN}")
_HOME = re.compile(
    r"\s?(?:이고|인데|는|은|,)?\s?(?:네이버|지메일|한메일|다음|네이트|naver|gmail|daum)(?=이|에|예|요|입|\s|[,.]|$)"
)
_AT = re.compile(r"(?<![^\W가-힣])@\s?(?P<id>[\w.]{2,40}(?:-[\w.]+)*)")
_TAGGED = re.compile(r"[\w.]{2,32}#(?:\d{4}(?!\d)|[a-z]{2,3}\d{1,3}(?!\w))")
_NICK = re.compile(
    r"(?:(?<![가-힣])|당근|카톡|카카오톡|인스타|틱톡|게임|디코|밴드|오픈챗)(?:닉네임|닉|대화명)(?:은|는|이|가)?+\s?[:=]?\s(?P<id>[가-힣a-z0-9_]{3,12})"
    r"(?=\s?(?:님|이라는|라는|이란|란)|\s(?:이|인|이라|라|한테|이요|입니다|이에요|예요)(?![가-힣]{3})|$)"
)
_MARKED = re.compile(rf"{_ID}(?:은|는|:|\s){{0,3}}(?P<id>[가-힣]{{2,10}}[_.]?\d{{1,8}}[a-z]?)(?![\d가-힣])")
_LABELLED = re.compile(rf"{_APP}\s?[:=]?\s?(?P<id>[가-힣]{{2,10}}[_.]?\d{{2,8}})(?![\d가-힣])")
_SECRET = re.compile(
    r"(?:비번|비밀번호|패스워드|암호|password|passwd|\bpw|пароль|密码|mat khau|parol)(?:은|는|이|가|:|=|\s|is){0,4}(?P<id>(?=\S*[0-9!@#$%^&*_])[!-~]{4,30})"
)
_SPACED = re.compile(
    rf"(?:{_APP}|메일|mail)\s?(?:{_ID})?(?:은|는|:|\s){{1,3}}(?P<id>(?:[a-z_.]{{2,12}}\s){{1,3}}[a-z_.]{{0,12}}\d{{1,8}})(?![\d.,:]|\s?[가-힣]?[시분원명개번])"
)
_QUOTED = re.compile(
    r"(?:아이디|아디|닉네임|(?<![가-힣])닉|대화명)(?:은|는|이|가)?\s?[:=]?\s?(?P<id>[가-힣\w]{2,12}?)"
    r"\s?(?=입니다|이에요|예요|이구요|구요|이고|이고요|라고|이라고|이요|임(?![가-힣])|인데|라는|이라는|한테|님)"
)
_SPELLED = re.compile(
    rf"(?:{_APP}|아이디|아디|메일)(?:은|는|이|가)?\s?:?\s?(?P<id>(?:영어로\s?)?(?:(?:{READ_LETTERS})\s?){{4,30}})"
)
_PAGE = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,10}/[^\s가-힣)\]>\"']*[^\s가-힣)\]>\"'.,!?]")
_SITE = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,10})")
_SOCIAL = frozenset(
    (
        "facebook.com fb.com m.facebook.com instagram.com t.me telegram.me x.com twitter.com tiktok.com "
        "open.kakao.com vk.com ok.ru line.me zalo.me youtube.com blog.naver.com band.us threads.net wa.me"
    ).split()
)
_LAST = re.compile(r"\s{0,3}(?:$|[.,!?)])")
_SAID = re.compile("[:=은는가→이\"'“‘]|is")
_HAS_SIGN = re.compile(r"[0-9_]|[a-zа-я][.-][a-zа-я]")
_ORDINARY = frozenset(
    (
        "the and for you your with from that this what have has not can cannot how who why when where number "
        "numbers card cards lost chat chats message messages msg group groups channel bot bots app apps open "
        "story live pay bank map talk call calls video photo is are was were please help me my add ok yes no "
        "need name names code login account password report reporting service contact friend friends page "
        "post posts korean english user users stolen hacked blocked page link also too only cctv gps sos url "
        "pdf pc qr ai iot tv web dm vip ssn arc visa phone email mail wifi sns ktx nfc led www http https и в "
        "на с не что как это меня мой мне есть или для по под группе группу чате канал канале номер номера "
        "карта карты khong duoc co la cua cho voi toi em nhom tin nhan va hoac group ham bormi kerak orqali "
        "guruh guruhda kanal"
    ).split()
)


_HINTS = (
    "카카오 카톡 카스 ㅋㅌ ㅋㅋㅇㅌ 인스타 인별 텔레 텔그 라인 위챗 웨이신 잘로 디스코드 디코 트위터 페이스북 페북 틱톡 스냅 왓츠 바이버 스레드 유튜브 밴드 당근 오픈 디엠 "
    "微 抖音 kakao katalk insta ig tele tg line chat weixin wx zalo disc twitter face fb tiktok viber imo threads qq тел тг ватс вотс инста вайб вк как вич "
    "아이디 아디 계정 닉 유저 대화명 핸들 号 名 昵称 id user login nick acc handle айди ник логин аккаунт tai khoan tk ten dang taxallus akkaunt 메일 mail 네이버 naver почт 邮 비번 비밀 패스 암호 pass pw парол 密 mat parol"
).split()
_CUE = re.compile(rf"{_APP}|{_ID}|메일|mail|네이버|naver|почт|邮|비번|비밀|패스|암호|pass|pw|парол|密|mat khau|parol")
_SIGNED = re.compile(
    r"(?<![\w@.-])(?=[a-z0-9._-]*[a-z])(?=[a-z0-9._-]*[0-9_])[a-z0-9](?>[\w]|[.-](?=\w)){3,40}", re.ASCII
)


def handle_spans(plain: str, public: Public) -> Iterator[Span]:
    """Every id of a person, and pages that have one in their address."""
    if "@" in plain:
        yield from (Span("handle", *m.span()) for m in _AT.finditer(plain) if m["id"] not in public.latin)
    if "#" in plain:
        yield from spans("handle", _TAGGED, plain)
    if "/" in plain:
        yield from (Span("handle", *m.span()) for m in _PAGE.finditer(plain) if _is_personal(m[0], public))
    if says(plain, _HINTS) and _CUE.search(plain):
        yield from _cued(plain, public)
        yield from (Span("handle", *m.span()) for m in _SIGNED.finditer(plain) if m[0] not in public.latin)


def _cued(plain: str, public: Public) -> Iterator[Span]:
    """Behind a word that says where somebody has that name."""
    for pattern in (_APPED, _NAMED):
        for match in pattern.finditer(plain):
            if _is_handle(match, public):
                home = _HOME.match(plain, match.end())
                yield Span("handle", match.start("id"), home.end() if home else match.end())
    yield from (Span("handle", *m.span("id")) for m in _QUOTED.finditer(plain) if m["id"] not in public.words)
    for pattern in (_SPELLED, _MARKED, _LABELLED, _SPACED, _SECRET):
        yield from spans("handle", pattern, plain, "id")
    yield from (Span("handle", *m.span("id")) for m in _NICK.finditer(plain) if m["id"] not in public.words)


def _is_handle(match: re.Match[str], public: Public) -> bool:
    """Signs that words lack are enough; a plain word must be said to be an id, or be no word that is known."""
    token, groups = match["id"], match.groupdict()
    if _HAS_SIGN.search(token) or token.startswith("@"):
        return not token.isdigit() and token not in public.latin
    if token in _ORDINARY or len(token) < 4:
        return False
    if token in public.latin:
        return False
    is_said = groups.get("idword") or groups.get("second")
    is_told = _SAID.search(match["fill"]) is not None
    if is_told and (is_said or len(token) >= 5):
        return True
    return len(token) >= 5 and (match[0][0] > "ㄱ" or _LAST.match(match.string, match.end()) is not None)


def _is_personal(page: str, public: Public) -> bool:
    site = _SITE.match(page)
    host = site[1].removeprefix("www.") if site else ""
    return host in _SOCIAL or host not in public.hosts

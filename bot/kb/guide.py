"""What each key and each code means to the people who write the knowledge, in Korean: for editors and for messages."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel

from bot.kb import model, phrases, urgent

_STATUSES = {
    "running": "운영 중",
    "planned": "계획",
    "achieved": "이룸",
    "ended": "끝남",
    "unconfirmed": "확인되지 않음",
}
_ASPECTS = {
    "what": "무엇",
    "who": "누가",
    "how": "방법",
    "where": "곳",
    "when": "때",
    "cost": "요금",
    "contact": "문의",
    "since": "시작",
    "status": "운영 여부",
    "figures": "숫자",
    "why": "이유",
}
_LANGUAGES = {"ko": "한국어", "en": "영어", "zh": "중국어", "ru": "러시아어", "vi": "베트남어", "uz": "우즈베크어"}
CODES: Mapping[str, str] = MappingProxyType({**_STATUSES, **_ASPECTS, **_LANGUAGES})

_AS_OF = "언제 기준인지. 2023, 2023-11, 2023-11-27 또는 날짜 미상."
_SOURCES = "이 내용을 읽은 곳. 같은 파일 맨 아래 sources에 있는 출처의 이름을 하나 이상 적습니다."
_SOURCE_LIST = "출처 목록. 이름(영어 소문자·숫자·붙임표)마다 publisher, title, date, url을 적습니다."
_ID = "짧은 영어 이름(소문자·숫자·붙임표, 40자까지)."
_WORDS = "언어마다 한 문장(ko, en, zh, ru, vi, uz 모두)."
_EXAMPLES = "사람들이 실제로 적을 법한 글. 많고 다양할수록 잘 알아봅니다."

FIELDS: Mapping[str, Mapping[str, str]] = {
    "Source": {
        "publisher": "펴낸 곳(신문사, 기관). 40자까지.",
        "title": "기사나 문서의 제목. 160자까지. 우리가 줄여 적었으면 [요약]으로 시작합니다.",
        "date": "펴낸 날. 2023, 2023-11, 2023-11-27 또는 날짜 미상.",
        "url": "https:// 로 시작하는 주소. 빈칸 없이 적습니다.",
    },
    "Detail": {
        "aspect": "어떤 물음의 답인지. 요금이면 cost, 때이면 when.",
        "text": "답 한 문장. 140자까지. 확인한 것만 적습니다.",
        "as_of": _AS_OF,
        "sources": _SOURCES,
    },
    "Contact": {
        "name": "물어볼 곳의 이름. 40자까지.",
        "phone": "전화번호. 숫자와 붙임표만(예: 1666-1234).",
        "hours": "받는 시간. 140자까지.",
        "url": "전화 대신 볼 누리집 주소.",
        "as_of": _AS_OF,
        "sources": _SOURCES,
    },
    "Programme": {
        "id": "사업의 영어 이름(소문자·숫자·붙임표). 파일 이름과 같아야 하고, 한번 정하면 바꾸지 않습니다.",
        "name": "사업 이름. 카드 맨 위에 보입니다. 40자까지.",
        "category": "메뉴의 분야. city.yaml의 categories에 있는 id입니다.",
        "status": "지금 하는 사업인지. 확인하지 못했으면 unconfirmed.",
        "summary": "무엇인지 한두 문장. 140자까지.",
        "details": "물음마다 답 하나씩. 요금·때·곳처럼 사람들이 많이 묻는 것을 먼저 적습니다. 30개까지.",
        "how_to_use": "어떻게 이용하는지 한두 문장. 모든 카드에 보입니다. 140자까지.",
        "contacts": "물어볼 곳. 첫 번째가 카드에 보입니다. 5곳까지.",
        "aliases": "다른 이름들. 사람들이 부르는 이름, 줄임말, 옛 이름. 하나에 40자까지.",
        "questions": "사람들이 실제로 적을 법한 질문. 이름 없이 사정만 말하는 질문도 넣으세요. 40개 이상이 좋습니다.",
        "related": "비슷하거나 함께 볼 사업의 id. 4개까지, 앞의 두 개가 단추로 보입니다.",
        "department": "맡은 부서. 모르면 '확인되지 않음'.",
        "sources": _SOURCE_LIST,
        "reviewed_on": "마지막으로 모든 사실을 확인한 날(예: 2026-11-23).",
        "review_by": "다시 확인해야 할 날. 지나면 check가 알려 줍니다.",
    },
    "Translation": {
        "id": "옮긴 사업의 id. 파일 이름과 같습니다.",
        "source": "옮긴 한국어 글의 지문(12자). 한국어가 바뀌면 check가 새 값을 알려 줍니다.",
        "reviewed_by": "번역을 읽고 확인한 사람의 이름. 비워 두면 카드에 '검토 전'이라고 보입니다.",
        "name": "사업 이름. 60자까지.",
        "summary": "무엇인지 한두 문장. 260자까지.",
        "details": "한국어 details의 text를 같은 순서, 같은 개수로 옮긴 것. 하나에 260자까지.",
        "how_to_use": "이용 방법. 260자까지.",
        "questions": "이 언어로 사람들이 적을 법한 질문.",
    },
    "Category": {"id": _ID, "name": "메뉴에 보이는 이름.", "icon": "이름 앞의 그림 글자 하나."},
    "City": {
        "id": _ID,
        "name": "도시 이름.",
        "languages": "봇이 말하는 언어. 첫 번째가 기준 언어입니다.",
        "time_zone": "시간대(예: Asia/Seoul).",
        "contact": "답이 없을 때 알려 줄 마지막 문의처.",
        "emergency": "위급할 때의 안내 한 문장. 140자까지.",
        "categories": "메뉴의 분야들. 사업 파일의 category가 이 id를 씁니다.",
        "never_say": "답에 절대 나오면 안 되는 말(사람 이름 등).",
        "places": "이 도시와 그 안의 곳 이름. 질문에 있으면 우리 도시 이야기로 봅니다.",
        "sources": _SOURCE_LIST,
    },
    "Topic": {
        "id": _ID,
        "name": "시민에게 보이는 주제 이름.",
        "where": "어디에 물으면 되는지 한 문장. 140자까지.",
        "places": "이 주제가 다른 도시 이야기일 때 그 도시들의 이름.",
        "examples": _EXAMPLES,
    },
    "Elsewhere": {"topics": "시민이 묻지만 우리 사업이 아닌 주제들."},
    "Smalltalk": {"id": _ID, "reply": "봇의 대답. 900자까지.", "examples": _EXAMPLES},
    "Golden": {
        "q": "꼭 맞게 답해야 하는 질문.",
        "accept": "맞는 답인 사업의 id. 여럿이면 그 가운데 하나면 됩니다. 비우면 '우리 사업이 아닌 질문'입니다.",
    },
    "GoldenFile": {"questions": "고칠 때마다 check가 물어보는 질문들."},
    "Hotline": {
        "number": "전화번호. 숫자와 붙임표만.",
        "name": f"번호의 이름. {_WORDS}",
        "whom": f"누가 언제 거는 번호인지. {_WORDS}",
        "hours": f"받는 시간. {_WORDS}",
        "languages": "전화로 말할 수 있는 언어.",
        "silent": f"말하지 않고 알리는 방법. {_WORDS}",
        "as_of": _AS_OF,
        "sources": _SOURCES,
    },
    "Hotlines": {
        "hotlines": "긴급·상담 전화 목록.",
        "interpreter": "통역이 되는 번호. 첫 번호가 그 언어를 못 할 때 함께 나갑니다.",
        "sources": _SOURCE_LIST,
    },
    "Kind": {
        "id": _ID,
        "name": f"위험의 이름. {_WORDS}",
        "hotlines": "보낼 번호. 급한 것부터 3개까지, hotlines.yaml에 있는 번호만.",
        "say": f"먼저 할 일. {_WORDS}",
        "signs": "위험을 알리는 낱말 규칙(언어마다). + 는 모두 있어야, | 는 하나만 있으면, ! 는 무조건.",
        "examples": f"위험을 알리는 글(언어마다). {_EXAMPLES}",
    },
    "Harmless": {
        "signs": "위험해 보이지만 아닌 낱말 규칙(언어마다).",
        "examples": f"위험해 보이지만 아닌 글(언어마다). {_EXAMPLES}",
    },
    "Urgent": {
        "words": "규칙에서 <이름>으로 부르는 낱말 묶음.",
        "kinds": "위험의 갈래. 마지막 갈래는 무슨 일인지 말하지 않은 도움 요청입니다.",
        "harmless": "위험해 보이기만 하는 글.",
    },
    "AspectWords": {"label": "카드에서 줄 앞에 붙는 말. 12자까지.", "cues": "이것을 묻는 말들(예: 얼마, 몇 시)."},
    "Buttons": {
        "more": "더 보기 단추. 24자까지.",
        "less": "접기 단추.",
        "sources": "출처 단추.",
        "menu": "메뉴 단추.",
        "back": "뒤로 단추.",
        "missing": "👎 다음에 보이는 단추: 무엇이 없었는지.",
    },
    "Commands": {
        "start": "/start 설명.",
        "menu": "/menu 설명.",
        "help": "/help 설명.",
        "language": "/language 설명.",
        "privacy": "/privacy 설명.",
        "forget": "/forget 설명.",
    },
    "Feedback": {
        "up": "👍를 눌렀을 때 잠깐 보이는 말.",
        "down": "👎를 눌렀을 때 잠깐 보이는 말.",
        "missing": "없었다는 단추를 눌렀을 때 잠깐 보이는 말.",
    },
    "UrgentWords": {
        "title": "위험 카드의 첫 줄. 60자까지.",
        "also": "다른 번호 앞에 붙는 말. 40자까지.",
        "calm": "번호 뒤의 한마디. 90자까지.",
        "interpreter": "통역 번호 앞에 붙는 말. 40자까지.",
    },
    "Errors": {
        "apology": "봇에 문제가 생겼을 때.",
        "no_text": "사진·목소리처럼 글이 아닌 것을 받았을 때.",
        "too_long": "글이 너무 길어 앞부분만 읽었을 때.",
        "old_button": "오래된 단추를 눌렀을 때.",
        "no_longer": "없어진 사업을 눌렀을 때.",
        "nothing_typed": "글자가 없는 글을 받았을 때.",
    },
    "Phrases": {
        "start": "첫인사. {name} {city} {count} {emergency}를 쓸 수 있습니다.",
        "named": "첫인사의 {name} 자리에 들어갈 말.",
        "help": "도움말. {city} {count} {emergency}를 쓸 수 있습니다.",
        "menu": "메뉴 위의 한마디.",
        "category": "분야를 골랐을 때의 첫 줄. {name}을 씁니다.",
        "choices": "여러 사업 가운데 고르게 할 때의 말.",
        "missed": "답이 없을 때. {contact} {emergency}를 씁니다.",
        "elsewhere": "우리 사업이 아닐 때. {topic} {where} {contact} {emergency}를 씁니다.",
        "near": "가까운 사업을 보여 줄 때의 말.",
        "follow_up": "이어 묻는 질문에 답할 때의 말. {name}을 씁니다.",
        "unknown_aspect": "물은 것이 확인되지 않았을 때. {name} {aspect}를 쓸 수 있습니다.",
        "card_end": "카드 마지막 줄. {as_of} {count}를 씁니다.",
        "contact": "문의처 한 줄. {name} {phone} {hours} {year}를 쓸 수 있습니다.",
        "hours": "받는 시간. {hours}를 씁니다.",
        "old_number": "번호가 언제 기준인지. {year}를 씁니다.",
        "sources_title": "출처 목록의 첫 줄. {name}을 씁니다.",
        "department": "맡은 부서 한 줄. {department}를 씁니다.",
        "use": "이용 방법 앞에 붙는 말.",
        "language_title": "언어를 고르게 할 때의 말.",
        "language_set": "언어를 바꾼 뒤의 말.",
        "unreviewed": "사람이 검토하지 않은 번역이라는 말.",
        "untranslated": "번역이 없어 한국어로 보인다는 말.",
        "unknown_language": "여섯 언어가 아닌 글에 붙이는 말.",
        "urgent": "위험 카드의 고정된 말.",
        "status": "운영 여부마다 카드에 보이는 말.",
        "aspects": "물음마다 카드에 붙는 말과 묻는 말들.",
        "fillers": "뜻이 없어 빼고 읽는 말들.",
        "smalltalk": "인사, 고맙다는 말 같은 이야기와 대답.",
        "buttons": "단추에 적힌 말.",
        "commands": "텔레그램 명령 메뉴의 설명.",
        "feedback": "👍 👎에 답하는 말.",
        "privacy": "/privacy의 답. 무엇을 얼마 동안 두는지. {days}를 씁니다.",
        "forgotten": "/forget의 답. 지웠다는 말.",
        "forget_later": "/forget을 바로 못 했을 때의 말.",
        "slow_down": "너무 빨리 많이 보낼 때의 말.",
        "errors": "뜻대로 되지 않았을 때의 말.",
        "words": "카드에 나오는 한국어 말을 이 언어로 옮긴 것.",
    },
}
"""By the name of the model and by key."""

TITLES: Mapping[type[BaseModel], str] = {
    model.City: "도시",
    model.Programme: "안전 사업 하나",
    model.Translation: "사업 하나의 번역",
    model.Elsewhere: "우리 사업이 아닌 것",
    model.GoldenFile: "꼭 지켜야 할 질문",
    phrases.Phrases: "봇의 고정된 말(언어 하나)",
    urgent.Hotlines: "긴급·상담 전화",
    urgent.Urgent: "위험을 알리는 글",
}
"""What a whole file is."""

"""One way of writing after another: what must go is gone, what must stay is the same to the letter."""

from pathlib import Path

import pytest

from bot.kb.load import load
from bot.store.redact import Redactor
from bot.store.redact.marks import MARKS

REDACTOR = Redactor.of(load(Path(__file__).resolve().parents[2] / "knowledge"))

NUMBERS = """
010-3389-2046
０１０ ３３８９ ２０４６
⓪①⓪-③③⑧⑨-②⓪④⑥
٠١٠٣٣٨٩٢٠٤٦
𝟘𝟙𝟘𝟛𝟛𝟠𝟡𝟚𝟘𝟜𝟞
0️⃣1️⃣0️⃣3️⃣3️⃣8️⃣9️⃣2️⃣0️⃣4️⃣6️⃣
0\u200b1\u200b0\u200b3\u200b3\u200b8\u200b9\u200b2\u200b0\u200b4\u200b6
O1O-33B9-2o46
(010)3389/2046
010점3389점2046
010¶3389¶2046
공일공 삼삼팔구 이공사육
공일공에삼삼팔구에이공사육
공하나공 셋셋여덟아홉 둘공넷여섯
공 일 공 삼 삼 팔 구 이 공 사 육
공1공-삼3팔9-2공4육
010이고 뒤는 3389에 2046
영일공 삼천삼백팔십구에 이천사십육
010 에 3389 에 2019
zero one zero three three eight nine two zero four six
ноль один ноль три три восемь девять два ноль четыре шесть
không một không ba ba tám chín hai không bốn sáu
nol bir nol uch uch sakkiz to'qqiz ikki nol to'rt olti
零一零 三三八九 二零四六
880312-2048193
팔팔공삼일이에 이공사팔일구삼
4518 2938 7461 0924
국민 617302-04-195826
M60715528
엠 삼팔이구 일공사칠
13-08-561907-52
2024고단1234
사번 A2048291
접수번호 2024-00123
"""

OTHERS = {
    "plate": [
        "12가3456",
        "123가 4567",
        "경기 12바 3746",
        "경기안산 나 39 16",
        "삼십이나에 사팔일공",
        "19마o382",
        "82무 1998",
    ],
    "email": [
        *("hong.gil@example.com", "hong 골뱅이 네이버 쩜 컴", "hong(at)naver(dot)com", "hong at naver dot com"),
        *(
            "홍길앳지메일닷컴",
            "hong33@nate,com",
            "h o n g 3 3 @ naver.com",
            "hong33#gmail.com",
            "hong33에 골뱅이 붙이고 다음넷",
        ),
        *("ivan собака mail точка ru", "ｈｏｎｇ＠ｎａｖｅｒ．ｃｏｍ", "hong@nаver.com"),
        "메일은 에이치 오 엔 지 골뱅이 네이버 점 컴",
    ],
    "handle": [
        *(
            "카톡 hong_gil99",
            "카톡아이디:hong33",
            "인스타 hong.gd",
            "텔레그램 @honggd",
            "위챗 sunny1988",
            "微信号 sunny1988",
        ),
        *(
            "zalo: sunny88",
            "my kakao id: sunflower",
            "닉네임 달빛소년이요",
            "당근닉 배고픈사자 이 사람",
            "facebook.com/sunny.day.9",
        ),
        *("디코 sunny#1234", "카톡은 에이치 제이 케이 영삼일오"),
    ],
    "address": [
        *(
            "샛별로 12번길 34",
            "샛별동 123-4",
            "샛별동 123번지",
            "한빛빌라 가동 201호",
            "주공 5단지 503동 304호",
            "한빛원룸 302",
        ),
        *(
            "삼백이동 천이백삼호",
            "샛별동 백이십삼번지",
            "room 302",
            "Saetbyeol-ro 48",
            "123-4 Saetbyeol-dong",
            "кв. 203",
        ),
        *("Сэтбёль-ро 48", "元谷洞 802-17号", "302室", "phòng 102", "201-xona"),
        *("성안길 82", "반지하 B102", "3동 옥탑방"),
    ],
    "birth": [
        "1990년 5월 5일생",
        "생년월일 90-05-05",
        "born 1990-05-05",
        "родился 5 мая 1990",
        "1938/02/19",
        "생신이 48년 3월 17일",
    ],
    "name": [
        *(
            "제 이름은 이서윤입니다",
            "저는 이서윤이라고 합니다",
            "이서윤 씨가",
            "담임 박지훈 선생님",
            "예금주 최영수",
            "우리 딸 이서윤",
        ),
        *(
            "서윤이 엄마예요",
            "이서윤 010-3389-2046",
            "my name is sarah connor",
            "I'm Sarah",
            "меня зовут Анна",
            "我叫王小明",
        ),
        *("tên tôi là Nguyễn Thị Hoa", "mening ismim Dilshod", "황보 석이라고 합니다"),
        *(
            "저희 엄마 성함이 김순자이시고",
            "김순자(엄마)",
            "엄마(김순자)",
            "김순자 어린이를",
            "박서준이가 때려요",
            "김순자를 찾습니다",
        ),
        *("신고자 : 김 서 윤", "저는 서도윤 16살", "이서윤 라고 떠요", "IVANOVA ELENA 010-2222-3333", "Kang Da-eul"),
        *("이름 PETROV IVAN", "зовут меня Анна", "farzandim Jasur yo'qoldi", "我叫欧阳晓彤", "Đặng Quốc Đại"),
        *("유학생 Wang Yutong 인데요", "PETROV A. / 010-2222-3333"),
    ],
}

STAYS = """
112에 신고했어요
112랑 119 중에 어디로 해요
1388, 117, 1366 차이가 뭐예요
1666-1234로 걸면 되나요
일일구에 걸까요
2008년 3월부터 하나요
2019-2023 통계 있나요
2023 대한민국 범죄예방대상
09~18시 맞나요
오전 7:00~9:00
막차가 23:30 인데
11/25 에 한다던데
예산이 12억 3천만원이라던데
요금 1,450원
과태료 40000원
3대 1 경쟁률
50%에서 75.5%로
20~30대 여성
만 65세 이상
초등학교 3학년
제14조 제2항
CCTV 3,622대
8000대 넘는다면서요
3100번 버스
707-1번 타면
N60이랑 N70
60번 70번 80번
4호선 9번 출구
안산역 2번 출구
고잔동 근처
선부2동 행정복지센터
아파트 12층에서 불나면
시청 2층 민원실
v4.2.1 업데이트
규모 4.5 지진
카톡으로 신고 되나요
카카오톡 채널 있나요
아이디 찾기
골뱅이무침 맛집
메일로 보내면 되나요
기사님 친절해요
담당자님 부탁드려요
담임선생님한테 말해도
날씨가 추워요
씨씨티비 위치
공무원입니다
유학생인데요
우리 고양이가 없어졌어요
피해자 지원금 얼마예요
남편이 경련하고 있어요
이름이 뭐예요
사업 이름이 기억 안 나요
하나 둘 셋
공공 일자리
이사 왔어요
I'm from Vietnam
this is urgent
what is the name of the bus
в 2020 году
toi la nguoi viet nam
我是中国人
2025年3月有吗
1345 raqami
1332는 밤에도 받나요
1577-0199 지금 연결되나요
버스 99-1 이랑 30-2 중에
iOS 17.4.1인데 안 열려요
15 000 вон нормально
2 000 000 won oylik
안전속도 5030
2030 청년
비밀번호 3회 틀렸어요
소화기 유효기간 10년
지하 1층 화장실에 불
귀갓길 30분
밤길 82
Han River is dangerous
Google Maps 이라고 하는 앱
他叫救护车了
고장신고라고 떠요
저는 고등학생 17살
안전벨을 찾고 있어요
""".strip().splitlines()


@pytest.mark.parametrize("number", NUMBERS.strip().split("\n"), ids=ascii)
@pytest.mark.parametrize("form", ["{}", "연락처는 {}입니다", "{} 만약 안 받으면 문자요"])
def test_no_digit_of_a_number_is_left(number: str, form: str) -> None:
    out = REDACTOR.redact(form.format(number.replace("¶", "\n")))
    assert out.startswith(form[: form.index("{")])
    assert any(mark in out for mark in MARKS.values())
    assert not any(char.isdigit() for char in out)
    assert not any(said in out for said in ("일공", "삼삼", "이공사", "three", "три", "tám", "sakkiz", "三三"))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in OTHERS.items() for text in texts])
def test_each_kind_leaves_its_mark(kind: str, text: str) -> None:
    mark = {str(name): word for name, word in MARKS.items()}[kind]
    assert mark in REDACTOR.redact(text)


@pytest.mark.parametrize("text", STAYS)
def test_what_names_nobody_stays_to_the_letter(text: str) -> None:
    assert REDACTOR.redact(text) == text


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("전남편 010-3108-6642 제꺼 010-2275-9904", "전남편 ‹전화› 제꺼 ‹전화›"),
        ("112에 신고했는데 010-3389-2046으로 연락 주세요", "112에 신고했는데 ‹전화›으로 연락 주세요"),
        ("010-3389-2046 만나요", "‹전화› 만나요"),
        ("010-3389-2046 11시 이후에", "‹전화› 11시 이후에"),
        ("번호 77-3389-2046만 돼요", "번호 ‹번호›만 돼요"),
        ("1666-1234동 살아요", "‹번호›-‹주소› 살아요"),
        ("4738 이 사람", "‹번호› 이 사람"),
        ("김서윤, 박도윤이 때려요", "‹이름›, ‹이름›이 때려요"),
        ("샛별로 12, 3층 302호 앞", "‹주소› 앞"),
        ("샛별로 12 성원빌 2층 5번방 앞", "‹주소› 앞"),
        ("Saetbyeol-ro 12-gil 3, 2nd floor, room 4 help", "‹주소› help"),
        ("ул. Сэтбёль-ро 12-гиль 5, 2 этаж, комната 3 помогите", "‹주소› помогите"),
        ("元谷洞12-3 2楼 5号 着火", "元谷‹주소› 着火"),
        ("Wonsi-dong 11-2 uy, 3-qavat, 5-xona tez", "‹주소› tez"),
        ("카드 4518 2938 7461 0924 cvc 482 유효기간 08/28", "카드 ‹번호› cvc ‹번호› 유효기간 ‹번호›"),
        ("비밀번호 앞 두자리 48이요", "비밀번호 앞 두자리 ‹번호›이요"),
        ("공동현관 *12#", "공동현관 ‹번호›"),
        ("번호 1577-0199", "번호 ‹번호›"),
        ("010 1577 0199", "‹전화›"),
        ("메일은 hong@naver.com으로", "메일은 ‹이메일›으로"),
    ],
)
def test_only_what_is_personal_goes(text: str, out: str) -> None:
    assert REDACTOR.redact(text) == out

"""How people are called: surnames, syllables of given names, and the words beside which a name stands."""

SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄변채원방천공현함여염추도소석선설"
    "마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호범팽승간상시단견당화창옹좌갈초라빙묵궉뇌"
)
COMPOUND = "남궁|황보|제갈|사공|선우|서문|독고|동방|망절|어금|소봉|응우옌|응웬|팜|쩐|트란|부이|호앙"
GIVEN = (
    "가강건결겸경고관광교구국권규균그근금기길끝나남내녀노늘다단담대덕도돌동드득뜸라란람랑래려련령례로록루류륜률름리린림마막만"
    "명무문미민바배백범벼별병보복봄봉분비빈빛산삼상새샘서석선설섭성세소솔솜송쇠수숙순슬승시식신심아안애얀양언업엘여연열엽영예"
    "오옥온완용우욱운울웅원월유육윤율융은을의이익인일임자잔장재전점정제종주준중지진찬창채천철춘충치탁태택판팔평필하학한해향헌혁"
    "현형혜호홍화환황회효후훈훤휘휴흔흠흥희"
)
RELATIONS = (
    "아들|딸|손자|손녀|손주|남편|아내|와이프|신랑|친구|동생|누나|언니|오빠|형|엄마|아빠|어머니|아버지|할머니|할아버지|시어머니|시아버지"
    "|장모님?|장인|우리\\s?애|우리\\s?아이|우리\\s?아기|애|아이|담임|사장|이웃|옆집|윗집|아랫집|전남편|전남친|남친|여친|남자친구|여자친구|상사"
    "|동료|후배|선배|사람|놈|걔|조카|사위|며느리|이모|삼촌|고모|쌍둥이|학생|가해자|피해자|범인|스토커|독거노인|어르신|본인|저희\\s?애|운전자|차주"
)
FIELDS = "이름|성명|성함|본명|실명|예금주|입금자명|입금자|입금인|받는\\s?분|받는\\s?사람|받으실\\s?분|수취인|학생명"
ROLES = (
    "보호자|신고자|신고인|신청자|신청인|민원인"
    "|접수자|접수|작성자|제보자|피해자|가해자|차주|운전자|환자|담당자|대표자|세대주|임차인|임대인|집주인|건물주|명의자|명의|계약자|가입자|주문자"
)
TITLES = (
    "씨|님|군|양|여사님?|어린이|아동|아기|어르신|할머니|할아버지|할매|할배|선생님?|쌤|샘|교수님?|사장님?|원장님?|원장|기사님?|과장님?|대리|부장님?|팀장님?|주임|실장님?"
    "|소장님?|반장님?|통장님?|이장님?|형사님?|경위님?|경사님?|순경님?|경장님?|경감|아저씨|아줌마|아주머니|엄마|아빠|어머니|아버지|아버님|어머님|이모|삼촌|오빠"
    "|언니|누나|형|학생|환자|의원|목사님?|스님|집사님?|권사님?|주무관님?|담당자님?|상담사님?|상담원|간호사님?|의사|변호사님?|대표님?|회장님?|간사|코치|감독|관장"
)
PARTICLES = (
    "이시고요|이시고|이시구요|이시구|이신데요|이신데|이십니다|이세요|이셔요|이시며|이시라고|이시라는|이래요|이라던데|이랍니다|이라구요|이라구|이었|이예요|이에여|이예여|인데여|이거든요|거든요|이라서|라서|한테서|보고|더러"
    "|이에요|예요|입니다|입니당|이고요|이고|이구요|고요|구요|고|구|이며|인데요|인데|이라고|라고|이라는|라는|이란|이라|라|임|이요|요|이|가|은|는|을|를|의|에게|한테|이랑|랑|과|와"
    "|도|아|야|께서|께|네|측|이가|이는|이를|이도|이한테"
)
HAN_SURNAMES = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧"
    "姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯朴南池玄柏车車温纪紀舒屈项項祝梅盛骆駱樊霍虞柯宗洪左吉邢裴荣榮翁惠甄封储焦乔喬庞龐柳鲁魯苗凤岑殷齐齊康伍余游詹饶蓝阮关關聂穆闵鲍鮑辛"
)
CYRILLIC_SURNAMES = "Ким|Пак|Цои|Цой|Ли|Хегаи|Тен|Югаи|Шин|Хан|Нам|Кан|Огаи|Хван|Эм|Когаи|Тян|Шегаи|Ногаи|Сон|Чен|Чои|Юн|Лим|Мун|Ан|Син|Дё|Тё|Те"
VIETNAMESE_SURNAMES = "Nguyen|Tran|Pham|Hoang|Huynh|Phan|Truong|Bui|Dang|Duong|Dinh|Trinh|Doan|Luong|Quach"
VIETNAMESE_SHORT = "Vu|Vo|Le|Do|Ho|Ngo|Ly|Mai|Dao|Cao|To|Ta|Chu|Lam|Ha|An|Kim|La"
NOT_LAST = frozenset("는가을를의에도로과고면다까게")
"""Syllables that end a word with a particle more often than a name."""
STOP_LATIN = frozenset(
    (
        "i im am a an the in at on from so very not no yes here there this that my your his her it is was are "
        "were and or but if when to for of with student worker foreigner foreign korean korea vietnamese "
        "vietnam chinese china russian russia uzbek uzbekistan nepali nepal indian india indonesian indonesia "
        "filipino philippines thai thailand mongolian mongolia cambodian cambodia kazakh kazakhstan kyrgyz "
        "american muslim christian mother father husband wife man woman girl boy child living live work "
        "working works afraid scared lost looking sorry fine ok okay sick hurt injured married single single "
        "pregnant new calling writing asking waiting trying going staying renting who what where how why name "
        "card number please help me you he she they we police city hall hello hi dear sir madam mr mrs ms dr "
        "too also just only still now today yesterday born years year old age single all alone being about "
        "sure phone address kakao email passport arc galaxy note ultra plus pro max google samsung apple "
        "iphone android windows kakaotalk telegram instagram facebook youtube naver app на в к с по не как и за от до под о у из для это"
    ).split()
)
HAN_COMPOUND = (
    "欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|夏侯|皇甫|尉迟|公孙|公孫|慕容|令狐|南宫|南宮|东方|東方|独孤|鮮于|鲜于|西门"
)
LATIN_SURNAMES = (
    "Kim|Lee|Park|Pak|Bak|Choi|Choe|Jung|Jeong|Chung|Kang|Cho|Jo|Yoon|Yun|Jang|Lim|Im|Han|Oh|Seo|Suh|Shin|Sin"
    "|Kwon|Hwang|Ahn|Song|Yoo|Yu|Ryu|Hong|Jeon|Jun|Ko|Moon|Mun|Yang|Son|Sohn|Bae|Baek|Paik|Heo|Hur|Nam|Shim"
    "|Sim|Noh|Ha|Kwak|Gwak|Sung|Seong|Cha|Joo|Ju|Woo|Koo|Min|Na|Jin|Chae|Won|Cheon|Kong|Hyun|Ham|Byun|Yeo|Choo"
    "|Seok|Seol|Ma|Pyo|Myung|Wang|Geum|Yuk|Maeng|Tak|Kook|Eun|Li|Zhang|Liu|Chen|Zhao|Huang|Zhou|Wu|Xu|Hu|Zhu"
    "|Gao|Lin|Guo|Luo|Liang|Zheng|Xie|Tang|Deng|Feng|Cao|Zeng|Peng|Xiao|Cai|Tian|Dong|Yuan|Jiang|Du|Su|Wei"
    "|Cheng|Ding|Shen|Ren|Yao|Lu|Cui|Piao|Quan|Tsoy|Tsoi|Kan|Khegai|Shegai"
)
"""Of Korean and Chinese people in Latin letters."""
STOP_HANGUL = frozenset(
    (
        "뭐예요 뭔가요 무엇 어떻게 알려줘 모르는 없는 있는 이거 그거 저거 우리 누구 사람 아이 친구 엄마 아빠 가족 시민 주민 학생 남자 여자 선생 이상한 이웃집 이분 이사람 이아이 "
        "이친구 이번에 이제는 지금은 지금도 지금 오늘은 오늘도 오늘 어제는 어제도 어제 내일 여기는 여기서 여기 저기 거기 이것도 이것은 정말로 정말 진짜로 진짜 혼자서 혼자 주로 모두 "
        "모든 전부 전혀 자꾸만 계속 매일 항상 가끔 하나도 하나 조금만 조금 나중에 나이가 나이는 나라가 나라 도와 도와주 방금 차라리 차가 제발 제가 제일 안전한 안심 안내 원래는 원래 "
        "경찰관 경찰서 경찰 소방관 공무원 구청장 시장님 신고자 신청자 장애인 노인분 여학생 여고생 남학생 고등학 고학년 임산부 외국인 유학생 이주민 이민자 한국인 중국인 미성년 미혼모 "
        "기초수 고령자 전문가 전공자 연구원 연구자 기자분 사회복 복지사 요양사 간호사 변호사 상담사 조선족 고려인 은행원 경비원 경비실 관리인 관리자 배달원 택시기 여든둘 여든하 예순하 "
        "예순둘 일흔하 일흔둘 성인인 성인이 성범죄 피해자 가해자 목격자 제보자 보호자 운전자 보행자 생존자 노숙자 노동자 근로자 사업자 기사님 사장님 원장님 대리인 유족인 유가족 주부인 "
        "주부이 서울시 경기도 인천시 부산 화재가 화장실 공사장 공사가 공원에 공장에 문제가 문제는 소리가 소음이 전화가 전화는 전기가 기계가 기분이 고양이 강아지 고라니 비둘기 송아지 "
        "모기가 지진이 태풍이 선풍기 자전거 오토바 자동차 승용차 연락처 전화번 전화로 문자만 문자로 번호는 사진은 사진만 주소는 내용은 이름은 추가하 하수구 노인정 고장난 지능형 배움터 "
        "안심하 안전지 안보여 어떡해 여자들 남자들 경련하 심정지 보호자 시에서 동네는"
    ).split()
)

"""Of what does the alert chat hear? Each kind with its title and what to do; ``docs/admin.md`` says more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Name = Literal[
    "telegram", "conflict", "webhook", "database", "disk", "inbox", "poison", "error", "knowledge", "reloaded",
    "encoder", "review", "emergency", "missed", "started",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """``lasts``: it is there until it is over, which is told too; otherwise it happens and that is all."""

    title: str
    todo: str
    lasts: bool = False


KINDS: Mapping[str, Kind] = {
    "telegram": Kind("텔레그램과 이야기하지 못합니다", "서버의 인터넷과 텔레그램 상태를 보세요.", True),
    "conflict": Kind("다른 프로그램이 같은 토큰을 씁니다", "다른 곳에서 켠 봇을 끄거나 토큰을 새로 받으세요.", True),
    "webhook": Kind("웹훅이 잘못되어 있습니다", "WEBHOOK_URL과 인증서, 앞단의 프록시를 보세요.", True),
    "database": Kind("데이터베이스에 쓸 수 없습니다", "디스크와 데이터베이스 서버를 보세요. 답은 계속 나갑니다.", True),
    "disk": Kind("디스크가 곧 찹니다", "오래된 백업과 로그를 옮기거나 디스크를 늘리세요.", True),
    "inbox": Kind("시민이 답을 기다립니다", "/status로 느린 곳을 보고, 필요하면 봇을 더 켜세요.", True),
    "poison": Kind("처리하지 못한 메시지를 따로 두었습니다", "로그에서 줄 번호를 찾아 개발자에게 알리세요."),
    "error": Kind("예상하지 못한 오류가 났습니다", "로그의 코드를 docs/admin.md에서 찾으세요."),
    "knowledge": Kind("고친 지식을 쓰지 못해 앞의 것으로 답합니다", "적힌 파일과 줄을 고치세요.", True),
    "reloaded": Kind("새 지식으로 답합니다", "바뀐 것을 텔레그램에서 한번 물어보세요."),
    "encoder": Kind("뜻으로 찾지 못해 철자만으로 찾습니다", "봇을 다시 켜고, 그래도 그러면 다시 설치하세요.", True),
    "review": Kind("검토할 날이 지난 사업이 있습니다", "사실을 다시 확인하고 review_by를 고치세요."),
    "emergency": Kind(
        "위험을 알리는 메시지에 긴급 번호를 보냈습니다", "봇은 신고하지 않습니다. 누가 썼는지는 남기지 않습니다."
    ),
    "missed": Kind("답하지 못하는 질문이 늘었습니다", "무엇을 묻는지 보고 지식을 더하세요."),
    "started": Kind("봇을 켰습니다", "켠 사람이 없다면 왜 꺼졌는지 로그를 보세요."),
}


def kind(name: str) -> Kind:
    """What is known of a kind; a slip in its name must not cost the alert."""
    return KINDS.get(name) or Kind(name, "로그를 보세요.")

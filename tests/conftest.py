"""A tiny town's knowledge in a folder that a test may spoil."""

import asyncio
import re
from collections.abc import Callable, Generator, Iterator
from itertools import product
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from bench.reliability.postgres import NoPostgres, Postgres
from bot.engine.pipeline import Engine
from bot.errors import KnowledgeError
from bot.kb.load import load
from bot.store.database import Database
from bot.store.migrate import migrations

TABLES = {"inbox", "seen", "set_aside", "questions", "votes", "people", "pulse", "decisions", "tallies", "access"}
KNOWLEDGE = Path(__file__).resolve().parents[1] / "knowledge"

CITY = """\
id: town
name: 밤골시
languages: [ko]
time_zone: Asia/Seoul
contact:
  name: 밤골시청
  phone: 1577-0000
  as_of: 2023
  sources: [hall]
emergency: 위급하면 112나 119로 전화하세요.
categories:
  - {id: night, name: 밤길, icon: 🌙}
  - {id: eyes, name: 카메라, icon: 📹}
never_say: [홍길동]
sources:
  hall:
    publisher: 시청
    title: 시청 안내
    date: 2023-02-14
    url: https://town.example/
"""

PROGRAMME = """\
id: {id}
name: {name}
category: night
status: running
summary: {name} 사업입니다.
details:
  - aspect: cost
    text: 무료입니다.
    as_of: 2022-10
    sources: [paper]
  - aspect: what
    text: 밤길이 밝아집니다.
    as_of: 2022
    sources: [paper]
how_to_use: 그냥 오세요.
contacts:
  - name: 콜센터
    phone: 1666-0000
    as_of: 2023
    sources: [paper]
  - name: 누리집
    url: https://call.example/
    as_of: 2023
    sources: [paper]
aliases: [{alias}]
related: []
department: 안전과
sources:
  paper:
    publisher: 신문
    title: 새 소식
    date: 2022-10-20
    url: https://paper.example/1
reviewed_on: 2026-11-23
review_by: 2999-12-31
questions:
"""

ELSEWHERE = """\
topics:
  - id: tax
    name: 세금
    examples: [세금 고지서 어디서 내요, 재산세 언제까지 내나요, 자동차세 카드로 납부, 지방세 환급 받고 싶어요]
"""

GOLDEN = """\
questions:
  - q: 부엉이 버스 얼마예요
    accept: [owl-bus]
  - q: 세금 고지서 어디서 내요
"""

HOTLINES = """\
hotlines:
  - number: "112"
    name: {ko: 경찰}
    whom: {ko: 범죄}
    hours: {ko: 24시간}
    languages: [ko]
    as_of: 2024
    sources: [police]
interpreter: "112"
sources:
  police: {publisher: 경찰, title: 신고 안내, date: 2024, url: https://police.example/}
"""

URGENT = """\
kinds:
  - id: attack
    name: {ko: 폭력}
    hotlines: ["112"]
    say: {ko: 안전한 곳으로 피하세요.}
    signs: {ko: ["!칼+쫓아"]}
    examples: {ko: [칼 든 사람이 쫓아와요]}
harmless:
  examples: {ko: [배고파 죽겠다]}
"""

SENTENCES = re.sub(
    r'((?:^      - ".*"\n){3})(?:^      - ".*"\n)+',
    r"\1",
    (KNOWLEDGE / "phrases/ko.yaml").read_text("utf-8"),
    flags=re.M,
)
"""The shipped sentences with three examples of each kind of smalltalk: an engine of them is built in no time."""

SUBJECTS = {
    "owl-bus": ("부엉이 버스", "올빼미차", ["심야 노선", "막차 놓치면", "새벽 귀가 버스", "부엉이 노선", "N60번"]),
    "lamp": ("골목 보안등", "가로등", ["어두운 길 전등", "보안등 고장", "깜깜한 골목", "전구 나간 곳", "불빛 없는 길"]),
    "patrol": ("자율방범대", "순찰대", ["동네 순찰", "방범 조끼", "순찰 도는 분들", "야간 봉사단", "마을 지킴이"]),
}
TAILS = ["얼마예요", "어디예요", "언제 해요", "누가 해요", "신청할래요", "전화번호요", "알려 주세요", "왜 하나요"]


class Town:
    """A good knowledge of three programmes, 42 phrasings each, in YAML files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("city.yaml", CITY)
        self.write("hotlines.yaml", HOTLINES)
        self.write("urgent.yaml", URGENT)
        self.write("phrases/ko.yaml", SENTENCES)
        self.write("elsewhere.yaml", ELSEWHERE)
        self.write("questions/golden.yaml", GOLDEN)
        for id_, (name, alias, subjects) in SUBJECTS.items():
            asked = "".join(f"  - {subject} {tail}\n" for subject, tail in product(subjects, TAILS))
            self.write(f"programs/{id_}.yaml", PROGRAMME.format(id=id_, name=name, alias=alias) + asked)

    def write(self, where: str, content: str | bytes) -> None:
        path = self.root / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def read(self, where: str) -> str:
        return (self.root / where).read_text("utf-8")

    def change(self, where: str, old: str, new: str) -> None:
        """Put ``new`` where ``old`` stands first."""
        text = self.read(where)
        assert old in text
        self.write(where, text.replace(old, new, 1))

    def line(self, where: str, start: str) -> int:
        """The number of the first line that begins so."""
        return next(n for n, line in enumerate(self.read(where).splitlines(), 1) if line.startswith(start))

    def go_abroad(self) -> None:
        """Speak English too, all of it "x" or Korean."""
        self.change("city.yaml", "languages: [ko]", "languages: [ko, en]")
        self.write("phrases/en.yaml", self.read("phrases/ko.yaml"))
        for where in ("hotlines.yaml", "urgent.yaml"):
            self.write(where, re.sub(r"((?:name|whom|hours|say): {)ko", r"\1en: x, ko", self.read(where)))

    def problems(self) -> list[str]:
        """What an editor reads."""
        with pytest.raises(KnowledgeError) as caught:
            load(self.root)
        return [str(problem) for problem in caught.value.problems]

    def engine(self) -> Engine:
        return Engine.build(load(self.root), None)


@pytest.fixture(scope="session")
def towns() -> type[Town]:
    """For a town that several tests share."""
    return Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path / "town")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL; where there is none its tests are skipped and say so."""
    try:
        with Postgres() as running:
            yield running
    except NoPostgres as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def empty(postgres: Postgres) -> Iterator[Callable[..., None]]:
    """Empties that PostgreSQL, over one connection that lasts: in a loop of its own, beside those of the tests.

    ``empty(tables=True)``: its tables go too.
    """
    loop = asyncio.new_event_loop()
    connection = loop.run_until_complete(asyncpg.connect(postgres.url))
    for order in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "SET client_min_messages = error"):
        loop.run_until_complete(connection.execute(order))
    yield lambda tables=False: loop.run_until_complete(_empty(connection, tables))
    loop.run_until_complete(connection.close())
    loop.close()


async def _empty(connection: asyncpg.Connection, tables: bool) -> None:
    """No rows where the tables are as they should be, which is faster; else no tables."""
    found = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    names = {row["tablename"] for row in found} - {"schema_version"}
    versions = await connection.fetchval("SELECT count(*) FROM schema_version") if len(found) > len(names) else 0
    if not tables and names == TABLES and versions == len(migrations()):
        await connection.execute(";".join(f"DELETE FROM {name}" for name in names))
    else:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.fixture
def shared(empty: Callable[..., None], postgres: Postgres) -> str:
    """``DATABASE_URL`` of an empty database that several processes may share."""
    empty()
    return postgres.url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """``DATABASE_URL`` of an empty database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.db"
    url: str = request.getfixturevalue("shared")
    return url


@pytest.fixture
def look() -> Callable[..., object]:
    """``await look(database, "SELECT …")``: the rows."""

    async def asked(database: Database, sql: str) -> list[tuple[object, ...]]:
        async def op(connection):
            return [tuple(row) for row in (await connection.execute(text(sql))).all()]

        return await database.read(op)

    return asked


def _told(words: str) -> str:
    """What can be told to another process: halves of surrogate pairs cannot."""
    return words.encode("utf-8", "backslashreplace").decode()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names that workers can tell."""
    return ascii(val) if isinstance(val, str) and _told(val) != val else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Captured output that workers can tell."""
    report = yield
    report.sections = [(title, _told(words)) for title, words in report.sections]
    return report

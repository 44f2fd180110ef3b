"""The console shows how the bot does to whoever knows the password, and nothing to anybody else."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bench.opened import PASSWORD, Open, opened
from bench.reliability.ports import free_port
from bot.app import build, parts, serve
from bot.config import Secret, Settings
from bot.kb.files import snapshot
from bot.kb.versions import Versions
from bot.monitor.ring import Wanted
from bot.store import questions
from bot.store.access import latest
from bot.store.questions import Question
from bot.web.console import routes
from bot.web.console.sessions import IDLE_SECONDS, MOST_SECONDS, Limit, Sessions

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"
HASH = "5eed" * 8
PAGES = ("", "/charts", "/missed", "/feedback", "/try", "/knowledge", "/logs", "/access")


def asked(number: int, **changes) -> Question:
    usual = Question(
        id=number,
        at=NOON - 60 * number,
        day="2026-11-25",
        hour=20,
        person=HASH,
        language="ko",
        outcome="found",
        programme="lamp",
        aspect=None,
        topic=None,
        candidates=(("lamp", 0.9),),
        text=None,
        normal=None,
        knowledge="v",
        ms=12,
    )
    return replace(usual, **changes)


MISSED = {"outcome": "none", "programme": None}


@pytest.fixture(scope="module")
def engine(towns, tmp_path_factory: pytest.TempPathFactory):
    return towns(tmp_path_factory.mktemp("town")).engine()


@pytest_asyncio.fixture
async def console(town, engine, tmp_path: Path) -> AsyncIterator[Open]:
    settings = Settings(
        telegram_bot_token=Secret("42:abc"),
        database_url=f"sqlite:///{tmp_path / 'x.db'}",
        knowledge_dir=town.root,
        admin_password=Secret(PASSWORD),
    )
    versions = Versions(tmp_path / "versions")
    async with opened(settings, engine, versions, lambda: NOON) as found:
        write = found.bot.store.write
        await write(questions.record(asked(1)))
        await write(questions.record(asked(2, **MISSED, text=EVIL, normal=EVIL)))
        await write(questions.record(asked(3, **MISSED, language="vi", text="xe buýt", normal="xe buyt")))
        await write(questions.vote(2, HASH, "missing", NOON))
        await write(questions.vote(1, HASH, "up", NOON))
        yield found


def client(url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, trust_env=False, timeout=10)


async def enter(http: httpx.AsyncClient, password: str = PASSWORD, **headers: str) -> httpx.Response:
    return await http.post("/admin/login", data={"who": "김담당", "password": password}, headers=headers)


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest_asyncio.fixture
async def http(console: Open) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of somebody who is in."""
    async with client(console.url) as found:
        assert (await enter(found)).status_code == 303
        yield found


@pytest_asyncio.fixture
async def stranger(console: Open) -> AsyncIterator[httpx.AsyncClient]:
    async with client(console.url) as found:
        yield found


# Who gets in


@pytest.mark.parametrize("page", [*PAGES, "/charts/days.svg", "/nothing", "/%2e%2e/etc/passwd"])
async def test_without_a_session_every_page_leads_to_the_entrance(stranger: httpx.AsyncClient, page: str) -> None:
    response = await stranger.get(f"/admin{page}")
    assert (response.status_code, response.headers["location"]) == (303, "/admin/login")
    assert response.text == ""


async def test_there_is_no_console_without_a_password(engine, tmp_path: Path) -> None:
    app = build(Settings(telegram_bot_token=Secret("42:abc"), database_url="sqlite:///:memory:"), engine)
    assert routes(parts(app), Versions(tmp_path), None) == []


async def test_whoever_knows_the_password_gets_in_and_the_cookie_is_theirs_alone(stranger: httpx.AsyncClient) -> None:
    response = await enter(stranger)
    cookie = response.headers["set-cookie"]
    assert (response.status_code, response.headers["location"]) == (303, "/admin")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert PASSWORD not in cookie


async def test_behind_https_the_cookie_never_travels_in_the_open(stranger: httpx.AsyncClient) -> None:
    cookie = (await enter(stranger, **{"x-forwarded-proto": "https"})).headers["set-cookie"]
    assert cookie.startswith("__Host-console=")
    assert {"HttpOnly", "SameSite=strict", "Secure", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_opens_and_lets_the_browser_do_nothing_but_show_it(http, page: str) -> None:
    response = await http.get(f"/admin{page}")
    policy = response.headers["content-security-policy"]
    assert response.status_code == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["cache-control"] == "no-store"
    assert not re.search(r"<script|<[^>]*\s(?:style|on\w+)=", response.text)
    assert not re.search(r'(?:src|href|action|srcset)="(?!/admin)', response.text.replace('href="#main"', ""))


async def test_nobody_learns_who_asked(http) -> None:
    for page in (*PAGES, "/feedback?vote=up", "/feedback?vote=missing"):
        assert HASH not in (await http.get(f"/admin{page}")).text


# An attacker's list


@pytest.mark.parametrize("wrong", ["", "x", PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper(), "\0", "가" * 500])
async def test_a_wrong_password_opens_nothing(stranger: httpx.AsyncClient, wrong: str) -> None:
    response = await enter(stranger, wrong)
    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert (await stranger.get("/admin")).status_code == 303


async def test_after_five_wrong_passwords_the_right_one_waits_too(console: Open, stranger, caplog) -> None:
    caplog.set_level(logging.WARNING)
    for _ in range(5):
        assert (await enter(stranger, "guess")).status_code == 403
    late = await enter(stranger)
    assert late.status_code == 429
    assert 0 < int(late.headers["retry-after"]) <= 300
    assert [record.code for record in caplog.records if hasattr(record, "code")] == ["E801"] * 5
    kept = [one.deed for one in await console.bot.store.read(latest())]
    assert kept == ["refused"] * 5


async def test_guesses_sent_all_at_once_are_counted_too(console: Open) -> None:
    async with client(console.url) as http:
        found = await asyncio.gather(*(enter(http, f"guess {n}") for n in range(20)))
    assert sorted({one.status_code for one in found}) == [403, 429]
    assert sum(one.status_code == 403 for one in found) == 5


def test_passwords_are_compared_in_constant_time(monkeypatch) -> None:
    compared = []
    monkeypatch.setattr("bot.web.console.sessions.hmac.compare_digest", lambda *pair: compared.append(pair) or False)
    assert Sessions("secret").enter("guess", "김", "1.1.1.1") is None
    ((given, ours),) = compared
    assert (len(given), len(ours)) == (32, 32)


def test_many_addresses_together_may_not_guess_for_ever() -> None:
    sessions = Sessions("secret", lambda: 0.0)
    for number in range(50):
        assert sessions.enter("guess", "김", f"10.0.0.{number}") is None
    assert sessions.enter("secret", "김", "10.0.1.1") is None
    assert sessions.wait("10.0.1.1") == 300


def test_a_limit_forgets_with_time() -> None:
    now = 0.0
    limit = Limit(2, 10, lambda: now)
    limit.count("a")
    now = 4.0
    limit.count("a")
    assert (limit.wait("a"), limit.wait("b")) == (6.0, 0.0)
    now = 10.0
    assert limit.wait("a") == 0.0


async def test_a_name_is_asked_for(stranger: httpx.AsyncClient) -> None:
    response = await stranger.post("/admin/login", data={"who": " \n", "password": PASSWORD})
    assert response.status_code == 422
    assert "set-cookie" not in response.headers


FORMS = ("/logout", "/try", "/knowledge/check", "/knowledge/rollback")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("forged", [None, "", "x", "가"])
async def test_a_form_without_our_token_is_refused(console: Open, http, path: str, forged: str | None) -> None:
    fields = {"question": "가로등", "version": "x"} | ({} if forged is None else {"token": forged})
    assert (await http.post(f"/admin{path}", data=fields)).status_code == 403
    assert (await http.get("/admin")).status_code == 200


async def test_the_token_of_another_session_is_refused(console: Open, http) -> None:
    async with client(console.url) as other:
        await enter(other)
        theirs = token((await other.get("/admin")).text)
    assert (await http.post("/admin/try", data={"token": theirs, "question": "가로등"})).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_a_form_from_another_site_is_refused_even_with_the_token(http, headers: dict[str, str]) -> None:
    fields = {"token": token((await http.get("/admin")).text), "question": "가로등"}
    assert (await http.post("/admin/try", data=fields, headers=headers)).status_code == 403
    assert (await enter(http, **headers)).status_code == 403


@pytest.mark.parametrize("path", FORMS)
async def test_looking_at_the_address_of_a_form_does_nothing(http, path: str) -> None:
    assert (await http.get(f"/admin{path}")).status_code in (200, 404)  # the box to try a question has a page
    assert (await http.get("/admin")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/admin/../../etc/passwd",
        "/admin/%2e%2e/%2e%2e/etc/passwd",
        "/admin/charts/..%2f..%2fx.svg",
        "/admin/charts/%2e%2e.svg",
        "/admin/console.css/../../../bot.db",
        "/admin/static/console.css",
        "/admin/templates/base.html",
        "/admin/charts/nothing.svg",
        "/admin//etc/passwd",
    ],
)
async def test_no_path_leads_out(console: Open, http, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(console.url).port)
    cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"root:" not in answer


async def test_markup_that_a_citizen_wrote_is_shown_as_text(http) -> None:
    for page in ("/missed", "/feedback?vote=missing"):
        text = (await http.get(f"/admin{page}")).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "<script>" not in text
        assert "<img src=x" not in text
        assert "{{7*7}}" in text


async def test_markup_in_names_filters_logs_and_tried_questions_is_shown_as_text(http, console: Open) -> None:
    logging.getLogger("bot").warning("a line with %s", EVIL, extra={"field": EVIL})
    fields = {"token": token((await http.get("/admin")).text), "question": EVIL}
    texts = [
        (await http.post("/admin/try", data=fields)).text,
        (await http.get("/admin/logs", params={"q": "<script>", "code": "<b>"})).text,
        (await http.get("/admin/logs", params={"q": "<script>"})).text,
    ]
    async with client(console.url) as other:
        await other.post("/admin/login", data={"who": EVIL[:40], "password": PASSWORD})
        texts += [(await other.get("/admin/access")).text, (await other.get("/admin")).text]
    for text in texts:
        assert "&lt;script&gt;" in text
        assert "<script" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize("evil", ["x\r\nSet-Cookie: a=b", "x\nX-Evil: 1", "%0d%0aX-Evil: 1"])
async def test_nothing_that_is_sent_becomes_a_header(http, evil: str) -> None:
    fields = {"token": token((await http.get("/admin")).text), "question": evil, "version": evil, "who": evil}
    found = [
        await http.post("/admin/try", data=fields),
        await http.post("/admin/knowledge/rollback", data=fields),
        await http.post("/admin/login", data=fields | {"password": PASSWORD}),
        await http.get("/admin/logs", params={"q": evil, "code": evil, "level": evil, "sheet": evil}),
        await http.get("/admin/charts/days.svg", params={"days": evil, "dark": evil}),
    ]
    for response in found:
        assert "x-evil" not in response.headers
        assert "a=b" not in response.headers.get("set-cookie", "")


async def test_a_host_that_is_forged_comes_back_nowhere(http) -> None:
    for path in ("/admin", "/admin/", "/admin/login", "/admin/charts"):
        response = await http.get(path, headers={"host": "evil.example"})
        assert "evil.example" not in response.text + str(response.headers)


@pytest.mark.parametrize("path", ["/admin/login", *(f"/admin{path}" for path in FORMS)])
async def test_a_body_that_is_too_long_is_refused(http, path: str) -> None:
    assert (await http.post(path, data={"token": "x" * 20_000})).status_code == 413

    async def endless():
        for _ in range(1000):
            yield b"a=" + b"x" * 10_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    try:
        response = await http.post(path, content=endless(), headers=headers)
    except httpx.WriteError:
        return  # the door was shut while we still pushed
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/json", b"{}", 415),
        ("", b"", 415),
        ("application/x-www-form-urlencoded", b"\xff\xfe", 400),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(50)), 400),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(http, kind: str, body: bytes, status: int) -> None:
    response = await http.post("/admin/try", content=body, headers={"content-type": kind})
    assert response.status_code == status


async def test_a_stolen_cookie_is_worth_nothing_after_logout(console: Open, http) -> None:
    stolen = dict(http.cookies)
    assert (await http.post("/admin/logout", data={"token": token((await http.get("/admin")).text)})).status_code == 303
    async with httpx.AsyncClient(base_url=console.url, cookies=stolen, trust_env=False) as thief:
        assert (await thief.get("/admin")).status_code == 303


async def test_a_stolen_cookie_is_worth_nothing_after_the_password_changed(console: Open, http) -> None:
    console.desk.sessions = Sessions("another password")  # as a start with another ADMIN_PASSWORD does
    assert (await http.get("/admin")).status_code == 303
    assert (await enter(http)).status_code == 403


async def test_entering_again_ends_what_the_browser_had_before(console: Open, http) -> None:
    stolen = dict(http.cookies)
    await enter(http)
    async with httpx.AsyncClient(base_url=console.url, cookies=stolen, trust_env=False) as thief:
        assert (await thief.get("/admin")).status_code == 303


@pytest.mark.parametrize("step", [IDLE_SECONDS + 1, IDLE_SECONDS - 1])
def test_a_session_ends_when_nobody_uses_it_and_at_the_end_of_the_day(step: float) -> None:
    now = 0.0
    sessions = Sessions("secret", lambda: now)
    entered = sessions.enter("secret", "김", "1.1.1.1")
    assert entered
    lived = 0.0
    while now < 2 * MOST_SECONDS and sessions.find(entered[0]):
        lived, now = now, now + step
    assert lived == (0.0 if step > IDLE_SECONDS else pytest.approx(MOST_SECONDS, abs=step))
    assert sessions.find(entered[0]) is None


@pytest.mark.parametrize("cookie", ["x", "", "a" * 4000, "../../x", "%00"])
async def test_a_cookie_that_was_made_up_opens_nothing(console: Open, cookie: str) -> None:
    async with client(console.url) as http:
        assert (await http.get("/admin", headers={"cookie": f"console={cookie}"})).status_code == 303


# What it shows


async def test_today_at_a_glance(http) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", (await http.get("/admin")).text)
    assert re.search(r"3\s+받은 질문", text)
    assert re.search(r"67 %\s+답 없음", text)
    assert "골목 보안등" in text
    assert "밤골시 오늘" in text


@pytest.mark.parametrize("name", ["days", "hours", "languages", "paces", "votes"])
async def test_charts_are_pictures_whose_letters_the_browser_draws(http, name: str) -> None:
    for look in ("", "&dark=1", "&phone=1", "&phone=1&dark=1"):
        response = await http.get(f"/admin/charts/{name}.svg?days=7{look}")
        assert response.headers["content-type"] == "image/svg+xml"
        assert "<text" in response.text
        assert "DejaVu" not in response.text
        assert "<script" not in response.text
    assert name != "languages" or "베트남어" in response.text


async def test_what_was_not_answered_is_listed(http) -> None:
    text = (await http.get("/admin/missed?days=7")).text
    assert "xe buýt" in text
    assert "베트남어" in text
    assert "골목" not in text


async def test_a_question_is_tried_and_explained_and_kept_nowhere(console: Open, http, tmp_path: Path) -> None:
    words = "부엉이 노선 얼마예요 비밀낱말"
    fields = {"token": token((await http.get("/admin/try")).text), "question": words}
    text = (await http.post("/admin/try", data=fields)).text
    assert "부엉이 버스" in text
    assert not [name for name in ("x.db", "x.db-wal") if "비밀낱말".encode() in (tmp_path / name).read_bytes()]
    assert not console.desk.ring.search(Wanted(words="비밀낱말"))


async def test_questions_are_tried_at_a_bounded_pace_and_length(http) -> None:
    fields = {"token": token((await http.get("/admin/try")).text), "question": "가로등"}
    assert (await http.post("/admin/try", data=fields | {"question": "가" * 1001})).status_code == 413
    assert (await http.post("/admin/try", data=fields | {"question": " "})).status_code == 422
    found = [(await http.post("/admin/try", data=fields)).status_code for _ in range(31)]
    assert found == [200] * 30 + [429]


async def test_an_earlier_version_of_the_knowledge_is_put_back(console: Open, http, town) -> None:
    versions = console.desk.versions
    before = versions.keep(snapshot(town.root), datetime(2026, 11, 24, tzinfo=UTC))
    town.change("programs/lamp.yaml", "무료입니다", "유료입니다")
    after = versions.keep(snapshot(town.root), datetime(2026, 11, 25, tzinfo=UTC))
    page = (await http.get("/admin/knowledge")).text
    assert before.name in page
    assert after.name in page
    fields = {"token": token(page), "version": before.name}
    response = await http.post("/admin/knowledge/rollback", data=fields)
    assert response.status_code == 200
    assert "되돌렸습니다" in response.text
    assert "무료입니다" in town.read("programs/lamp.yaml")
    kept = await console.bot.store.read(latest())
    assert any(one.deed == "rollback" and before.name in one.about and one.who == "김담당" for one in kept)


@pytest.mark.parametrize("name", ["", "../../x", "000000000000"])
async def test_a_version_that_is_not_kept_is_not_put_back(console: Open, http, town, name: str) -> None:
    console.desk.versions.keep(snapshot(town.root), datetime(2026, 11, 24, tzinfo=UTC))
    fields = {"token": token((await http.get("/admin/knowledge")).text), "version": name}
    before = snapshot(town.root)
    assert (await http.post("/admin/knowledge/rollback", data=fields)).status_code == 404
    assert snapshot(town.root) == before


async def test_the_files_are_checked_and_mistakes_told_in_korean_with_their_place(http, town) -> None:
    fields = {"token": token((await http.get("/admin/knowledge")).text)}
    assert "잘못이 없습니다" in (await http.post("/admin/knowledge/check", data=fields)).text
    town.change("programs/lamp.yaml", "status: running", "status: gone")
    text = (await http.post("/admin/knowledge/check", data=fields)).text
    assert "programs/lamp.yaml:4" in text
    assert "고칠 곳이 1군데" in text
    for _ in range(2):
        await http.post("/admin/knowledge/check", data=fields)
    assert (await http.post("/admin/knowledge/check", data=fields)).status_code == 429


async def test_log_lines_are_found_by_level_code_and_words_and_hide_secrets(http) -> None:
    log = logging.getLogger("bot.something")
    log.warning("the owl flies", extra={"code": "E901", "password": PASSWORD})
    log.error("the lamp is out", extra={"code": "E902"})
    both = (await http.get("/admin/logs?level=WARNING")).text
    assert "the owl flies" in both
    assert "the lamp is out" in both
    assert PASSWORD not in both
    assert "the owl flies" not in (await http.get("/admin/logs?level=ERROR")).text
    assert "the lamp is out" not in (await http.get("/admin/logs?code=e901")).text
    assert "the lamp is out" not in (await http.get("/admin/logs?q=OWL")).text


async def test_every_look_is_in_the_access_log_with_who_and_when(console: Open, http) -> None:
    await http.get("/admin/missed?days=7&sheet=0")
    await http.get("/admin/logs?q=010-1234-5678")
    await http.post("/admin/try", data={"token": "forged"})
    kept = await console.bot.store.read(latest())
    told = [(one.who, one.deed, one.about, one.status) for one in kept]
    assert ("김담당", "login", "/admin/login", 303) in told
    assert ("김담당", "view", "/admin/missed days=7 sheet=0", 200) in told
    assert ("김담당", "view", "/admin/logs q=…", 200) in told
    assert ("김담당", "refused", "/admin/try", 403) in told
    assert {one.at for one in kept} == {NOON}
    assert "김담당" in (await http.get("/admin/access")).text


async def test_a_database_in_trouble_is_told_and_the_state_is_shown_all_the_same(console: Open, http) -> None:
    console.bot.store.is_up, console.bot.store.why = False, "disk I/O error"
    today = await http.get("/admin")
    assert today.status_code == 200
    assert "disk I/O error" in today.text
    assert (await http.get("/admin/missed")).status_code == 503


async def test_a_page_that_fails_says_nothing_of_why(console: Open, http, monkeypatch, caplog) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr(console.desk, "span", broken)
    response = await http.get("/admin/charts")
    assert response.status_code == 500
    assert "secret path" not in response.text
    assert "E802" in response.text
    assert [record.code for record in caplog.records if hasattr(record, "code")] == ["E802"]
    monkeypatch.undo()
    kept = await console.bot.store.read(latest())
    assert any(one.about == "/admin/charts" and one.status == 500 for one in kept)


async def test_candidates_are_shown_by_name(console: Open, http) -> None:
    near = (("lamp", 0.3), ("gone-programme", 0.2))
    await console.bot.store.write(questions.record(asked(9, **MISSED, text="전등", normal="전등", candidates=near)))
    await console.bot.store.write(questions.vote(9, HASH, "down", NOON))
    text = (await http.get("/admin/feedback?vote=down")).text
    assert "골목 보안등, gone-programme" in text
    assert json.dumps(near) not in text


async def test_the_running_bot_opens_it_where_a_password_is_set(tg, engine, tmp_path: Path) -> None:
    port, stop = free_port(), asyncio.Event()
    settings = Settings(
        telegram_bot_token=Secret(tg.token),
        telegram_api_url=tg.url,
        database_url=f"sqlite:///{tmp_path / 'x.db'}",
        http_port=port,
        admin_password=Secret(PASSWORD),
    )
    ready = asyncio.Event()

    async def beside(_: object, __: asyncio.Event) -> None:
        ready.set()

    task = asyncio.create_task(serve(build(settings, engine), stop, beside))
    await asyncio.wait_for(ready.wait(), 10)
    async with client(f"http://127.0.0.1:{port}") as http:
        assert (await http.get("/admin")).headers["location"] == "/admin/login"
        assert (await enter(http)).status_code == 303
        assert "밤골시 오늘" in (await http.get("/admin")).text
        assert (await http.get("/healthz")).status_code == 200
    stop.set()
    await asyncio.wait_for(task, 20)

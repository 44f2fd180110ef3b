"""What stands before every page: a session, for changes also a token and a form of ours; and the access log."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.store.access import Deed
from bot.store.database import Trouble
from bot.web.console.desk import Desk
from bot.web.console.paper import gone, sealed, told
from bot.web.console.sessions import Session

log = logging.getLogger(__name__)

LOGIN = "/admin/login"
MOST_BYTES = 16 * 1024
_FIELDS = 20
_FORM = "application/x-www-form-urlencoded"
_SECRET = ("q",)
"""What was looked for stays out of the access log; that it was looked for does not."""


@dataclass(frozen=True)
class Ask:
    """What somebody at the console asks for."""

    request: Request
    session: Session
    form: Mapping[str, str] = field(default_factory=dict)

    def choice(self, name: str, allowed: Sequence[str], usual: str) -> str:
        """A filter in the address; what is not allowed is as if it was not there."""
        found = self.request.query_params.get(name, usual)
        return found if found in allowed else usual

    def words(self, name: str, most: int = 100) -> str:
        """Free text in the address."""
        return self.request.query_params.get(name, "")[:most].strip()

    def sheet(self) -> int:
        """Which sheet of a long list, from 0."""
        found = self.request.query_params.get("sheet", "0")
        return min(int(found), 1000) if found.isascii() and found.isdigit() and len(found) < 5 else 0


Page = Callable[[Desk, Ask], Awaitable[Response]]
Bare = Callable[[Desk, Request], Awaitable[Response]]


def shown(desk: Desk, path: str, page: Page, is_part: bool = False) -> Route:
    """A page to look at; ``is_part``: a picture of one, which is in the access log already."""

    async def look(desk: Desk, request: Request) -> Response:
        if (session := session_of(desk, request)) is None:
            return gone(LOGIN)
        ask = Ask(request, session)
        return await (page(desk, ask) if is_part else _noted(desk, ask, page, "view", _about(request)))

    return bare(desk, path, look, "GET")


def done(desk: Desk, path: str, page: Page, deed: Deed) -> Route:
    """A form that was sent."""

    async def work(desk: Desk, request: Request) -> Response:
        form = await posted(request)
        if isinstance(form, Response):
            return form
        if (session := session_of(desk, request)) is None:
            return gone(LOGIN)
        if not hmac.compare_digest(form.get("token", "").encode(), session.token.encode()):
            await desk.note(session, address(request), "refused", path, 403)
            return told("받지 않았습니다", "이 콘솔이 보낸 양식이 아닙니다. 페이지를 다시 열고 해 보세요.", 403)
        return await _noted(desk, Ask(request, session, form), page, deed, f"{path} {form.get('version', '')}".strip())

    return bare(desk, path, work, "POST")


def bare(desk: Desk, path: str, answer: Bare, method: str) -> Route:
    """Without a session; whatever comes of it carries the headers."""

    async def endpoint(request: Request) -> Response:
        return sealed(await _whatever_happens(desk, request, answer))

    return Route(path, endpoint, methods=[method])


async def _whatever_happens(desk: Desk, request: Request, answer: Bare) -> Response:
    try:
        return await answer(desk, request)
    except ClientDisconnect:
        return Response(status_code=400)
    except Trouble:
        text = "데이터베이스를 쓸 수 없어 이 페이지를 보여 드리지 못합니다. 시민에게 답은 계속 나갑니다."
        return told("데이터베이스에 문제가 있습니다", text, 503)
    except Exception:
        log.exception("a page of the console failed", extra={"code": "E802", "page": request.url.path[:60]})
        return told("오류가 났습니다", "로그에서 E802를 찾아 개발자에게 보여 주세요.", 500)


async def _noted(desk: Desk, ask: Ask, page: Page, deed: Deed, about: str) -> Response:
    """Nothing is shown that is not in the access log."""
    status = 500
    try:
        response = await page(desk, ask)
        status = response.status_code
        return response
    finally:
        await desk.note(ask.session, address(ask.request), deed, about, status)


def _about(request: Request) -> str:
    """The page, and by what it was filtered."""
    filters = [f"{name}={'…' if name in _SECRET else value}" for name, value in request.query_params.items() if value]
    return f"{request.url.path} {' '.join(filters[:8])}".strip()


def address(request: Request) -> str:
    """Of whoever asks, or of the proxy before them."""
    return request.client.host if request.client else "?"


async def posted(request: Request) -> Mapping[str, str] | Response:
    """The fields of a form of ours, or why they are not taken."""
    if not _is_ours(request):
        return told("받지 않았습니다", "다른 곳에서 온 양식입니다.", 403)
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM:
        return told("받지 않았습니다", "양식이 아닙니다.", 415)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return told("너무 깁니다", f"{MOST_BYTES // 1024} kB까지만 받습니다.", 413)
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        return told("받지 않았습니다", "읽을 수 없는 양식입니다.", 400)


def _is_ours(request: Request) -> bool:
    """Browsers say where a form comes from; what says nothing is none and has the token still before it."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site in ("same-origin", "none")
    try:
        return origin is None or urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:
        return False


def is_https(request: Request) -> bool:
    """Also where a proxy takes the encryption off."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"


def cookie(request: Request) -> str:
    """Its name; the browser itself keeps others from setting the first."""
    return "__Host-console" if is_https(request) else "console"


def session_of(desk: Desk, request: Request) -> Session | None:
    """Of whoever asks."""
    number = request.cookies.get(cookie(request))
    return desk.sessions.find(number) if number else None

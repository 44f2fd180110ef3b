"""In and out."""

from __future__ import annotations

import logging
import math
from typing import Literal, TypedDict

from starlette.requests import Request
from starlette.responses import Response

from bot.store.access import printed
from bot.web.console.desk import Desk
from bot.web.console.gate import LOGIN, Ask, address, cookie, is_https, posted, session_of
from bot.web.console.paper import gone, page
from bot.web.console.sessions import MOST_SECONDS

log = logging.getLogger(__name__)

_LONGEST_NAME = 40


async def ask(desk: Desk, request: Request) -> Response:
    """The form."""
    return gone("/admin") if session_of(desk, request) else page("login", None, who="", wrong="")


async def enter(desk: Desk, request: Request) -> Response:
    """The name and the password were sent."""
    form, here = await posted(request), address(request)
    if isinstance(form, Response):
        return form
    who = printed(form.get("who", "")).strip()[:_LONGEST_NAME]
    if not who:
        return page("login", None, 422, who="", wrong="누가 보는지 남겨야 하므로 이름을 적어 주세요.")
    if wait := desk.sessions.wait(here):
        response = page("login", None, 429, who=who, wrong=f"{math.ceil(wait / 60)}분 뒤에 다시 해 주세요.")
        response.headers["Retry-After"] = str(math.ceil(wait))
        return response
    entered = desk.sessions.enter(form.get("password", ""), who, here)
    if entered is None:
        log.warning("a wrong password at the console", extra={"code": "E801", "address": here})
        await desk.note(who, here, "refused", LOGIN, 403)
        return page("login", None, 403, who=who, wrong="비밀번호가 맞지 않습니다.")
    number, session = entered
    log.info("somebody entered the console", extra={"code": "I801", "session": session.id, "address": here})
    await desk.note(session, here, "login", LOGIN, 303)
    if old := request.cookies.get(cookie(request)):
        desk.sessions.leave(old)
    desk.drawn.warm()
    response = gone("/admin")
    response.set_cookie(cookie(request), number, max_age=int(MOST_SECONDS), **_kind(request))
    return response


async def leave(desk: Desk, asked: Ask) -> Response:
    """End the session, here and in the browser."""
    name = cookie(asked.request)
    desk.sessions.leave(asked.request.cookies[name])
    response = gone(LOGIN)
    response.delete_cookie(name, **_kind(asked.request))
    return response


class _Kind(TypedDict):
    path: str
    httponly: bool
    samesite: Literal["strict"]
    secure: bool


def _kind(request: Request) -> _Kind:
    """No script reads it, no other site sends it, nothing unencrypted carries it where there is encryption."""
    return {"path": "/", "httponly": True, "samesite": "strict", "secure": is_https(request)}

"""Every address of the console."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.config import Secret
from bot.kb.versions import Versions
from bot.monitor.ring import Ring
from bot.web.console import entrance, pages, shelf
from bot.web.console.charts import charts, picture
from bot.web.console.desk import Desk, Source
from bot.web.console.gate import LOGIN, bare, done, session_of, shown
from bot.web.console.paper import ICON, STYLE, gone, told
from bot.web.console.sessions import Sessions


def routes(found: Source, versions: Versions, ring: Ring | None) -> list[BaseRoute]:
    """Nothing without ADMIN_PASSWORD."""
    password = found.settings.admin_password
    return routes_of(desk_of(found, password, versions, ring)) if password else []


def desk_of(found: Source, password: Secret, versions: Versions, ring: Ring | None) -> Desk:
    """The desk for a bot."""
    return Desk(found, versions, ring, Sessions(password.reveal()))


def routes_of(desk: Desk) -> list[BaseRoute]:
    """What is not named here does not exist."""
    return [
        bare(desk, "/admin/console.css", _style, "GET"),
        bare(desk, "/admin/icon.svg", _icon, "GET"),
        bare(desk, LOGIN, entrance.ask, "GET"),
        bare(desk, LOGIN, entrance.enter, "POST"),
        done(desk, "/admin/logout", entrance.leave, "logout"),
        shown(desk, "/admin", pages.today),
        shown(desk, "/admin/charts", charts),
        shown(desk, "/admin/charts/{name}.svg", picture, is_part=True),
        shown(desk, "/admin/missed", pages.missed),
        shown(desk, "/admin/feedback", pages.feedback),
        shown(desk, "/admin/try", pages.question),
        done(desk, "/admin/try", pages.tried, "try"),
        shown(desk, "/admin/knowledge", shelf.knowledge),
        done(desk, "/admin/knowledge/check", shelf.checked, "check"),
        done(desk, "/admin/knowledge/rollback", shelf.put_back, "rollback"),
        shown(desk, "/admin/logs", pages.logs),
        shown(desk, "/admin/access", pages.accesses),
        bare(desk, "/admin/{rest:path}", _nothing, "GET"),
    ]


async def _style(_: Desk, __: Request) -> Response:
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=300"})


async def _icon(_: Desk, __: Request) -> Response:
    return Response(ICON, media_type="image/svg+xml", headers={"Cache-Control": "max-age=300"})


async def _nothing(desk: Desk, request: Request) -> Response:
    session = session_of(desk, request)
    return told("없는 페이지입니다", "주소를 다시 보세요.", 404, session) if session else gone(LOGIN)

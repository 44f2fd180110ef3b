"""The chat page: its files, what it is shown, what it may do. For this machine's own browser alone."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from . import view
from .control import Control, Refused
from .people import People

Json = dict[str, Any]
Restart = Callable[[], Awaitable[None]]
MAX_BODY = 100_000
PING_SECONDS = 15.0
NAMES = {"127.0.0.1", "localhost", "::1"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-cache",
}
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def routes(people: People, restart: Restart | None = None) -> list[Route]:
    """Everything that a browser asks for; ``restart`` is what the page's button for it does."""
    page = _Page(people, restart)
    asked = {"state": page.state, "messages": page.messages, "events": page.events}
    done = {**_doings(Control(people)), "restart": page.restart}
    return [
        Route("/", _guarded(page.file)),
        Route("/page/{name}", _guarded(page.file)),
        *(Route(f"/try/{name}", _guarded(show)) for name, show in asked.items()),
        *(Route(f"/try/{name}", _guarded(_posted(do)), methods=["POST"]) for name, do in done.items()),
    ]


Do = Callable[[Json], Json | Awaitable[Json]]
Endpoint = Callable[[Request], Awaitable[Response]]


def _doings(control: Control) -> dict[str, Do]:
    people: dict[str, Do] = {"say": control.say, "press": control.press, "send": control.send}
    more: dict[str, Do] = {"people": control.add_person, "groups": control.add_group}
    return {**people, **more, "faults": control.fault, "cut": control.cut, "mend": control.mend}


class _Page:
    def __init__(self, people: People, restart: Restart | None) -> None:
        self._people, self._state, self._restart = people, people.state, restart
        self._control = Control(people)
        self._files: Mapping[str, bytes] = {
            item.name: item.read_bytes() for item in files(__package__).joinpath("static").iterdir() if item.is_file()
        }

    async def file(self, request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in self._files:
            return JSONResponse({"error": "없는 파일입니다."}, HTTPStatus.NOT_FOUND)
        return Response(self._files[name], media_type=_TYPES[name.rpartition(".")[2]])

    async def state(self, request: Request) -> Response:
        return JSONResponse({**view.snapshot(self._state), "can_restart": self._restart is not None})

    async def messages(self, request: Request) -> Response:
        chat = self._control.chat(request.query_params.get("chat", ""))
        return JSONResponse(view.messages(self._state, chat))

    async def events(self, request: Request) -> Response:
        run, _, number = request.query_params.get("after", "").partition("-")
        at = int(number) if run == self._state.journal.run and number.isascii() and number.isdigit() else -1
        return StreamingResponse(self._stream(at), media_type="text/event-stream")

    async def _stream(self, at: int) -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        while not self._state.closed:
            entries = self._state.journal.since(at)
            if entries is None:
                yield 'data: {"kind": "reset"}\n\n'
                return
            for entry in entries:
                at = entry.number
                told = json.dumps(view.event(self._state, entry), ensure_ascii=False)
                yield f"id: {self._state.journal.run}-{at}\ndata: {told}\n\n"
            if not entries:
                yield ":\n\n"
            await self._news(at)

    async def _news(self, at: int) -> None:
        await self._state.changed.until(lambda: self._state.closed or self._state.journal.last > at, PING_SECONDS)

    async def restart(self, asked: Json) -> Json:
        if self._restart is None:
            raise Refused("여기서는 봇을 다시 켤 수 없습니다.")
        await self._restart()
        return {}


def _guarded(endpoint: Endpoint) -> Endpoint:
    """Only pages of this machine may ask: neither another site's page nor another name for this address."""

    async def guarded(request: Request) -> Response:
        response = await _refusals(endpoint, request)
        response.headers.update(HEADERS)
        return response

    return guarded


async def _refusals(endpoint: Endpoint, request: Request) -> Response:
    if not _is_own(request):
        return JSONResponse({"error": "이 컴퓨터의 브라우저에서만 열 수 있습니다."}, HTTPStatus.FORBIDDEN)
    try:
        return await endpoint(request)
    except Refused as error:
        return JSONResponse({"error": str(error)}, HTTPStatus.BAD_REQUEST)


def _is_own(request: Request) -> bool:
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    return urlsplit(f"//{host}").hostname in NAMES and origin in {None, f"http://{host}"}


def _posted(do: Do) -> Endpoint:
    async def posted(request: Request) -> Response:
        # A form of another site cannot send this type without being asked about it first.
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Refused("application/json으로 보내야 합니다.")
        done = do(await _asked(request))
        return JSONResponse(await done if isinstance(done, Awaitable) else done)

    return posted


async def _asked(request: Request) -> Json:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refused("너무 깁니다.")
    try:
        asked = json.loads(body.decode())
        json.dumps(asked, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as e:
        raise Refused("JSON이 아닙니다.") from e
    if not isinstance(asked, dict):
        raise Refused("JSON 객체여야 합니다.")
    return asked

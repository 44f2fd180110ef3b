"""The stand-in over HTTP, on loopback only: ``/bot<token>/<method>``."""

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from secrets import compare_digest
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from .body import read_params
from .errors import ApiError
from .faults import Fault
from .methods import dispatch
from .params import Params, parse_integer
from .state import Call, State

HOST = "127.0.0.1"
STOP_SECONDS = 2.0
HangUp = Callable[[tuple[str, int]], None]
_log = logging.getLogger(__name__)


class _Silence(Response):
    """No answer at all: the connection is gone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0)


def create_app(state: State, hang_up: HangUp = lambda client: None, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The Bot API of ``state``, and what else there is; ``hang_up`` breaks a client's connection where a fault asks."""

    async def call(request: Request) -> Response:
        return await _Exchange(state, request, hang_up).run()

    async def nothing(request: Request) -> Response:
        return failure(ApiError(404, "Not Found"))

    everything = ["GET", "POST", "PUT", "DELETE", "PATCH"]
    return Starlette(
        routes=[
            *routes,
            Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
            Route("/{rest:path}", nothing, methods=everything),
        ]
    )


def failure(error: ApiError) -> JSONResponse:
    """``{"ok": false, ...}`` with the status that Telegram gives it."""
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
    if retry_after := error.parameters.get("retry_after"):
        headers["Retry-After"] = str(retry_after)
    return JSONResponse(body, error.code, headers)


class _Exchange:
    """One request and its answer."""

    def __init__(self, state: State, request: Request, hang_up: HangUp) -> None:
        self.state, self.request, self.hang_up = state, request, hang_up
        self.method = request.path_params["method"]
        self.params = Params({})

    async def run(self) -> Response:
        if not compare_digest(self.request.path_params["token"].encode(), self.state.token.encode()):
            return failure(ApiError(401, "Unauthorized"))
        try:
            self.params = await read_params(self.request)
            return await self._faulty(self._fault())
        except ApiError as error:
            return self._failed(error)
        except Exception:
            _log.exception("the stand-in failed in %s", self.method, extra={"code": "E701"})
            return self._failed(ApiError(500, "Internal Server Error: the stand-in itself failed"))

    def _fault(self) -> Fault | None:
        return self.state.faults.meet(self.method, parse_integer(self.params.values.get("chat_id")))

    async def _faulty(self, fault: Fault | None) -> Response:
        if fault is None:
            return await self._carried_out()
        await self.state.changed.until(lambda: self.state.closed, fault.slow)
        if fault.drop == "before":
            return self._dropped()
        if fault.error:
            raise fault.answer()
        answer = await self._carried_out()
        return self._dropped() if fault.drop else answer

    async def _carried_out(self) -> Response:
        result = await dispatch(self.state, self.method, self.params)
        if self.state.faults.offline:
            return self._dropped()
        self._note(200)
        return JSONResponse({"ok": True, "result": result})

    def _failed(self, error: ApiError) -> Response:
        self._note(error.code, error.description)
        return failure(error)

    def _dropped(self) -> Response:
        self._note(0, "dropped")
        client = self.request.scope["client"]
        self.hang_up((client[0], client[1]))
        return _Silence()

    def _note(self, status: int, description: str = "") -> None:
        self.state.log(Call(self.method, dict(self.params.values), status, description))


def _listener(port: int) -> socket.socket:
    # create_server() leaves proto at 0, and asyncio then leaves Nagle's algorithm on: 40 ms a call.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    return listener


class Server:
    """Runs an app on a port of 127.0.0.1 (0: any free one), in the running event loop.

    uvicorn's own ``serve`` takes the process's signals and a third of a second to stop, for each test.
    """

    def __init__(
        self, state: State, port: int = 0, app: Starlette | None = None, routes: Sequence[BaseRoute] = ()
    ) -> None:
        self._state = state
        self._socket = _listener(port)
        self.url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app or create_app(state, self._hang_up, routes),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
        )
        config.load()
        self._uvicorn = uvicorn.Server(config)
        self._uvicorn.lifespan = config.lifespan_class(config)

    async def start(self) -> None:
        """Answer from now on."""
        await self._uvicorn.startup([self._socket])

    async def stop(self) -> None:
        """Let long polls go, then close every connection."""
        self._state.close()
        for server in self._uvicorn.servers:
            server.close()
        for connection in list(self._connections):
            connection.shutdown()
        await self._finish(set(self._uvicorn.server_state.tasks))
        while self._connections:
            for connection in list(self._connections):
                connection.transport.abort()
            await asyncio.sleep(0)
        self._socket.close()

    async def _finish(self, tasks: set[asyncio.Task[None]]) -> None:
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @property
    def _connections(self) -> set[Any]:
        return self._uvicorn.server_state.connections

    def _hang_up(self, client: tuple[str, int]) -> None:
        for connection in list(self._connections):
            if connection.client == client:
                connection.transport.close()

"""One address in front of several replicas, as any load balancer is: in turn, and past those that are not there."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.standin import Server, State, User

_KEPT = ("content-type", "x-telegram-bot-api-secret-token")


class Gateway:
    """Passes each request on once: a replica that dies over it costs a 502, and Telegram comes again."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports, self._turn = list(ports), 0
        app = Starlette(routes=[Route("/{rest:path}", self._pass_on, methods=["POST"])])
        self._server = Server(State("1:GATEWAY", User(1, "gateway")), app=app)
        self._client = httpx.AsyncClient(trust_env=False, timeout=60)

    @property
    def url(self) -> str:
        """Where it listens."""
        return self._server.url

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.stop()
        await self._client.aclose()

    async def _pass_on(self, request: Request) -> Response:
        body = await request.body()
        headers = {name: request.headers[name] for name in _KEPT if name in request.headers}
        for _ in self._ports:
            self._turn += 1
            url = f"http://127.0.0.1:{self._ports[self._turn % len(self._ports)]}{request.url.path}"
            try:
                answer = await self._client.post(url, content=body, headers=headers)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
            except httpx.HTTPError:
                return Response(status_code=502)
            return Response(answer.content, answer.status_code)
        return Response(status_code=503)

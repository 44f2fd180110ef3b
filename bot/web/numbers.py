"""``/metrics``: what Prometheus scrapes."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Render = Callable[[], tuple[bytes, str]]
"""``Metrics.render``: a body and its content type."""


def metrics_route(render: Render) -> Route:
    """The route. Open to whoever reaches the port: it tells counts, never words or people."""

    async def numbers(_: Request) -> Response:
        body, kind = render()
        return Response(body, headers={"Content-Type": kind, "Cache-Control": "no-store"})

    return Route("/metrics", numbers)

"""``/healthz``: the process works. ``/readyz``: it can do its work, or why not. ``/metrics``: for Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Checks = Callable[[], Mapping[str, str]]
"""What is checked → why it fails, "" where it does not."""


def health_routes(checks: Checks) -> list[Route]:
    """Both routes."""

    async def alive(_: Request) -> Response:
        return JSONResponse({"alive": True})

    async def ready(_: Request) -> Response:
        found = checks()
        failing = {name: why for name, why in found.items() if why}
        body = {"ready": not failing, "checks": {name: why or "ok" for name, why in found.items()}}
        return JSONResponse(body, 503 if failing else 200)

    return [Route("/healthz", alive), Route("/readyz", ready)]

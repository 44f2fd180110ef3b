"""``POST /telegram``: 200 only when the update is safe."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

log = logging.getLogger(__name__)

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1024 * 1024
"""Telegram's largest update is far below."""
_PATIENCE = 25.0
"""Seconds to answer from memory while the database is in trouble; Telegram waits sixty."""
_LATER = {"Retry-After": "5"}

Accept = Callable[[object], Awaitable[asyncio.Future[None] | None]]
"""Takes an update in: a future that is done when it is safe; None: no room just now. ValueError: no update."""


def webhook_route(secret: str, accept: Accept) -> Route:
    """The route that Telegram posts to."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("latin-1", "replace"), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        return await _accepted(body, accept)

    return Route(PATH, receive, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """None: too long."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


async def _accepted(body: bytes, accept: Accept) -> Response:
    try:
        safe = await accept(json.loads(body))
    except (ValueError, RecursionError):
        return Response(status_code=400)
    if safe is None:
        return Response(status_code=503, headers=_LATER)
    done, _ = await asyncio.wait([safe], timeout=_PATIENCE)
    return Response(status_code=200) if done else Response(status_code=503, headers=_LATER)

"""Red and green lights."""

import httpx
from starlette.applications import Starlette

from bot.web.health import health_routes


async def ask(checks, path):
    transport = httpx.ASGITransport(Starlette(routes=health_routes(lambda: checks)))
    async with httpx.AsyncClient(transport=transport, base_url="http://x", trust_env=False) as client:
        answer = await client.get(path)
    return answer.status_code, answer.json()


async def test_ready_when_all_is_well():
    assert await ask({"database": "", "telegram": ""}, "/readyz") == (
        200,
        {"ready": True, "checks": {"database": "ok", "telegram": "ok"}},
    )


async def test_red_with_the_reason_where_anything_is_wrong():
    status, told = await ask({"database": "locked", "telegram": ""}, "/readyz")
    assert (status, told["ready"], told["checks"]["database"]) == (503, False, "locked")


async def test_alive_whatever_is_wrong():
    assert await ask({"database": "locked"}, "/healthz") == (200, {"alive": True})

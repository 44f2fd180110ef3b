"""A plain HTTP client that talks to the stand-in as a bot does, without any library in between."""

from typing import Any

import httpx


class Api:
    """Calls methods by name."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def __call__(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = (await self.client.post(method, json=params)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Code and description of a call that must fail."""
        response = await self.client.post(method, json=params)
        answer = response.json()
        assert not answer["ok"], answer
        assert answer["error_code"] == response.status_code
        return response.status_code, answer["description"]

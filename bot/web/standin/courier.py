"""Brings updates to a webhook on this very machine; any other address is remembered and never spoken to.

As Telegram does it: one after the other within a chat, side by side between chats, at most ``max_connections`` at once.
What is not answered with 2xx comes again, each time after twice the pause, or after the ``Retry-After`` that was asked.
"""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import httpx

from .polling import LOOPBACK
from .state import Delivery, State, Webhook
from .updates import lane

Json = dict[str, Any]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = 60.0
MOST_RETRY_AFTER = 3600


async def deliver(state: State) -> None:
    """Post updates until the stand-in closes."""
    # A certificate that one's own machine made for itself is good enough.
    async with httpx.AsyncClient(trust_env=False, verify=False, timeout=PATIENCE) as client:
        await _Courier(state, client).run()


class _Courier:
    """A task for each chat that has updates waiting."""

    def __init__(self, state: State, client: httpx.AsyncClient) -> None:
        self._state, self._client = state, client
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._open = 0

    async def run(self) -> None:
        try:
            while not self._state.closed:
                await self._state.changed.until(lambda: self._state.closed or self._unattended(), PATIENCE)
                for number in self._unattended():
                    self._lanes[number] = asyncio.create_task(self._lane(number))
        finally:
            for task in self._lanes.values():
                task.cancel()
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    def _unattended(self) -> set[int]:
        if not _reachable(self._state.webhook) or self._state.closed:
            return set()
        return {lane(update) for update in self._state.updates.all()} - set(self._lanes)

    async def _lane(self, number: int) -> None:
        pause = self._state.pace.first
        try:
            while update := self._next(number):
                hook = self._state.webhook
                wait = await self._post(hook, update)
                if wait is None:
                    pause = self._state.pace.first
                    continue
                await self._pause(hook, wait or pause)
                pause = min(2 * pause, self._state.pace.most)
        finally:
            del self._lanes[number]
            self._state.changed.notify()

    def _next(self, number: int) -> Json | None:
        if self._state.closed or not _reachable(self._state.webhook):
            return None
        return next((update for update in self._state.updates.all() if lane(update) == number), None)

    async def _pause(self, hook: Webhook, seconds: float) -> None:
        await self._state.changed.until(lambda: self._state.closed or self._state.webhook is not hook, seconds)

    async def _post(self, hook: Webhook, update: Json) -> float | None:
        """Nothing if it was taken, else the seconds asked for (0: none were asked for)."""
        while self._open >= hook.max_connections:
            await self._state.changed.until(lambda: self._open < hook.max_connections, PATIENCE)
        self._open += 1
        try:
            status, why, wait = await self._try(hook, update)
        finally:
            self._open -= 1
        self._state.deliveries.append(Delivery(update["update_id"], status, why))
        if why:
            hook.last_error, hook.last_error_date = why, self._state.now()
        elif hook is self._state.webhook:
            self._state.updates.forget(update["update_id"])
        self._state.changed.notify()
        return wait if why else None

    async def _try(self, hook: Webhook, update: Json) -> tuple[int, str, float]:
        if self._state.faults.offline:
            return 0, "Connection timed out", 0.0
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            response = await self._client.post(hook.url, json=update, headers=headers)
        except httpx.TimeoutException:
            return 0, "Read timeout expired", 0.0
        except httpx.ConnectError:
            return 0, "Connection refused", 0.0
        except httpx.HTTPError as e:
            return 0, f"Connection failed: {type(e).__name__}", 0.0
        if response.is_success:
            return response.status_code, "", 0.0
        why = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}".strip()
        return response.status_code, why, _seconds(response.headers.get("retry-after", ""))


def _seconds(text: str) -> float:
    return float(min(int(text), MOST_RETRY_AFTER)) if text.isascii() and text.isdigit() else 0.0


def _reachable(hook: Webhook) -> bool:
    return bool(hook.url) and urlsplit(hook.url).hostname in LOOPBACK

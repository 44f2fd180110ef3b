"""Brings updates to a webhook on this very machine; any other address is remembered and never spoken to."""

from urllib.parse import urlsplit

import httpx

from .polling import LOOPBACK
from .state import State

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
PATIENCE = 60.0


async def deliver(state: State) -> None:
    """Post updates one after the other until the stand-in closes; what is refused comes again, ever later."""
    while not state.closed:
        await state.changed.until(lambda: state.closed or _due(state), PATIENCE)
        if not state.closed and _due(state):
            # A certificate that one's own machine made for itself is good enough.
            async with httpx.AsyncClient(trust_env=False, verify=False, timeout=PATIENCE) as client:
                await _round(state, client)


async def _round(state: State, client: httpx.AsyncClient) -> None:
    pause = FIRST_PAUSE
    while not state.closed and _due(state):
        if await _post(state, client):
            pause = FIRST_PAUSE
            continue
        await state.changed.until(lambda: state.closed, pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def _due(state: State) -> bool:
    url = state.webhook.url
    return bool(state.updates) and bool(url) and urlsplit(url).hostname in LOOPBACK


async def _post(state: State, client: httpx.AsyncClient) -> bool:
    hook, update = state.webhook, state.updates.batch(1)[0]
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        response = await client.post(hook.url, json=update, headers=headers)
        why = "" if response.is_success else f"Wrong response from the webhook: {response.status_code}"
    except httpx.HTTPError as e:
        why = f"Connection failed: {type(e).__name__}"
    if why:
        hook.last_error, hook.last_error_date = why, state.now()
    elif hook is state.webhook:
        state.updates.confirm(update["update_id"] + 1)
    state.changed.notify()
    return not why

"""How updates reach the bot: ``getUpdates``, and the settings of a webhook."""

import re
from typing import Any
from urllib.parse import urlsplit

from .errors import ApiError, bad_request
from .params import Params
from .state import State, Webhook

Json = dict[str, Any]
MAX_WAIT = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


async def get_updates(state: State, params: Params) -> list[Json]:
    """``getUpdates``: confirm what comes before ``offset``, wait for more, hand out without forgetting."""
    if state.webhook.url:
        why = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise ApiError(409, f"Conflict: {why}")
    _allow(state, params)
    state.updates.confirm(params.integer("offset"))
    limit = params.integer("limit", 100)
    await _wait(state, min(max(params.integer("timeout"), 0), MAX_WAIT))
    return state.updates.batch(limit)


async def _wait(state: State, seconds: int) -> None:
    turn = state.updates.take_turn()
    state.changed.notify()
    await state.changed.until(
        lambda: state.updates or state.updates.turn != turn or state.closed or state.faults.offline, seconds
    )
    if state.updates.turn != turn:
        why = "terminated by other getUpdates request; make sure that only one bot instance is running"
        raise ApiError(409, f"Conflict: {why}")


def _allow(state: State, params: Params) -> None:
    wanted = params.array("allowed_updates", "allowed updates")
    if wanted is None:
        return
    if not all(isinstance(kind, str) for kind in wanted):
        raise bad_request("allowed updates must be an Array of String")
    state.updates.allowed = wanted


def set_webhook(state: State, params: Params) -> bool:
    """``setWebhook``; an empty address takes the webhook away. Plain http is taken for loopback only."""
    url, secret = params.text("url"), params.text("secret_token")
    if url:
        _check_url(url)
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.integer("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("invalid max_connections specified")
    _allow(state, params)
    _drop_pending(state, params)
    state.webhook = Webhook(url, secret, connections)
    state.updates.take_turn()
    state.changed.notify()
    return True


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as e:
        raise bad_request("bad webhook: invalid webhook URL specified") from e
    if not host:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if host not in LOOPBACK and port not in {None, 80, 88, 443, 8443}:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(state: State, params: Params) -> bool:
    """``deleteWebhook``."""
    _drop_pending(state, params)
    state.webhook = Webhook()
    state.changed.notify()
    return True


def _drop_pending(state: State, params: Params) -> None:
    if params.boolean("drop_pending_updates"):
        state.updates.clear()


def get_webhook_info(state: State, params: Params) -> Json:
    """``getWebhookInfo``."""
    hook = state.webhook
    optional: Json = {"allowed_updates": state.updates.allowed}
    if hook.url:
        optional["max_connections"] = hook.max_connections
    if hook.last_error:
        optional |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
    always = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(state.updates)}
    return {**always, **{name: value for name, value in optional.items() if value}}

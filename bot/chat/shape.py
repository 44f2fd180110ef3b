"""What an update looked like, without a word of it: keys and kinds alone, for a person who looks for the fault."""

import json

_DEPTH = 6
_MOST = 2_000


def shape(payload: str) -> str:
    """``{"message":{"chat":{"id":"int"},"text":"str of 12"}}``"""
    try:
        return json.dumps(_of(json.loads(payload), _DEPTH), separators=(",", ":"))[:_MOST]
    except (ValueError, RecursionError):
        return f"no JSON, {len(payload)} characters"


def _of(value: object, depth: int) -> object:
    if isinstance(value, dict) and depth:
        return {str(key)[:40]: _of(inner, depth - 1) for key, inner in list(value.items())[:40]}
    if isinstance(value, list) and depth:
        return [_of(inner, depth - 1) for inner in value[:10]]
    return f"str of {len(value)}" if isinstance(value, str) else type(value).__name__

"""What Telegram finds in a text by itself: mentions, commands, hashtags, links, addresses."""

import re
from typing import Any

Json = dict[str, Any]

# A name or command that touches a letter is neither: "@bot이게" mentions nobody, "/start안녕" starts nothing.
_FOUND = (
    (
        "url",
        re.compile(r"(?<![\w@.])(?:https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']|(?:[\w-]+\.)+(?:com|org|net|kr|io|me)\b)"),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d_]\w*")),
)


def utf16(text: str) -> int:
    """The length as Telegram counts: UTF-16 units, so that an emoji is two."""
    return len(text) + sum(char > "\uffff" for char in text)


def overlaps(one: Json, others: list[Json]) -> bool:
    """Whether an entity shares a place with one of the others."""
    start, end = one["offset"], one["offset"] + one["length"]
    return any(start < other["offset"] + other["length"] and other["offset"] < end for other in others)


def detect(text: str, known: list[Json] | None = None) -> list[Json]:
    """The entities Telegram adds to those that are known already, in order."""
    found: list[Json] = list(known or [])
    opaque = [entity for entity in found if entity["type"] in {"code", "pre", "text_link", "text_mention"}]
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match.group())}
            if not overlaps(entity, opaque):
                found.append(entity)
                opaque.append(entity)
    return in_order(found)


def in_order(entities: list[Json]) -> list[Json]:
    """By place, the longer first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))

"""Every text inside a knowledge, with the way to it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pydantic import BaseModel

from bot.kb.reader import Path_

Skipped = Mapping[type[BaseModel], frozenset[str]]
_NOTHING: Skipped = MappingProxyType({})


def texts(value: object, path: Path_ = (), skipped: Skipped = _NOTHING) -> Iterator[tuple[Path_, str]]:
    """Texts in models, dicts and tuples, in order, without the keys of dicts.

    ``skipped``: fields to leave out, by model.
    """
    if isinstance(value, str):
        yield path, value
    for part, inner in _parts(value, skipped):
        yield from texts(inner, (*path, part), skipped)


def _parts(value: object, skipped: Skipped) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, BaseModel):
        left_out = skipped.get(type(value), frozenset())
        yield from ((name, inner) for name, inner in value if name not in left_out)
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)

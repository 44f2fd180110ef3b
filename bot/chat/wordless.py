"""Errors for the log. What an error says may quote a citizen; where it happened never does."""

from __future__ import annotations

from types import TracebackType


def wordless(error: BaseException) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    """For ``exc_info``: its kind and its lines of code, none of its words, nor those of what led to it."""
    kind = type(error).__name__
    bare: type[Exception] = type(kind, (Exception,), {"__module__": type(error).__module__})
    return bare, bare(), error.__traceback__

"""What must never be written down? Personal data in a message, replaced by marks before any write or log line."""

from bot.store.redact.marks import Span
from bot.store.redact.redactor import Redactor

__all__ = ["Redactor", "Span"]

"""What do Telegram's refusals mean?"""

import logging
from enum import Enum, auto

from telegram.error import BadRequest


class Fault(Enum):
    """What a refusal in words means."""

    NOTHING = auto()
    """What was wanted is so already, or nobody waits for it any more."""
    MARKUP = auto()
    """The tags are not to Telegram's liking: the words alone may be."""
    NO_MESSAGE = auto()
    """The message to change is gone: a new one may go."""
    NO_CHAT = auto()
    """Nothing can be sent there."""
    OTHER = auto()


FAULTS: tuple[tuple[str, Fault], ...] = (
    ("message is not modified", Fault.NOTHING),
    ("query is too old", Fault.NOTHING),
    ("query id is invalid", Fault.NOTHING),
    ("can't parse entities", Fault.MARKUP),
    ("unsupported start tag", Fault.MARKUP),
    ("message to edit not found", Fault.NO_MESSAGE),
    ("message can't be edited", Fault.NO_MESSAGE),
    ("message_id_invalid", Fault.NO_MESSAGE),
    ("chat not found", Fault.NO_CHAT),
    ("not enough rights to send", Fault.NO_CHAT),
    ("have no rights to send", Fault.NO_CHAT),
    ("chat_write_forbidden", Fault.NO_CHAT),
)
"""Where python-telegram-bot has no exception of its own, only Telegram's words say what happened."""


def fault(error: BadRequest) -> Fault:
    """What this refusal means."""
    return next((meaning for words, meaning in FAULTS if words in error.message.lower()), Fault.OTHER)


def level(error: BadRequest) -> int:
    """How loud to say it in the log."""
    return logging.DEBUG if fault(error) is Fault.NOTHING else logging.WARNING

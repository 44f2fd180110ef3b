"""What can go wrong, by who must act.

BotError
├─ SettingsError    the operator mends the environment (English; exit 2)
├─ UsageError       the person at the command line mends the command (exit 2)
├─ KnowledgeError   an editor mends a file in knowledge/ (Korean, with file and line; exit 1)
├─ EncoderError     nobody waits: search goes on by spelling alone, and says so
└─ StoreError       nobody waits: the citizen already has an answer
"""

from dataclasses import dataclass


class BotError(Exception):
    """The root: everything that this project raises on purpose."""


class SettingsError(BotError):
    """A setting is unknown, missing or malformed."""


class UsageError(BotError):
    """A command was given something that it cannot work with."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in the knowledge, told to the person who edits it.

    ``where`` is a path relative to the knowledge folder, ``line`` counts from 1 (0: the whole file),
    ``message`` says in Korean what is wrong and how to mend it.
    """

    where: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        return f"{place}: {self.message}"


class KnowledgeError(BotError):
    """The knowledge cannot be used as it is; ``problems`` lists every reason found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


class EncoderError(BotError):
    """The encoder is missing or broken."""


class StoreError(BotError):
    """The database did not do what was asked."""

"""What is asked about a programme: the fare, the place, the hours. Cues are words of ``phrases/<lang>.yaml``."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.normalize import normalize
from bot.kb.model import ASPECTS, Aspect
from bot.kb.phrases import Phrases

_NAMELESS = 1
"""At most so many characters may be left of a follow-up when its cues and fillers are taken away."""


@dataclass(frozen=True)
class Aspects:
    """The cues of one language, longest first; spaces do not count."""

    cues: tuple[tuple[str, Aspect], ...]
    fillers: tuple[str, ...]

    @classmethod
    def of(cls, phrases: Phrases) -> Aspects:
        rows = [(_tight(cue), aspect) for aspect in ASPECTS for cue in phrases.aspects[aspect].cues]
        return cls(
            tuple(sorted(rows, key=lambda row: (-len(row[0]), ASPECTS.index(row[1])))),
            tuple(sorted({_tight(filler) for filler in phrases.fillers}, key=lambda f: (-len(f), f))),
        )

    def asked(self, text: str) -> Aspect | None:
        """The aspect of the longest cue in a normalised text."""
        tight = _tight(text)
        return next((aspect for cue, aspect in self.cues if cue in tight), None)

    def names_nothing(self, text: str) -> bool:
        """The text asks for an aspect and says nothing else, so it must be about what was shown before."""
        rest = _tight(text)
        for word in (*(cue for cue, _ in self.cues), *self.fillers):
            rest = rest.replace(word, "")
        return len(rest) <= _NAMELESS


def _tight(text: str) -> str:
    return normalize(text).replace(" ", "")

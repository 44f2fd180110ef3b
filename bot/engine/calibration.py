"""The few fitted numbers, read from ``calibration.toml``; ``python -m tools.fit`` writes that file."""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.engine.rules import RULES

EVIDENCE = ("strong_sign", "sign", "harmless_sign", "meaning", "letters")
"""What speaks for danger or against it, in the order in which the guard gathers it."""


@dataclass(frozen=True)
class Bands:
    """Probabilities at which a band begins (0–1); ``decide.py`` says what they mean."""

    answer: float
    offer: float
    chat: float


@dataclass(frozen=True)
class Calibration:
    """One weight a rule, in the order of ``RULES``; ``ours`` and ``nobody`` are added once.

    ``ours`` is added to every programme (topics and smalltalk have 0), ``nobody`` is the score of no owner at all.
    """

    weights: tuple[float, ...]
    ours: float
    nobody: float
    bands: Bands

    @classmethod
    def of(cls, table: dict[str, dict[str, float]]) -> "Calibration":
        weights = tuple(table["weights"][rule.name] for rule in RULES)
        return cls(weights, table["bias"]["ours"], table["bias"]["nobody"], Bands(**table["bands"]))


@dataclass(frozen=True)
class Caution:
    """How evidence of danger adds up: a logistic sum, and the probability from which it is danger."""

    weights: tuple[float, ...]
    bias: float
    bar: float

    def probability(self, evidence: Sequence[float]) -> float:
        """0–1. ``evidence`` in the order of ``EVIDENCE``."""
        score = self.bias + sum(weight * value for weight, value in zip(self.weights, evidence, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    @classmethod
    def of(cls, table: dict[str, float]) -> "Caution":
        return cls(tuple(table[name] for name in EVIDENCE), table["bias"], table["bar"])


def cautious(has_encoder: bool) -> Caution:
    """The numbers fitted for danger with or without an encoder."""
    return Caution.of(_table(has_encoder)["urgent"])


def shipped(has_encoder: bool) -> Calibration:
    """The numbers fitted for search with or without an encoder."""
    return Calibration.of(_table(has_encoder))


def _table(has_encoder: bool) -> dict[str, dict[str, float]]:
    text = (files("bot.engine") / "calibration.toml").read_text("utf-8")
    found: dict[str, dict[str, float]] = tomllib.loads(text)["with_encoder" if has_encoder else "spelling_alone"]
    return found

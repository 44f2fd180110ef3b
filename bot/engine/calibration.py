"""The few fitted numbers, read from ``calibration.toml``; ``python -m tools.fit`` writes that file."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from bot.engine.rules import RULES


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


def shipped(has_encoder: bool) -> Calibration:
    """The numbers fitted for search with or without an encoder."""
    text = (files("bot.engine") / "calibration.toml").read_text("utf-8")
    return Calibration.of(tomllib.loads(text)["with_encoder" if has_encoder else "spelling_alone"])

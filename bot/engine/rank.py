"""Rules → one calibrated probability an owner, best first; ties by id, never by luck."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.engine.calibration import Calibration
from bot.engine.index import Owner
from bot.engine.rules import RULES, Seen


@dataclass(frozen=True, slots=True)
class Scored:
    """An owner, what each rule gave (in the order of ``RULES``) and the probability that it is meant."""

    owner: Owner
    given: tuple[float, ...]
    probability: float


def judged(seen: Seen) -> NDArray[np.float64]:
    """What every rule gives every owner: shape (owners, rules)."""
    return np.stack([rule.give(seen) for rule in RULES], axis=1).astype(np.float64)


def probabilities(given: NDArray[np.float64], ours: NDArray[np.bool_], by: Calibration) -> NDArray[np.float64]:
    """A softmax over the owners and nobody: shape (..., owners). What is missing to 1 is nobody's.

    ``given`` is (..., owners, rules), ``ours`` tells which owners are programmes.
    """
    score = given @ np.array(by.weights) + np.where(ours, by.ours, 0.0)
    top = np.maximum(score.max(axis=-1, keepdims=True), by.nobody)
    weight = np.exp(score - top)
    return np.asarray(weight / (weight.sum(axis=-1, keepdims=True) + np.exp(by.nobody - top)))


def rank(seen: Seen, by: Calibration) -> tuple[Scored, ...]:
    """All owners, most probable first."""
    owners = seen.index.owners
    given = judged(seen)
    chances = probabilities(given, np.array([o.kind == "programme" for o in owners]), by)
    rows = [Scored(o, tuple(map(float, g)), float(p)) for o, g, p in zip(owners, given, chances, strict=True)]
    return tuple(sorted(rows, key=lambda row: (-row.probability, row.owner.id)))

"""Fit how evidence of danger adds up: a logistic sum over ``EVIDENCE``, from messages in ``tests/data``.

``danger.jsonl`` and ``lookalike.jsonl`` were written by people who had not seen ``urgent.yaml``; the questions of
``heldout_*.jsonl`` and ``foreign.jsonl`` stand for every day. The bar is the one that finds most danger while false
alarms stay below both promises. All figures printed are cross-validated.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.engine.calibration import EVIDENCE
from bot.engine.guard import Guard

DATA = Path(__file__).resolve().parent.parent / "tests/data"
FOLDS = 5
PENALTY = 0.002
COSTS = {"with_encoder": (0.045, 0.014), "spelling_alone": (0.05, 0.03)}
"""What the bar may cost, cross-validated: false alarms on look-alikes, and on ordinary and out-of-scope questions.

With the encoder search takes back doubtful alarms afterwards: a third of those on look-alikes, most others.
A missed emergency is the worst outcome, so that a machine without an encoder rather alarms once too often.
"""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Messages:
    """``evidence`` (n, len(EVIDENCE) + 1), the last column 1; ``danger``, ``ordinary`` (n,)."""

    evidence: Floats
    danger: NDArray[np.bool_]
    ordinary: NDArray[np.bool_]

    @property
    def lookalike(self) -> NDArray[np.bool_]:
        return ~self.danger & ~self.ordinary


def section(name: str, guard: Guard) -> str:
    """One TOML table, and on stderr how well it does on what it was not fitted on."""
    messages = gather(guard)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(messages.danger))
    chances = np.zeros(len(fold))
    for number in range(FOLDS):
        chances[fold == number] = logistic(messages.evidence[fold == number] @ fit(messages, fold != number))
    bar = choose_bar(chances, messages, *COSTS[name])
    say(name, chances >= bar, messages)
    weights = np.round(fit(messages, np.ones(len(fold), bool)), 3)
    rows = "\n".join(f"{key} = {value}" for key, value in zip(EVIDENCE, weights, strict=False))
    return f"\n[{name}.urgent]\n{rows}\nbias = {weights[-1]}\nbar = {bar}\n"


def gather(guard: Guard) -> Messages:
    danger, lookalike = texts("danger"), texts("lookalike")
    ordinary = [q for name in ("heldout_exam", "heldout_noisy", "heldout_plain", "foreign") for q in texts(name)]
    everything = [*danger, *lookalike, *ordinary]
    seen = np.array([guard.look(text).evidence for text in everything])
    kinds = np.repeat([0, 1, 2], [len(danger), len(lookalike), len(ordinary)])
    return Messages(np.hstack([seen, np.ones((len(seen), 1))]), kinds == 0, kinds == 2)


def texts(name: str) -> list[str]:
    return [json.loads(line)["q"] for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def fit(messages: Messages, rows: NDArray[np.bool_], rounds: int = 30) -> Floats:
    """Penalised logistic regression by Newton steps; danger, look-alikes and everyday weigh the same."""
    groups = (messages.danger, messages.lookalike, messages.ordinary)
    weight = sum((group & rows) / (group & rows).sum() for group in groups) / len(groups)
    seen, wanted = messages.evidence, messages.danger.astype(np.float64)
    theta = np.zeros(seen.shape[1])
    for _ in range(rounds):
        chance = logistic(seen @ theta)
        slope = seen.T @ (weight * (wanted - chance)) - PENALTY * theta
        curve = (seen * (weight * chance * (1 - chance))[:, None]).T @ seen + PENALTY * np.eye(len(theta))
        theta = theta + np.linalg.solve(curve, slope)
    return np.asarray(theta)


def logistic(score: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def choose_bar(chances: Floats, messages: Messages, lookalike: float, ordinary: float) -> float:
    """The lowest bar that keeps both promises."""
    bars = np.round(np.arange(0.02, 0.99, 0.01), 2)
    fits = [
        bar
        for bar in bars
        if (chances >= bar)[messages.lookalike].mean() <= lookalike
        and (chances >= bar)[messages.ordinary].mean() <= ordinary
    ]
    return float(min(fits, default=0.99))


def say(name: str, alarm: NDArray[np.bool_], messages: Messages) -> None:
    groups = (("found", messages.danger), ("look-alikes", messages.lookalike), ("ordinary", messages.ordinary))
    shares = "  ".join(f"{label} {alarm[group].mean():.4f} of {group.sum()}" for label, group in groups)
    sys.stderr.write(f"{name:15} danger: {shares}\n")

"""Fit the few numbers of ``bot/engine/calibration.toml`` from questions in this repository.

usage: python -m tools.fit [--write] [--only urgent|search]

Data: the phrasings of ``knowledge/`` judged out of fold (each fifth by an index built from the other four), and
the questions of ``tests/data/heldout_*.jsonl``, written by people who had not seen the phrasings. The weights
maximise the likelihood of the right owner, the bands are set on the held-out questions alone; all figures printed
are cross-validated.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.engine.calibration import Bands, Calibration
from bot.engine.encode import E5, Encoder
from bot.engine.guard import Guard
from bot.engine.index import Owner, Phrase, owners_of, phrases_of
from bot.engine.keep import read_arrays, write_arrays
from bot.engine.pipeline import Engine
from bot.engine.places import Places
from bot.engine.rank import judged, probabilities
from bot.engine.rules import RULES
from bot.engine.search import Search
from bot.kb.load import load
from tools import fit_urgent

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "bot/engine/calibration.toml"
SEARCH = ("weights", "bias", "bands")
FOLDS = 5
PENALTY = 0.0002
PHRASINGS_SHARE = 0.3
"""Weight of all phrasings together, where the held-out questions together weigh 1: nobody asks in our own words."""
WRONG, CLAIMED = 0.008, 0.02
"""What the bands may cost, cross-validated: outright and wrong; outright though out of scope."""
OFFERED = 0.15
"""How many out-of-scope questions may be offered choices."""


@dataclass(frozen=True)
class Data:
    """``given`` (n, owners, rules); ``right`` (n, owners + 1), the last column is nobody; ``weight``, ``held`` (n,)."""

    given: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: NDArray[np.float64]
    held: NDArray[np.bool_]
    ours: NDArray[np.bool_]

    def take(self, rows: NDArray[np.bool_]) -> "Data":
        return Data(self.given[rows], self.right[rows], self.weight[rows], self.held[rows], self.ours)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fit", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write bot/engine/calibration.toml")
    parser.add_argument("--only", choices=("search", "urgent"), help="fit one part, leave the other as it is")
    args = parser.parse_args()
    kept = tomllib.loads(TARGET.read_text("utf-8"))
    text = "# Written by `python -m tools.fit --write`; see that file.\n"
    hoard = Hoard(E5(), ROOT / "var/fit-vectors.npz")
    for name, encoder in (("with_encoder", hoard), ("spelling_alone", None)):
        text += as_kept(name, kept, SEARCH) if args.only == "urgent" else section(name, encoder)
        text += as_kept(name, kept, ("urgent",)) if args.only == "search" else fit_urgent.section(name, guard(encoder))
    hoard.save()
    if args.write:
        TARGET.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    return 0


class Hoard:
    """An encoder that never embeds a text twice, also not in the next run: fitting is done often."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self.name, self.dim, self._encoder, self._path = encoder.name, encoder.dim, encoder, path
        kept = read_arrays(path, self.name, ("texts", "vectors"))
        self._known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True)) if kept else {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.embed([text])[0]
        return np.stack([self._known[text] for text in texts])

    def save(self) -> None:
        arrays = {"texts": np.array(list(self._known)), "vectors": np.stack(list(self._known.values()))}
        write_arrays(self._path, self.name, arrays)


def guard(encoder: Encoder | None) -> Guard:
    """The guard as shipped; what is embedded for it stays on disk."""
    return Engine.build(load(ROOT / "knowledge"), encoder, ROOT / "var").guard


def as_kept(name: str, kept: dict[str, dict[str, dict[str, float]]], tables: tuple[str, ...]) -> str:
    rows = ((table, "\n".join(f"{key} = {value}" for key, value in kept[name][table].items())) for table in tables)
    return "".join(f"\n[{name}.{table}]\n{text}\n" for table, text in rows)


def section(name: str, encoder: Encoder | None) -> str:
    """Fit one calibration and say how well it does on what it was not fitted on."""
    data = collect(encoder)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(data.given))
    chances = np.zeros((len(data.given), data.given.shape[1]))
    for number in range(FOLDS):
        numbers = fit(data.take(fold != number))
        chances[fold == number] = probabilities(data.given[fold == number], data.ours, numbers)
    bands = choose_bands(chances[data.held], data.take(data.held))
    say(name, chances, data, bands)
    final = fit(data)
    return toml(name, Calibration(final.weights, final.ours, final.nobody, bands))


def collect(encoder: Encoder | None) -> Data:
    """Judge every phrasing out of fold and every held-out question by the whole index."""
    knowledge = load(ROOT / "knowledge")
    owners, phrases = owners_of(knowledge), phrases_of(knowledge)
    places = Places.of(knowledge, owners)
    own = [*out_of_fold(owners, phrases, encoder, places)]
    others = [*held_out(owners, phrases, encoder, places)]
    given, right = zip(*own, *others, strict=True)
    held = np.arange(len(given)) >= len(own)
    weight = np.where(held, 1 / len(others), PHRASINGS_SHARE / len(own))
    ours = np.array([owner.kind == "programme" for owner in owners])
    return Data(np.array(given), np.array(right), weight, held, ours)


Row = tuple[NDArray[np.float64], NDArray[np.bool_]]


def out_of_fold(
    owners: tuple[Owner, ...], phrases: tuple[Phrase, ...], known: Encoder | None, places: Places
) -> Iterator[Row]:
    fold = np.random.default_rng(1).integers(0, FOLDS, len(phrases))
    for number in range(FOLDS):
        train = [i for i in range(len(phrases)) if fold[i] != number]
        judge = judging(Search.of(owners, [phrases[i] for i in train], known, places=places))
        for i in np.flatnonzero(fold == number):
            right = np.zeros(len(owners) + 1, bool)
            right[phrases[i].owner] = True
            yield judge(phrases[i].text), right


def held_out(
    owners: tuple[Owner, ...], phrases: tuple[Phrase, ...], known: Encoder | None, places: Places
) -> Iterator[Row]:
    files = sorted((ROOT / "tests/data").glob("heldout_*.jsonl"))
    questions = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    judge = judging(Search.of(owners, phrases, known, places=places))
    ids = {owner.id: i for i, owner in enumerate(owners) if owner.kind == "programme"}
    others = [i for i, owner in enumerate(owners) if owner.kind != "programme"]
    for question in questions:
        right = np.zeros(len(owners) + 1, bool)
        right[[ids[id_] for id_ in question["accept"]] or [*others, len(owners)]] = True
        yield judge(question["q"]), right


def judging(search: Search) -> Callable[[str], NDArray[np.float64]]:
    """What each rule gives each owner for a text."""
    return lambda text: judged(search.see(search.read(text)))


def fit(data: Data, rounds: int = 40) -> Calibration:
    """Penalised maximum likelihood by Newton steps; several right owners share the credit as the model sees it."""
    features = design(data)
    theta = np.zeros(features.shape[-1])
    for _ in range(rounds):
        step = newton(features, data, theta)
        while float(np.abs(step).max()) > 1e-4 and likelihood(features, data, theta + step) < likelihood(
            features, data, theta
        ):
            step = step / 2
        theta = theta + step
        if float(np.abs(step).max()) <= 1e-4:
            break
    weights = tuple(round(float(value), 3) for value in theta)
    return Calibration(weights[: len(RULES)], weights[-2], weights[-1], Bands(0.5, 0.2, 0.5))


def design(data: Data) -> NDArray[np.float64]:
    """Shape (n, owners + 1, rules + 2): the rules, is it ours, is it nobody."""
    n, owners, rules = data.given.shape
    out = np.zeros((n, owners + 1, rules + 2))
    out[:, :owners, :rules] = data.given
    out[:, :owners, rules] = data.ours
    out[:, owners, rules + 1] = 1
    return out


def likelihood(features: NDArray[np.float64], data: Data, theta: NDArray[np.float64]) -> float:
    """The penalised mean log probability of the right owners."""
    score = features @ theta
    score -= score.max(axis=1, keepdims=True)
    right = np.exp(np.where(data.right, score, -np.inf)).sum(axis=1)
    chance = np.log(np.maximum(right / np.exp(score).sum(axis=1), 1e-12))
    return float((data.weight * chance).sum() / data.weight.sum() - PENALTY / 2 * theta @ theta)


def newton(features: NDArray[np.float64], data: Data, theta: NDArray[np.float64]) -> NDArray[np.float64]:
    score = features @ theta
    chance = np.exp(score - score.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    wanted = np.where(data.right, chance, 0)
    wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
    weight = data.weight / data.weight.sum()
    slope = np.einsum("n,nc,ncf->f", weight, wanted - chance, features) - PENALTY * theta
    mean = np.einsum("nc,ncf->nf", chance, features)
    curve = np.einsum("n,nc,ncf,ncg->fg", weight, chance, features, features, optimize=True)
    curve -= np.einsum("n,nf,ng->fg", weight, mean, mean)
    return np.asarray(np.linalg.solve(curve + (PENALTY + 1e-4) * np.eye(len(theta)), slope))


def choose_bands(chances: NDArray[np.float64], data: Data) -> Bands:
    """The lowest answer band that keeps both promises; the offer band that leaves one in five out-of-scope."""
    best = np.where(data.ours, chances, 0)
    top, sure = best.argmax(axis=1), best.max(axis=1)
    wrong = np.asarray(~data.right[np.arange(len(top)), top])
    outside = np.asarray(~data.right[:, :-1][:, data.ours].any(axis=1))
    fits = [bar for bar in np.arange(0.3, 0.96, 0.01) if promises(np.asarray(sure >= bar), wrong, outside)]
    answer = float(min(fits, default=0.95))
    offers = [bar for bar in np.arange(0.02, answer, 0.01) if (sure[outside] >= bar).mean() <= OFFERED]
    return Bands(round(answer, 2), round(float(min(offers, default=answer)), 2), 0.5)


def promises(answered: NDArray[np.bool_], wrong: NDArray[np.bool_], outside: NDArray[np.bool_]) -> bool:
    return bool((answered & wrong)[~outside].mean() <= WRONG and answered[outside].mean() <= CLAIMED)


def say(name: str, chances: NDArray[np.float64], data: Data, bands: Bands) -> None:
    best = np.where(data.ours, chances, 0)
    top, sure = best.argmax(axis=1), best.max(axis=1)
    right = data.right[np.arange(len(top)), top]
    outside = np.asarray(~data.right[:, :-1][:, data.ours].any(axis=1))
    for label, rows in (("phrasings out of fold", ~data.held), ("held-out questions", data.held)):
        inside, out = rows & ~outside, rows & outside
        answered, offered = sure >= bands.answer, sure >= bands.offer
        sys.stderr.write(
            f"{name:15} {label:22} first {right[inside].mean():.3f}  outright {answered[inside].mean():.3f}"
            f"  wrong {(answered & ~right)[inside].mean():.4f}"
            f"  out of scope: outright {answered[out].mean():.3f} offered {offered[out].mean():.3f}\n"
        )


def toml(name: str, numbers: Calibration) -> str:
    bands = numbers.bands
    weights = "\n".join(f"{rule.name} = {value}" for rule, value in zip(RULES, numbers.weights, strict=True))
    return (
        f"\n[{name}.weights]\n{weights}\n\n[{name}.bias]\nours = {numbers.ours}\nnobody = {numbers.nobody}\n"
        f"\n[{name}.bands]\nanswer = {bands.answer}\noffer = {bands.offer}\nchat = {bands.chat}\n"
    )


if __name__ == "__main__":
    sys.exit(main())

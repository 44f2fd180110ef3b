"""Does a question take longer when staff write more phrasings? The rules timed without the encoder."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from statistics import median
from time import perf_counter

import numpy as np

from bot.engine.calibration import shipped
from bot.engine.encode import E5, Vectors
from bot.engine.grams import WIDTH, squashed
from bot.engine.index import Index, Phrase
from bot.engine.learn import Learned
from bot.engine.rank import rank
from bot.engine.search import Search

TIMES = (1, 3, 10)


class Instant:
    """An encoder that takes no time: any vector will do where only the time is measured."""

    name, dim = "instant", E5.dim

    def __init__(self) -> None:
        self._vector = _random(1, self.dim)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.repeat(self._vector, len(texts), axis=0)


def timed(search: Search, questions: Sequence[str]) -> list[dict[str, float]]:
    """For each multiple the number of phrasings and the median ms, by spelling alone and with made-up vectors."""
    phrases, rows = search.index.phrases, []
    for times in TIMES:
        many = (*phrases, *synthetic(phrases, len(phrases) * (times - 1)))
        larger = replace(search, index=Index.of(search.index.owners, many))
        meaningful = replace(larger, learned=_made_up(larger), encoder=Instant())
        rows.append(
            {
                "times": times,
                "phrasings": len(many),
                "spelling": _median(larger, questions),
                "everything": _median(meaningful, questions),
            }
        )
    return rows


def synthetic(phrases: Sequence[Phrase], many: int) -> Iterator[Phrase]:
    """Phrasings as staff might add them: half of one of an owner's phrasings, half of another, one new word."""
    random = Random(0)
    of_owner: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        of_owner.setdefault(phrase.owner, []).append(phrase)
    for number in range(many):
        one = phrases[number % len(phrases)]
        start, end = one.text.split(), random.choice(of_owner[one.owner]).text.split()
        new = "".join(chr(random.randrange(0xAC00, 0xD7A4)) for _ in range(2))
        text = " ".join([*start[: len(start) // 2 + 1], new, *end[len(end) // 2 :]])
        yield Phrase(one.owner, text, squashed(text), one.is_name)


def _made_up(search: Search) -> Learned:
    """Weights for meaning, of the right size: learning real ones would take hours and gigabytes."""
    owners, phrases = len(search.index.owners), len(search.index.phrases)
    return replace(
        search.learned,
        centre=np.zeros(Instant.dim, np.float32),
        meaning=_random(phrases, owners),
        both=_random(Instant.dim + WIDTH, owners),
        vectors=_random(phrases, Instant.dim),
    )


def _random(rows: int, columns: int) -> Vectors:
    """Unit vectors."""
    values = np.random.default_rng(0).standard_normal((rows, columns)).astype(np.float32)
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)


def _median(search: Search, questions: Sequence[str]) -> float:
    numbers = shipped(search.encoder is not None)
    spent = []
    for question in questions:
        start = perf_counter()
        rank(search.see(search.read(question)), numbers)
        spent.append((perf_counter() - start) * 1000)
    return median(spent)

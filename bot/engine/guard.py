"""Danger first: does a message tell of danger now, and of which kind? Two independent ways, each of which works alone.

Written rules (``signs.py``) need nothing but the text. What was learned from examples needs letters, and meaning where
there is an encoder. A logistic sum of both (numbers: ``calibration.toml``) says how probable danger is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.engine import hangul
from bot.engine.alarms import Alarms, Rows
from bot.engine.calibration import EVIDENCE, Caution
from bot.engine.encode import Encoder
from bot.engine.keep import Shelf
from bot.engine.query import Query, read
from bot.engine.signs import Sign, Signs, strongest
from bot.kb.model import Language
from bot.kb.urgent import Hotlines, Urgent

Evidence: TypeAlias = NDArray[np.float64]
"""Strong sign, sign, harmless sign, meaning, letters: what ``Caution.weights`` are for."""

log = logging.getLogger(__name__)

_READ = 400
_BEGINNING, _END = 100, 60
"""Of a long message its beginning and its end are judged by examples: the encoder's time grows with length."""
_SILENT, _SPOKEN = (-1.0, -1.0), (0.0, 0.0)
"""Examples say nothing of a message without words or mostly of initials (ㅂㅇㅇ), unless a strong sign reads those."""
_MOST_INITIALS = 0.4
"""Danger stands at the beginning of a message, or near it."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What was seen: the kind of danger, how probable it is (0–1), and the written rules that spoke for and against."""

    kind: str
    probability: float
    sign: str | None
    harmless: str | None
    evidence: tuple[float, ...]
    is_danger: bool

    @property
    def is_doubtful(self) -> bool:
        """Only weak rules or letters say so, and meaning says otherwise: whoever knows better may decide."""
        given = dict(zip(EVIDENCE, self.evidence, strict=True))
        return not given["strong_sign"] and given["meaning"] < 0


@dataclass(frozen=True)
class Guard:
    """All that is needed to tell danger, apart from the rest of the knowledge."""

    urgent: Urgent
    hotlines: Hotlines
    signs: Signs
    kind_of: Mapping[str, str]
    harmless: Signs
    alarms: Alarms
    encoder: Encoder | None
    caution: Caution

    @classmethod
    def of(
        cls,
        urgent: Urgent,
        hotlines: Hotlines,
        encoder: Encoder | None,
        caution: Caution,
        ordinary: Sequence[str] = (),
        keep: Shelf | None = None,
        kept: Encoder | None = None,
    ) -> Guard:
        """Learn from the examples. ``ordinary``: questions of every day, which are no danger either.

        ``keep``: where weights stay between runs; ``kept``: an encoder that remembers the examples' vectors.
        """
        alarms = Alarms.learn(Rows.of(urgent), kept or encoder, keep, ordinary)
        kind_of = _kind_of(urgent)
        signs, harmless = Signs.of(kind_of, urgent.words), Signs.of(_all(urgent.harmless.signs), urgent.words)
        return cls(urgent, hotlines, signs, kind_of, harmless, alarms, encoder, caution)

    def told(self, urgent: Urgent, hotlines: Hotlines) -> Guard:
        """The same with other written rules and numbers; what examples taught stays until it is learned anew."""
        if urgent == self.urgent:
            return replace(self, hotlines=hotlines)
        return replace(
            self,
            urgent=urgent,
            hotlines=hotlines,
            signs=Signs.of(_kind_of(urgent), urgent.words),
            kind_of=_kind_of(urgent),
            harmless=Signs.of(_all(urgent.harmless.signs), urgent.words),
        )

    def by(self, encoder: Encoder) -> Guard:
        """The same with another encoder for messages."""
        return replace(self, encoder=encoder)

    def look(self, text: str) -> Alarm:
        """Judge a message."""
        query = self.read(text)
        return self.judge(text, query, self.embed(query))

    def glance(self, text: str) -> bool:
        """Whether written rules see danger, and none that it only looks so."""
        fits = self.signs.all_fitting(text[:_READ])
        return any(sign.is_strong for sign in fits) or (bool(fits) and not self.harmless.all_fitting(text[:_READ]))

    def judge(self, text: str, query: Query, vector: NDArray[np.float32] | None) -> Alarm:
        """Judge a message that was read and embedded."""
        return self.weigh(text, query, *self.alarms.judge(query.text, vector))

    def weigh(self, text: str, query: Query, meant: str, learned: tuple[float, float]) -> Alarm:
        """Judge a message of which is known what examples say: the likeliest kind, meaning and letters."""
        kind, sign, harmless = self._signs(text, query)
        strong = sign is not None and sign.is_strong
        if not query.text or _initials_share(query.text) > _MOST_INITIALS:
            learned = _SPOKEN if strong else _SILENT
        evidence = (float(strong), float(sign is not None), float(harmless is not None), *learned)
        probability = self.caution.probability(evidence)
        written = sign.written if sign else None
        against = harmless.written if harmless else None
        is_danger = probability >= self.caution.bar
        return Alarm(kind or meant, round(probability, 4), written, against, evidence, is_danger)

    def read(self, text: str) -> Query:
        """A message as it is compared: normalised, the keyboard put right, its beginning."""
        query = read(text, self.alarms.latin, self.alarms.syllables)
        if len(query.text) <= _BEGINNING + _END:
            return query
        return Query(f"{query.text[:_BEGINNING]} {query.text[-_END:]}", query.repaired)

    def embed(self, query: Query) -> NDArray[np.float32] | None:
        """The vector of a message; None without an encoder, also when it fails: the other ways still see danger."""
        if self.encoder is None or not query.text:
            return None
        try:
            return np.asarray(self.encoder.embed([query.text])[0], np.float32)
        except (RuntimeError, OSError, ValueError):
            log.exception("the encoder failed, danger is judged without it", extra={"code": "E202"})
            return None

    def _signs(self, text: str, query: Query) -> tuple[str | None, Sign | None, Sign | None]:
        """The kind and sign that speak for danger (a strong one first), and the harmless sign.

        The last kind is the one of cries without detail: it names nothing that another kind does not name better.
        """
        told = query.text if query.repaired or hangul.has_pieces(text) else text[:_READ]
        fits = self.signs.all_fitting(told)
        kinds = [self.kind_of[sign.written] for sign in fits]
        telling = next((kind for kind in kinds if kind != self.urgent.kinds[-1].id), None)
        return telling, strongest(fits), strongest(self.harmless.all_fitting(told))


def _initials_share(text: str) -> float:
    letters = text.replace(" ", "")
    return sum("\u3130" <= char <= "\u318f" for char in letters) / max(1, len(letters))


def _kind_of(urgent: Urgent) -> dict[str, str]:
    """The kind of every sign; the first kind that has it."""
    return {sign: kind.id for kind in reversed(urgent.kinds) for sign in _all(kind.signs)}


def _all(by_language: Mapping[Language, Sequence[str]]) -> list[str]:
    return [sign for language in sorted(by_language) for sign in by_language[language]]

"""The only place that says how sure is sure enough."""

from collections.abc import Sequence

from bot.engine.answer import Answer, Chat, Choices, Found, Hit, Missed
from bot.engine.calibration import Bands
from bot.engine.rank import Scored
from bot.kb.model import Aspect

SHOWN = 3


def decide(ranked: Sequence[Scored], bands: Bands, aspect: Aspect | None) -> Answer:
    """Answer, offer, or admit.

    A programme as probable as ``answer`` is answered outright. Smalltalk as probable as ``chat`` is returned.
    Where the best programme reaches ``offer`` up to three are offered; below, nothing is claimed.
    """
    hits = nearest(ranked)
    best = hits[0].score if hits else 0.0
    if best >= bands.answer:
        return Found(hits, aspect)
    talk = _together(ranked, "smalltalk")
    if talk >= bands.chat:
        return Chat(_first(ranked, "smalltalk"), hits, aspect)
    if best >= bands.offer:
        return Choices(hits, aspect)
    elsewhere = _together(ranked, "elsewhere")
    return Missed(hits, aspect, _first(ranked, "elsewhere") if elsewhere >= bands.chat else None)


def nearest(ranked: Sequence[Scored]) -> tuple[Hit, ...]:
    """The best programmes, however improbable."""
    ours = [row for row in ranked if row.owner.kind == "programme"][:SHOWN]
    return tuple(Hit(row.owner.id, round(row.probability, 4)) for row in ours)


def _together(ranked: Sequence[Scored], kind: str) -> float:
    return sum(row.probability for row in ranked if row.owner.kind == kind)


def _first(ranked: Sequence[Scored], kind: str) -> str:
    return next(row.owner.id for row in ranked if row.owner.kind == kind)

"""A rambling message → the part that tells something: life stories hold one sentence that asks."""

from bot.engine.learn import Learned

READ = 160
"""So many characters are read whole; the encoder's time grows with length (DESIGN section 5)."""
_SPAN, _STEP = 80, 40


def telling(text: str, learned: Learned) -> str:
    """The text, or the two windows of a long one that are spelled most like any phrasing, in order."""
    if len(text) <= READ:
        return text
    starts = range(0, len(text) - _SPAN // 2, _STEP)
    windows = [(start, text[start : start + _SPAN]) for start in starts]
    ranked = sorted(windows, key=lambda w: (-float(learned.by_letters(learned.spelling.vector(w[1])).max()), w[0]))
    best = sorted(ranked[:2])
    return " ".join(part for _, part in best).strip()

"""Many messages at once: which of them tell of danger? A check asks thousands, and one by one takes long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.engine.guard import Alarm, Guard
from bot.engine.learn import kernel, unit

_BATCH = 512


def alarms(guard: Guard, texts: Sequence[str]) -> dict[str, Alarm]:
    """What ``guard.look`` says of each text; only the last digits of sums may differ."""
    once = list(dict.fromkeys(texts))
    read = [guard.read(text) for text in once]
    by_meaning = _by_meaning(guard, [query.text for query in read])
    out = {}
    for text, query, meant in zip(once, read, by_meaning, strict=True):
        sparse = guard.alarms.spelling.vector(query.text)
        letters = sparse.values @ guard.alarms.letters[sparse.columns] + guard.alarms.offset
        together = letters if meant is None else meant + np.float32(0.5) * letters
        kind = guard.alarms.kinds[int(together[:-1].argmax())]
        out[text] = guard.weigh(text, query, kind, (0.0 if meant is None else float(meant[-1]), float(letters[-1])))
    return out


def _by_meaning(guard: Guard, texts: Sequence[str]) -> Iterator[NDArray[np.float32] | None]:
    """For each text what meaning says of every kind and, last, of danger; None without an encoder."""
    known = guard.alarms
    if guard.encoder is None or not len(known.meaning):
        yield from (None for _ in texts)
        return
    for start in range(0, len(texts), _BATCH):
        vectors = unit(guard.encoder.embed(texts[start : start + _BATCH]) - known.centre)
        yield from kernel(vectors @ known.vectors.T) @ known.meaning + known.offset

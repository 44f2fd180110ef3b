"""What the rules look at: a message read and compared with all phrasings. Fitting and answering share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.engine.encode import Encoder, Kept, Progress, Recalling
from bot.engine.index import Index, Owner, Phrase
from bot.engine.learn import Learned, learn
from bot.engine.query import Query, read
from bot.engine.rules import Seen
from bot.engine.window import telling


@dataclass(frozen=True)
class Search:
    """Phrasings, indexed and learned. ``encoder`` is None where meaning cannot be told."""

    index: Index
    learned: Learned
    encoder: Encoder | None

    @classmethod
    def of(
        cls,
        owners: Sequence[Owner],
        phrases: Sequence[Phrase],
        encoder: Encoder | None,
        keep: Path | None = None,
        progress: Progress | None = None,
        recall: bool = False,
    ) -> Search:
        """Compute all that can be computed once. ``keep``: the folder of vectors and weights between runs.

        ``recall``: phrasings that are asked as questions are not embedded again (for checks).
        """
        kept = Kept(encoder, keep / "vectors.npz", progress) if encoder and keep else None
        learned = learn(phrases, len(owners), kept or encoder, keep)
        asked = Recalling(kept, [p.text for p in phrases]) if kept and recall else encoder
        return cls(Index.of(tuple(owners), tuple(phrases)), learned, asked)

    def read(self, text: str) -> Query:
        """A message as it is compared: normalised, the keyboard put right, cut to what matters."""
        query = read(text, self.index.latin, self.index.syllables)
        short = telling(query.text, self.learned)
        return query if short == query.text else replace(query, text=short)

    def see(self, query: Query) -> Seen:
        """Everything that the rules need to know about a message."""
        vector = None
        if self.encoder and query.words:
            vector = self.learned.centred(self.encoder.embed([query.words]))[0]
        return Seen(query, self.index, self.learned, self.learned.spelling.vector(query.words), vector)

"""What the rules look at: a message read and compared with all phrasings. Fitting and answering share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.engine.encode import Encoder, Vectors
from bot.engine.index import Index, Owner, Phrase
from bot.engine.keep import Shelf
from bot.engine.learn import Learned, learn
from bot.engine.places import NOWHERE, Places
from bot.engine.query import Query, read
from bot.engine.rules import Seen
from bot.engine.window import telling


@dataclass(frozen=True)
class Search:
    """Phrasings, indexed and learned. ``encoder`` is None where meaning cannot be told."""

    index: Index
    learned: Learned
    encoder: Encoder | None
    places: Places = NOWHERE

    @classmethod
    def of(
        cls,
        owners: Sequence[Owner],
        phrases: Sequence[Phrase],
        encoder: Encoder | None,
        keep: Shelf | None = None,
        kept: Encoder | None = None,
        places: Places = NOWHERE,
    ) -> Search:
        """Compute all that can be computed once.

        ``keep``: where weights stay between runs; ``kept``: an encoder that remembers the phrasings' vectors.
        """
        learned = learn(phrases, len(owners), kept or encoder, keep)
        return cls(Index.of(tuple(owners), tuple(phrases)), learned, encoder, places)

    def by(self, encoder: Encoder) -> Search:
        """The same with another encoder for messages."""
        return replace(self, encoder=encoder)

    def read(self, text: str) -> Query:
        """A message as it is compared: normalised, the keyboard put right, cut to what matters."""
        query = read(text, self.index.latin, self.index.syllables)
        short = telling(query.text, self.learned)
        return query if short == query.text else replace(query, text=short, whole=query.text)

    def see(self, query: Query, embedded: Vectors | None = None) -> Seen:
        """Everything that the rules need to know about a message. ``embedded``: its vector, if it is known already."""
        vector = None
        if self.encoder and query.words:
            found = self.encoder.embed([query.words])[0] if embedded is None else embedded
            vector = self.learned.centred(found)
        return Seen(query, self.index, self.learned, self.learned.spelling.vector(query.words), vector, self.places)

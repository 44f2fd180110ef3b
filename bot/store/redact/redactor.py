"""The only door: text as typed in, text that may be kept out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.kb.load import Knowledge
from bot.store.redact.births import birth_spans
from bot.store.redact.codes import code_spans
from bot.store.redact.foreign import foreign_names
from bot.store.redact.handles import handle_spans
from bot.store.redact.library import library_spans
from bot.store.redact.mails import mail_spans
from bot.store.redact.marks import MARKS, Span, merged, replaced
from bot.store.redact.names import korean_names
from bot.store.redact.numbers import number_spans
from bot.store.redact.places import place_spans
from bot.store.redact.plates import plate_spans
from bot.store.redact.public import Public
from bot.store.redact.view import STOP, View

_PASSES = 4
"""A mark can make a boundary for what stands beside it. A text that never settles is nobody's question: it goes whole."""


@dataclass(frozen=True)
class Redactor:
    """Takes personal data out of texts; what the knowledge says in public stays."""

    public: Public

    @classmethod
    def of(cls, knowledge: Knowledge) -> Redactor:
        """Built once for a knowledge; takes half a second."""
        return cls(Public.of(knowledge))

    def redact(self, text: str) -> str:
        """The text with a mark wherever something personal stood; a redacted text stays as it is."""
        for _ in range(_PASSES):
            if not (spans := self.found(text)):
                return text
            text = replaced(text, spans)
        return MARKS["number"] if self.found(text) else text

    def found(self, text: str) -> tuple[Span, ...]:
        """What is personal in a text, in order."""
        view = View.of(text)
        spans = merged(self._spans(view))
        return merged(
            Span(span.kind, *view.back(span.start, span.end))
            for span in spans
            if view.plain[span.start : span.end].strip(STOP)
        )

    def _spans(self, view: View) -> list[Span]:
        plain, public = view.plain, self.public
        found = [
            *library_spans(plain, public),
            *number_spans(plain, public),
            *code_spans(plain),
            *mail_spans(plain),
            *handle_spans(plain, public),
            *plate_spans(plain),
            *birth_spans(plain),
            *place_spans(plain, public),
        ]
        return [*found, *korean_names(plain, public, found), *foreign_names(view, public, found)]

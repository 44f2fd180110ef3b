"""What the bot says of itself: votes and thanks, what is kept and deleted, that it is too much at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.buttons import Ballot
from bot.chat.reply import Button, Reply, Rows, escape, fill
from bot.engine.answer import Answer, Chat, Found, Urgent
from bot.kb.phrases import Phrases
from bot.store.questions import Vote


@dataclass(frozen=True)
class House:
    """In one language; ``menu`` is the row that leads there."""

    phrases: Phrases
    menu: Rows

    def with_votes(self, reply: Reply, answer: Answer, question: int | None) -> Reply:
        """The reply with the buttons of a vote below: 👍 👎 where it answers, else that nothing fits."""
        if question is None or isinstance(answer, Urgent | Chat):
            return reply
        if isinstance(answer, Found):
            row = (Button("👍", Ballot(question, "up").data), Button("👎", Ballot(question, "down").data))
            return Reply(reply.html, (*reply.buttons, row))
        missing = Button(self.phrases.buttons.missing, Ballot(question, "missing").data)
        return Reply(reply.html, (*reply.buttons, (missing,)))

    def voted(self, vote: Vote) -> str:
        """What is said to a vote: words alone, no message."""
        words = self.phrases.feedback
        return {"up": words.up, "down": words.down, "missing": words.missing}[vote]

    def privacy(self, days: int) -> Reply:
        """What is kept, why, how long."""
        return Reply(fill(self.phrases.privacy, days=str(days)), self.menu)

    def forgotten(self, is_done: bool) -> Reply:
        """All of it is gone; or the database cannot be written just now."""
        return Reply(escape(self.phrases.forgotten if is_done else self.phrases.forget_later), self.menu)

    def slow_down(self) -> Reply:
        """Too much from one person at once."""
        return Reply(escape(self.phrases.slow_down))

"""Does every page fit a phone and Telegram? For ``check``: messages for editors, in Korean."""

from collections.abc import Iterator

from bot.chat.card import LINES
from bot.chat.render import Pages
from bot.chat.reply import Reply, plain
from bot.errors import Problem
from bot.kb.load import Knowledge
from bot.kb.model import ASPECTS, Programme

MOST = 4096
"""Characters of one Telegram message, without its tags: core.telegram.org/bots/api#sendmessage."""


def unfit(knowledge: Knowledge) -> Iterator[Problem]:
    """Programmes of which a page is too long to be sent, or a card too long to be read at a glance."""
    pages = Pages(knowledge)
    for programme in knowledge.programmes:
        document = knowledge.documents.get(f"programs/{programme.id}.yaml")
        for key, message in _faults(pages, programme):
            if document:
                yield document.problem((key,), message)


def _faults(pages: Pages, programme: Programme) -> Iterator[tuple[str, str]]:
    for aspect in (None, *ASPECTS):
        lines = _told(pages.programme(programme.id, aspect)).count("\n") + 1
        if lines > LINES:
            yield "details", f"'{aspect or '전체'}' 카드가 {lines}줄입니다(최대 {LINES}줄). 사실을 줄이거나 합치세요."
    for key, reply in (("details", pages.more(programme.id)), ("sources", pages.sources(programme.id))):
        if (size := len(_told(reply))) > MOST:
            yield key, f"이 내용을 펼친 글이 {size}자입니다(텔레그램 한 메시지는 최대 {MOST}자). 줄이거나 나누세요."


def _told(reply: Reply) -> str:
    return plain(reply.html)

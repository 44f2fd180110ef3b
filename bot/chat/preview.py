"""What a citizen will see of one programme, in a terminal, for those who write the knowledge. Pure."""

from bot.chat.render import Pages
from bot.chat.reply import Reply, plain
from bot.kb.load import Knowledge
from bot.kb.model import Aspect, Language


def preview(knowledge: Knowledge, id_: str, language: Language | None = None, aspect: Aspect | None = None) -> str:
    """The card, the card opened, the sources; each with its buttons. Headings are for staff, in Korean."""
    pages = Pages(knowledge, language)
    shown = (
        ("처음 보이는 카드", pages.programme(id_, aspect)),
        (f"[{pages.phrases.buttons.more}] 단추를 누르면", pages.more(id_)),
        (f"[{pages.phrases.buttons.sources}] 단추를 누르면", pages.sources(id_)),
    )
    return "\n".join(_page(title, reply) for title, reply in shown)


def _page(title: str, reply: Reply) -> str:
    buttons = "".join(" ".join(f"[{button.text}]" for button in row) + "\n" for row in reply.buttons)
    return f"──── {title} ────\n{plain(reply.html)}\n\n{buttons}"

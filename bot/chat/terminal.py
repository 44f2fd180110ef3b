"""The bot in a terminal, for those who write the knowledge: the very pages that Telegram shows, as plain text."""

from typing import TextIO

from bot.chat.memory import Memory
from bot.chat.reply import Button, Reply, plain
from bot.chat.talk import Holder, Talk

CHAT = 0
QUIT = "/quit"


def chat(holder: Holder, lines: TextIO, out: TextIO, memory: Memory | None = None) -> None:
    """Talk until ``/quit`` or the end of ``lines``. A number presses the button with that number."""
    talk = Talk(holder, memory or Memory())
    buttons = _show(talk.pages(CHAT).start(), out)
    while (line := _next(lines, out)) is not None:
        buttons = _show(_reply(talk, line, buttons), out)


def _next(lines: TextIO, out: TextIO) -> str | None:
    """The next line that is not empty, None at the end."""
    while True:
        out.write("> ")
        out.flush()
        line = lines.readline()
        if not line or line.strip() == QUIT:
            out.write("\n")
            return None
        if line.strip():
            return line.strip()


def _reply(talk: Talk, line: str, buttons: list[Button]) -> Reply:
    here = talk.pages(CHAT)
    pages = {"/start": here.start, "/menu": here.menu, "/help": here.help, "/language": here.languages}
    if line in pages:
        return pages[line]()
    if line.isascii() and line.isdigit() and 1 <= int(line[:6]) <= len(buttons):
        return talk.press(CHAT, buttons[int(line) - 1].data)[0]
    return talk.ask(CHAT, line)


def _show(reply: Reply, out: TextIO) -> list[Button]:
    """Print a reply; its buttons in the order of their numbers."""
    out.write(plain(reply.html) + "\n")
    numbers = {button: number for number, button in enumerate((b for row in reply.buttons for b in row), 1)}
    for row in reply.buttons:
        out.write("  ".join(f"[{numbers[button]}] {button.text}" for button in row) + "\n")
    out.write("\n")
    return list(numbers)

"""The buttons of a reply as Telegram wants them."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.reply import Rows


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Rows of buttons; None where there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.text, callback_data=b.data) for b in row] for row in rows])

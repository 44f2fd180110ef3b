"""Update → reply: the Telegram edge. With ``bot/app.py`` the only importer of ``telegram``."""

import os

# Without it python-telegram-bot warns of a deprecation whenever Telegram says "too many requests": where warnings
# are errors, that would hide the one exception which says how long to wait.
os.environ.setdefault("PTB_TIMEDELTA", "true")

"""The console at ``/admin``: how the bot does, for whoever looks after it. Korean, without scripts."""

from bot.web.console.desk import Desk, Source
from bot.web.console.routes import routes

__all__ = ["Desk", "Source", "routes"]

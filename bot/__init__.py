"""A city's safety programmes, answered in Telegram: Update → chat → engine → Answer → render → Telegram.

Folder order is import order: errors, config, kb, engine, store, monitor, chat, web, app, cli.
"""

__version__ = "0.1.0"

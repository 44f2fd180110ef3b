"""Is anything lost? Instruments that look at the bot from outside only: a stand-in of Telegram, processes, signals.

``python -m bench.reliability [kill|storm|trouble|load|soak|fuzz|all] [--short] [--write]``. Read ``flow.py`` for what
counts as lost, doubled and out of order, ``world.py`` for what runs, and each part's module for what is done to it.
"""

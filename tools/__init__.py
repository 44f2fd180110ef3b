"""Scripts for developers; nothing in ``bot/`` imports them."""

"""What the bot shows over HTTP, and the local stand-in of Telegram."""

"""Text → Answer: pure, no Telegram. Read it in the order of ``pipeline.py``."""

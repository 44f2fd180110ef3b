"""Drafts do not go live: the mark of what ``draft`` wrote must be gone from a file before it is used."""

from bot.errors import Problem

MARK = "[초안]"
"""Stands in every text and quotation of a draft that a person has not rewritten yet."""


def unreviewed(text: str, where: str) -> list[Problem]:
    """Every line of a knowledge file that still carries the mark, in values and in comments."""
    told = f"{MARK} 표시가 남아 있습니다. 사람이 확인하고 새로 쓴 뒤 표시(와 따온 기사 글)를 지우세요."
    return [Problem(where, number, told) for number, line in enumerate(text.splitlines(), 1) if MARK in line]

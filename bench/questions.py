"""Which questions are asked, and which of them the shipped numbers have seen."""

import json
from collections.abc import Sequence
from pathlib import Path

from bench.stage import ROOT
from bot.engine.hangul import is_syllable

DATA = ROOT / "tests/data"
FITTED_ON = "heldout_*.jsonl"
"""What ``tools/fit.py`` reads; ``tools/fit_urgent.py`` reads the rest of the folder."""
LENGTH, MANY = 20, 200


def shipped_files() -> list[Path]:
    """The question files that the calibration was fitted on."""
    return sorted(DATA.glob(FITTED_ON))


def is_seen(path: Path) -> bool:
    """Whether the shipped numbers may have been fitted on this file."""
    return path.resolve().parent == DATA


def about_twenty_characters() -> list[str]:
    """Two hundred different Korean questions, those nearest to twenty characters."""
    lines = (DATA / "heldout_plain.jsonl").read_text("utf-8").splitlines()
    korean = dict.fromkeys(text for text in (str(json.loads(line)["q"]) for line in lines) if is_korean(text))
    return sorted(korean, key=lambda text: abs(len(text) - LENGTH))[:MANY]


def is_korean(text: str) -> bool:
    return sum(map(is_syllable, text)) * 2 > len(text.replace(" ", ""))


def median_length(texts: Sequence[str]) -> int:
    return sorted(map(len, texts))[len(texts) // 2]

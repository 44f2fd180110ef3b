"""Which language is a message in? By script, by letters that only one language has, else by runs of letters."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.normalize import normalize
from bot.kb.model import Language

_SCRIPTS = (
    ("hangul", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")),
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("han", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("latin", re.compile("[a-z\u00e0-\u024f\u1e00-\u1eff]")),
)
_HANGUL_SHARE = 0.4
"""Foreign questions hold Korean names, Korean ones hold CPTED and IoT: of so many Hangul letters it is Korean."""
_VIETNAMESE = re.compile("[ăâđêôơưạảãầấậẩẫằắặẳẵẹẻẽềếệểễịỉĩọỏõồốộổỗờớợởỡụủũừứựửữỵỷỹ]")
_UZBEK_CYRILLIC = re.compile("[ўқғҳ]")
_SURE = 0.9
_SHORT = 4
"""A Latin message of fewer letters says nothing about its language."""
_RUNS = (1, 2, 3)


@dataclass(frozen=True)
class Languages:
    """Naive Bayes over runs of letters for languages in Latin script; scripts tell the others."""

    first: Language
    known: frozenset[Language]
    chances: Mapping[Language, Mapping[str, float]]
    rare: Mapping[Language, float]
    loanwords: frozenset[str]

    @classmethod
    def of(cls, first: Language, texts: Mapping[Language, Sequence[str]]) -> Languages:
        """Learn from texts by language; ``first`` is the city's own. Its Latin words (CCTV) tell nothing."""
        runs: dict[Language, Counter[str]] = defaultdict(Counter)
        for language, rows in texts.items():
            for text in rows:
                plain = normalize(text)
                if _script(plain) == "latin":
                    runs[language].update(_runs(plain))
        size = len({run for counts in runs.values() for run in counts}) + 1
        totals = {language: sum(counts.values()) + 0.5 * size for language, counts in runs.items()}
        chances = {
            language: {run: math.log((count + 0.5) / totals[language]) for run, count in counts.items()}
            for language, counts in runs.items()
        }
        loan = {word for text in texts.get(first, ()) for word in normalize(text).split() if word.isascii()}
        rare = {language: math.log(0.5 / total) for language, total in totals.items()}
        return cls(first, frozenset(texts), chances, rare, frozenset(loan))

    def tell(self, text: str, hint: Language | None = None) -> Language | None:
        """The language of a message; ``hint`` (the user's Telegram language) where it is too short to say.

        None: it is in none of the languages that are known.
        """
        plain = normalize(text)
        script = _script(plain, self.loanwords)
        fallback = hint if hint in self.known else self.first
        if script == "latin":
            return self._latin(plain, hint)
        by_script: dict[str, Language | None] = {
            "hangul": "ko",
            "han": "zh",
            "cyrillic": "uz" if _UZBEK_CYRILLIC.search(plain) else "ru",
        }
        found = fallback if script == "none" else by_script.get(script)
        return found if found in self.known else None

    def _latin(self, plain: str, hint: Language | None) -> Language | None:
        if _VIETNAMESE.search(plain):
            return "vi"
        own = " ".join(word for word in plain.split() if word not in self.loanwords)
        if not self.chances or sum(map(str.isalpha, own)) < _SHORT:
            return hint if hint in self.known else self.first
        best, chance = self._ranked(plain)[0]
        return best if chance >= _SURE or hint not in self.known else hint

    def _ranked(self, plain: str) -> list[tuple[Language, float]]:
        """The languages with their probabilities, best first; ties by name."""
        runs = _runs(plain)
        scores = {lang: sum(known.get(run, self.rare[lang]) for run in runs) for lang, known in self.chances.items()}
        top = max(scores.values())
        total = sum(math.exp(score - top) for score in scores.values())
        rows = [(language, math.exp(score - top) / total) for language, score in scores.items()]
        return sorted(rows, key=lambda row: (-row[1], row[0]))


def _script(plain: str, loanwords: frozenset[str] = frozenset()) -> str:
    """The script that most letters are in; Hangul and kana win early. ``other``: none of those above."""
    counts = {name: len(pattern.findall(plain)) for name, pattern in _SCRIPTS}
    letters = sum(unicodedata.category(char)[0] == "L" for char in plain)
    if counts["hangul"]:
        borrowed = sum(len(word) for word in plain.split() if word in loanwords)
        if counts["hangul"] >= _HANGUL_SHARE * max(1, letters - borrowed):
            return "hangul"
        letters -= counts.pop("hangul")
    if not letters:
        return "none"
    if counts["kana"]:
        return "kana"
    name, count = max(counts.items(), key=lambda row: row[1])
    return name if count * 2 >= letters else "other"


def _runs(plain: str) -> list[str]:
    """Runs of 1–3 letters, with a space at both ends of each word; accents kept, they tell."""
    text = f" {plain} "
    return [text[i : i + n] for n in _RUNS for i in range(len(text) - n + 1)]

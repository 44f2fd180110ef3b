"""What nobody should send and somebody will: bad input, and how long it takes."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

GIVE_UP = 5.0
"""Seconds after which an input counts as endless."""
_RUNS = 5

INPUTS: dict[str, str] = {
    "10,000 characters": "밤늦게 집에 가는데 무서워요 누가 좀 도와주면 좋겠어요 " * 330,
    "10,000 different words": " ".join(
        chr(0xAC00 + i * 37 % 11172) + chr(0xAC00 + i * 91 % 11172) for i in range(3400)
    ),
    "long text without a space": "".join(chr(0xAC00 + i * 37 % 11172) for i in range(10_000)),
    "one syllable, 10,000 times": "가" * 10_000,
    "emoji only": "🚨🚌😱👮‍♀️🏳️‍🌈" * 400,
    "NUL only": "\0" * 10_000,
    "NUL between words": "부엉이\0버스\0요금\0" * 500,
    "right to left": "\u202e\u2067حافلة البومة متى \u05d0\u05d5\u05d8\u05d5\u05d1\u05d5\u05e1\u2069 " * 300,
    "HTML": "<script>alert(1)</script><b><i><a href='//x'>버스</a>&lt;&#x1F4A9;" * 150,
    "tags that never close": "<b>" * 3_000,
    "half surrogate pairs": "\ud83d버스\udc00" * 1_000,
    "combining marks": ("버" + "\u0301\u0327\u0489" * 30) * 100,
    "one character that stands for eighteen": "\ufdfa" * 1_000,
    "initials without end": "ㅂㅇㅇ ㅂㅅ " * 300,
    "initials in one word": "ㅂㅇㅅㄱㄴㅁ" * 300,
    "Korean keys typed in English": "qndjddlqjtmdyrma" * 100,
    "English keys typed in Korean": "ㅐ지ㅠㅕㄴㅓㅏㅣ" * 200,
    "laughter that ends in a consonant": "버스 " + "ㅋㅎ" * 20 + "ㄱ",
    "tears and laughter by turns": "ㅋㅠㅎㅜㅋㅎㅠㅠ" * 200,
    "digits only": "1666123401046" * 700,
    "control characters": "".join(map(chr, range(32))) * 300,
}


class Endless(Exception):
    """It took longer than anybody waits."""


def timed(answer: Callable[[str], object]) -> dict[str, float]:
    """Milliseconds for each input, the median of a few runs; infinity for what did not end."""
    return {name: _median(answer, text) for name, text in INPUTS.items()}


def _median(answer: Callable[[str], object], text: str) -> float:
    spent: list[float] = []
    try:
        with _at_most(GIVE_UP):
            for _ in range(_RUNS):
                start = perf_counter()
                answer(text)
                spent.append((perf_counter() - start) * 1000)
    except Endless:
        return median(spent) if spent else float("inf")
    return median(spent)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Endless is raised in the block when the time is up, also out of a regular expression."""

    def stop(*_: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

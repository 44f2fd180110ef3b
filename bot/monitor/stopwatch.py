"""Where does the time of one question go? Milliseconds by step, in the order that the steps ended."""

import time
from collections.abc import Callable


class Stopwatch:
    """Call it with the name of the step that just ended."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._began = self._last = clock()
        self.steps: dict[str, float] = {}

    def __call__(self, step: str) -> None:
        now = self._clock()
        self.steps[step] = self.steps.get(step, 0.0) + (now - self._last) * 1000
        self._last = now

    @property
    def ms(self) -> float:
        """From the beginning to the end of the last step."""
        return (self._last - self._began) * 1000

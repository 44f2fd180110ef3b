"""What several threads ask for at the same moment is done in one go, and each gets its own."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bot.engine.together import Together

PATIENCE = 10.0


class Doubling:
    """Doubles numbers; ``hold`` keeps every go waiting until it is opened. A negative number is refused."""

    def __init__(self) -> None:
        self.goes: list[tuple[tuple[int, ...], bool]] = []
        self.begun = threading.Semaphore(0)
        self.hold = threading.Event()

    def __call__(self, numbers: Sequence[int], is_alone: bool) -> list[int]:
        self.goes.append((tuple(numbers), is_alone))
        self.begun.release()
        assert self.hold.wait(PATIENCE)
        if min(numbers) < 0:
            raise ValueError(min(numbers))
        return [2 * number for number in numbers]


def waiting(together: Together[int, int], many: int) -> None:
    """Until so many wait for a lane."""
    while len(together._waiting) < many:
        threading.Event().wait(0.001)


def crowd(pool: ThreadPoolExecutor, work: Doubling, asked: Sequence[int], most: int = 9) -> list[Future[Sequence[int]]]:
    """One lane, which 0 has; the numbers asked for wait for it in this order."""
    together = Together[int, int](work, lanes=1, most=most)
    found = [pool.submit(together, [0])]
    assert work.begun.acquire(timeout=PATIENCE)
    for many, number in enumerate(asked, 1):
        found.append(pool.submit(together, [number]))
        waiting(together, many)
    work.hold.set()
    return found


def test_who_asks_alone_gets_everything_at_once() -> None:
    work = Doubling()
    work.hold.set()
    assert list(Together[int, int](work, lanes=2, most=4)([1, 2])) == [2, 4]
    assert work.goes == [((1, 2), True)]


def test_those_who_wait_are_served_in_one_go_and_each_gets_its_own() -> None:
    work = Doubling()
    with ThreadPoolExecutor(8) as pool:
        found = crowd(pool, work, [1, 2, 3])
        assert [list(one.result(PATIENCE)) for one in found] == [[0], [2], [4], [6]]
    assert work.goes == [((0,), True), ((1, 2, 3), False)]


def test_one_go_holds_no_more_than_it_may() -> None:
    work = Doubling()
    with ThreadPoolExecutor(8) as pool:
        found = crowd(pool, work, [1, 2, 3], most=2)
        assert [list(one.result(PATIENCE)) for one in found] == [[0], [2], [4], [6]]
    assert [numbers for numbers, _ in work.goes] == [(0,), (1, 2), (3,)]


def test_a_second_lane_begins_at_once_and_knows_that_it_is_not_alone() -> None:
    work = Doubling()
    together = Together[int, int](work, lanes=2, most=4)
    with ThreadPoolExecutor(2) as pool:
        for number in (1, 2):
            pool.submit(together, [number])
            assert work.begun.acquire(timeout=PATIENCE)
        work.hold.set()
    assert work.goes == [((1,), True), ((2,), False)]


def test_only_who_asked_for_the_impossible_hears_of_it() -> None:
    work = Doubling()
    with ThreadPoolExecutor(8) as pool:
        fine, one, bad, two = crowd(pool, work, [1, -1, 2])
        assert [list(f.result(PATIENCE)) for f in (fine, one, two)] == [[0], [2], [4]]
        with pytest.raises(ValueError, match="-1"):
            bad.result(PATIENCE)


def test_all_lanes_are_free_again_after_a_crowd_and_its_errors() -> None:
    work = Doubling()
    work.hold.set()
    together = Together[int, int](work, lanes=2, most=3)
    with ThreadPoolExecutor(12) as pool:
        found = [pool.submit(together, [number % 7 - 1]) for number in range(500)]
        for number, one in enumerate(found):
            expected = number % 7 - 1
            if expected < 0:
                assert isinstance(one.exception(PATIENCE), ValueError)
            else:
                assert list(one.result(PATIENCE)) == [2 * expected]
    together([1])
    assert work.goes[-1] == ((1,), True)

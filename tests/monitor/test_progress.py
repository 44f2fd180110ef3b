"""Whoever waits sees what is done; whoever need not wait sees nothing."""

import io

from bot.monitor.progress import Progress


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Screen(io.StringIO):
    def isatty(self):
        return True


def test_what_takes_less_than_a_second_is_not_told():
    out, clock = Screen(), Clock()
    progress = Progress(out, clock)
    clock.now = 0.9
    progress("오타", 5, 10)
    progress.end()
    assert out.getvalue() == ""


def test_on_a_terminal_one_line_changes_and_is_gone_in_the_end():
    out, clock = Screen(), Clock()
    progress = Progress(out, clock)
    for clock.now, done in ((1.1, 1), (1.2, 2), (1.4, 3)):
        progress("오타", done, 4000)
    progress.end()
    told = [part.strip() for part in out.getvalue().split("\r")]
    assert told == ["", "오타 1/4,000", "오타 3/4,000", "", ""]


def test_in_a_log_each_step_is_a_line():
    out, clock = io.StringIO(), Clock()
    progress = Progress(out, clock)
    for clock.now, step in ((2, "오타"), (3, "오타"), (4, "초성")):
        progress(step, 1, 40)
    progress.end()
    assert out.getvalue() == "오타 (40) …\n초성 (40) …\n"

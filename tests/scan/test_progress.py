"""Progress is told as the stream can bear it."""

from __future__ import annotations

import io

from dedup.progress import LINE_SECONDS, Bars, Lines, Progress, Silent, choose_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(progress: Progress) -> None:
    progress.start("reading", 4, "pieces")
    for _ in range(4):
        progress.advance(1)
    progress.start("verifying", 2000, "pairs")
    progress.advance(2000)
    progress.close()


def test_quiet_says_nothing_whatever_the_stream() -> None:
    assert isinstance(choose_progress(Terminal(), quiet=True), Silent)


def test_a_terminal_gets_bars_that_leave_nothing_behind() -> None:
    stream = Terminal()
    progress = choose_progress(stream)
    assert isinstance(progress, Bars)
    run(progress)
    progress.close()
    assert "reading" in stream.getvalue()
    assert "2000/2000" in stream.getvalue()


def test_another_stream_gets_a_line_a_stage() -> None:
    stream = io.StringIO()
    progress = choose_progress(stream)
    assert isinstance(progress, Lines)
    run(progress)
    progress.close()
    lines = stream.getvalue().splitlines()
    assert [line.split(" in ")[0] for line in lines] == [
        "reading: 4 pieces",
        "verifying: 2,000 pairs",
    ]


def test_a_long_stage_says_how_long_still() -> None:
    now = [0.0]
    stream = io.StringIO()
    lines = Lines(stream, clock=lambda: now[0])
    lines.start("reading", 1000, "pieces")
    lines.advance(100)
    assert stream.getvalue() == ""
    now[0] = LINE_SECONDS
    lines.advance(100)
    assert stream.getvalue() == "reading: 200 of 1,000 pieces (20 a second, 40 s left)\n"


def test_a_stage_without_work_is_passed_over() -> None:
    stream = io.StringIO()
    lines = Lines(stream)
    lines.start("verifying", 0, "pairs")
    lines.close()
    assert stream.getvalue() == ""

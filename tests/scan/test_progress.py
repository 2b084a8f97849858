"""Progress is told as the stream can bear it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from newsdesk import corpus, write_jsonl

from dedup import scan
from dedup.progress import LINE_SECONDS, Bars, Lines, Progress, Silent, choose_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


def run(progress: Progress) -> None:
    progress.start("reading", 4, "pieces")
    for _ in range(4):
        progress.advance(1)
    progress.start("verifying", 0, "pairs")
    for more in (1500, 500):
        progress.expect(more)
        progress.advance(more)
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
    assert "2,000/2,000 pairs" in stream.getvalue()


def test_a_bar_tells_how_far_how_fast_and_how_long_still() -> None:
    now = [0.0]
    stream = Terminal()
    bars = Bars(stream, clock=lambda: now[0])
    bars.start("reading", 4000, "articles")
    now[0] = 2.0
    bars.advance(3000)
    last = stream.getvalue().splitlines()[-1]
    assert "3,000/4,000 articles 1,500 a second" in last
    bars.close()


def test_a_stage_that_is_over_has_no_more_to_come() -> None:
    stream = Terminal()
    bars = Bars(stream)
    bars.start("reading", 3500, "articles")  # an estimate
    bars.advance(3000)
    bars.start("verifying", 2, "pairs")
    bars.close()
    assert "3,000/3,500 articles" in stream.getvalue()
    assert "3,000/3,000 articles" in stream.getvalue()


def test_a_terminal_that_cannot_draw_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(choose_progress(Terminal()), Lines)


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


def test_a_stage_whose_work_turns_up_by_and_by_counts_what_is_known_so_far() -> None:
    now = [0.0]
    stream = io.StringIO()
    lines = Lines(stream, clock=lambda: now[0])
    lines.start("verifying", 0, "pairs")
    for more in (100, 300):
        lines.expect(more)
        now[0] += LINE_SECONDS
        lines.advance(80)
    assert stream.getvalue().splitlines() == [
        "verifying: 80 of 100 pairs (8 a second, 2 s left)",
        "verifying: 160 of 400 pairs (8 a second, 30 s left)",
    ]


@pytest.mark.parametrize("threshold", [None, 0.7])
def test_a_scan_does_in_each_stage_what_it_announced(
    tmp_path: Path, threshold: float | None
) -> None:
    stages: dict[str, list[int]] = {}

    class Counts(Silent):
        __slots__ = ()

        def start(self, stage: str, total: int, unit: str) -> None:
            stages[stage] = [0, total]

        def expect(self, more: int) -> None:
            [*stages.values()][-1][1] += more

        def advance(self, done: int) -> None:
            [*stages.values()][-1][0] += done

    scan(write_jsonl(tmp_path / "a.jsonl", corpus()), threshold=threshold, progress=Counts())
    del stages["reading"]  # how many articles a file has is a guess
    assert stages["finding"] == [1, 1]
    assert stages["verifying"][0] > 0
    assert all(done == total for done, total in stages.values())


def test_one_is_one() -> None:
    stream = io.StringIO()
    lines = Lines(stream, clock=iter([0.0, 1.0, 1.0]).__next__)
    lines.start("verifying", 1, "pairs")
    lines.advance(1)
    lines.close()
    assert stream.getvalue() == "verifying: 1 pair in 1.0 s\n"


def test_a_stage_without_work_is_passed_over() -> None:
    stream = io.StringIO()
    lines = Lines(stream)
    lines.start("verifying", 0, "pairs")
    lines.close()
    assert stream.getvalue() == ""

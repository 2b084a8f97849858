"""How far a long piece of work has come, told to people: bars on a terminal, else plain lines.

A stage has a name, a total and a unit; whoever works says how many units were done, and where more
work turns up, how many more there are. What becomes of that is up to a `Progress`, and nothing here
is imported by the work itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

#: Seconds between two plain lines of one stage.
LINE_SECONDS = 10.0


class Progress(Protocol):
    """What is told how far the work has come."""

    def start(self, stage: str, total: int, unit: str) -> None:
        """Begin a stage of `total` units; the one before it is over."""

    def expect(self, more: int) -> None:
        """Say that the stage has so many units more than was said so far."""

    def advance(self, done: int) -> None:
        """Say that so many units more were done."""

    def close(self) -> None:
        """Say that all is over, for better or worse."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Tells nobody.

    >>> Silent().start("reading", 100, "articles")
    """

    def start(self, stage: str, total: int, unit: str) -> None:
        """Begin a stage."""

    def expect(self, more: int) -> None:
        """Say that there are so many units more."""

    def advance(self, done: int) -> None:
        """Say that so many units more were done."""

    def close(self) -> None:
        """Say that all is over."""


@dataclass(slots=True)
class Lines:
    """Writes a line when a stage is over, and now and then while it lasts.

    Attributes:
        stream: Where to.
        clock: What tells the seconds.

    >>> import sys
    >>> lines = Lines(sys.stdout, clock=iter([0.0, 2.0, 2.0]).__next__)
    >>> lines.start("reading", 3000, "articles")
    >>> lines.advance(3000)
    >>> lines.close()
    reading: 3,000 articles in 2.0 s (1,500 a second)
    """

    stream: TextIO
    clock: Callable[[], float] = time.monotonic
    _stage: str = ""
    _unit: str = ""
    _total: int = 0
    _done: int = 0
    _began: float = 0.0
    _said: float = 0.0

    def start(self, stage: str, total: int, unit: str) -> None:
        """Begin a stage; say how long the one before it took."""
        self.close()
        self._stage, self._total, self._unit, self._done = stage, total, unit, 0
        self._began = self._said = self.clock()

    def expect(self, more: int) -> None:
        """Say that there are so many units more."""
        self._total += more

    def advance(self, done: int) -> None:
        """Say that so many units more were done: in a line, if the last is a while ago."""
        self._done += done
        now = self.clock()
        if now - self._said < LINE_SECONDS or self._done >= self._total:
            return
        self._said = now
        taken = now - self._began
        left = taken / self._done * (self._total - self._done) if self._done else 0.0
        print(
            f"{self._stage}: {self._done:,} of {self._total:,} {self._unit} "
            f"({_rate(self._done, taken)}, {left:.0f} s left)",
            file=self.stream,
            flush=True,
        )

    def close(self) -> None:
        """Say how long the last stage took."""
        if self._stage and self._done:
            taken = self.clock() - self._began
            rate = f" ({_rate(self._done, taken)})" if self._done > 1 else ""
            print(
                f"{self._stage}: {_counted(self._done, self._unit)} in {taken:.1f} s{rate}",
                file=self.stream,
                flush=True,
            )
        self._stage = ""


@dataclass(slots=True)
class Bars:
    """Draws a bar a stage on a terminal, with rate and time left.

    Attributes:
        stream: The terminal.
        clock: What tells the seconds.
    """

    stream: TextIO
    clock: Callable[[], float] = time.monotonic
    _rich: RichProgress | None = field(default=None, repr=False)
    _task: TaskID | None = None
    _total: int = 0
    _done: int = 0
    _began: float = 0.0

    def start(self, stage: str, total: int, unit: str) -> None:
        """Begin a stage with a bar of its own; what the one before it did was all there was."""
        if self._rich is None:
            self._rich = _bars(self.stream)
            self._rich.start()
        elif self._task is not None and self._done:
            self._rich.update(self._task, total=self._done)
        self._total, self._done, self._began = total, 0, self.clock()
        self._task = self._rich.add_task(stage, total=total, unit=unit, rate="")
        self._rich.refresh()

    def expect(self, more: int) -> None:
        """Make the bar stand for so many units more."""
        if self._rich is not None and self._task is not None:
            self._total += more
            self._rich.update(self._task, total=self._total)

    def advance(self, done: int) -> None:
        """Move the bar."""
        if self._rich is not None and self._task is not None:
            self._done += done
            rate = _rate(self._done, self.clock() - self._began) if self._done > 1 else ""
            self._rich.update(self._task, completed=self._done, rate=rate)
            self._rich.refresh()

    def close(self) -> None:
        """Leave the terminal as it was found, without bars."""
        if self._rich is not None:
            self._rich.stop()
            self._rich = None


def choose_progress(stream: TextIO, quiet: bool = False) -> Progress:
    """Return what suits the stream: bars on a terminal, else lines, or nothing at all.

    A terminal that cannot go back (`TERM=dumb`) gets lines.

    >>> import io
    >>> type(choose_progress(io.StringIO())).__name__
    'Lines'
    """
    if quiet:
        return Silent()
    moving = stream.isatty() and os.environ.get("TERM") != "dumb"
    return Bars(stream) if moving else Lines(stream)


def _bars(stream: TextIO) -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    # Drawn when told and not by a thread: a process with threads cannot safely be forked.
    return RichProgress(
        TextColumn("{task.description:>10}"),
        BarColumn(),
        TextColumn("{task.completed:,}/{task.total:,} {task.fields[unit]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=Console(file=stream),
        auto_refresh=False,
        transient=True,
    )


def _counted(number: int, unit: str) -> str:
    """Return a number with its unit, which is given as a plural (a corpus is only ever one).

    >>> _counted(1, "pairs"), _counted(1200, "pairs"), _counted(1, "corpus")
    ('1 pair', '1,200 pairs', '1 corpus')
    """
    noun, space, rest = unit.partition(" ")
    if number == 1 and not noun.endswith("us"):
        noun = noun.removesuffix("s")
    return f"{number:,} {noun}{space}{rest}"


def _rate(done: int, seconds: float) -> str:
    """Return how fast something is done.

    >>> _rate(24000, 2.0), _rate(5, 20.0), _rate(5, 0.0)
    ('12,000 a second', '0.25 a second', 'at once')
    """
    if seconds <= 0:
        return "at once"
    rate = done / seconds
    return f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.2g} a second"

"""Which stage a scan is in and how far: for its progress, its timings and its last words."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from dedup.progress import Progress


class ScanInterrupted(KeyboardInterrupt):
    """Ctrl-C during a scan; the message says where it stood.

    Attributes:
        stage: What was being done.
        done: How much of it.
        total: Out of how much.
        unit: Of what.
    """

    def __init__(self, stage: str, done: int, total: int, unit: str) -> None:
        self.stage, self.done, self.total, self.unit = stage, done, total, unit
        super().__init__(f"interrupted while {stage}, {done:,} of {total:,} {unit} done")


@dataclass(slots=True)
class Watch:
    """Keeps the time of each stage and passes on how far it is.

    Attributes:
        progress: Who is told.
        seconds: What each stage took, once it is over.
    """

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    _stage: str = "starting"
    _unit: str = "steps"
    _done: int = 0
    _total: int = 0
    _began: float = field(default_factory=time.perf_counter)

    def start(self, stage: str, total: int, unit: str) -> None:
        """Begin a stage; the one before it is over."""
        self._lap()
        self._stage, self._done, self._total, self._unit = stage, 0, total, unit
        self.progress.start(stage, total, unit)

    def expect(self, more: int) -> None:
        """Say that the stage has so many units more than was said so far."""
        self._total += more
        self.progress.expect(more)

    def advance(self, done: int) -> None:
        """Say that so many units more were done."""
        self._done += done
        self.progress.advance(done)

    def stop(self) -> None:
        """Say that the last stage is over."""
        self._lap()

    def interrupted(self) -> ScanInterrupted:
        """Return where the work stands, as an exception."""
        total = max(self._total, self._done)  # of articles to read it is a guess
        return ScanInterrupted(self._stage, self._done, total, self._unit)

    def _lap(self) -> None:
        now = time.perf_counter()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._began
        self._began = now

"""Many comparisons of one command: which pairs, compared in parallel, then every report at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dedup.cli.output import printing, writing
from dedup.cli.reports import Wanted
from dedup.errors import one_line
from dedup.report.view import View

if TYPE_CHECKING:
    from dedup.cli.aside import Aside
    from dedup.pairs import How
    from dedup.policy import Policy
    from dedup.progress import Progress
    from dedup.report.pairs_build import PairLine, RunReport

#: How often a bar is drawn anew.
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Many:
    """What is compared with what.

    Attributes:
        pairs: The paths of each pair.
        only_a: Articles of the first folder without a partner.
        only_b: Articles of the second.
        table: The file that lists the pairs; None where folders are compared.
    """

    pairs: Sequence[tuple[str, str]]
    only_a: Sequence[str] = ()
    only_b: Sequence[str] = ()
    table: str | None = None

    @property
    def inputs(self) -> Iterator[str]:
        """Every file that is read."""
        if self.table is not None:
            yield self.table
        for pair in self.pairs:
            yield from pair


def many_of(a: str | None, b: str | None, table: Path | None) -> Many | None:
    """Return the pairs of a table or of two folders; None where A and B are articles.

    Raises:
        InputError: The table cannot be used, or the folders have no pair.
    """
    if table is not None:
        from dedup.pairs import read_pairs

        return Many(read_pairs(str(table)), table=str(table))
    if a is None or b is None or not (os.path.isdir(a) or os.path.isdir(b)):  # noqa: PTH112
        return None
    from dedup.pairs import match_folders

    found = match_folders(a, b)
    return Many(found.pairs, found.only_a, found.only_b)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a run has to do.

    Attributes:
        many: What is compared with what.
        how: How it is read and compared.
        policy: What each comparison is held against.
        reports: What is written, and what each report can show.
        workers: Processes; None for one a core.
    """

    many: Many
    how: How
    policy: Policy
    reports: Sequence[tuple[Wanted, View]]
    workers: int | None = None


def compare_many(work: Assignment, progress: Progress) -> int:
    """Compare the pairs, write the reports, say what fails; return the exit code.

    The reports are written when all pairs are compared: each whole, or none of them.

    Raises:
        OutputError: A report cannot be written.
        WorkerError: A worker process was killed.
        KeyboardInterrupt: With a message that says how far it was.
    """
    from dedup.report.pairs_build import Totals

    totals = Totals()
    with ExitStack() as stack:
        asides = [stack.enter_context(_aside()) for _ in work.reports]
        complaints: Aside[str] = stack.enter_context(_aside())
        for line, parts in _reduced(work, progress):
            totals.add(line)
            for aside, part in zip(asides, parts, strict=True):
                aside.add(part)
            for complaint in _complaints(line):
                complaints.add(complaint)
        run = totals.report(work.policy, work.many.only_a, work.many.only_b)
        _write(work.reports, asides, run)
        for complaint in complaints:
            sys.stderr.write(f"dedup: {one_line(complaint)}\n")
    return totals.exit_code


@contextmanager
def _aside() -> Iterator[Aside[Any]]:
    from dedup.cli.aside import Aside

    aside: Aside[Any] = Aside()
    try:
        yield aside
    finally:
        aside.close()


def _reduced(work: Assignment, progress: Progress) -> Iterator[tuple[PairLine, tuple[Any, ...]]]:
    """Yield what is kept of each pair, and say how far it is."""
    from dedup.pairs import each_pair
    from dedup.report.pairs_parts import Job, reduce

    job = Job(work.policy, tuple((report.format.value, view) for report, view in work.reports))
    pairs = work.many.pairs
    total, done, told = len(pairs), 0, 0
    step = max(1, total // _STEPS)
    progress.start("comparing", total, "pairs")
    try:
        for found in each_pair(partial(reduce, job), pairs, work.how, work.workers):
            done += 1
            if done - told == step or done == total:
                progress.advance(done - told)
                told = done
            yield found
    except KeyboardInterrupt as interrupt:
        raise KeyboardInterrupt(
            f"interrupted while comparing, {done:,} of {total:,} pairs done"
        ) from interrupt
    finally:
        progress.close()


def _complaints(line: PairLine) -> Iterator[str]:
    """Yield what is said of a pair on standard error: each line names both articles."""
    if line.error is not None:
        yield f"{line.a} and {line.b}: not compared: {line.error}"
    yield from line.failures


def _write(
    reports: Sequence[tuple[Wanted, View]], asides: Sequence[Aside[Any]], run: RunReport
) -> None:
    """Write all files, then what goes to standard output: a reader of that may go away."""
    from dedup.report.pairs_parts import layout

    def fill(file: IO[bytes], report: Wanted, view: View, parts: Aside[Any]) -> None:
        for text in layout(report.format.value).whole(parts, run, view):
            file.write(text.encode(view.encoding, "backslashreplace"))

    printed: list[Callable[[IO[bytes]], None]] = []
    with ExitStack() as files:
        for (report, view), parts in zip(reports, asides, strict=True):
            if report.path is None:
                printed.append(partial(fill, report=report, view=view, parts=parts))
            else:
                fill(files.enter_context(writing(report.path)), report, view, parts)
    for fill_out in printed:
        with printing() as stream:
            fill_out(stream)

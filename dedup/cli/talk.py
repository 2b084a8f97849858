"""What the program says on standard error: errors of one line, and its work when asked to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import typer

from dedup.errors import DedupError, one_line


@dataclass(frozen=True, slots=True)
class Talk:
    """Says what is done, if anybody listens.

    Attributes:
        verbose: Whether anybody does.
    """

    verbose: bool

    def say(self, text: str) -> None:
        """Write one line about what was decided."""
        if self.verbose:
            sys.stderr.write(f"dedup: {one_line(text)}\n")

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Say how long the block took."""
        start = perf_counter()
        yield
        self.say(f"{name}: {(perf_counter() - start) * 1000:.0f} ms")


@contextmanager
def answering() -> Iterator[None]:
    """Turn what a user can mend into one line on standard error and exit code 2.

    An interrupt ends with 130; a reader that went away (`| head`) got what it wanted, which is no
    error. Anything else is a bug and keeps its traceback.
    """
    try:
        yield
    except DedupError as error:
        sys.stderr.write(f"dedup: {one_line(str(error))}\n")
        raise typer.Exit(2) from error
    except KeyboardInterrupt as interrupt:
        sys.stderr.write(f"dedup: {one_line(str(interrupt)) or 'interrupted'}\n")
        raise typer.Exit(130) from interrupt
    except BrokenPipeError as gone:
        # The interpreter flushes standard output once more on its way out: give it somewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from gone

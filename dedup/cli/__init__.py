"""The command line: one module a command, each of which turns arguments into calls."""

from __future__ import annotations

import atexit
import gc
import sys

#: Objects made before the collector looks for rings of them: a fifth of a start, and a tenth of a
#: scan, was spent looking where there are none.
COLLECTED_TOGETHER = 100_000


def main() -> None:
    """Run `dedup` with the arguments of the process, and leave with its exit code."""
    gc.set_threshold(COLLECTED_TOGETHER)
    # Or all objects are looked through once more on leaving: 0.04 s.
    atexit.register(gc.freeze)
    try:
        from dedup.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("dedup: interrupted\n")
        sys.exit(130)

"""The command line: one module a command, each of which turns arguments into calls."""

from __future__ import annotations

import atexit
import gc
import signal
import sys

#: Objects made before the collector looks for rings of them: a fifth of a start, and a tenth of a
#: scan, was spent looking where there are none.
COLLECTED_TOGETHER = 100_000


def main() -> None:
    """Run `dedup` with the arguments of the process, and leave with its exit code."""
    gc.set_threshold(COLLECTED_TOGETHER)
    # Or all objects are looked through once more on leaving: 0.04 s.
    atexit.register(gc.freeze)
    # A job that is called off (`timeout`, a container) tidies up as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from dedup.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("dedup: interrupted\n")
        sys.exit(130)

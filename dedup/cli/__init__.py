"""The command line: one module a command, each of which turns arguments into calls."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `dedup` with the arguments of the process, and leave with its exit code."""
    try:
        from dedup.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("dedup: interrupted\n")
        sys.exit(130)

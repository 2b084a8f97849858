"""What the output can show: its width, its colours, its encoding."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import Literal

#: Columns of a file, and of a pipe that does not say.
DEFAULT_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output can show.

    Attributes:
        width: Its columns.
        color: Whether it takes colour.
        encoding: What it is encoded in.
    """

    width: int
    color: bool
    encoding: str


def screen(
    to_file: bool, width: int | None = None, color: Literal["auto", "always", "never"] = "auto"
) -> Screen:
    """Return what the output can show: a file, or standard output as it is.

    `auto` means colour on a terminal, unless `NO_COLOR` is set (https://no-color.org) or `TERM`
    is `dumb`.
    """
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    welcome = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    columns = DEFAULT_WIDTH if to_file else shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    return Screen(
        width=width or columns,
        color=color == "always" or (color == "auto" and terminal and welcome),
        encoding="utf-8" if to_file or sys.stdout is None else sys.stdout.encoding or "utf-8",
    )

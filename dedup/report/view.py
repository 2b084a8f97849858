"""How much of a report is shown, in which order, and on what kind of terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedup.report.model import Side


@dataclass(frozen=True, slots=True)
class View:
    """What a reader asked to see.

    Attributes:
        order: Whose order the changes are told in: `a` or `b`.
        context: Unchanged sentences kept before and after each change; None keeps all of them.
        summary: Verdict and counts only.
        show_skipped: List what took no part in the comparison, with the reason of each.
        ignore_style: Leave out links that differ by house style alone, and marks of house style.
        width: Columns of the terminal.
        color: Whether colour may be used. A sign stands beside every colour.
        encoding: What the output is encoded in; what it cannot carry is written in ASCII.
    """

    order: Side = "a"
    context: int | None = None
    summary: bool = False
    show_skipped: bool = False
    ignore_style: bool = False
    width: int = 80
    color: bool = False
    encoding: str = "utf-8"

"""Line and column of an offset: one definition for messages, annotations and SARIF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a character stands, as editors count.

    Attributes:
        line: From 1. A line ends with `\\n` or `\\r\\n`, as it does to git and in SARIF.
        column: From 1, in Unicode code points.
    """

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


def place_of(text: str, offset: int) -> Place:
    """Return the place of an offset; that of the end of the text for `len(text)`.

    Linear in the offset, at the speed of `str.count`.

    >>> place_of("Bridge shut\\r\\nDivers found cracks.", 20)
    Place(line=2, column=8)
    """
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))

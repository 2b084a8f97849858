"""One row of the terminal report: the units of a link in two columns, or in one text with marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING

from dedup.diff.model import Shape
from dedup.report.marks import Change, Piece, inline, side_by_side
from dedup.report.model import Side, UnitReport
from dedup.report.painter import WIDEST_TEXT, Painter, Part
from dedup.report.sequence import Row

if TYPE_CHECKING:
    from rich.text import Text

#: How a changed piece is marked, and the colour that repeats the mark; colours are the terminal's
#: own, so that they suit a light or a dark ground.
_MARKS: Mapping[tuple[Change, Side], tuple[str, str, str]] = MappingProxyType(
    {
        (Change.WORDS, "a"): ("[-", "-]", "red"),
        (Change.WORDS, "b"): ("{+", "+}", "green"),
        (Change.MOVED, "a"): ("[~", "~]", "magenta"),
        (Change.MOVED, "b"): ("{~", "~}", "magenta"),
        (Change.STYLE, "a"): ("[=", "=]", "cyan"),
        (Change.STYLE, "b"): ("{=", "=}", "cyan"),
    }
)

#: Places for the number of a paragraph.
_NUMBER = 5
_INDENT = 2
#: The wall between the columns, with its brackets.
_WALL = 5


def signed(piece: Piece) -> Part:
    """Return a piece of text between the signs of its change, with its style.

    >>> signed(Piece("last month", Change.WORDS, "a"))
    ('[-last month-]', 'red')
    """
    before, after, style = _MARKS.get((piece.change, piece.side), ("", "", ""))
    return f"{before}{piece.text}{after}", style


def row_lines(row: Row, painter: Painter, columns: bool) -> Iterator[Text]:
    """Yield the lines of a row: two columns, or one text where each side has one unit."""
    if columns:
        return _columns(row, painter)
    return _stacked(row, painter)


def _stacked(row: Row, painter: Painter) -> Iterator[Text]:
    width = min(painter.width, WIDEST_TEXT)
    if row.link is None:
        for paragraph in paragraphs(row.a or row.b):
            yield from painter.hung(("  ", ""), [(paragraph.text, "")], width)
    elif row.link.shape == Shape.ONE:
        pieces = inline(row.a[0], row.b[0], row.link.edits, row.ignore_style)
        yield from painter.hung(("  ", ""), [signed(piece) for piece in pieces], width)
    else:
        yield from _joined(row, "a", painter, width)
        yield from _joined(row, "b", painter, width)


def _joined(row: Row, side: Side, painter: Painter, width: int) -> Iterator[Text]:
    """Yield the units of one side of a merge or split, a bracket before them."""
    units = _units(row, side)
    lines = [line for unit in units for line in painter.wrapped(_parts(row, unit, side), width - 6)]
    first, straight, _, last = painter.glyphs.opening
    bracket = _bracket(len(lines), (first, straight, straight, last)) if len(units) > 1 else {}
    for number, line in enumerate(lines):
        name = "  " if number else f"{side.upper()} "
        yield painter.line((f"  {name}", "bold"), (f"{bracket.get(number, ' ')} ", "")) + line


def _columns(row: Row, painter: Painter) -> Iterator[Text]:
    width = _column_width(painter)
    left = _column(row, "a", painter, width)
    right = _column(row, "b", painter, width)
    closing = _bracket(len(left), painter.glyphs.closing) if row.link and len(row.a) > 1 else {}
    opening = _bracket(len(right), painter.glyphs.opening) if row.link and len(row.b) > 1 else {}
    plain = not (closing or opening)
    for number, (a, b) in enumerate(zip_longest(left, right, fillvalue=painter.line())):
        bracket = f" {closing.get(number, ' ')} {opening.get(number, ' ')} "
        wall = f"  {painter.glyphs.wall}  " if plain else bracket
        gap = " " * (width - a.cell_len)
        yield painter.line((" " * _INDENT, "")) + a + painter.line((gap, ""), (wall, "dim")) + b


def column_titles(a: str, b: str, painter: Painter) -> Iterator[Text]:
    """Yield the line above the columns: what stands in each, cut where it is too long."""
    width = _column_width(painter)
    left, right = painter.line((a, "bold")), painter.line((b, "bold"))
    left.truncate(width, pad=True)
    right.truncate(width)
    wall = painter.line((f"  {painter.glyphs.wall}  ", "dim"))
    yield painter.line((" " * _INDENT, "")) + left + wall + right


def _column_width(painter: Painter) -> int:
    return (painter.width - _INDENT - _WALL) // 2


def _bracket(lines: int, glyphs: tuple[str, str, str, str]) -> dict[int, str]:
    """Return the sign of each line of a bracket."""
    first, straight, middle, last = glyphs
    signs = dict.fromkeys(range(lines), straight)
    return {**signs, lines // 2: middle, 0: first, lines - 1: last}


def _column(row: Row, side: Side, painter: Painter, width: int) -> list[Text]:
    """Return the units of one side, each behind the number of its paragraph."""
    units = _units(row, side) if row.link else paragraphs(_units(row, side))
    return [
        line
        for unit in units
        for line in painter.hung(
            (f"{painter.glyphs.paragraph}{unit.paragraph}".ljust(_NUMBER), "dim"),
            _parts(row, unit, side),
            width,
        )
    ]


def paragraphs(units: Sequence[UnitReport]) -> list[UnitReport]:
    """Return neighbouring units of a paragraph as one, for text that is read in one go."""
    groups = (list(group) for _, group in groupby(units, lambda unit: unit.paragraph))
    return [
        replace(group[0], end=group[-1].end, text=" ".join(unit.text for unit in group))
        for group in groups
    ]


def _parts(row: Row, unit: UnitReport, side: Side) -> list[Part]:
    edits = row.link.edits if row.link else ()
    return [signed(piece) for piece in side_by_side(unit, edits, side, row.ignore_style)]


def _units(row: Row, side: Side) -> tuple[UnitReport, ...]:
    return row.a if side == "a" else row.b

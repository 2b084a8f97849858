"""Many comparisons for a person at a terminal: a line a pair, then what must be looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dedup.report.glyphs import printable
from dedup.report.matters import matter_lines, policy_lines
from dedup.report.painter import Painter, drawn, painter_for
from dedup.report.pairs_build import PairLine, RunReport
from dedup.report.pairs_model import PairReport
from dedup.report.pairs_wording import cells, columns, counts, headline
from dedup.report.view import View

if TYPE_CHECKING:
    from rich.text import Text

#: Columns of a table after A and B; of flags as many as a count of three digits takes.
_WIDTHS = (15, 10, 3, 3, 3, 6)
_GAP = "  "
#: A name has at least as many columns; a narrower terminal breaks the line itself.
_FEWEST = 10
#: Lines that are made at a time.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A pair in the table, and what is told of it below, ready to be printed."""

    line: PairLine
    details: str


def part(pair: PairReport, line: PairLine, view: View) -> Part:
    """Return what is told of a pair: more than its line where somebody must look at it."""
    return Part(line, "".join(_shown(_details(pair, line, painter_for(view)), view)))


def whole(parts: Collection[Part], run: RunReport, view: View) -> Iterator[str]:
    """Yield the report, piece by piece, each line with its end.

    No line is wider than the view; the table takes at least 74 columns.
    """
    painter = painter_for(view)
    yield from _shown(_head(run, painter), view)
    yield from _shown(_table(parts, run, painter), view)
    if not view.summary:
        yield from (one.details for one in parts)
    yield from _shown(_unmatched(run, painter), view)
    yield from _shown(_counts(run, painter), view)


def _shown(lines: Iterable[Text], view: View) -> Iterator[str]:
    """Yield lines as they are printed, some at a time."""
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        yield (drawn(batch, view))


def _head(run: RunReport, painter: Painter) -> Iterator[Text]:
    title, rest = headline(run)
    summary = run.summary
    style = "bold green" if summary.same_story == summary.pairs else "bold yellow"
    yield from painter.wrapped([(title.upper(), style), (f": {rest}", "bold")])
    yield painter.line()


def _table(parts: Iterable[Part], run: RunReport, painter: Painter) -> Iterator[Text]:
    taken = sum(_WIDTHS) + len(_GAP) * (len(_WIDTHS) + 1)
    room = max(_FEWEST, (painter.width - taken) // 2)
    longest = max((len(name) for one in parts for name in (one.line.a, one.line.b)), default=0)
    room = min(room, max(longest, _FEWEST))
    yield _row(("A", "B"), columns(run), room, "bold", painter)
    for one in parts:
        line = one.line
        style = "bold red" if line.failures or line.error else "bold" if line.grave else ""
        yield _row((line.a, line.b), cells(line, run), room, style, painter)


def _row(
    names: tuple[str, str], values: Iterable[str], room: int, style: str, painter: Painter
) -> Text:
    told = _GAP.join(_tail(name, room, painter.encoding) for name in names)
    facts = _GAP.join(
        value.ljust(width) if width > 3 else value.rjust(width)
        for value, width in zip(values, _WIDTHS, strict=True)
    )
    return painter.line((told, ""), (_GAP, ""), (facts, style))


def _tail(name: str, room: int, encoding: str) -> str:
    """Return a name in exactly so many columns: its end, where it is longer.

    >>> _tail("wire/dam.txt", 14, "utf-8"), _tail("wire/x/dam.txt", 10, "utf-8")
    ('wire/dam.txt  ', '…x/dam.txt')
    """
    from rich.cells import cell_len

    name = printable(name, encoding)
    if cell_len(name) > room:
        dots = printable("…", encoding)
        name = name[-room:]
        while cell_len(name) > room - len(dots):
            name = name[1:]
        name = dots + name
    return name + " " * (room - cell_len(name))


def _details(pair: PairReport, line: PairLine, painter: Painter) -> Iterator[Text]:
    if not line.pressing:
        return
    arrow = f" {painter.glyphs.arrow} "
    yield painter.line()
    yield painter.line((painter.glyphs.rule * painter.width, "dim"))
    yield from painter.wrapped([(line.a, "bold"), (arrow, ""), (line.b, "bold")])
    found = pair.comparison
    if found is None:
        yield painter.line()
        yield from painter.hung(("NOT COMPARED: ", "bold red"), [(line.error or "", "")])
        return
    yield from painter.wrapped([(f"{line.label}. {found.verdict.reason}", "")])
    if found.flags:
        yield from matter_lines(found, painter)
    yield from policy_lines(found, painter)


def _unmatched(run: RunReport, painter: Painter) -> Iterator[Text]:
    for side, paths in (("A", run.unmatched.a), ("B", run.unmatched.b)):
        if paths:
            yield painter.line()
            yield painter.line((f"Only in {side}", "bold"), (f"  {len(paths):,}", ""))
            for path in paths:
                yield from painter.hung(("  ", ""), [(path, "")])


def _counts(run: RunReport, painter: Painter) -> Iterator[Text]:
    yield painter.line()
    yield from painter.table(list(counts(run)))

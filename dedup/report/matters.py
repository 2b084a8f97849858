"""What matters to an editor, at a terminal: the flags at a glance, their marks, the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from dedup.diff.flags.model import Severity
from dedup.report.flagged import Marks, flags_of, gravest_first, tally, units_of
from dedup.report.flagwords import SIGNS, flag_name
from dedup.report.model import ComparisonReport, FlagReport
from dedup.report.painter import Painter, Part
from dedup.report.quantities import count
from dedup.report.sequence import Row
from dedup.report.wording import failure_line, places
from dedup.text.contrast import contrast

if TYPE_CHECKING:
    from rich.text import Text

_STYLES: Mapping[Severity, str] = MappingProxyType(
    {Severity.HIGH: "bold red", Severity.MEDIUM: "bold yellow", Severity.LOW: ""}
)

#: A line of words has room for as many columns as this; a narrower one is begun anew below.
_FEWEST = 24
#: A line of words is never wider: nobody reads longer ones with ease.
_MOST = 120


def matter_lines(report: ComparisonReport, painter: Painter) -> Iterator[Text]:
    """Yield a line a flag, the gravest first: sign, kind, paragraphs in A and B, the words."""
    yield painter.line()
    yield from painter.wrapped([("What matters", "bold"), (f"  {tally(report)}", "")])
    yield painter.line()
    told = [
        (flag, flag_name(flag), _places(flag, report, painter))
        for flag in gravest_first(report.flags)
    ]
    kinds = max(len(kind) for _, kind, _ in told)
    wheres = max(len(where) for _, _, where in told)
    for flag, kind, where in told:
        style = "dim" if flag.allowed else _STYLES[flag.severity]
        sign = (f"  {SIGNS[flag.severity]:<3} ", style)
        lead = painter.line(sign, (kind.ljust(kinds), style), (f"  {where.ljust(wheres)}  ", "dim"))
        room = min(painter.width - lead.cell_len, _MOST)
        if room >= _FEWEST:
            yield lead + _words(flag, room, painter)
        else:
            yield from painter.hung(sign, [(kind, style), (f"  {where}", "dim")])
            indent = painter.line((" " * len(sign[0]), ""))
            yield indent + _words(flag, painter.width - len(sign[0]), painter)


def _words(flag: FlagReport, room: int, painter: Painter) -> Text:
    """Return the words before and after, in no more columns than there is room."""
    arrow = f" {painter.glyphs.arrow} "
    for fewer in range(room - len(arrow), 1, -1):
        before, after = contrast(flag.before, flag.after, fewer)
        line = painter.line((before, "red"), (arrow, ""), (after, "green"))
        if line.cell_len <= room:
            break  # a character may take two columns, or be written as an escape
    else:
        line.truncate(room)
    return line


def _places(flag: FlagReport, report: ComparisonReport, painter: Painter) -> str:
    """Return the paragraphs in A and in B: `¶3 → ¶5`."""
    sides = (places(units, painter.glyphs.paragraph) or "-" for units in units_of(flag, report))
    return f" {painter.glyphs.arrow} ".join(sides)


def flag_marks(row: Row, marked: Marks) -> Iterator[Part]:
    """Yield what stands behind the title of a row: the sign and name of each of its flags."""
    for flag in flags_of(row, marked):
        style = "dim" if flag.allowed else _STYLES[flag.severity]
        yield f"  {SIGNS[flag.severity]} {flag_name(flag)}", style


def policy_lines(report: ComparisonReport, painter: Painter) -> Iterator[Text]:
    """Yield what the policy does not let pass; nothing where it is met, or nothing was asked."""
    failures = report.policy.failures
    if not failures:
        return
    yield painter.line()
    yield painter.line((f"POLICY FAILED: {count(len(failures), 'failure')}", "bold red"))
    yield painter.line()
    for failure in failures:
        yield from painter.hung(("  ", ""), [(failure_line(failure), "")])

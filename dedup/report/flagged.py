"""The flags of a report as they are read: the gravest first, and each beside what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from dedup.diff.flags.model import Severity
from dedup.report.flagwords import SIGNS
from dedup.report.model import ComparisonReport, DocumentReport, FlagReport, Offsets, UnitReport
from dedup.report.sequence import Row

#: Flags by the id of a unit that they are about.
Marks: TypeAlias = Mapping[str, Sequence[FlagReport]]

_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


def gravest_first(flags: Iterable[FlagReport]) -> list[FlagReport]:
    """Return flags by severity; what is let pass last; else in the order of the report."""
    return sorted(flags, key=lambda flag: (flag.allowed, _GRAVITY[flag.severity]))


def units_of(flag: FlagReport, report: ComparisonReport) -> tuple[list[UnitReport], ...]:
    """Return the units of A and those of B that a flag is about: where its words stand.

    Where a side has no words, the units of its link stand there.
    """
    link = None if flag.link is None else report.links[flag.link]
    found = []
    for document, offsets, ids in zip(
        report.documents,
        (flag.a, flag.b),
        ((), ()) if link is None else (link.a, link.b),
        strict=True,
    ):
        if offsets is not None:
            found.append(_units_at(document, offsets))
        else:
            found.append([unit for unit in document.units if unit.id in ids])
    return tuple(found)


def _units_at(document: DocumentReport, offsets: Offsets) -> list[UnitReport]:
    start, end = offsets
    return [
        unit
        for unit in document.units
        if unit.start < max(end, start + 1) and (unit.end > start or unit.end == start == end)
    ]


def marks(report: ComparisonReport) -> Marks:
    """Return the flags by the ids of the units that they are about, the gravest first."""
    found: dict[str, list[FlagReport]] = {}
    for flag in gravest_first(report.flags):
        for units in units_of(flag, report):
            for unit in units:
                found.setdefault(unit.id, []).append(flag)
    return found


def flags_of(row: Row, marked: Marks) -> list[FlagReport]:
    """Return the flags of what a row shows, each once, the gravest first."""
    found = {id(flag): flag for unit in (*row.a, *row.b) for flag in marked.get(unit.id, ())}
    return gravest_first(found.values())


def tally(report: ComparisonReport) -> str:
    """Return the number of flags of each severity with its sign: `!!! 1 high, ! 2 low`."""
    counts = report.summary.severities
    return ", ".join(f"{SIGNS[s]} {counts[s]:,} {s}" for s in Severity if counts[s])

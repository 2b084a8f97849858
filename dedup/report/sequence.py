"""The order in which a report is read: one article's order, the other's additions in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dedup.diff.model import LinkKind
from dedup.report.model import ComparisonReport, LinkReport, Side, UnitReport


@dataclass(frozen=True, slots=True)
class Row:
    """Units that are shown together: those of a link, or neighbours on one side only.

    Attributes:
        a: The first article's.
        b: The second article's.
        link: What links them, where they are linked.
        ignore_style: Whether house style is no change.
    """

    a: tuple[UnitReport, ...]
    b: tuple[UnitReport, ...]
    link: LinkReport | None = None
    ignore_style: bool = False

    @property
    def hidden(self) -> bool:
        """Whether nobody asked to see it: it differs by house style alone, which is ignored."""
        return (
            self.ignore_style
            and self.link is not None
            and self.link.kind == LinkKind.HOUSE_STYLE
            and not self.link.moved
        )

    @property
    def changed(self) -> bool:
        """Whether an editor would call it a change; a sentence out of its order is one."""
        return self.link is None or self.link.kind != LinkKind.IDENTICAL or self.link.moved


@dataclass(frozen=True, slots=True)
class Pointer:
    """The place of a unit that is shown elsewhere, with the unit it was merged with."""

    unit: UnitReport
    shown_with: UnitReport


@dataclass(frozen=True, slots=True)
class Hidden:
    """Unchanged rows that are left out."""

    count: int


def sequence(
    report: ComparisonReport, order: Side = "a", ignore_style: bool = False
) -> list[Row | Pointer]:
    """Return every compared unit once, in the order of one of the two articles.

    A link stands where the leading article has its first unit; a later unit of the same link
    that does not follow directly leaves a pointer in its place. What only the other article has
    stands behind the link that precedes it there, so that it is read in its own context.
    Neighbours that one side alone has are one row. Linear in the number of units.
    """
    a, b = report.documents
    rows = _rows(report, ignore_style)
    lead, other = (a, b) if order == "a" else (b, a)
    followers = _followers(other.units, rows, order)
    found: list[Row | Pointer] = list(followers.get(None, ()))
    previous: Row | None = None
    for unit in lead.units:
        if not unit.kind.compared:
            continue
        row = rows.get(unit.id)
        if row is None:
            found.append(Row((unit,), ()) if order == "a" else Row((), (unit,)))
        elif unit is (first := _first(row, order)):
            found += [row, *followers.get(first.id, ())]
        elif row is not previous:
            found.append(Pointer(unit, first))
        previous = row
    return _joined(found, report)


def _joined(entries: list[Row | Pointer], report: ComparisonReport) -> list[Row | Pointer]:
    """Return the entries with neighbours that one side alone has made one row."""
    follows: dict[str, str] = {}
    for document in report.documents:
        compared = (unit.id for unit in document.units if unit.kind.compared)
        follows.update((after, before) for before, after in pairwise(compared))
    found: list[Row | Pointer] = []
    for entry in entries:
        alone, last = _alone(entry), _alone(found[-1]) if found else ()
        if alone and last and follows.get(alone[0].id) == last[-1].id:
            both = (*last, *alone)
            found[-1] = Row(both, ()) if both[0].id.startswith("a") else Row((), both)
        else:
            found.append(entry)
    return found


def _alone(entry: Row | Pointer) -> tuple[UnitReport, ...]:
    """Return the units of a row that stands on one side only; of anything else, none."""
    return entry.a or entry.b if isinstance(entry, Row) and entry.link is None else ()


def _rows(report: ComparisonReport, ignore_style: bool) -> dict[str, Row]:
    """Return the row of each linked unit by the unit's id."""
    units = {unit.id: unit for document in report.documents for unit in document.units}
    rows: dict[str, Row] = {}
    for link in report.links:
        a = tuple(units[name] for name in link.a)
        b = tuple(units[name] for name in link.b)
        rows.update(dict.fromkeys((*link.a, *link.b), Row(a, b, link, ignore_style)))
    return rows


def _first(row: Row, order: Side) -> UnitReport:
    """Return the unit at which a link stands in the leading article."""
    return row.a[0] if order == "a" else row.b[0]


def _followers(
    units: tuple[UnitReport, ...], rows: dict[str, Row], order: Side
) -> dict[str | None, list[Row]]:
    """Return what only the other article has, by the leading unit of the link that precedes it."""
    found: dict[str | None, list[Row]] = {}
    anchor: str | None = None
    for unit in units:
        if not unit.kind.compared:
            continue
        if row := rows.get(unit.id):
            anchor = _first(row, order).id
        else:
            alone = Row((), (unit,)) if order == "a" else Row((unit,), ())
            found.setdefault(anchor, []).append(alone)
    return found


def fold(entries: list[Row | Pointer], context: int | None) -> Iterator[Row | Pointer | Hidden]:
    """Yield the entries with unchanged rows left out, but for `context` of them at each change.

    None leaves out nothing but rows that are hidden. The counts of what is left out add up to what
    is missing.
    """
    kept = {i for i, entry in enumerate(entries) if not (isinstance(entry, Row) and entry.hidden)}
    if context is not None:
        changes = [i for i in kept if not isinstance(entry := entries[i], Row) or entry.changed]
        kept &= {near for i in changes for near in range(i - context, i + context + 1)}
    hidden = 0
    for i, entry in enumerate(entries):
        if i not in kept:
            hidden += 1
            continue
        if hidden:
            yield Hidden(hidden)
            hidden = 0
        yield entry
    if hidden:
        yield Hidden(hidden)

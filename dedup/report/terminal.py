"""A report for a person at a terminal: the verdict at a glance, then what each outlet changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.report.flagged import Marks, marks
from dedup.report.glyphs import right_to_left
from dedup.report.marks import Change, Piece, change_of
from dedup.report.matters import flag_marks, matter_lines, policy_lines
from dedup.report.model import ComparisonReport
from dedup.report.painter import WIDEST_TEXT, Painter, Part, drawn, painter_for
from dedup.report.quantities import count
from dedup.report.rows import column_titles, row_lines, signed
from dedup.report.sequence import Hidden, Pointer, Row, fold, sequence
from dedup.report.view import View
from dedup.report.wording import LABELS, counts, credits_of, evidence_rows, heading, places

if TYPE_CHECKING:
    from rich.text import Text

#: From this width on, the two articles stand side by side; below, one text holds both.
COLUMNS_FROM = 100

_HEADINGS = {"=": "dim", "~": "bold", "-": "bold red", "+": "bold green"}

#: What the marks are called in the legend.
_LEGEND = {
    Change.WORDS: ("A only", "B only"),
    Change.MOVED: ("moved, A", "moved, B"),
    Change.STYLE: ("style, A", "style, B"),
}


def render(report: ComparisonReport, view: View | None = None) -> str:
    """Return the report as text, no line wider than the view and each with its line end.

    Every mark is a sign: `[-words A alone has-]`, `{+words B alone has+}`, `[~from~]` and
    `{~to~}` for words that moved within a sentence, `[=…=]` and `{=…=}` for house style. Colour,
    where the view allows it, only repeats what the signs say. Nothing in an article is taken for
    markup or reaches the terminal as a control character.

    >>> from dedup import Article, compare
    >>> from dedup.report.build import build
    >>> same = compare(Article("The bridge is shut."), Article("The bridge is shut."))
    >>> render(build(same)).splitlines()[0]
    'SAME WIRE STORY: word for word the same'
    """
    view = view or View()
    return drawn(_lines(report, view), view)


def _lines(report: ComparisonReport, view: View) -> Iterator[Text]:
    painter = painter_for(view)
    yield from _head(report, painter)
    if report.flags:
        yield from matter_lines(report, painter)
    if not view.summary:
        yield from _body(report, view, painter)
    if view.show_skipped:
        yield from _skipped(report, painter)
    yield from policy_lines(report, painter)


def _head(report: ComparisonReport, painter: Painter) -> Iterator[Text]:
    title, gloss = LABELS[report.verdict.label]
    style = "bold green" if report.verdict.same_story else "bold yellow"
    yield from painter.wrapped([(title.upper(), style), (f": {gloss}", "bold")])
    yield painter.line()
    for document in report.documents:
        facts = [
            document.outlet,
            document.date,
            count(document.words, "word"),
            credits_of(document),
        ]
        told = f" {painter.glyphs.dot} ".join(fact for fact in facts if fact)
        name = document.path or document.title or "(no name)"
        yield from painter.hung(
            (f"{document.id.upper()}  ", "bold"), [(name, "bold"), (f"  {told}", "")]
        )
    yield painter.line()
    yield from painter.wrapped([(report.verdict.reason, "")], min(painter.width, WIDEST_TEXT))
    yield painter.line()
    yield from painter.table(evidence_rows(report.verdict.evidence))
    yield painter.line()
    yield from painter.table(counts(report))


def _body(report: ComparisonReport, view: View, painter: Painter) -> Iterator[Text]:
    columns = painter.width >= COLUMNS_FROM and not any(
        right_to_left(document.text) for document in report.documents
    )
    yield painter.line()
    if legend := list(_legend(report, view)):
        yield from painter.wrapped(legend)
    width = painter.width if columns else min(painter.width, WIDEST_TEXT)
    if columns:
        names = [document.path or document.title or "" for document in report.documents]
        yield from column_titles(f"A  {names[0]}", f"B  {names[1]}", painter)
    yield painter.line((painter.glyphs.rule * width, "dim"))
    marked = marks(report)
    for entry in fold(sequence(report, view.order, view.ignore_style), view.context):
        yield painter.line()
        yield from _entry(entry, painter, columns, marked)


def _entry(
    entry: Row | Pointer | Hidden, painter: Painter, columns: bool, marked: Marks
) -> Iterator[Text]:
    mark, arrow = painter.glyphs.paragraph, painter.glyphs.arrow
    if isinstance(entry, Hidden):
        told = count(entry.count, "unchanged sentence")
        yield from painter.hung(("  ", ""), [(f"... {told}", "dim")])
    elif isinstance(entry, Pointer):
        here, there = (places([unit], mark) for unit in (entry.unit, entry.shown_with))
        yield from painter.hung(("  ", ""), [(f"{here} is shown with {there}", "dim")])
    else:
        sign, title = heading(entry, mark, arrow)
        style = _HEADINGS[sign]
        yield from painter.hung((f"{sign} ", style), [(title, style), *flag_marks(entry, marked)])
        yield from row_lines(entry, painter, columns)


def _legend(report: ComparisonReport, view: View) -> Iterator[Part]:
    """Yield the key to the marks that the report uses."""
    used = {change_of(edit) for link in report.links for edit in link.edits}
    if view.ignore_style:
        used.discard(Change.STYLE)
    for change, (a, b) in _LEGEND.items():
        if change in used:
            yield from (signed(Piece(a, change, "a")), (" ", ""), signed(Piece(b, change, "b")))
            yield ("   ", "")


def _skipped(report: ComparisonReport, painter: Painter) -> Iterator[Text]:
    units = {unit.id: unit for document in report.documents for unit in document.units}
    yield painter.line()
    yield painter.line(("Skipped", "bold"))
    for skipped in report.skipped:
        unit = units[skipped.unit]
        place = f"{unit.id[0].upper()} {painter.glyphs.paragraph}{unit.paragraph}"
        yield painter.line()
        yield from painter.hung(("  ", ""), [(f"{place} {skipped.reason}: {unit.reason}", "bold")])
        yield from painter.hung(("  ", ""), [(unit.text, "")], min(painter.width, WIDEST_TEXT))
    if not report.skipped:
        yield painter.line(("  nothing", "dim"))

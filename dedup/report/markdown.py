"""A report for a pull request: verdict, evidence and changes as GitHub shows them in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from dedup.report.flagged import Marks, flags_of, gravest_first, marks, tally, units_of
from dedup.report.flagwords import SIGNS, flag_name
from dedup.report.glyphs import UNICODE, printable
from dedup.report.marks import Change, Piece, inline, side_by_side
from dedup.report.model import ComparisonReport, Side, UnitReport
from dedup.report.quantities import count
from dedup.report.rows import paragraphs
from dedup.report.sequence import Hidden, Pointer, Row, fold, sequence
from dedup.report.view import View
from dedup.report.wording import (
    LABELS,
    counts,
    credits_of,
    evidence_rows,
    failure_line,
    heading,
    places,
)
from dedup.text.contrast import contrast

#: GitHub refuses a comment of more characters; what goes beyond is left out, and counted.
LONGEST = 65_536
#: Room for the line that says what was left out.
_RESERVE = 200
#: Characters of a list of failures or flags: the changes need room too.
_MOST_LISTED = 12_000
#: Characters of the words of a flag.
_LONGEST_WORDS = 200

#: What has a meaning in Markdown anywhere, or at the beginning of a line.
_SPECIAL = re.compile(r"[\\`*_\[\]|~]|^[-+#=]")
#: What makes a numbered list, and what GitHub makes a mention, a reference, a link or an emoji of
#: even when it is escaped: an empty comment between its parts prevents that.
_JOINT = re.compile(r"^\d+(?=[.)](?:\s|$))|@(?=\w)|#(?=\d)|:(?=//)|www(?=\.)|:(?=[\w+-]+:)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}
_ENTITY = re.compile("[&<>$]")

_TAGS = {
    (Change.WORDS, "a"): ("<del>", "</del>"),
    (Change.WORDS, "b"): ("<ins>", "</ins>"),
    (Change.STYLE, "a"): ("<del>", "</del>"),
    (Change.STYLE, "b"): ("<ins>", "</ins>"),
    (Change.MOVED, "a"): ("<del>⇄ ", "</del>"),
    (Change.MOVED, "b"): ("<ins>⇄ ", "</ins>"),
}


def render(report: ComparisonReport, view: View | None = None) -> str:
    """Return the report as GitHub Markdown of at most `LONGEST` characters.

    Unchanged passages are left out unless the view asks for some as context. Cut words stand in
    `<del>`, added ones in `<ins>`; every character of an article is shown as it is: none is taken
    for Markdown, HTML, a link or a mention.

    >>> from dedup import Article, compare
    >>> from dedup.report.build import build
    >>> same = compare(Article("The bridge is shut."), Article("The bridge is shut."))
    >>> render(build(same)).splitlines()[0]
    '## Same wire story: word for word the same'
    """
    view = view or View()
    text = "\n\n".join([*_head(report), *_matters(report), *_facts(report)])
    rest: list[str] = []
    if not view.summary:
        rest += _changes(report, view)
    if view.show_skipped:
        rest += _skipped(report)
    for number, block in enumerate(rest):
        if len(text) + len(block) + _RESERVE > LONGEST:
            return f"{text}\n\n_{len(rest) - number} more left out: a comment holds no more._\n"
        text += f"\n\n{block}"
    return text + "\n"


def escaped(text: str) -> str:
    """Return a text as Markdown that shows it, on one line.

    >>> escaped("<b>*Buy* [now](http://x.example)")
    '&lt;b&gt;\\\\*Buy\\\\* \\\\[now\\\\](http:<!-- -->//x.example)'
    """
    return in_html(_SPECIAL.sub(r"\\\g<0>", printable(text)))


def in_html(text: str) -> str:
    """Return a text as HTML that shows it, for an element in which no Markdown is read.

    >>> in_html("a_b <c> by @d")
    'a_b &lt;c&gt; by @<!-- -->d'
    """
    text = _ENTITY.sub(lambda found: _ENTITIES[found[0]], printable(text))
    return _JOINT.sub(r"\g<0><!-- -->", text)


def _head(report: ComparisonReport) -> Iterator[str]:
    title, gloss = LABELS[report.verdict.label]
    yield f"## {title}: {gloss}"
    failures = report.policy.failures
    if failures:
        yield f"**Policy failed: {count(len(failures), 'failure')}**"
        yield _bounded([f"- {escaped(failure_line(failure))}" for failure in failures])
    for document in report.documents:
        words = count(document.words, "word")
        facts = [document.outlet, document.date, words, credits_of(document)]
        told = escaped(" · ".join(fact for fact in facts if fact))
        name = escaped(document.path or document.title or "(no name)")
        yield f"**{document.id.upper()}: {name}**  \n{told}"


def _matters(report: ComparisonReport) -> Iterator[str]:
    """Yield the flags as a table, the gravest first."""
    if not report.flags:
        return
    yield f"### What matters\n\n{escaped(tally(report))}"
    head = "| Severity | Flag | Where | Before | After |\n| --- | --- | --- | --- | --- |"
    rows = []
    for flag in gravest_first(report.flags):
        where = " → ".join(places(units, "¶") or "–" for units in units_of(flag, report))
        words = map(escaped, contrast(flag.before, flag.after, _LONGEST_WORDS))
        cells = (f"{SIGNS[flag.severity]} {flag.severity}", flag_name(flag), where, *words)
        rows.append(f"| {' | '.join(cells)} |")
    yield f"{head}\n{_bounded(rows)}"


def _bounded(lines: list[str]) -> str:
    """Return lines one below the other, as many as leave room for the changes."""
    sizes = accumulate(len(line) + 1 for line in lines)
    kept = sum(1 for size in sizes if size <= _MOST_LISTED)
    text = "\n".join(lines[:kept])
    return text if kept == len(lines) else f"{text}\n\n_… and {len(lines) - kept:,} more_"


def _facts(report: ComparisonReport) -> Iterator[str]:
    yield escaped(report.verdict.reason)
    yield _table("Evidence", evidence_rows(report.verdict.evidence))
    yield _table("Counts", counts(report))


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"| {title} | |", "| --- | --- |"]
    for label, value in rows:
        indent = "&nbsp;&nbsp;" if label.startswith(" ") else ""
        lines.append(f"| {indent}{escaped(label.strip())} | {escaped(value)} |")
    return "\n".join(lines)


def _changes(report: ComparisonReport, view: View) -> Iterator[str]:
    yield "### Changes"
    marked = marks(report)
    for entry in fold(sequence(report, view.order, view.ignore_style), view.context or 0):
        if isinstance(entry, Hidden):
            yield f"_… {count(entry.count, 'unchanged sentence')}_"
        elif isinstance(entry, Pointer):
            here, there = (places([unit], "¶") for unit in (entry.unit, entry.shown_with))
            yield f"_{here} is shown with {there}_"
        else:
            yield _row(entry, marked)


def _row(row: Row, marked: Marks) -> str:
    _, title = heading(row, UNICODE.paragraph, UNICODE.arrow)
    flags = [f" · {SIGNS[flag.severity]} {flag_name(flag)}" for flag in flags_of(row, marked)]
    lines = [f"**{escaped(title)}**{escaped(''.join(flags))}", ""]
    if row.link is None:
        lines.append("\n>\n".join(f"> {escaped(p.text)}" for p in paragraphs(row.a or row.b)))
    elif len(row.a) == len(row.b) == 1:
        lines.append(f"> {_marked(inline(row.a[0], row.b[0], row.link.edits, row.ignore_style))}")
    else:
        both = [f"A {_marked(_pieces(row, unit, 'a'))}" for unit in row.a]
        both += [f"B {_marked(_pieces(row, unit, 'b'))}" for unit in row.b]
        lines.append("  \n".join(f"> {line}" for line in both))
    return "\n".join(lines)


def _pieces(row: Row, unit: UnitReport, side: Side) -> list[Piece]:
    return side_by_side(unit, row.link.edits if row.link else (), side, row.ignore_style)


def _marked(pieces: list[Piece]) -> str:
    return "".join(
        f"{before}{escaped(piece.text)}{after}"
        for piece in pieces
        for before, after in [_TAGS.get((piece.change, piece.side), ("", ""))]
    )


def _skipped(report: ComparisonReport) -> Iterator[str]:
    units = {unit.id: unit for document in report.documents for unit in document.units}
    yield "### Skipped"
    for skipped in report.skipped:
        unit = units[skipped.unit]
        place = f"{unit.id[0].upper()} ¶{unit.paragraph}"
        yield f"- **{place} {skipped.reason}**: {escaped(unit.text)} _({escaped(unit.reason)})_"
    if not report.skipped:
        yield "Nothing"

"""A report for a pull request: verdict, evidence and changes as GitHub shows them in a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dedup.report.glyphs import UNICODE, printable
from dedup.report.marks import Change, Piece, inline, side_by_side
from dedup.report.model import ComparisonReport, Side, UnitReport
from dedup.report.rows import paragraphs
from dedup.report.sequence import Hidden, Pointer, Row, fold, sequence
from dedup.report.view import View
from dedup.report.wording import LABELS, count, counts, credits_of, evidence_rows, heading, places

#: GitHub refuses a comment of more characters; what goes beyond is left out, and counted.
LONGEST = 65_536
#: Room for the line that says what was left out.
_RESERVE = 200

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
    text = "\n\n".join(_head(report))
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
    text = _SPECIAL.sub(r"\\\g<0>", printable(text))
    text = _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)
    return _JOINT.sub(r"\g<0><!-- -->", text)


def _head(report: ComparisonReport) -> Iterator[str]:
    title, gloss = LABELS[report.verdict.label]
    yield f"## {title}: {gloss}"
    for document in report.documents:
        words = count(document.words, "word")
        facts = [document.outlet, document.date, words, credits_of(document)]
        told = escaped(" · ".join(fact for fact in facts if fact))
        name = escaped(document.path or document.title or "(no name)")
        yield f"**{document.id.upper()}: {name}**  \n{told}"
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
    for entry in fold(sequence(report, view.order, view.ignore_style), view.context or 0):
        if isinstance(entry, Hidden):
            yield f"_… {count(entry.count, 'unchanged sentence')}_"
        elif isinstance(entry, Pointer):
            here, there = (places([unit], "¶") for unit in (entry.unit, entry.shown_with))
            yield f"_{here} is shown with {there}_"
        else:
            yield _row(entry)


def _row(row: Row) -> str:
    _, title = heading(row, UNICODE.paragraph, UNICODE.arrow)
    lines = [f"**{escaped(title)}**", ""]
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

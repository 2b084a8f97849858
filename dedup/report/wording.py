"""The plain words of a report: what a label, a link or a count is called when a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from dedup.article import Kind
from dedup.detect.verdict import Label
from dedup.diff.model import LinkKind, Shape
from dedup.report.model import (
    ComparisonReport,
    DocumentReport,
    EvidenceReport,
    FailureReport,
    RunReport,
    SideSummary,
    UnitReport,
)
from dedup.report.quantities import count
from dedup.report.sequence import Row

#: What a label says, as a headline and as the rest of its sentence.
LABELS: Mapping[Label, tuple[str, str]] = MappingProxyType(
    {
        Label.IDENTICAL: ("Same wire story", "word for word the same"),
        Label.NEAR_IDENTICAL: ("Same wire story", "nearly word for word the same"),
        Label.SAME_STORY: ("Same wire story", "two versions of one article"),
        Label.SHARED_PASSAGES: (
            "Shared passages",
            "part of one is taken from the other, or both from a common source",
        ),
        Label.SAME_EVENT: ("Same event", "each told in its own words"),
        Label.UNRELATED: ("Unrelated", "neither story nor words in common"),
    }
)

_KINDS: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.IDENTICAL: "same",
        LinkKind.HOUSE_STYLE: "house style only",
        LinkKind.REWORDED: "reworded",
    }
)

_SHAPES: Mapping[Shape, str] = MappingProxyType(
    {Shape.SPLIT: "split", Shape.MERGE: "merged", Shape.MANY: "recast"}
)

#: Kinds whose name has no plural of its own.
_PLURALS: Mapping[Kind, str] = MappingProxyType({Kind.FURNITURE: "furniture"})


def failure_line(failure: FailureReport) -> str:
    """Return a failure of the policy as one line: what, where, and the conditions not met."""
    return f"{failure.message} [{', '.join(failure.conditions)}]"


def credits_of(document: DocumentReport) -> str:
    """Return the wire agencies that an article names, with where it names them."""
    places: dict[str, list[str]] = {}
    for credit in document.credits:
        found = places.setdefault(credit.agency, [])
        if credit.place not in found:
            found.append(credit.place)
    return "; ".join(f"{agency} in {' and '.join(found)}" for agency, found in places.items())


def evidence_rows(evidence: EvidenceReport) -> list[tuple[str, str]]:
    """Return the evidence as labels and values, the most telling first."""
    coverage = evidence.coverage
    return [
        ("own words in common", f"{evidence.coverage_unquoted:.0%} of the shorter article's"),
        (
            "longest passage",
            _quoted_and_not(_run(evidence.longest_run), _run(evidence.longest_run_unquoted)),
        ),
        (
            "all passages",
            f"{evidence.passages:,}, covering {coverage.a:.0%} of A and {coverage.b:.0%} of B",
        ),
        (
            "containment",
            _quoted_and_not(f"{evidence.containment:.2f}", f"{evidence.containment_unquoted:.2f}"),
        ),
        ("Jaccard similarity", f"{evidence.jaccard:.2f} (MinHash: {evidence.minhash_jaccard:.2f})"),
        ("telling words", f"{evidence.topic:.2f} alike"),
    ]


def _quoted_and_not(everywhere: str, unquoted: str) -> str:
    return f"{everywhere}; outside quotations {unquoted}"


def _run(run: RunReport | None) -> str:
    return count(run.words, "word") if run else "none"


def heading(row: Row, mark: str, arrow: str) -> tuple[str, str]:
    """Return the sign of a row (`=`, `~`, `-`, `+`) and its title, with paragraphs and all.

    Args:
        row: The row.
        mark: What stands before the number of a paragraph, such as `¶`.
        arrow: What stands between a place in A and one in B.
    """
    if row.link is None:
        side, units, sign = ("A", row.a, "-") if row.a else ("B", row.b, "+")
        many = f": {count(len(units), 'sentence')}" if len(units) > 1 else ""
        return sign, f"only in {side}{many}  {_range(units, mark)}"
    link = row.link
    parts: list[str] = []
    if link.shape != Shape.ONE:
        told = f"{count(len(row.a), 'sentence')} of A {arrow} {len(row.b)} of B"
        parts.append(f"{_SHAPES[link.shape]}: {told}")
    parts.append(_KINDS.get(link.kind) or _fuller(row))
    here, there = (places(units, mark) for units in (row.a, row.b))
    if link.moved:
        parts.append(f"moved: {here} in A {arrow} {there} in B")
    else:
        parts[-1] += f"  {here} {arrow} {there}"
    return "=" if link.kind == LinkKind.IDENTICAL else "~", ", ".join(parts)


def _fuller(row: Row) -> str:
    """Say which side of a partial link holds more."""
    longer_a = sum(len(u.text) for u in row.a) > sum(len(u.text) for u in row.b)
    return f"fuller in {'A' if longer_a else 'B'}"


def places(units: Iterable[UnitReport], mark: str) -> str:
    """Return the paragraphs of some units, each once: `¶3+¶7`."""
    numbers = dict.fromkeys(unit.paragraph for unit in units)
    return "+".join(f"{mark}{number}" for number in numbers)


def _range(units: Sequence[UnitReport], mark: str) -> str:
    """Return the paragraphs from the first unit to the last: `¶3-7`."""
    first, last = units[0].paragraph, units[-1].paragraph
    return f"{mark}{first}" if first == last else f"{mark}{first}-{last}"


def counts(report: ComparisonReport) -> list[tuple[str, str]]:
    """Return the counts as labels and values."""
    summary = report.summary
    links, kinds, shapes = summary.links, summary.links.kind, summary.links.shape
    told = [
        (kinds[LinkKind.IDENTICAL], "the same"),
        (kinds[LinkKind.HOUSE_STYLE], "house style only"),
        (kinds[LinkKind.REWORDED], "reworded"),
        (kinds[LinkKind.PARTIAL], "fuller in one"),
    ]
    order = [
        (links.moved, "moved"),
        (shapes[Shape.MERGE], "merged"),
        (shapes[Shape.SPLIT], "split"),
        (shapes[Shape.MANY], "recast"),
    ]
    both = ", ".join(f"{number:,} {words}" for number, words in told if number)
    also = ", ".join(f"{number:,} {words}" for number, words in order if number)
    return [
        (
            "in both",
            f"{count(links.total, 'match', 'matches')}: {both}" if links.total else "nothing",
        ),
        *([("of these", also)] if also else []),
        ("only in A", _only(summary.a)),
        ("only in B", _only(summary.b)),
        ("skipped", f"A {_skipped(summary.a)}; B {_skipped(summary.b)}"),
    ]


def _only(side: SideSummary) -> str:
    if not side.only:
        return "nothing"
    return f"{count(side.only, 'sentence')} ({side.only_words:,} of {count(side.words, 'word')})"


def _skipped(side: SideSummary) -> str:
    found = (count(n, kind, _PLURALS.get(kind)) for kind, n in side.skipped.items() if n)
    return ", ".join(found) or "nothing"

"""A comparison as its report: ids for indexes, words beside offsets, and counts of everything."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from dedup.article import COMPARED_KINDS, Kind, Span
from dedup.conditions import written
from dedup.detect.verdict import Run
from dedup.diff.flags import Flag, Severity
from dedup.diff.model import Edit, Link, LinkKind, Op, Shape
from dedup.policy import Outcome
from dedup.report.model import (
    ComparisonReport,
    CoverageReport,
    CreditReport,
    DocumentReport,
    EditReport,
    EvidenceReport,
    FailureReport,
    FlagReport,
    LinkReport,
    LinkSummary,
    OnlyReport,
    PolicyReport,
    RunReport,
    Side,
    SideSummary,
    SkippedReport,
    Summary,
    UnitReport,
    VerdictReport,
)
from dedup.report.tool import this_tool
from dedup.text.document import Document

if TYPE_CHECKING:
    from dedup.compare import Comparison

Name = TypeVar("Name", bound=StrEnum)

_SURROGATE = re.compile("[\ud800-\udfff]")


def build(comparison: Comparison, outcome: Outcome | None = None) -> ComparisonReport:
    """Return the report of a comparison: a pure function of it and of the program's version.

    `outcome` is what `dedup.policy.check` said of it; None where nothing is asked of it.

    Time and memory grow with the length of the two texts plus the number of links and edits.

    >>> from dedup import Article, compare
    >>> report = build(compare(Article("The bridge is shut."), Article("The bridge is shut.")))
    >>> report.verdict.label, [unit.text for unit in report.documents[0].units]
    (<Label.IDENTICAL: 'identical'>, ['The bridge is shut.'])
    """
    outcome = outcome or Outcome()
    first = _document("a", comparison.a)
    second = _document("b", comparison.b)
    diff = comparison.diff
    return ComparisonReport(
        schema_version="1",
        kind="comparison",
        tool=this_tool(),
        documents=(first, second),
        verdict=_verdict(comparison, first),
        links=tuple(_link(link, first, second) for link in diff.links),
        only=OnlyReport(_ids("a", diff.only_a), _ids("b", diff.only_b)),
        skipped=tuple(
            SkippedReport(unit.id, unit.kind)
            for document in (first, second)
            for unit in document.units
            if not unit.kind.compared
        ),
        flags=tuple(
            _flag(flag, first, second, place in outcome.allowed)
            for place, flag in enumerate(comparison.flags)
        ),
        summary=Summary(
            a=_side_summary(comparison.a, diff.only_a),
            b=_side_summary(comparison.b, diff.only_b),
            links=LinkSummary(
                total=len(diff.links),
                moved=sum(link.moved for link in diff.links),
                shape=_counts(Shape, (link.shape for link in diff.links)),
                kind=_counts(LinkKind, (link.kind for link in diff.links)),
            ),
            edits=_counts(Op, (edit.op for link in diff.links for edit in link.edits)),
            flags=len(comparison.flags),
            severities=_counts(Severity, (flag.severity for flag in comparison.flags)),
        ),
        policy=_policy(outcome),
    )


def _document(side: Side, document: Document) -> DocumentReport:
    article = document.article
    text = encodable(article.text)
    return DocumentReport(
        id=side,
        path=article.path and encodable(article.path),
        sha256=article.sha256,
        title=article.title and encodable(article.title),
        outlet=article.outlet and encodable(article.outlet),
        date=article.date and encodable(article.date),
        url=article.url and encodable(article.url),
        language=None if document.language == "und" else document.language,
        words=len(document.tokens),
        text=text,
        units=tuple(
            UnitReport(
                id=f"{side}{number}",
                start=unit.start,
                end=unit.end,
                kind=unit.kind,
                paragraph=unit.paragraph,
                text=text[unit.start : unit.end],
                reason=encodable(unit.reason),
            )
            for number, unit in enumerate(document.units, start=1)
        ),
        credits=tuple(
            CreditReport(credit.agency, credit.place, credit.start, credit.end)
            for credit in document.credits
        ),
        verbatim=article.verbatim,
    )


def encodable(text: str) -> str:
    """Replace lone surrogates, one code point by one, so that offsets stay as they are."""
    return _SURROGATE.sub("\ufffd", text)


def _verdict(comparison: Comparison, first: DocumentReport) -> VerdictReport:
    verdict, evidence = comparison.verdict, comparison.verdict.evidence
    return VerdictReport(
        label=verdict.label,
        same_story=verdict.same_story,
        evidence=EvidenceReport(
            minhash_jaccard=evidence.minhash_jaccard,
            jaccard=evidence.jaccard,
            containment=evidence.containment,
            containment_unquoted=evidence.containment_unquoted,
            coverage_unquoted=evidence.coverage_unquoted,
            longest_run=_run(evidence.longest_run, first),
            longest_run_unquoted=_run(evidence.longest_run_unquoted, first),
            passages=evidence.passages,
            coverage=CoverageReport(evidence.coverage_a, evidence.coverage_b),
            topic=evidence.topic,
            same_page=evidence.same_page,
        ),
        thresholds=asdict(comparison.thresholds),
        reason=encodable(verdict.reason),
    )


def _run(run: Run | None, first: DocumentReport) -> RunReport | None:
    if run is None:
        return None
    return RunReport(run.words, _words(first, run.a), _offsets(run.a), _offsets(run.b))


def _link(link: Link, first: DocumentReport, second: DocumentReport) -> LinkReport:
    return LinkReport(
        a=_ids("a", link.a),
        b=_ids("b", link.b),
        shape=link.shape,
        kind=link.kind,
        moved=link.moved,
        similarity=link.similarity,
        edits=tuple(_edit(edit, first, second) for edit in link.edits),
    )


def _flag(flag: Flag, first: DocumentReport, second: DocumentReport, allowed: bool) -> FlagReport:
    return FlagReport(
        kind=flag.kind,
        severity=flag.severity,
        link=flag.link,
        a=None if flag.a is None else _offsets(flag.a),
        b=None if flag.b is None else _offsets(flag.b),
        before=None if flag.a is None else _words(first, flag.a),
        after=None if flag.b is None else _words(second, flag.b),
        allowed=allowed,
    )


def _policy(outcome: Outcome) -> PolicyReport:
    policy = outcome.policy
    broken = (condition for failure in outcome.failures for condition in failure.conditions)
    return PolicyReport(
        fail_on=tuple(map(written, policy.fail_on)),
        failed=tuple(dict.fromkeys(broken)),
        exit_code=outcome.exit_code,
        allow=tuple(map(str, policy.allow)),
        min_coverage=policy.min_coverage,
        expect=policy.expect,
        failures=tuple(
            FailureReport(failure.conditions, encodable(failure.message), failure.flag)
            for failure in outcome.failures
        ),
    )


def _edit(edit: Edit, first: DocumentReport, second: DocumentReport) -> EditReport:
    return EditReport(
        op=edit.op,
        a=_offsets(edit.a),
        b=_offsets(edit.b),
        before=_words(first, edit.a),
        after=_words(second, edit.b),
        style=edit.style,
    )


def _words(document: DocumentReport, span: Span) -> str:
    return document.text[span.start : span.end]


def _offsets(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _ids(side: Side, indexes: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{side}{index + 1}" for index in indexes)


def _side_summary(document: Document, only: tuple[int, ...]) -> SideSummary:
    units, starts = document.units, document.tokens.starts
    skipped = Counter(unit.kind for unit in units if not unit.kind.compared)
    return SideSummary(
        units=len(units),
        compared=len(units) - skipped.total(),
        skipped={kind: skipped[kind] for kind in Kind if kind not in COMPARED_KINDS},
        words=len(document.tokens),
        only=len(only),
        only_words=sum(
            bisect_left(starts, units[index].end) - bisect_left(starts, units[index].start)
            for index in only
        ),
    )


def _counts(names: type[Name], found: Iterable[Name]) -> dict[Name, int]:
    """Count by name, with a zero for each name that does not occur."""
    counts = Counter(found)
    return {name: counts[name] for name in names}

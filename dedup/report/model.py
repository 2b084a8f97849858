"""The JSON contract of a comparison, as values: what CI reads, and what every format is drawn from.

Unknown is None (`null`), never a missing key; keys are only ever added within a major version.
Offsets are half-open ranges of Unicode code points in the document's `text`, so that
`text[start:end]` is what the report shows. The docstrings below are published: they become the
descriptions of the JSON Schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dedup.article import Kind
from dedup.detect.verdict import Label
from dedup.diff.flags import FlagKind, Severity
from dedup.diff.model import LinkKind, Op, Shape
from dedup.report.tool import ToolReport
from dedup.text.document import CreditPlace

#: A half-open range `[start, end)` of code points in a document's text.
Offsets = tuple[int, int]

#: The first article or the second.
Side = Literal["a", "b"]


@dataclass(frozen=True, slots=True)
class UnitReport:
    """The smallest piece that is aligned: a sentence, or a headline, dateline, byline, caption …

    Attributes:
        id: `a1`, `a2` … in the first document, `b1` … in the second, in order of the text.
        start: Where the unit begins in the document's text.
        end: Where it ends, exclusive.
        kind: What the unit is; only headline, dateline and body are compared.
        paragraph: The paragraph it stands in, counted from 1.
        text: The unit's text, `text[start:end]` of the document.
        reason: Why it has that kind, for people.
    """

    id: str
    start: int
    end: int
    kind: Kind
    paragraph: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class CreditReport:
    """A wire agency named as a source.

    Attributes:
        agency: The agency's short name: `AP`, `Reuters`, `AFP` …
        place: Where it is named: dateline, byline or text.
        start: Where the words that name it begin.
        end: Where they end, exclusive.
    """

    agency: str
    place: CreditPlace
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One of the two articles, with what is known of it.

    Attributes:
        id: `a` for the first, `b` for the second.
        path: The file it was read from; null for standard input or a text given in memory.
        sha256: SHA-256 of the bytes that were read.
        title: Its title, where the input names one.
        outlet: The outlet that published it, where the input names one.
        date: The date of publication, as the input gives it.
        url: Where it was published.
        language: ISO 639-1 code, given or recognised; null when unknown.
        words: How many words (tokens) of it are compared.
        text: The article's text, which every offset points into. A lone surrogate, which no
            encoding can carry, is replaced by U+FFFD; offsets stay as they are.
        units: Every unit, in order; each non-space character of the text is in exactly one.
        credits: Wire agencies named as sources, in order.
        verbatim: Whether the text is the file's own, so that its lines are the file's; that of a
            page or a record was taken out of it.
    """

    id: Side
    path: str | None
    sha256: str | None
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    language: str | None
    words: int
    text: str
    units: tuple[UnitReport, ...]
    credits: tuple[CreditReport, ...]
    verbatim: bool


@dataclass(frozen=True, slots=True)
class RunReport:
    """The longest passage that both articles share word for word.

    Attributes:
        words: Its length in words.
        text: The passage as the first document has it.
        a: Its place in the first document.
        b: Its place in the second.
    """

    words: int
    text: str
    a: Offsets
    b: Offsets


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """The share of each article's words that lies in shared passages, 0 to 1.

    Attributes:
        a: Of the first document.
        b: Of the second.
    """

    a: float
    b: float


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What the two articles share, measured on the units that are compared. Ratios are 0 to 1.

    Attributes:
        minhash_jaccard: Jaccard similarity estimated from MinHash signatures.
        jaccard: Exact Jaccard similarity of the sets of word n-grams.
        containment: Shared word n-grams over those of the article that has fewer.
        containment_unquoted: The same outside quotations.
        coverage_unquoted: Of the article that has fewer words outside quotations, the share of
            these that stand in wording that the other has too.
        longest_run: The longest shared run of words; null where no word is shared.
        longest_run_unquoted: The same outside quotations.
        passages: How many passages (maximal shared runs of words) there are.
        coverage: The share of each article that lies in such passages.
        topic: How alike their telling words are.
        same_page: Whether both are known to be published at one address.
    """

    minhash_jaccard: float
    jaccard: float
    containment: float
    containment_unquoted: float
    coverage_unquoted: float
    longest_run: RunReport | None
    longest_run_unquoted: RunReport | None
    passages: int
    coverage: CoverageReport
    topic: float
    same_page: bool


@dataclass(frozen=True, slots=True)
class VerdictReport:
    """What the two articles are to each other.

    Attributes:
        label: `identical` (the same words), `near_identical`, `same_story`, `shared_passages`
            (part of one is taken from the other or from a common source), `same_event` (each in
            its own words), `unrelated`.
        same_story: Whether the two are versions of one article: true for the first three labels.
        evidence: The figures that the label rests on.
        thresholds: The limits that the label was decided with, by name.
        reason: Why, in one sentence.
    """

    label: Label
    same_story: bool
    evidence: EvidenceReport
    thresholds: dict[str, int | float]
    reason: str


@dataclass(frozen=True, slots=True)
class EditReport:
    """A change of words inside a link.

    Attributes:
        op: What happens to the first document's words: insert, delete, replace or move.
        a: The words in the first document; empty, at the place of insertion, for an insert.
        b: The words in the second document; empty for a delete.
        before: The words as the first document has them.
        after: The words as the second document has them.
        style: The house-style rule that the edit falls under; null where it changes more than
            style.
    """

    op: Op
    a: Offsets
    b: Offsets
    before: str
    after: str
    style: str | None


@dataclass(frozen=True, slots=True)
class LinkReport:
    """Units of both articles that tell the same thing.

    Attributes:
        a: Ids of the first document's units, at least one, in order.
        b: Ids of the second document's units, at least one, in order.
        shape: `1:1`, `split` (one of a, several of b), `merge` (several of a, one of b) or `n:m`.
        kind: `identical`, `house_style` (differs only by house style), `reworded` or `partial`
            (one side holds substantially more).
        moved: Whether the link stands outside the order that the two articles share.
        similarity: How alike the joined sides are, 0 to 1.
        edits: The changes of words, in order of the second document.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    shape: Shape
    kind: LinkKind
    moved: bool
    similarity: float
    edits: tuple[EditReport, ...]


@dataclass(frozen=True, slots=True)
class OnlyReport:
    """Compared units that stand on one side only.

    Attributes:
        a: Ids of units that only the first document has (cut).
        b: Ids of units that only the second document has (added).
    """

    a: tuple[str, ...]
    b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkippedReport:
    """A unit that took no part in the comparison.

    Attributes:
        unit: Its id.
        reason: Why: its kind, such as `furniture` or `caption`; the unit itself says more.
    """

    unit: str
    reason: Kind


@dataclass(frozen=True, slots=True)
class FlagReport:
    """A change that matters to an editor.

    Attributes:
        kind: What it is.
        severity: How much it matters.
        link: Position of the link in `links`, from 0; null where it concerns no link.
        a: Its place in the first document, where it has one.
        b: Its place in the second document, where it has one.
        before: The words as the first document has them.
        after: The words as the second document has them.
        allowed: Whether the policy lets it pass.
    """

    kind: FlagKind
    severity: Severity
    link: int | None
    a: Offsets | None
    b: Offsets | None
    before: str | None
    after: str | None
    allowed: bool


@dataclass(frozen=True, slots=True)
class SideSummary:
    """Counts of one document.

    Attributes:
        units: All units.
        compared: Those that take part in the comparison.
        skipped: Those that do not, by kind.
        words: Words (tokens) of the compared units.
        only: Compared units that the other document does not have.
        only_words: Words of those.
    """

    units: int
    compared: int
    skipped: dict[Kind, int]
    words: int
    only: int
    only_words: int


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """Counts of the links.

    Attributes:
        total: All links.
        moved: Those that stand out of order.
        shape: By shape.
        kind: By kind.
    """

    total: int
    moved: int
    shape: dict[Shape, int]
    kind: dict[LinkKind, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of everything in the report.

    Attributes:
        a: The first document.
        b: The second document.
        links: The links between them.
        edits: The changes of words inside links, by operation.
        flags: How many flags there are.
        severities: How many there are of each severity.
    """

    a: SideSummary
    b: SideSummary
    links: LinkSummary
    edits: dict[Op, int]
    flags: int
    severities: dict[Severity, int]


@dataclass(frozen=True, slots=True)
class FailureReport:
    """Something that the policy does not let pass.

    Attributes:
        conditions: The conditions that are not met, as they are written; at least one.
        message: What and where, on one line.
        flag: Position of the flag in `flags`, from 0; null where it is no flag.
    """

    conditions: tuple[str, ...]
    message: str
    flag: int | None


@dataclass(frozen=True, slots=True)
class PolicyReport:
    """What was asked for as a condition of success, and whether it was met.

    Attributes:
        fail_on: What must not be: kinds of flags, `severity:…` and graver, `verdict:…`.
        failed: The conditions that were not met, those of `min_coverage` and `expect` too.
        exit_code: 0 when all were met, 1 otherwise.
        allow: Flags that are let pass.
        min_coverage: The share of the first document's words that the second must have.
        expect: The label that the verdict must have; a closer one will do as well.
        failures: What is not let pass, one by one.
    """

    fail_on: tuple[str, ...]
    failed: tuple[str, ...]
    exit_code: int
    allow: tuple[str, ...]
    min_coverage: float | None
    expect: Label | None
    failures: tuple[FailureReport, ...]


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """Two articles compared: the verdict with its evidence, and every change sentence by sentence.

    Attributes:
        schema_version: Major version of this contract.
        kind: Always `comparison`.
        tool: The program that wrote the report.
        documents: The two articles, first A, then B.
        verdict: What they are to each other.
        links: Units that tell the same thing, in order of the first document.
        only: Units that one side alone has.
        skipped: Units that took no part: captions, bylines, page furniture …
        flags: Changes that matter to an editor, in order of the first document.
        summary: Counts of all of the above.
        policy: The conditions of success.
    """

    schema_version: Literal["1"]
    kind: Literal["comparison"]
    tool: ToolReport
    documents: tuple[DocumentReport, DocumentReport]
    verdict: VerdictReport
    links: tuple[LinkReport, ...]
    only: OnlyReport
    skipped: tuple[SkippedReport, ...]
    flags: tuple[FlagReport, ...]
    summary: Summary
    policy: PolicyReport

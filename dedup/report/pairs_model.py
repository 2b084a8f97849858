"""The JSON contract of many comparisons: each of them whole, one summary, one exit code.

The same rules hold as for a single comparison (`dedup.report.model`), and the docstrings below
are published in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dedup.detect.verdict import Label
from dedup.diff.flags.model import Severity
from dedup.report.model import ComparisonReport
from dedup.report.tool import ToolReport


@dataclass(frozen=True, slots=True)
class PairReport:
    """Two articles that were to be compared.

    Attributes:
        a: The path of the first article, `-` for standard input.
        b: The path of the second.
        error: Why they could not be compared; null where they were.
        comparison: The comparison, as it would be alone; null where there is none.
    """

    a: str
    b: str
    error: str | None
    comparison: ComparisonReport | None


@dataclass(frozen=True, slots=True)
class UnmatchedReport:
    """Articles of a folder for which the other folder has none of that name.

    Attributes:
        a: Paths in the first folder.
        b: Paths in the second.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairsSummary:
    """Counts over all pairs.

    Attributes:
        pairs: All pairs.
        compared: Those that were compared.
        not_compared: Those of which an article could not be read.
        same_story: Those that are versions of one article.
        labels: How many have each verdict.
        flags: How many flags there are.
        severities: How many there are of each severity.
        unmatched: Articles without a partner.
    """

    pairs: int
    compared: int
    not_compared: int
    same_story: int
    labels: dict[Label, int]
    flags: int
    severities: dict[Severity, int]
    unmatched: int


@dataclass(frozen=True, slots=True)
class PairsPolicyReport:
    """What was asked of every pair as a condition of success, and whether it was met.

    Attributes:
        fail_on: What must not be: kinds of flags, `severity:…` and graver, `verdict:…`.
        allow: Flags that are let pass.
        min_coverage: The share of the first document's words that the second must have.
        expect: The label that the verdict must have; a closer one will do as well.
        failed: For each condition that a pair does not meet, how many pairs do not.
        failed_pairs: How many pairs do not meet some condition.
        exit_code: 2 where a pair could not be compared, else 1 where a condition was not met,
            else 0.
    """

    fail_on: tuple[str, ...]
    allow: tuple[str, ...]
    min_coverage: float | None
    expect: Label | None
    failed: dict[str, int]
    failed_pairs: int
    exit_code: int


@dataclass(frozen=True, slots=True)
class ComparisonsReport:
    """Many pairs of articles, each compared.

    Attributes:
        schema_version: Major version of this contract.
        kind: Always `comparisons`.
        tool: The program that wrote the report.
        pairs: The pairs, in the order in which they were given; a pair a line.
        unmatched: Where folders were compared, articles without a partner.
        summary: Counts over all pairs.
        policy: The conditions of success.
    """

    schema_version: Literal["1"]
    kind: Literal["comparisons"]
    tool: ToolReport
    pairs: tuple[PairReport, ...]
    unmatched: UnmatchedReport
    summary: PairsSummary
    policy: PairsPolicyReport

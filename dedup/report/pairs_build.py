"""A pair as its report, and many pairs counted: what every format of a run is made from.

No more than one comparison is held at a time: a process reports it, says in a `PairLine` what
the whole needs to know of it, and lets go of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dedup.conditions import written
from dedup.detect.verdict import Label
from dedup.diff.flags.model import Severity
from dedup.pairs import ComparedPair
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.model import ComparisonReport, FailureReport
from dedup.report.pairs_model import (
    PairReport,
    PairsPolicyReport,
    PairsSummary,
    UnmatchedReport,
)
from dedup.report.tool import ToolReport, this_tool
from dedup.report.wording import failure_line

_SAME_STORY = (Label.IDENTICAL, Label.NEAR_IDENTICAL, Label.SAME_STORY)


@dataclass(frozen=True, slots=True)
class PairLine:
    """What a run keeps of a pair.

    Attributes:
        a: The path of the first article.
        b: The path of the second.
        label: The verdict; None where the pair could not be compared.
        coverage: The share of A's words, and of B's, that lies in shared passages, 0 to 1.
        severities: How many flags of each severity there are.
        grave: Whether one of high severity is not let pass.
        conditions: The conditions that it does not meet.
        failures: What the policy does not let pass, a line each that names both articles.
        error: Why it could not be compared.
    """

    a: str
    b: str
    label: Label | None = None
    coverage: tuple[float, float] = (0.0, 0.0)
    severities: tuple[tuple[Severity, int], ...] = ()
    grave: bool = False
    conditions: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    error: str | None = None

    @property
    def pressing(self) -> bool:
        """Whether somebody must look at it: not compared, failed, or with a grave flag."""
        return self.error is not None or bool(self.failures) or self.grave


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a report of many pairs says besides the pairs."""

    tool: ToolReport
    unmatched: UnmatchedReport
    summary: PairsSummary
    policy: PairsPolicyReport


def pair_report(pair: ComparedPair, policy: Policy) -> PairReport:
    """Return the report of a pair, held against the policy."""
    found = pair.comparison
    comparison = None if found is None else build(found, check(found, policy))
    return PairReport(pair.a, pair.b, pair.error, comparison)


def line_of(pair: PairReport) -> PairLine:
    """Return what a run keeps of a pair."""
    found = pair.comparison
    if found is None:
        return PairLine(pair.a, pair.b, error=pair.error)
    coverage = found.verdict.evidence.coverage
    counts = found.summary.severities
    return PairLine(
        pair.a,
        pair.b,
        found.verdict.label,
        (coverage.a, coverage.b),
        tuple((severity, counts[severity]) for severity in Severity if counts[severity]),
        any(flag.severity is Severity.HIGH and not flag.allowed for flag in found.flags),
        found.policy.failed,
        tuple(_failure(failure, found) for failure in found.policy.failures),
    )


def _failure(failure: FailureReport, report: ComparisonReport) -> str:
    told = failure_line(failure)
    flag = None if failure.flag is None else report.flags[failure.flag]
    if flag is None or (flag.a and flag.b):
        return told
    a, b = (document.path or document.title for document in report.documents)
    return f"{a} and {b}: {told}"  # a flag with one place names the article that has it


@dataclass(slots=True)
class Totals:
    """Counts over the pairs so far."""

    labels: Counter[Label] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    failed_pairs: int = 0
    not_compared: int = 0

    def add(self, line: PairLine) -> None:
        """Count one pair more."""
        if line.label is None:
            self.not_compared += 1
        else:
            self.labels[line.label] += 1
        self.severities.update(dict(line.severities))
        self.failed.update(line.conditions)
        self.failed_pairs += bool(line.failures)

    @property
    def exit_code(self) -> int:
        """What the run ends with: a pair that is not compared is worse than one that fails."""
        return 2 if self.not_compared else int(self.failed_pairs > 0)

    def report(
        self, policy: Policy, only_a: Sequence[str] = (), only_b: Sequence[str] = ()
    ) -> RunReport:
        """Return what is to be said of the run as a whole."""
        compared = self.labels.total()
        return RunReport(
            this_tool(),
            UnmatchedReport(tuple(only_a), tuple(only_b)),
            PairsSummary(
                pairs=compared + self.not_compared,
                compared=compared,
                not_compared=self.not_compared,
                same_story=sum(self.labels[label] for label in _SAME_STORY),
                labels={label: self.labels[label] for label in Label},
                flags=self.severities.total(),
                severities={severity: self.severities[severity] for severity in Severity},
                unmatched=len(only_a) + len(only_b),
            ),
            PairsPolicyReport(
                fail_on=tuple(map(written, policy.fail_on)),
                allow=tuple(map(str, policy.allow)),
                min_coverage=policy.min_coverage,
                expect=policy.expect,
                failed=dict(sorted(self.failed.items())),
                failed_pairs=self.failed_pairs,
                exit_code=self.exit_code,
            ),
        )

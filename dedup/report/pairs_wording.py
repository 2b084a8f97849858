"""What a report of many comparisons says of all of them, in words."""

from __future__ import annotations

from collections.abc import Iterator

from dedup.diff.flags.model import Severity
from dedup.report.flagwords import SIGNS
from dedup.report.pairs_build import PairLine, RunReport
from dedup.report.quantities import count


def headline(run: RunReport) -> tuple[str, str]:
    """Return the title of a run, and the rest of its sentence."""
    summary = run.summary
    title = f"{count(summary.pairs, 'pair')} of articles"
    told = [f"{summary.same_story:,} the same wire story"]
    if other := summary.compared - summary.same_story:
        told.append(f"{other:,} not")
    if summary.not_compared:
        told.append(f"{summary.not_compared:,} not compared")
    return title, ", ".join(told)


def columns(run: RunReport) -> tuple[str, ...]:
    """Return what a table of pairs has above its columns, after A and B."""
    return ("verdict", "shared A/B", *SIGNS.values(), "policy" if asked(run) else "")


def cells(line: PairLine, run: RunReport) -> tuple[str, ...]:
    """Return what a table says of a pair after A and B, in the same columns."""
    if line.label is None:
        return ("not compared", "", "", "", "", "")
    counts = dict(line.severities)
    flags = (f"{counts[s]:,}" if s in counts else "" for s in Severity)
    a, b = (f"{share:>4.0%}" for share in line.coverage)
    policy = ("FAILED" if line.failures else "met") if asked(run) else ""
    return (line.label, f"{a} /{b}", *flags, policy)


def asked(run: RunReport) -> bool:
    """Return whether the policy asks for anything."""
    policy = run.policy
    return bool(policy.fail_on or policy.expect) or policy.min_coverage is not None


def counts(run: RunReport) -> Iterator[tuple[str, str]]:
    """Yield the counts of a run as labels and values."""
    summary, policy = run.summary, run.policy
    labels = (f"{number:,} {label}" for label, number in summary.labels.items() if number)
    yield "compared", f"{summary.compared:,} of {count(summary.pairs, 'pair')}"
    yield "verdicts", ", ".join(labels) or "none"
    found = summary.severities
    flags = (f"{SIGNS[s]} {found[s]:,} {s}" for s in Severity if found[s])
    yield "flags", ", ".join(flags) or "none"
    if summary.unmatched:
        yield "unmatched", f"{len(run.unmatched.a):,} in A, {len(run.unmatched.b):,} in B"
    if asked(run):
        failed = f"failed by {count(policy.failed_pairs, 'pair')}"
        yield "policy", failed if policy.failed_pairs else "met"
    for condition, number in policy.failed.items():
        yield f"  {condition}", f"not met by {count(number, 'pair')}"

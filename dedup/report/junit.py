"""Conditions and flags as test cases, in the XML of JUnit that every CI server reads.

One suite a comparison. A condition of the policy is a test case, which fails where it is not met;
a kind of flag that no condition is about is one that passes and says what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.report.annotations import Region, annotate
from dedup.report.flagged import gravest_first
from dedup.report.model import ComparisonReport

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: What no XML 1.0 document can hold, not even as a reference.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Case:
    """A test case: its name, what fails it, and what it says besides."""

    group: str
    name: str
    failures: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def render(reports: Sequence[ComparisonReport]) -> str:
    """Return the comparisons as one XML document, with a line end after it.

    >>> from dedup import Article, compare
    >>> from dedup.report.build import build
    >>> same = compare(Article("The bridge is shut."), Article("The bridge is shut."))
    >>> render([build(same)]).splitlines()[1]
    '<testsuites name="dedup" tests="1" failures="0" errors="0" time="0">'
    """
    from xml.etree import ElementTree

    suites = [(report, list(_cases(report))) for report in reports]
    every = [case for _, cases in suites for case in cases]
    root = ElementTree.Element("testsuites", {"name": "dedup", **_counts(every)})
    for report, cases in suites:
        names = " and ".join(Region(document).name for document in report.documents)
        suite = ElementTree.SubElement(root, "testsuite", {"name": _safe(names), **_counts(cases)})
        for case in cases:
            _add(case, suite)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counts(cases: Sequence[_Case]) -> dict[str, str]:
    failed = sum(bool(case.failures) for case in cases)
    return {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "time": "0"}


def _add(case: _Case, suite: Element) -> None:
    from xml.etree.ElementTree import SubElement

    element = SubElement(
        suite, "testcase", classname=f"dedup.{case.group}", name=case.name, time="0"
    )
    if case.failures:
        first, *more = case.failures
        message = f"{first} (and {len(more)} more)" if more else first
        failure = SubElement(element, "failure", type=case.group, message=_safe(message))
        failure.text = _safe("\n".join(case.failures))
    if case.told:
        SubElement(element, "system-out").text = _safe("\n".join(case.told))


def _cases(report: ComparisonReport) -> Iterator[_Case]:
    """Yield a case for the verdict, for each condition, and for each other kind of flag."""
    yield _Case("verdict", report.verdict.label, told=(report.verdict.reason,))
    policy = report.policy
    conditions = [*policy.fail_on]
    if policy.expect is not None:
        conditions.append(f"expect:{policy.expect}")
    if policy.min_coverage is not None:
        conditions.append(f"min_coverage:{policy.min_coverage:g}")
    for condition in conditions:
        broken = (failure.message for failure in policy.failures if condition in failure.conditions)
        yield _Case("policy", condition, failures=tuple(broken))
    seen: dict[str, list[str]] = {}
    for annotation in annotate(report):
        seen.setdefault(annotation.rule, []).append(annotation.message)
    for kind in dict.fromkeys(flag.kind for flag in gravest_first(report.flags)):
        if kind not in conditions:
            yield _Case("flags", kind, told=tuple(seen[kind]))


def _safe(text: str) -> str:
    """Return a text without what XML cannot hold, each such character as `\\ufffd`."""
    return _IMPOSSIBLE.sub("\ufffd", text)

"""Conditions and flags as test cases, in the XML of JUnit that every CI server reads.

One suite a comparison. A condition of the policy is a test case, which fails where it is not met;
a kind of flag that no condition is about is one that passes and says what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
    """A test case: its name, what fails it, what it says besides, and how it fails."""

    group: str
    name: str
    failures: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    kind: str = "failure"


def render(reports: Sequence[ComparisonReport]) -> str:
    """Return the comparisons as one XML document, with a line end after it.

    >>> from dedup import Article, compare
    >>> from dedup.report.build import build
    >>> same = compare(Article("The bridge is shut."), Article("The bridge is shut."))
    >>> render([build(same)]).splitlines()[1]
    '<testsuites name="dedup" tests="1" failures="0" errors="0" time="0">'
    """
    suites = [suite(report) for report in reports]
    return "".join(document(suites, total(suites)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many test cases there are, and what became of them."""

    tests: int = 0
    failures: int = 0
    errors: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.tests + other.tests, self.failures + other.failures, self.errors + other.errors
        )

    @property
    def attributes(self) -> dict[str, str]:
        """The counts as attributes of an element."""
        return {name: str(getattr(self, name)) for name in self.__slots__} | {"time": "0"}


@dataclass(frozen=True, slots=True)
class Suite:
    """A test suite as XML, indented as it stands in a document, and its counts."""

    xml: str
    counts: Counts


def suite(report: ComparisonReport) -> Suite:
    """Return the test suite of a comparison."""
    cases = list(_cases(report))
    counts = Counts(len(cases), sum(bool(case.failures) for case in cases))
    return _suite(" and ".join(Region(one).name for one in report.documents), cases, counts)


def unread(name: str, reason: str) -> Suite:
    """Return the test suite of two articles that could not be compared: one case, an error."""
    case = _Case("verdict", "compared", failures=(reason,), kind="error")
    return _suite(name, [case], Counts(1, 0, 1))


def total(suites: Iterable[Suite]) -> Counts:
    """Return the counts of several suites together."""
    return sum((suite.counts for suite in suites), Counts())


def document(suites: Iterable[Suite], counts: Counts) -> Iterator[str]:
    """Yield the parts of an XML document that holds these suites, with a line end after it."""
    told = " ".join(f'{name}="{value}"' for name, value in counts.attributes.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="dedup" {told}>\n'
    for one in suites:
        yield f"  {one.xml}\n"
    yield "</testsuites>\n"


def _suite(name: str, cases: Sequence[_Case], counts: Counts) -> Suite:
    from xml.etree import ElementTree

    element = ElementTree.Element("testsuite", {"name": _safe(name), **counts.attributes})
    for case in cases:
        _add(case, element)
    ElementTree.indent(element, level=1)
    return Suite(ElementTree.tostring(element, encoding="unicode"), counts)


def _add(case: _Case, suite: Element) -> None:
    from xml.etree.ElementTree import SubElement

    element = SubElement(
        suite, "testcase", classname=f"dedup.{case.group}", name=case.name, time="0"
    )
    if case.failures:
        first, *more = case.failures
        message = f"{first} (and {len(more)} more)" if more else first
        failure = SubElement(element, case.kind, type=case.group, message=_safe(message))
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

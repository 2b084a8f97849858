"""Test cases in the XML of JUnit: valid, and failing exactly where the policy does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hand_made import FLAGS, Raised, comparison
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dedup.article import Kind
from dedup.conditions import parse_allowances, parse_conditions
from dedup.detect import Label
from dedup.diff.flags import FlagKind
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.junit import render

XSD = etree.XMLSchema(file=Path(__file__).parent.parent / "data" / "junit-4.xsd")
MADE = comparison(flags=FLAGS)
POLICY = Policy(
    fail_on=parse_conditions(["attribution_dropped,hedge_added,severity:medium"], ""),
    allow=parse_allowances(["hedge_added"], ""),
    min_coverage=0.5,
    expect=Label.IDENTICAL,
)


def rendered(policy: Policy | None = None) -> str:
    return render([build(MADE, check(MADE, policy or Policy()))])


@pytest.mark.parametrize("policy", [None, POLICY])
def test_it_meets_the_schema(policy: Policy | None) -> None:
    XSD.assertValid(etree.fromstring(rendered(policy).encode()))
    XSD.assertValid(etree.fromstring(render([build(MADE), build(comparison())]).encode()))


def test_a_case_a_condition_and_one_for_each_other_kind() -> None:
    suite = ElementTree.fromstring(rendered(POLICY))[0]
    assert suite.attrib == {
        "name": "agency.txt and daily.txt", "tests": "8", "failures": "3", "errors": "0",
        "time": "0",
    }  # fmt: skip
    cases = {case.get("name"): case for case in suite}
    assert list(cases) == [
        "same_story", "attribution_dropped", "hedge_added", "severity:medium", "expect:identical",
        "min_coverage:0.5", "headline_changed", "raised",
    ]  # fmt: skip
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {"attribution_dropped", "severity:medium", "expect:identical"}
    failure = cases["attribution_dropped"].find("failure")
    assert failure is not None
    assert failure.get("message") == 'attribution_dropped (high): agency.txt:5:28 "she said"'


def test_without_a_policy_nothing_fails() -> None:
    root = ElementTree.fromstring(rendered())
    assert root.get("failures") == "0"
    assert [case.get("classname") for case in root[0]] == ["dedup.verdict", *["dedup.flags"] * 4]
    assert root.findtext(".//testcase[@name='hedge_added']/system-out") == (
        "B makes a statement less certain than A does.\nagency.txt: (none)\ndaily.txt: some"
    )


def test_a_suite_a_comparison() -> None:
    root = ElementTree.fromstring(render([build(MADE), build(comparison())]))
    assert [suite.get("tests") for suite in root] == ["5", "1"]
    assert root.get("tests") == "6"


@given(st.text(max_size=40))
@settings(max_examples=80, deadline=None)
def test_any_text_makes_valid_xml(text: str) -> None:
    line = f"a{text}\x00\x1b]]>\ufffe&b".replace("\n", " ")
    made = comparison(
        [(Kind.BODY, line)], [(Kind.BODY, line)], [],
        flags=[Raised(FlagKind.NAME_CHANGED, None, line, line)],
    )  # fmt: skip
    made = replace(made, a=replace(made.a, article=replace(made.a.article, path=line)))
    policy = Policy(fail_on=parse_conditions(["any"], ""))
    XSD.assertValid(etree.fromstring(render([build(made, check(made, policy))]).encode()))

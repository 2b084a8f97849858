"""What is said at a place of a file: where, how gravely, in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import FLAGS, Raised, comparison

from dedup.article import Span
from dedup.conditions import parse_allowances, parse_conditions
from dedup.detect import Label
from dedup.diff.flags import FlagKind
from dedup.policy import Policy, check
from dedup.report.annotations import Annotation, Level, annotate
from dedup.report.build import build
from dedup.report.model import ComparisonReport
from dedup.text.places import Place

MADE = comparison(flags=FLAGS)


def report(policy: Policy | None = None) -> ComparisonReport:
    return build(MADE, check(MADE, policy or Policy()))


def by_rule(found: ComparisonReport) -> dict[str, Annotation]:
    return {annotation.rule: annotation for annotation in annotate(found)}


def test_a_severity_is_a_level() -> None:
    assert [(one.rule, one.level) for one in annotate(report())] == [
        ("attribution_dropped", Level.ERROR),
        ("hedge_added", Level.WARNING),
        ("headline_changed", Level.NOTE),
        ("raised", Level.NOTE),
    ]


def test_what_fails_is_an_error_and_what_is_let_pass_a_note() -> None:
    policy = Policy(
        fail_on=parse_conditions(["raised"], ""),
        allow=parse_allowances(["attribution_dropped"], ""),
    )
    found = by_rule(report(policy))
    assert found["raised"].level is Level.ERROR
    assert found["raised"].message.endswith("The policy fails on raised.")
    assert found["attribution_dropped"].level is Level.NOTE
    assert found["attribution_dropped"].message.endswith("The policy lets it pass.")
    assert [one.rule for one in annotate(report(policy))][:2] == ["raised", "hedge_added"]


def test_a_place_is_that_of_the_words_in_b() -> None:
    hedge = by_rule(report())["hedge_added"]
    assert hedge.region.name == "daily.txt"
    assert (hedge.region.start, hedge.region.end) == (Place(2, 35), Place(2, 39))
    assert hedge.other is not None
    assert (hedge.other.name, hedge.other.start) == ("agency.txt", Place(8, 1))


def test_what_b_dropped_is_said_at_the_sentence_that_dropped_it() -> None:
    dropped = by_rule(report())["attribution_dropped"]
    assert (dropped.region.name, dropped.region.start) == ("daily.txt", Place(4, 1))
    assert dropped.message.splitlines() == [
        "A says who said it; B states it as a fact.",
        "agency.txt: she said",
        "daily.txt: (none)",
    ]


def test_what_b_has_no_sentence_for_is_said_in_a() -> None:
    made = comparison(flags=[Raised(FlagKind.NEGATION_CHANGED, None, "two years")])
    (found,) = annotate(build(made))
    assert (found.region.name, found.region.start) == ("agency.txt", Place(10, 34))
    assert found.other is None


def test_of_a_page_no_line_is_told() -> None:
    page = replace(MADE, b=replace(MADE.b, article=replace(MADE.b.article, verbatim=False)))
    found = by_rule(build(page))["hedge_added"]
    assert (found.region.name, found.region.start, found.region.end) == ("daily.txt", None, None)
    assert found.other is not None
    assert found.other.start == Place(8, 1)


def test_the_pair_as_a_whole() -> None:
    policy = Policy(fail_on=(Label.SAME_STORY,), min_coverage=0.9, expect=Label.IDENTICAL)
    found = annotate(report(policy))[:3]
    assert [(one.rule, one.title) for one in found] == [
        ("verdict", "The verdict is same_story"),
        ("expect", "expect:identical is not met"),
        ("min_coverage", "min_coverage:0.9 is not met"),
    ]
    assert all(one.level is Level.ERROR and one.region.start is None for one in found)


@pytest.mark.parametrize("path", [None, "-"])
def test_without_a_file_there_is_no_path(path: str | None) -> None:
    pipe = replace(MADE, b=replace(MADE.b, article=replace(MADE.b.article, path=path)))
    region = by_rule(build(pipe))["hedge_added"].region
    assert region.path is None
    assert region.name == (path or "B")


def test_an_empty_place_is_where_something_is_missing() -> None:
    flag = replace(MADE.flags[1], b=Span(190, 190))
    (found,) = annotate(build(replace(MADE, flags=(flag,))))
    assert found.region.start == found.region.end == Place(4, 3)
    assert found.message.endswith("daily.txt: (none)")

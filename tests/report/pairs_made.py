"""A run of pairs made by hand: one that fails, one that is the same, one that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hand_made import FLAGS, comparison

from dedup.article import Article
from dedup.compare import Comparison, compare
from dedup.conditions import parse_allowances, parse_conditions
from dedup.detect import Label
from dedup.pairs import ComparedPair
from dedup.policy import Policy
from dedup.report.pairs_build import PairLine, RunReport, Totals, line_of, pair_report
from dedup.report.pairs_model import PairReport
from dedup.report.pairs_parts import layout
from dedup.report.view import View

POLICY = Policy(
    fail_on=parse_conditions(["attribution_dropped,verdict:unrelated"], ""),
    allow=parse_allowances(["hedge_added:some"], ""),
    expect=Label.SAME_STORY,
)
UNMATCHED = ("wire/harbor/ferry_timetable.txt",), ("published/opinion.html", "published/weather.md")


def named(found: Comparison, a: str, b: str) -> ComparedPair:
    """Return a comparison as that of two files."""
    sides = (replace(found.a, article=replace(found.a.article, path=a)),
             replace(found.b, article=replace(found.b.article, path=b)))  # fmt: skip
    return ComparedPair(a, b, replace(found, a=sides[0], b=sides[1]))


def alike(text: str, a: str, b: str) -> ComparedPair:
    """Return the comparison of a text with itself."""
    return ComparedPair(a, b, compare(Article(text, path=a), Article(text, path=b)))


PAIRS = [
    named(comparison(flags=FLAGS), "wire/harbor/old_wharf_bridge.txt",
          "published/harbor/old_wharf_bridge.html"),
    alike("The ferry of Upper Hale runs again in April.", "wire/ferry.txt", "published/ferry.md"),
    ComparedPair("wire/dam|1.txt", "published/dam|1.txt", None,
                 "published/dam|1.txt: is empty; name a file with an article in it"),
    ComparedPair(
        "wire/school.txt", "published/school.txt",
        compare(Article("Teachers cleaned the rooms through the night.", path="wire/school.txt"),
                Article("Rain fell on the hills for a week.", path="published/school.txt")),
    ),
    named(comparison(flags=[FLAGS[2]]), "wire/x.txt", "published/x.txt"),
]  # fmt: skip


def reported(
    pairs: Iterable[ComparedPair], policy: Policy = POLICY
) -> list[tuple[PairReport, PairLine]]:
    """Return the reports of pairs, as no certain version would write them."""
    made = []
    for pair in pairs:
        report = pair_report(pair, policy)
        if report.comparison:
            tool = replace(report.comparison.tool, version="0")
            report = replace(report, comparison=replace(report.comparison, tool=tool))
        made.append((report, line_of(report)))
    return made


def run_of(
    lines: Iterable[PairLine],
    policy: Policy = POLICY,
    unmatched: tuple[tuple[str, ...], tuple[str, ...]] = UNMATCHED,
) -> RunReport:
    """Return what is said of the run as a whole."""
    totals = Totals()
    for line in lines:
        totals.add(line)
    run = totals.report(policy, *unmatched)
    return replace(run, tool=replace(run.tool, version="0"))


def rendered(
    format: str,
    view: View | None = None,
    pairs: Iterable[ComparedPair] = PAIRS,
    policy: Policy = POLICY,
    unmatched: tuple[tuple[str, ...], tuple[str, ...]] = UNMATCHED,
) -> str:
    """Return a whole report of pairs."""
    view = view or View()
    made = reported(pairs, policy)
    parts = [layout(format).part(report, line, view) for report, line in made]
    run = run_of((line for _, line in made), policy, unmatched)
    return "".join(layout(format).whole(parts, run, view))

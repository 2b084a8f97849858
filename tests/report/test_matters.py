"""The flags and the policy at a terminal: at a glance, at any width, by signs and not by colour."""

from __future__ import annotations

import re

import pytest
from hand_made import FLAGS, Raised, comparison
from rich.cells import cell_len

from dedup.article import Kind
from dedup.conditions import parse_allowances, parse_conditions
from dedup.diff.flags import FlagKind
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.terminal import render
from dedup.report.view import View

MADE = comparison(flags=FLAGS)
POLICY = Policy(fail_on=parse_conditions(["any"], ""), allow=parse_allowances(["hedge_added"], ""))
REPORT = build(MADE, check(MADE, POLICY))


def glance(**view: object) -> str:
    text = render(REPORT, View(summary=True, **view))  # type: ignore[arg-type]
    return text[text.index("What matters") :]


def test_a_line_a_flag_the_gravest_first() -> None:
    assert glance(width=120).splitlines()[:6] == [
        "What matters  !!! 1 high, !! 1 medium, ! 2 low",
        "",
        "  !!! attribution dropped    ¶5 → ¶4  she said → (none)",
        "  !   headline changed       ¶1 → ¶1  Port Hale shuts its oldest bridge → Cracks close "
        "Old Wharf Bridge",
        "  !   raised                 ¶8 → ¶2  The bridge, built in 1931, carries 9,0… → "
        "Built in 1931, the bridge carries some…",
        "  !!  hedge added (allowed)  ¶8 → ¶2  (none) → some",
    ]


def test_without_flags_and_without_failures_nothing_is_said() -> None:
    text = render(build(comparison()))
    assert "What matters" not in text
    assert "POLICY" not in text


def test_the_policy_comes_last() -> None:
    _, _, last = render(REPORT, View(width=80, show_skipped=True)).partition("POLICY FAILED: ")
    assert " ".join(last.split()) == (
        '3 failures headline_changed (low): agency.txt:1:1 "Port Hale shuts its oldest bridge" -> '
        'daily.txt:1:1 "Cracks close Old Wharf Bridge" [severity:low] '
        'attribution_dropped (high): agency.txt:5:28 "she said" [severity:low] '
        'raised (low): agency.txt:8:1 "The bridge, built in 1931, carries 9,000 cars a day." -> '
        'daily.txt:2:1 "Built in 1931, the bridge carries some 9,000 cars a day." [severity:low]'
    )


@pytest.mark.parametrize("color", [False, True])
def test_a_row_has_the_marks_of_its_flags(color: bool) -> None:
    text = re.sub(r"\x1b\[[\d;]*m", "", render(REPORT, View(width=100, color=color)))
    assert "moved: ¶8 in A → ¶2 in B  ! raised  !! hedge added (allowed)\n" in text


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 200])
def test_it_fits(width: int, encoding: str) -> None:
    assert all(len(line) <= width for line in glance(width=width, encoding=encoding).splitlines())


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("width", [30, 80, 100])
def test_wide_characters_fit(width: int, encoding: str) -> None:
    lines = [(Kind.BODY, "首相は東京で記者会見を開き、来年度の予算案について説明した。" * 3)]
    raised = [Raised(FlagKind.NUMBER_CHANGED, None, lines[0][1], lines[0][1][3:])]
    report = build(comparison(lines, lines, [], flags=raised))
    text = render(report, View(width=width, encoding=encoding, summary=True))
    assert "number changed" in text
    assert all(cell_len(line) <= width for line in text.splitlines())


def test_an_article_cannot_reach_the_terminal_by_a_flag() -> None:
    lines = [(Kind.BODY, "\x1b[2J[red]x[/red]\u202e it")]
    made = comparison(lines, lines, [], flags=[Raised(FlagKind.NAME_CHANGED, None, lines[0][1])])
    report = build(made, check(made, POLICY))
    text = render(report, View(summary=True))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "[red]x[/red]" in text

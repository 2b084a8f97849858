"""Whole reports as they are read, kept as text in tests/golden.

    pytest tests/report --renew-golden

writes them anew; the difference is then read in review like any other change.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hand_made import FLAGS, comparison

from dedup.conditions import parse_allowances, parse_conditions
from dedup.policy import Policy, check
from dedup.report import markdown, terminal
from dedup.report.build import build
from dedup.report.json import schema_json, to_json
from dedup.report.model import ComparisonReport
from dedup.report.view import View

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def report() -> ComparisonReport:
    """Return the report on the hand-made comparison, as no certain version would write it."""
    made = comparison(flags=FLAGS)
    policy = Policy(
        fail_on=parse_conditions(["attribution_dropped,severity:medium"], ""),
        allow=parse_allowances(["hedge_added:some"], ""),
        min_coverage=0.9,
    )
    found = build(made, check(made, policy))
    return replace(found, tool=replace(found.tool, version="0"))


REPORTS = {
    "bridge.60.txt": lambda: terminal.render(report(), View(width=60)),
    "bridge.80.txt": lambda: terminal.render(report(), View(width=80, show_skipped=True)),
    "bridge.120.txt": lambda: terminal.render(report(), View(width=120)),
    "bridge.200.txt": lambda: terminal.render(report(), View(width=200, order="b", context=0)),
    "bridge.ascii.txt": lambda: terminal.render(report(), View(width=120, encoding="ascii")),
    "bridge.md": lambda: markdown.render(report(), View(show_skipped=True)),
    "bridge.json": lambda: to_json(report()),
    "comparison.schema.json": schema_json,
}


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name: str, pytestconfig: pytest.Config) -> None:
    found, path = REPORTS[name](), GOLDEN / name
    if pytestconfig.getoption("--renew-golden", default=False):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")

"""Whole reports of many pairs as they are read, kept as text in tests/golden.

    pytest tests/report --renew-golden

writes them anew; the difference is then read in review like any other change.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pairs_made import PAIRS, rendered

from dedup.policy import Policy
from dedup.report.pairs_json import schema_json
from dedup.report.view import View

GOLDEN = Path(__file__).resolve().parent.parent / "golden"

REPORTS = {
    "pairs.80.txt": lambda: rendered("terminal", View(width=80)),
    "pairs.200.txt": lambda: rendered("terminal", View(width=200)),
    "pairs.ascii.txt": lambda: rendered("terminal", View(width=80, encoding="ascii", summary=True)),
    "pairs.met.txt": lambda: rendered(
        "terminal", pairs=PAIRS[1:2] * 2, policy=Policy(), unmatched=((), ())
    ),
    "pairs.md": lambda: rendered("markdown"),
    "pairs.json": lambda: rendered("json", pairs=PAIRS[1:3]),
    "pairs.log": lambda: rendered("github"),
    "pairs.xml": lambda: rendered("junit"),
    "comparisons.schema.json": schema_json,
}


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name: str, pytestconfig: pytest.Config) -> None:
    found, path = REPORTS[name](), GOLDEN / name
    if pytestconfig.getoption("--renew-golden", default=False):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")

"""A check of house style as it is read: kept as text in tests/golden, and true to the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from test_golden import GOLDEN

from dedup import Article, Style
from dedup.diff.rules import Rule, groups_in
from dedup.report import style_build, style_terminal
from dedup.report.style_model import StyleReport
from dedup.report.view import View
from dedup.text import segment

TEXT = """PORT HALE (AP) — The city of Port Hale shut the Old Wharf Bridge at 3 p.m. on Monday.

The U.S. Coast Guard said a spokesman would speak at 17:00. “It’s a hard blow to the harbour,” said
Ines Calder, the mayor. Repairs cost 5% more than planned, or 6 percent of the budget.

The North Atlantic Treaty Organization had paid for the bridge; NATO's money is spent. The
neighbors organised a ferry -- a small one — and the US lent a second.
"""


def style() -> Style:
    rules = dict(Style.builtin().rules)
    rules["time"] = replace(rules["time"], prefer=("3 p.m.",))
    rules["bridges"] = Rule("bridges", groups=groups_in("Old Wharf Bridge = Wharf Bridge"))
    return Style.of(rules.values())


def report() -> StyleReport:
    """Return the report on two articles, as no certain version would write it."""
    articles = [
        Article(TEXT, path="agency.txt", language="en"),
        Article("13 goats.", language="en"),
    ]
    found = style_build.build([segment(a) for a in articles], style(), "house.toml", fail=True)
    return replace(found, tool=replace(found.tool, version="0"))


REPORTS: dict[str, Callable[[], str]] = {
    "style.80.txt": lambda: style_terminal.render(report()),
    "style.ascii.txt": lambda: style_terminal.render(report(), View(width=60, encoding="ascii")),
    "style.json": lambda: style_build.to_json(report()),
    "style.schema.json": style_build.schema_json,
}


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name: str, pytestconfig: pytest.Config) -> None:
    found, path = REPORTS[name](), GOLDEN / name
    if pytestconfig.getoption("--renew-golden", default=False):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


def test_the_exit_code_says_whether_a_breach_counts() -> None:
    document = segment(Article("They met at 17:00 there.", language="en"))
    assert style_build.build([document], style(), fail=True).exit_code == 1
    assert style_build.build([document], style(), fail=False).exit_code == 0
    assert style_build.build([document], Style.builtin(), fail=True).exit_code == 0


def test_colour_only_repeats_the_signs() -> None:
    plain = style_terminal.render(report(), View(width=80))
    colored = style_terminal.render(report(), View(width=80, color=True))
    assert "\x1b[" in colored
    assert "! time breached" in plain


def test_a_list_of_rules_fits_the_width() -> None:
    for width in (40, 80):
        lines = style_terminal.render_rules(style(), View(width=width)).splitlines()
        assert max(map(len, lines)) <= width
    assert "preferred: 3 p.m." in style_terminal.render_rules(style())

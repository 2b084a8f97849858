"""The page on house style: its table is made of the rules, and its examples are true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dedup.cli.app import app
from dedup.diff import Style
from dedup.diff.house import load_style
from dedup.diff.rules import Rule
from dedup.diff.style import rule_between

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "house-style.md"
TABLE = re.compile(r"(?<=<!-- rules -->\n).*(?=<!-- /rules -->)", re.DOTALL)
#: Groups of a rule that the table shows.
SHOWN = 4

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="not part of the source distribution")


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def row(rule: Rule) -> str:
    """Return the line of the table for a rule."""
    named = rule.groups if len(rule.groups) > 1 else ()
    choices = named or ((rule.variants,) if rule.variants else rule.groups)
    shown = "; ".join(" = ".join(f"`{form}`" for form in choice) for choice in choices[:SHOWN])
    more = f"; {len(choices) - SHOWN} more" if len(choices) > SHOWN else ""
    wanted = ", ".join(rule.variants)
    return f"| `{rule.name}` | {rule.about} | {shown}{more} | {wanted} |"


def test_the_table_is_made_of_the_rules(pytestconfig: pytest.Config) -> None:
    head = ["| rule | about | forms | variants to prefer |", "| --- | --- | --- | --- |"]
    table = "\n".join([*head, *map(row, Style.builtin().rules.values())]) + "\n"
    found = TABLE.sub(lambda _: table, page())
    if pytestconfig.getoption("--renew-golden", default=False):
        PAGE.write_text(found, encoding="utf-8", newline="\n")
    assert found == page()


def test_the_example_of_a_house_file_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", page(), flags=re.DOTALL)
    (tmp_path / "house.toml").write_text(example, encoding="utf-8")
    style = load_style(tmp_path / "house.toml")
    assert "weekday" not in style
    assert style.rules["spelling"].prefer == ("British",)
    assert rule_between("the Dorn Ferry Company", "DFC", style=style) == "company"
    assert rule_between("Kyyiv", "Kyiv", style=style) == "name"


def test_shown_output_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    ((command, shown),) = re.findall(r"```console\n\$ dedup (.+)\n((?:(?!```).*\n)*)```", page())
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    rest = CliRunner().invoke(app, shlex.split(command)).stdout
    for part in re.split(r"^…\n", shown, flags=re.MULTILINE):
        _, found, rest = rest.partition(part)
        assert found, part


def test_every_key_of_a_house_file_is_documented() -> None:
    from dedup.diff.house import KEYS, RULE_KEYS

    keys = {key for key in (*KEYS, *RULE_KEYS) if key != "rule"}
    assert keys == set(re.findall(r"^\| `([a-z]+)` \| (?!.*\|.*\|)", page(), flags=re.MULTILINE))

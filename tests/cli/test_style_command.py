"""`dedup style`: what it prints, and what it exits with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from dedup.diff import Style

Run = Callable[..., tuple[int, str, str]]

MIXED = """The colour of the Old Wharf Bridge is grey, the mayor of Port Hale said on Monday.
Repairs cost 5% more than planned, or 6 percent.

The theater is near.
"""
HOUSE = '[[rule]]\nname = "spelling"\nprefer = "British"\n'


@pytest.fixture
def mixed(folder: Path) -> Path:
    (folder / "mixed.txt").write_text(MIXED, encoding="utf-8")
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    return folder


def test_a_check_names_places(mixed: Path, run: Run) -> None:
    code, out, err = run("style", "check", "mixed.txt", "agency.txt")
    assert (code, err) == (0, "")
    assert out.startswith("mixed.txt\n~ percent mixed: ")
    assert "    theater (American)  1 time, at 4:5\n" in out
    assert "    colour (British)  1 time, at 1:5\n" in out
    assert "\n2 articles: rules " in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_json_meets_its_schema_and_offsets_are_true(mixed: Path, run: Run) -> None:
    schema = json.loads(run("schema", "style")[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    code, out, _ = run("style", "check", "mixed.txt", "agency.txt", "-f", "json")
    assert code == 0
    report = json.loads(out)
    jsonschema.Draft202012Validator(schema).validate(report)
    lines = MIXED.splitlines()
    for rule in report["articles"][0]["rules"]:
        for form in rule["forms"]:
            assert form["count"] == len(form["places"])
            for place in form["places"]:
                start, end = place["offsets"]
                assert MIXED[start:end] == place["text"]
                assert lines[place["line"] - 1][place["column"] - 1 :].startswith(place["text"])
    assert report["summary"]["mixed"] == 2


def test_a_house_file_makes_breaches(mixed: Path, run: Run) -> None:
    code, out, _ = run("style", "check", "mixed.txt", "--style", "house.toml")
    assert code == 0
    assert "! spelling breached" in out
    assert "  - theater (American)  1 time, at 4:5\n" in out
    code, out, _ = run("style", "check", "mixed.txt", "--style", "house.toml", "--fail-on-breach")
    assert code == 1
    (mixed / "mixed.txt").write_text(MIXED.replace("theater", "theatre"), encoding="utf-8")
    assert run("style", "check", "mixed.txt", "--style", "house.toml", "--fail-on-breach")[0] == 0


def test_the_settings_name_the_house_file(mixed: Path, run: Run) -> None:
    (mixed / "dedup.toml").write_text('style = "house.toml"', encoding="utf-8")
    assert "! spelling breached" in run("style", "check", "mixed.txt")[1]
    assert "preferred: British" in run("style", "list")[1]


def test_list_shows_every_rule_and_form(run: Run) -> None:
    code, out, err = run("style", "list")
    assert (code, err) == (0, "")
    lines = " ".join(out.split())
    for rule in Style.builtin().rules.values():
        assert f"{rule.name} {rule.about}" in lines
        assert all(" = ".join(group) in lines for group in rule.groups)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("check", "none.txt"), "none.txt: no such file"),
        (("check", "agency.txt", "--style", "none.toml"), "none.toml: cannot be read"),
        (("check", "agency.txt", "--style", "bad.toml"), 'bad.toml: unknown key "offf"'),
        (("list", "--style", "bad.toml"), "bad.toml: "),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    args: tuple[str, ...], message: str, folder: Path, run: Run
) -> None:
    (folder / "bad.toml").write_text("offf = 1", encoding="utf-8")
    code, out, err = run("style", *args)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_compare_takes_a_house_file(mixed: Path, run: Run) -> None:
    (mixed / "own.toml").write_text(
        '[[rule]]\nname = "bridges"\ngroups = [["Old Wharf Bridge", "Wharf Bridge"]]',
        encoding="utf-8",
    )
    daily = (mixed / "daily.txt").read_text(encoding="utf-8")
    (mixed / "other.txt").write_text(daily.replace("Old Wharf", "Wharf"), encoding="utf-8")
    plain = json.loads(run("compare", "daily.txt", "other.txt", "-f", "json")[1])
    code, out, err = run("compare", "daily.txt", "other.txt", "-f", "json", "--style", "own.toml")
    assert (code, err) == (0, "")
    assert plain["links"][0]["kind"] == "reworded"
    assert json.loads(out)["links"][0]["kind"] == "house_style"
    aloud = run("compare", "daily.txt", "other.txt", "-f", "json", "--style", "own.toml", "-v")
    assert aloud[1] == out
    assert "house style from own.toml" in aloud[2]


def test_ignore_style_hides_what_is_style_alone(mixed: Path, run: Run) -> None:
    daily = (mixed / "daily.txt").read_text(encoding="utf-8")
    changes = {"$12 million": "$12m", "in two of": "in 2 of", "Divers": "Frogmen"}
    restyled = daily
    for was, now in changes.items():
        restyled = restyled.replace(was, now)
    (mixed / "other.txt").write_text(restyled, encoding="utf-8")
    pair = ("compare", "daily.txt", "other.txt")
    shown, ignored = run(*pair)[1], run(*pair, "--ignore-style")[1]
    assert "[=$12 million=]" in shown
    assert "[=" not in ignored
    assert "$12" not in ignored
    assert "... 1 unchanged sentence" in ignored
    assert "[-Divers-] {+Frogmen+} found cracks in 2 of" in ignored
    markdown = run(*pair, "--ignore-style", "-f", "markdown")[1]
    assert "<del>Divers</del>" in markdown
    assert "two" not in markdown.partition("### Changes")[2]
    assert run(*pair, "--ignore-style", "-f", "json") == run(*pair, "-f", "json")
    (mixed / "dedup.toml").write_text("ignore-style = true", encoding="utf-8")
    assert run(*pair)[1] == ignored

"""Workflow commands, read back as the runner of GitHub Actions reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hand_made import FLAGS, Raised, comparison
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Kind
from dedup.diff.flags import FlagKind, Severity
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.github import SHOWN, render


@dataclass(frozen=True)
class Command:
    """A line as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command:
    """Return a command as the runner reads it: `%25` is decoded last."""
    assert line.startswith("::")
    head, _, message = line[2:].partition("::")
    name, _, rest = head.partition(" ")
    properties = dict(part.strip().split("=", 1) for part in rest.split(",") if part)
    return Command(
        name,
        {key: _decoded(value, ("%0D", "%0A", "%3A", "%2C")) for key, value in properties.items()},
        _decoded(message, ("%0D", "%0A")),
    )


def _decoded(text: str, codes: tuple[str, ...]) -> str:
    for code in codes:
        text = text.replace(code, chr(int(code[1:], 16)))
    return text.replace("%25", "%")


def commands(text: str) -> list[Command]:
    return [read(line) for line in text.splitlines()]


def test_a_command_a_flag() -> None:
    text = render([build(comparison(flags=FLAGS))])
    assert [(one.name, one.properties) for one in commands(text)] == [
        ("error", {"file": "daily.txt", "line": "4", "endLine": "4", "col": "1",
                   "endColumn": "80", "title": "Attribution dropped"}),
        ("warning", {"file": "daily.txt", "line": "2", "endLine": "2", "col": "35",
                     "endColumn": "38", "title": "Hedge added"}),
        ("notice", {"file": "daily.txt", "line": "1", "endLine": "1", "col": "1",
                    "endColumn": "29", "title": "Headline changed"}),
        ("notice", {"file": "daily.txt", "line": "2", "endLine": "2", "col": "1",
                    "endColumn": "56", "title": "Raised"}),
    ]  # fmt: skip


def test_no_columns_across_lines() -> None:
    made = comparison(flags=[Raised(FlagKind.QUOTE_ALTERED, 5, "", "Ferries")])
    flag = made.flags[0]
    assert flag.b is not None
    across = replace(flag, b=replace(flag.b, end=flag.b.end + 40))
    (one,) = commands(render([build(replace(made, flags=(across,)))]))
    assert (one.properties["line"], one.properties["endLine"]) == ("6", "7")
    assert "col" not in one.properties


def test_nothing_to_say_is_nothing() -> None:
    assert render([build(comparison())]) == ""


def test_the_verdict_and_the_share_are_errors_of_the_file() -> None:
    made = comparison()
    (one,) = commands(render([build(made, check(made, Policy(min_coverage=0.9)))]))
    assert one.properties == {"file": "daily.txt", "title": "min_coverage:0.9 is not met"}
    assert one.message == "55% of the words of agency.txt stand in passages that daily.txt has too"


@pytest.mark.parametrize(
    ("errors", "notices", "shown", "told"),
    [
        (10, 10, (10, 10), None),
        (14, 0, (10, 1), "4 more errors"),
        (3, 11, (3, 10), "2 more notices"),
        (12, 12, (10, 10), "2 more errors, 3 more notices"),
    ],
)
def test_ten_of_each_kind_and_the_rest_in_one(
    errors: int, notices: int, shown: tuple[int, int], told: str | None
) -> None:
    made = comparison(flags=FLAGS[2:3])
    grave = replace(made.flags[0], severity=Severity.HIGH)
    light = replace(made.flags[0], severity=Severity.LOW)
    report = build(replace(made, flags=(grave,) * errors + (light,) * notices))
    found = commands(render([report]))
    names = [one.name for one in found]
    assert (names.count("error"), names.count("notice")) == shown
    assert max(names.count(name) for name in set(names)) <= SHOWN
    if told:
        assert found[-1].properties == {"title": told}
    assert len(commands(render([report, report]))) <= 2 * SHOWN


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_is_one_command_that_says_it(text: str) -> None:
    line = f"a{text}b".replace("\n", " ")
    made = comparison(
        [(Kind.BODY, line)], [(Kind.BODY, line)], [],
        flags=[Raised(FlagKind.NAME_CHANGED, None, line, line)],
    )  # fmt: skip
    article = replace(made.b.article, path=f"{line}.txt")
    rendered = render([build(replace(made, b=replace(made.b, article=article)))])
    assert rendered.count("\n") == 1
    (one,) = commands(rendered)
    assert one.properties["title"] == "Name changed"
    if line.isprintable() and "  " not in line:
        assert one.properties["file"] == f"{line}.txt"
        assert one.message.splitlines()[1:] == [f"agency.txt: {line}", f"{line}.txt: {line}"]

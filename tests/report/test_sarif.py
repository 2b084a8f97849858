"""SARIF: valid by the schema of OASIS, and pointing at the very characters."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hand_made import FLAGS, Raised, comparison
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from dedup import Comparison
from dedup.article import Kind
from dedup.conditions import parse_allowances, parse_conditions
from dedup.detect import Label
from dedup.diff.flags import FlagKind
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.sarif import render

DATA = Path(__file__).parent.parent / "data"
SCHEMA = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = validator_for(SCHEMA)(SCHEMA)
MADE = comparison(flags=FLAGS)
POLICY = Policy(
    fail_on=(*parse_conditions(["attribution_dropped"], ""), Label.SAME_STORY),
    allow=parse_allowances(["hedge_added"], ""),
    min_coverage=0.9,
    expect=Label.IDENTICAL,
)


def run(made: Comparison = MADE, policy: Policy | None = None) -> dict[str, Any]:
    log = json.loads(render([build(made, check(made, policy or Policy()))]))
    VALIDATOR.validate(log)
    found: dict[str, Any] = log["runs"][0]
    return found


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(render([build(MADE)]))
    assert VALIDATOR.is_valid(log)
    log["runs"][0]["results"][0]["level"] = "grave"
    assert not VALIDATOR.is_valid(log)


def test_every_kind_is_a_rule_with_a_help_text_and_a_level() -> None:
    driver = run()["tool"]["driver"]
    assert driver["name"] == "dedup"
    assert [rule["id"] for rule in driver["rules"]] == [
        *FlagKind, "verdict", "expect", "min_coverage",
    ]  # fmt: skip
    for rule in driver["rules"]:
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_results() -> None:
    found = run()
    assert found["columnKind"] == "unicodeCodePoints"
    assert [(one["ruleId"], one["level"]) for one in found["results"]] == [
        ("attribution_dropped", "error"),
        ("hedge_added", "warning"),
        ("headline_changed", "note"),
        ("raised", "note"),
    ]
    for one in found["results"]:
        assert found["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
        assert "suppressions" not in one
    hedge = found["results"][1]
    assert hedge["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "daily.txt"},
        "region": {"startLine": 2, "startColumn": 35, "endLine": 2, "endColumn": 39},
    }
    (related,) = hedge["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"] == {"uri": "agency.txt"}


def test_a_region_is_the_words() -> None:
    lines = MADE.b.text.splitlines()
    told = ["some", FLAGS[0].after, FLAGS[3].after]
    for one, words in zip(run()["results"][1:], told, strict=True):
        region = one["locations"][0]["physicalLocation"]["region"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == words


def test_the_policy() -> None:
    found = run(policy=POLICY)
    assert found["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    assert [one["ruleId"] for one in found["results"]][:4] == [
        "verdict", "expect", "min_coverage", "attribution_dropped",
    ]  # fmt: skip
    suppressed = {one["ruleId"]: len(one["suppressions"]) for one in found["results"]}
    assert suppressed == dict.fromkeys(suppressed, 0) | {"hedge_added": 1}


def test_a_result_is_known_again_when_lines_move() -> None:
    def prints(made: Comparison) -> list[str]:
        return [one["partialFingerprints"]["changedWords/v1"] for one in run(made)["results"]]

    text = "\n\nLater edition\n" + MADE.b.text
    moved = replace(MADE, b=replace(MADE.b, article=replace(MADE.b.article, text=text)))
    shifted = [
        replace(flag, b=flag.b and replace(flag.b, start=flag.b.start + 16, end=flag.b.end + 16))
        for flag in MADE.flags
    ]
    assert prints(replace(moved, flags=tuple(shifted))) == prints(MADE)
    twice = prints(replace(MADE, flags=MADE.flags[:1] * 2))
    assert len(set(twice)) == 2


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        ("wire/a b.txt", {"uri": "wire/a%20b.txt"}),
        ("50%.txt", {"uri": "50%25.txt"}),
        ("/srv/été.txt", {"uri": "file:///srv/%C3%A9t%C3%A9.txt"}),
        ("-", {"description": {"text": "-"}}),
        (None, {"description": {"text": "B"}}),
    ],
)
def test_paths(path: str | None, artifact: dict[str, Any]) -> None:
    made = replace(MADE, b=replace(MADE.b, article=replace(MADE.b.article, path=path)))
    location = run(made)["results"][1]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == artifact


def test_of_a_page_no_region_is_told() -> None:
    made = replace(MADE, b=replace(MADE.b, article=replace(MADE.b.article, verbatim=False)))
    assert "region" not in run(made)["results"][1]["locations"][0]["physicalLocation"]


def test_two_comparisons_are_one_run() -> None:
    log = json.loads(render([build(MADE), build(comparison(flags=FLAGS[:1]))]))
    VALIDATOR.validate(log)
    assert len(log["runs"]) == 1
    assert len(log["runs"][0]["results"]) == 5


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_makes_valid_sarif(text: str) -> None:
    line = f"a{text}\x00[x](y){{0}}b".replace("\n", " ")
    raised = [Raised(FlagKind.NAME_CHANGED, None, line, line)]
    made = comparison([(Kind.BODY, line)], [(Kind.BODY, line)], [], flags=raised)
    made = replace(made, b=replace(made.b, article=replace(made.b.article, path=line)))
    (one,) = run(made, POLICY)["results"][3:]
    assert r"\[x](y){{0}}" in one["message"]["text"]

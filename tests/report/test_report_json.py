"""The JSON of a report: it meets its published schema, and says all that the contract promises."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hand_made import FLAGS, comparison
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Kind
from dedup.conditions import parse_allowances, parse_conditions
from dedup.detect import Label
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.json import schema, schema_json, to_json

SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

#: The keys of the contract, level by level.
CONTRACT = {
    "": "schema_version kind tool documents verdict links only skipped flags summary policy",
    "tool": "name version",
    "documents": "id path sha256 title outlet language words text units credits verbatim",
    "documents.units": "id start end kind paragraph text reason",
    "documents.credits": "agency place start end",
    "verdict": "label same_story evidence thresholds reason",
    "verdict.evidence": "minhash_jaccard jaccard containment containment_unquoted longest_run "
    "longest_run_unquoted passages coverage",
    "verdict.evidence.longest_run": "words text a b",
    "verdict.evidence.coverage": "a b",
    "links": "a b shape kind moved similarity edits",
    "links.edits": "op a b before after style",
    "only": "a b",
    "skipped": "unit reason",
    "policy": "fail_on failed exit_code allow min_coverage expect failures",
}


def report(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(build(comparison(**changes))))
    return found


def objects(value: Any, path: list[str]) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for item in value for found in objects(item, path)]
    return objects(value[path[0]], path[1:]) if path else [value]


def test_the_schema_is_a_schema() -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")
    assert json.loads(schema_json()) == SCHEMA


def definitions() -> list[tuple[str, dict[str, Any]]]:
    return [("ComparisonReport", SCHEMA), *SCHEMA["$defs"].items()]


@pytest.mark.parametrize(("name", "part"), definitions())
def test_everything_in_the_schema_is_described_and_required(
    name: str, part: dict[str, Any]
) -> None:
    assert part["description"], name
    assert part["title"] == name
    for key, entry in part.get("properties", {}).items():
        assert entry["description"], f"{name}.{key}"
    assert set(part.get("properties", {})) == set(part.get("required", []))
    assert part.get("additionalProperties", True), f"{name} must take keys of later versions"


@pytest.mark.parametrize("label", list(Label))
def test_reports_meet_the_schema(label: Label) -> None:
    VALIDATOR.validate(report(label=label))


@pytest.mark.parametrize("path", CONTRACT)
def test_no_key_of_the_contract_is_missing(path: str) -> None:
    found = objects(report(), path.split(".") if path else [])
    assert found
    for item in found:
        assert set(CONTRACT[path].split()) <= set(item)


def test_flags_and_policy() -> None:
    found = report(flags=FLAGS)
    assert [flag["kind"] for flag in found["flags"]] == [raised.kind for raised in FLAGS]
    assert found["summary"]["severities"] == {"high": 1, "medium": 1, "low": 2}
    assert found["policy"] == {
        "fail_on": [], "failed": [], "exit_code": 0, "allow": [], "min_coverage": None,
        "expect": None, "failures": [],
    }  # fmt: skip


def test_what_the_policy_says_is_in_the_report() -> None:
    made = comparison(flags=FLAGS)
    policy = Policy(
        fail_on=parse_conditions(["attribution_dropped", "hedge_added"], "here"),
        allow=parse_allowances(["hedge_added:some"], "here"),
        min_coverage=0.9,
    )
    found = json.loads(to_json(build(made, check(made, policy))))
    VALIDATOR.validate(found)
    assert [flag["allowed"] for flag in found["flags"]] == [False, False, True, False]
    assert found["policy"]["failed"] == ["min_coverage:0.9", "attribution_dropped"]
    assert found["policy"]["allow"] == ["hedge_added:some"]
    assert found["policy"]["exit_code"] == 1
    assert [failure["flag"] for failure in found["policy"]["failures"]] == [None, 1]


def test_the_schema_refuses_what_breaks_the_contract() -> None:
    broken = report()
    del broken["documents"][0]["title"]
    assert not VALIDATOR.is_valid(broken)
    broken = report()
    broken["links"][0]["kind"] = "rewritten"
    assert not VALIDATOR.is_valid(broken)
    longer = report() | {"a key of a later version": 1}
    assert VALIDATOR.is_valid(longer)


def test_text_is_written_as_it_is_not_as_escapes() -> None:
    text = to_json(build(comparison()))
    assert "“We will not gamble with lives,”" in text
    assert text.endswith("}\n")


@given(st.text(min_size=1, max_size=40).map(lambda text: text.replace("\n", " ")))
@settings(max_examples=60, deadline=None)
def test_any_text_makes_valid_utf8_json_with_offsets_that_hold(text: str) -> None:
    line = f"a{text}b"
    encoded = to_json(build(comparison([(Kind.BODY, line)], [(Kind.BODY, line)], []))).encode()
    found = json.loads(encoded)
    VALIDATOR.validate(found)
    document = found["documents"][0]
    unit = document["units"][0]
    assert document["text"][unit["start"] : unit["end"]] == unit["text"]

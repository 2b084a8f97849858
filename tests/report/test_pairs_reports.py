"""The report of many pairs, in every format: valid, bounded, and each pair as it is alone."""

from __future__ import annotations

import json
import pickle
import re
import unicodedata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hand_made import FLAGS, comparison
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from lxml import etree
from pairs_made import PAIRS, POLICY, named, rendered, reported, run_of

from dedup.cli.reports import Format
from dedup.conditions import parse_allowances
from dedup.pairs import ComparedPair
from dedup.policy import Policy
from dedup.report import github, junit, sarif
from dedup.report.json import to_json
from dedup.report.pairs_json import schema
from dedup.report.pairs_markdown import LARGEST
from dedup.report.pairs_parts import Job, layout, reduce
from dedup.report.view import View

DATA = Path(__file__).parent.parent / "data"
SARIF = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
XSD = etree.XMLSchema(file=DATA / "junit-4.xsd")
MEBIBYTE = 1024 * 1024

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def loaded() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rendered("json"))
    return found


@pytest.mark.parametrize("format", Format)
def test_every_format_has_a_layout_whose_parts_can_be_sent(format: Format) -> None:
    job = Job(POLICY, ((format.value, View()),))
    line, (part,) = reduce(job, PAIRS[0])
    assert pickle.loads(pickle.dumps(line)) == line
    text = "".join(layout(format.value).whole([part], run_of([line]), View()))
    assert "old_wharf_bridge.html" in text.replace("\\_", "_")
    assert text.endswith("\n")


def test_the_json_meets_its_schema() -> None:
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    validator.validate(loaded())
    assert not validator.is_valid(loaded() | {"kind": "comparison"})


def test_each_comparison_of_the_json_is_what_it_is_alone() -> None:
    alone = [report.comparison for report, _ in reported(PAIRS)]
    assert [pair["comparison"] for pair in loaded()["pairs"]] == [
        found and json.loads(to_json(found)) for found in alone
    ]
    lines = rendered("json").splitlines()
    assert sum(line.startswith('    {"a":') for line in lines) == len(PAIRS)


def test_the_summary_counts_all() -> None:
    report = loaded()
    summary, policy = report["summary"], report["policy"]
    assert (summary["pairs"], summary["compared"], summary["not_compared"]) == (5, 4, 1)
    assert (summary["same_story"], summary["labels"]["unrelated"]) == (3, 1)
    assert sum(summary["labels"].values()) == summary["compared"]
    found = [pair["comparison"]["summary"] for pair in report["pairs"] if pair["comparison"]]
    assert summary["flags"] == sum(one["flags"] for one in found) == 5
    assert summary["severities"]["high"] == sum(one["severities"]["high"] for one in found)
    assert policy["failed"] == {
        "attribution_dropped": 1, "expect:same_story": 1, "verdict:unrelated": 1,
    }  # fmt: skip
    assert (policy["failed_pairs"], policy["exit_code"]) == (2, 2)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [(PAIRS[1:2], 0), (PAIRS[4:], 0), (PAIRS[3:], 1), (PAIRS[1:3], 2), (PAIRS, 2)],
)
def test_one_exit_code(pairs: list[ComparedPair], code: int) -> None:
    assert run_of(line for _, line in reported(pairs)).policy.exit_code == code


def test_the_sarif_is_valid_and_tells_what_was_not_compared() -> None:
    log = json.loads(rendered("sarif"))
    validator_for(SARIF)(SARIF).validate(log)
    (run,) = log["runs"]
    invocation = run["invocations"][0]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    told = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
    assert told[0].startswith("wire/dam|1.txt and published/dam|1.txt are not compared: ")
    assert told[1:] == [
        "wire/harbor/ferry_timetable.txt has no partner", "published/opinion.html has no partner",
        "published/weather.md has no partner",
    ]  # fmt: skip
    assert all("suppressions" in result for result in run["results"])
    single = json.loads(sarif.render([report.comparison for report, _ in reported(PAIRS)
                                      if report.comparison]))  # fmt: skip
    assert run["results"] == single["runs"][0]["results"]


def test_results_of_one_file_in_two_pairs_are_told_apart() -> None:
    log = json.loads(rendered("sarif", pairs=PAIRS[:1] * 2))
    prints = [result["partialFingerprints"]["changedWords/v1"]
              for result in log["runs"][0]["results"]]  # fmt: skip
    assert len(set(prints)) == len(prints)
    assert {print_[-2:] for print_ in prints} == {":1", ":2"}


def test_the_junit_document_is_valid_and_a_suite_a_pair() -> None:
    text = rendered("junit")
    XSD.assertValid(etree.fromstring(text.encode()))
    root = ElementTree.fromstring(text)
    assert [suite.get("errors") for suite in root] == ["0", "0", "1", "0", "0"]
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name, "")) == sum(int(suite.get(name, "")) for suite in root)
    read = [report.comparison for report, _ in reported(PAIRS) if report.comparison]
    alone = ElementTree.fromstring(junit.render(read))
    assert [ElementTree.tostring(suite) for suite in root if suite.get("errors") == "0"] == [
        ElementTree.tostring(suite) for suite in alone
    ]


def test_annotations_are_the_ten_worst_of_all_pairs() -> None:
    lines = rendered("github", pairs=PAIRS * 12).splitlines()
    assert sum(line.startswith("::error ") for line in lines) == github.SHOWN
    assert sum(line.startswith("::notice ") for line in lines) == github.SHOWN
    assert "38 more errors" in lines[-1]
    few = rendered("github", pairs=PAIRS[:1], unmatched=((), ()))
    (report, _), *_ = reported(PAIRS[:1])
    assert report.comparison is not None
    assert few == github.render([report.comparison])


@pytest.mark.parametrize("width", [30, 60, 80, 120, 200])
def test_no_line_of_the_terminal_is_wider(width: int) -> None:
    lines = rendered("terminal", View(width=width)).splitlines()
    table = max(width, 80) if width < 80 else width
    assert max(map(len, lines)) <= table
    assert [line for line in lines if line.rstrip() != line] == []


def test_colour_only_repeats_what_is_said() -> None:
    plain, colored = (rendered("terminal", View(color=color)) for color in (False, True))
    assert "\x1b[" in colored
    stripped = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_what_needs_no_look_is_a_line_only() -> None:
    text = rendered("terminal", View(width=200))
    assert text.count("published/ferry.md") == 1
    assert text.count("published/x.txt") == 1
    assert text.count("published/school.txt") > 1
    assert "NOT COMPARED: published/dam|1.txt: is empty" in text
    assert "NOT COMPARED" not in rendered("terminal", View(summary=True))


def test_the_markdown_stays_under_a_mebibyte() -> None:
    long = named(comparison(flags=FLAGS * 50), "wire/é.txt", "published/é.txt")
    many = rendered("markdown", pairs=[PAIRS[1]] * 700 + [long] * 100)
    assert MEBIBYTE // 2 < len(many.encode()) < MEBIBYTE
    assert "more comparisons left out: a summary holds no more" in many
    assert many.index("<b>wire/é.txt") < many.index("<b>wire/ferry.txt")


def test_a_table_that_is_too_long_is_cut_and_counted() -> None:
    lost = ComparedPair("wire/x.txt", "published/x.txt", None, "wire/x.txt: is empty " * 9)
    alone = tuple(f"wire/{number:06}.txt" for number in range(20_000))
    many = rendered("markdown", pairs=[lost] * 6000, unmatched=(alone, alone))
    assert len(many.encode()) < LARGEST
    assert "more pairs_" in many
    assert many.count("more articles_") == 2


@given(a=NAMES, b=NAMES, reason=NAMES)
@settings(max_examples=40, deadline=None)
def test_any_name_is_safe(a: str, b: str, reason: str) -> None:
    pairs = [named(comparison(flags=FLAGS), a, b), ComparedPair(a, b, None, reason)]
    assert [pair["a"] for pair in json.loads(rendered("json", pairs=pairs))["pairs"]] == [a, a]
    XSD.assertValid(etree.fromstring(rendered("junit", pairs=pairs).encode()))
    json.loads(rendered("sarif", pairs=pairs))
    lines = rendered("github", pairs=pairs).split("\n")
    assert all(line.startswith("::") for line in lines[:-1])
    text = rendered("terminal", pairs=pairs)
    assert "Cc" not in map(unicodedata.category, text.replace("\n", ""))
    folded = rendered("markdown", pairs=pairs)
    assert folded.count("<details>") == folded.count("</details>") == 1


def test_without_a_policy_nothing_is_said_of_one() -> None:
    text = rendered("terminal", pairs=PAIRS[:2], policy=Policy())
    assert "FAILED" not in text
    assert "met" not in text.split()
    report = json.loads(rendered("json", pairs=PAIRS[:2], policy=Policy()))
    assert report["policy"]["exit_code"] == 0


def test_what_is_let_pass_needs_no_look() -> None:
    pairs = [ComparedPair("a", "b", comparison(flags=FLAGS[1:2]))]
    (_, asked), *_ = reported(pairs, Policy())
    (_, let_pass), *_ = reported(pairs, Policy(allow=parse_allowances(["attribution_dropped"], "")))
    assert (asked.pressing, let_pass.pressing) == (True, False)
    assert asked.severities == let_pass.severities

"""The JSON of a scan: it meets its published schema, and says all that the contract promises."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import jsonschema
import pytest
from scan_made import ARTICLES, PAIRS, SKIPPED, against, classic, empty, made

from dedup.report.scan_build import articles, build, pairs
from dedup.report.scan_json import scan_schema, write_json
from dedup.report.scan_model import ArticleReport
from dedup.scanning import Scan

SCHEMA = scan_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

#: What a row of an article must have, whatever else is known of it.
CONTRACT = (
    "id cluster role representative similarity stories path place title outlet date url words"
)

SCANS: list[Callable[[], Scan]] = [made, classic, against, empty]


def report(scan: Scan) -> dict[str, Any]:
    file = io.BytesIO()
    write_json(build(scan), file)
    found: dict[str, Any] = json.loads(file.getvalue())
    return found


def test_the_schema_is_a_schema() -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:dedup:schema:scan:1"


@pytest.mark.parametrize(("name", "part"), [("ScanReport", SCHEMA), *SCHEMA["$defs"].items()])
def test_everything_in_the_schema_is_described_and_required(
    name: str, part: dict[str, Any]
) -> None:
    assert part["description"], name
    assert part["title"] == name
    for key, entry in part.get("properties", {}).items():
        assert entry["description"], f"{name}.{key}"
    assert set(part.get("properties", {})) == set(part.get("required", []))
    assert part.get("additionalProperties", True), f"{name} must take keys of later versions"


@pytest.mark.parametrize("scan", SCANS)
def test_reports_meet_the_schema(scan: Callable[[], Scan]) -> None:
    VALIDATOR.validate(report(scan()))


def test_the_schema_refuses_what_is_wrong() -> None:
    found = report(made())
    found["articles"][0]["role"] = "leader"
    with pytest.raises(jsonschema.ValidationError, match="leader"):
        VALIDATOR.validate(found)


@pytest.mark.parametrize("scan", SCANS)
def test_counts_add_up(scan: Callable[[], Scan]) -> None:
    found = report(scan())
    counts = found["counts"]
    parts = ("clustered", "single", "digests", "skipped")
    assert counts["read"] == sum(counts[name] for name in parts)
    assert counts["read"] == len(found["articles"]) + len(found["skipped"])
    assert counts["clusters"] == len(found["clusters"])
    assert counts["clustered"] == sum(len(cluster["members"]) for cluster in found["clusters"])
    assert (counts["pairs"], counts["joined"]) == (
        len(found["pairs"]), sum(pair["joined"] for pair in found["pairs"])
    )  # fmt: skip


def test_articles_are_told_whole_and_in_order() -> None:
    rows = report(made())["articles"]
    assert [row["id"] for row in rows] == sorted(article.id for article in ARTICLES)
    by_id = {article.id: article for article in ARTICLES}
    for row in rows:
        assert set(CONTRACT.split()) <= set(row)
        assert row == {
            name: list(value)
            if isinstance(value := getattr(by_id[row["id"]], name), tuple)
            else value
            for name in row
        }


def test_pairs_name_the_cluster_that_they_join() -> None:
    rows = report(made())["pairs"]
    assert len(rows) == len(PAIRS)
    joined = {(row["a"], row["b"]): row["cluster"] for row in rows if row["joined"]}
    assert joined == {
        ("b1", "b2"): "b1", ("b2", "b3"): "b1", ("b3", "b4"): "b1", ("d1", "d2"): "d1"
    }  # fmt: skip
    assert all(row["cluster"] is None for row in rows if not row["joined"])
    assert {row["cluster"] for row in report(against())["pairs"]} == {"old7"}


def test_what_was_skipped_is_told_whole() -> None:
    rows = report(made())["skipped"]
    assert [(row["path"], row["place"], row["reason"], row["id"]) for row in rows] == [
        (bad.path, bad.place, bad.reason, bad.id) for bad in SKIPPED
    ]


def test_time_and_machine_do_not_show() -> None:
    slower = made(stages={"read": 9.0}, workers=64, engine="numba")
    assert report(slower) == report(made())


def test_a_row_stands_on_a_line_of_its_own() -> None:
    file = io.BytesIO()
    write_json(build(made()), file)
    lines = file.getvalue().decode().splitlines()
    rows = [json.loads(line.strip().rstrip(",")) for line in lines if line.startswith("    {")]
    assert len(rows) == len(ARTICLES) + len(PAIRS) + len(SKIPPED) + 2


def test_rows_are_a_sequence() -> None:
    rows = articles(made())
    assert rows[-1] == rows[len(rows) - 1] == list(rows)[-1] == rows[-1:][0]
    assert [field.name for field in fields(ArticleReport)][:6] == CONTRACT.split()[:6]
    assert len(pairs(made())) == len(PAIRS)
    with pytest.raises(IndexError):
        rows[len(rows)]

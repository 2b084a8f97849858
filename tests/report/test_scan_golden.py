"""Whole reports on a scan as they are read, kept as text in tests/golden.

    pytest tests/report --renew-golden

writes them anew; the difference is then read in review like any other change.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from scan_made import against, classic, empty, made

from dedup.report import scan_terminal, why_terminal
from dedup.report.scan_build import article_values, articles, build, pairs
from dedup.report.scan_json import scan_schema_json, write_json
from dedup.report.scan_model import ArticleReport, PairReport
from dedup.report.tables import write_json_values, write_rows
from dedup.report.view import View
from dedup.report.why import explain
from dedup.scanning import Scan

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def json_of(scan: Scan) -> str:
    """Return the report as no certain version would write it."""
    report = build(scan)
    file = io.BytesIO()
    write_json(replace(report, tool=replace(report.tool, version="0")), file)
    return file.getvalue().decode()


def table_of(ending: str, kind: type = ArticleReport) -> str:
    file = io.BytesIO()
    rows = articles(made()) if kind is ArticleReport else pairs(made())
    write_rows(rows, kind, ending, file)
    return file.getvalue().decode().replace("\r\n", "\n")


def why(*ids: str, known: bool = True, view: View | None = None) -> str:
    report = build(made())
    a, b = ({row.id: row for row in report.articles}[id] for id in ids)
    answer = explain((ids[0], ids[1]), a, b, report.pairs if known else None)
    return why_terminal.render(answer, view)


REPORTS = {
    "scan.80.txt": lambda: scan_terminal.render(made(), View(width=80), saved="--from scan.json"),
    "scan.40.txt": lambda: scan_terminal.render(made(), View(width=40), limit=1),
    "scan.ascii.txt": lambda: scan_terminal.render(made(), View(width=100, encoding="ascii")),
    "scan.classic.txt": lambda: scan_terminal.render(classic()),
    "scan.against.txt": lambda: scan_terminal.render(against()),
    "scan.empty.txt": lambda: scan_terminal.render(empty()),
    "scan.json": lambda: json_of(made()),
    "scan.jsonl": lambda: table_of(".jsonl"),
    "scan.csv": lambda: table_of(".csv"),
    "scan.pairs.csv": lambda: table_of(".csv", PairReport),
    "scan.schema.json": scan_schema_json,
    "why.pair.txt": lambda: why("b1", "b2"),
    "why.chain.txt": lambda: why("b1", "b4"),
    "why.digest.txt": lambda: why("d2", "n1"),
    "why.unlike.txt": lambda: why("b4", "s1"),
    "why.never.txt": lambda: why("b1", "d1"),
    "why.unknown.txt": lambda: why("b1", "b4", known=False),
    "why.ascii.txt": lambda: why("b1", "b3", view=View(width=50, encoding="ascii")),
}


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name: str, pytestconfig: pytest.Config) -> None:
    found, path = REPORTS[name](), GOLDEN / name
    if pytestconfig.getoption("--renew-golden", default=False):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("scan", [made(), classic(), against(), empty()])
def test_rows_by_their_values_are_written_as_rows(scan: Scan) -> None:
    rows, values = io.BytesIO(), io.BytesIO()
    write_rows(articles(scan), ArticleReport, ".jsonl", rows)
    write_json_values(article_values(scan, 0, len(scan.articles)), ArticleReport, values)
    assert rows.getvalue() == values.getvalue()
    assert (rows.getvalue() == b"") == (not scan.articles)

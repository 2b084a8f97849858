"""Many comparisons as JSON, a pair a line, and their JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dedup.report.json import schema_of
from dedup.report.pairs_build import PairLine, RunReport
from dedup.report.pairs_model import ComparisonsReport, PairReport
from dedup.report.view import View


def part(pair: PairReport, line: PairLine, view: View) -> str:
    """Return a pair as JSON, on one line."""
    import msgspec

    return msgspec.json.encode(pair).decode("utf-8")


def whole(parts: Iterable[str], run: RunReport, view: View) -> Iterator[str]:
    """Yield the report, piece by piece, a line end after the last brace."""
    import msgspec

    def encoded(value: object) -> str:
        return msgspec.json.encode(value).decode("utf-8")

    yield '{\n  "schema_version": "1",\n  "kind": "comparisons",\n'
    yield f'  "tool": {encoded(run.tool)},\n  "pairs": ['
    for number, one in enumerate(parts):
        yield f"{',' if number else ''}\n    {one}"
    yield f'\n  ],\n  "unmatched": {encoded(run.unmatched)},\n'
    yield f'  "summary": {encoded(run.summary)},\n  "policy": {encoded(run.policy)}\n}}\n'


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every report of many comparisons meets.

    Every key is required, and more keys are allowed: a later version may add some.

    >>> schema()["title"]
    'ComparisonsReport'
    """
    return schema_of(ComparisonsReport, "comparisons")


def schema_json() -> str:
    """Return the schema as indented JSON, with a line end after the last brace."""
    import json

    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"

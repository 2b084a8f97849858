"""The report of a scan as JSON, a row a line, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import islice
from typing import IO, Any

from dedup.report.json import schema_of
from dedup.report.scan_model import ScanReport

#: Rows that are encoded at a time.
_BATCH = 1000


def write_json(report: ScanReport, file: IO[bytes]) -> None:
    """Write the report to an open file: indented, each row on one line, a line end at the end.

    Rows are taken one by one, so that views of a large scan stay views.
    """
    import msgspec

    encoder = msgspec.json.Encoder()
    start = b"{\n"
    for field in fields(report):
        value = getattr(report, field.name)
        file.write(start + b'  "%s": ' % field.name.encode())
        start = b",\n"
        if isinstance(value, Sequence) and not isinstance(value, str):
            _write_rows(value, encoder, file)
        else:
            file.write(encoder.encode(value))
    file.write(b"\n}\n")


def _write_rows(rows: Sequence[object], encoder: Any, file: IO[bytes]) -> None:
    if not rows:
        file.write(b"[]")
        return
    start = b"[\n    "
    for batch in _batches(rows):
        file.write(start + b",\n    ".join(map(encoder.encode, batch)))
        start = b",\n    "
    file.write(b"\n  ]")


def _batches(rows: Sequence[object]) -> Iterator[list[object]]:
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def scan_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every report of a scan meets.

    Every key is required, and more keys are allowed: a later version may add some.

    >>> scan_schema()["title"]
    'ScanReport'
    """
    return schema_of(ScanReport, "scan")


def scan_schema_json() -> str:
    """Return the schema as indented JSON, with a line end after the last brace."""
    import json

    return json.dumps(scan_schema(), indent=2, ensure_ascii=False) + "\n"
